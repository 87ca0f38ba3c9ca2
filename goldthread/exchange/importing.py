"""Contacts from files: looked through first, then all of them saved or none. Undone in undoing.py."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.access.policy import May, desk_token
from goldthread.base.dates import LONDON, day_words
from goldthread.domains.front_door.process import FRONT_DOOR
from goldthread.exchange import known_people
from goldthread.exchange.layouts.planned import Plan, Setting
from goldthread.exchange.models import ImportedContact, ImportFile, ImportRun, State
from goldthread.exchange.reading import LAYOUTS, digest, tables_of, tidy_name
from goldthread.files.tables.findings import Finding, Findings
from goldthread.files.tables.sheets import Upload
from goldthread.process.bulk import Bulk, copy_rows
from goldthread.process.models import Case
from goldthread.rules.codes import label

LOADED = (State.WAITING, State.DONE, State.UNDOING)
MANY = 2_000     # rows from which saving is left to the worker
SHOWN = 5        # contacts shown before saving


class AlreadyLoaded(Exception):
    """The same files were loaded before, or are just being; `run` says when."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        super().__init__(f"These files were loaded on {day_words(run.started_at.astimezone(LONDON).date())} already")


class NotReady(Exception):
    """An import that cannot be saved or undone as it is now; the message says why."""


@transaction.atomic
def look(*, actor: Actor, uploads: Sequence[Upload], layout: str = "", now: datetime) -> ImportRun:
    """Look files through without saving a contact. The run is CHECKED, with its counts, or FAULTY, with its findings.

    layout: a key of LAYOUTS, or "" to tell by the headings. Raises Refused, AlreadyLoaded, KeyError for a layout there
    is not.
    """
    actor.require(May.IMPORT)
    with acting(system_for(actor)), writing():
        run, plan, findings = _looked(actor, uploads, layout, now)
        run.state = State.FAULTY if findings else State.CHECKED
        run.save()
        _keep(run, uploads, findings, _first(plan))
    return run


@transaction.atomic
def take(*, actor: Actor, uploads: Sequence[Upload], layout: str = "", now: datetime) -> ImportRun:
    """Take files to be looked through later by `look_at`. The run is LOOKING. Raises Refused, KeyError."""
    actor.require(May.IMPORT)
    if layout and layout not in LAYOUTS:
        raise KeyError(layout)
    with acting(system_for(actor)), writing():
        run = ImportRun.objects.create(
            partnership=actor.partnership, readers=_readers(actor), user=actor.user, seat=actor.appointment,
            started_at=now, layout=layout, names=[tidy_name(upload) for upload in uploads],
            sha256=digest(uploads, layout), state=State.LOOKING)
        _keep(run, uploads, Findings())
    return run


@transaction.atomic
def look_at(*, actor: Actor, run: ImportRun, now: datetime) -> ImportRun:
    """Look through files that were taken; otherwise as `look`. Raises Refused, AlreadyLoaded, NotReady."""
    actor.require(May.IMPORT)
    with acting(system_for(actor)), writing():
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if run.state != State.LOOKING:
            raise NotReady("These files have been looked through already")
        uploads = _uploads(run)
        made, plan, findings = _looked(actor, uploads, run.layout, now)
        for name in ("layout", "sha256", "counts", "findings", "said"):
            setattr(run, name, getattr(made, name))
        run.state = State.FAULTY if findings else State.CHECKED
        run.save()
        _keep(run, uploads, findings, _first(plan))
    return run


@transaction.atomic
def load(*, actor: Actor, uploads: Sequence[Upload], layout: str = "", now: datetime) -> ImportRun:
    """Look files through and save them in one go when they hold. The run is DONE or FAULTY. Raises as `look`."""
    actor.require(May.IMPORT)
    with acting(system_for(actor)), writing():
        _one_at_a_time(actor.partnership.pk)
        run, plan, findings = _looked(actor, uploads, layout, now)
        run.state = State.FAULTY if findings else State.CHECKED
        run.save()
        _finish(actor, run, plan, findings, now)
        _keep(run, uploads, findings)
    return run


@transaction.atomic
def save(*, actor: Actor, run: ImportRun, now: datetime) -> ImportRun:
    """Save every contact of a run that was looked through, or none when something no longer holds.

    Returns the run, DONE or FAULTY. A run saved before stays as it is. Raises Refused, NotReady, AlreadyLoaded.
    """
    actor.require(May.IMPORT)
    with acting(system_for(actor)), writing():
        _one_at_a_time(actor.partnership.pk)
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if run.state == State.DONE:
            return run
        if run.state not in (State.CHECKED, State.WAITING):
            raise NotReady("Only files that were looked through and hold can be saved")
        insist_new(run)
        findings = Findings()
        uploads = _uploads(run)
        _, plan = _planned(actor, uploads, run.layout, now, findings)
        _finish(actor, run, plan, findings, now)
        _keep(run, uploads, findings)
    return run


def _looked(actor: Actor, uploads: Sequence[Upload], layout: str, now: datetime) -> tuple[ImportRun, Plan, Findings]:
    """The run to be, what it would make, what is wrong. A run of the same files that was not saved makes way."""
    findings = Findings()
    layout, plan = _planned(actor, uploads, layout, now, findings)
    run = ImportRun(
        partnership=actor.partnership, readers=_readers(actor), user=actor.user, seat=actor.appointment, started_at=now,
        layout=layout, names=[tidy_name(upload) for upload in uploads], sha256=digest(uploads, layout),
        counts=plan.counts(), findings=findings.many, said=plan.notes)
    insist_new(run)
    ImportRun.objects.filter(sha256=run.sha256, user=actor.user, state__in=(State.FAULTY, State.CHECKED)).delete()
    return run, plan, findings


def _finish(actor: Actor, run: ImportRun, plan: Plan, findings: Findings, now: datetime) -> None:
    """Store what holds, and write down how it went."""
    run.findings, run.counts, run.state = findings.many, plan.counts(), State.FAULTY if findings else State.DONE
    if not findings:
        run.counts["people"] = _store(run, plan, Setting.of(actor, now))
        run.saved_at = now
    run.save(update_fields=["findings", "counts", "state", "saved_at"])


def found_in(run: ImportRun) -> list[Finding]:
    """Everything that is wrong with a run's files, by sheet and row."""
    return [Finding(*each) for file in run.files.order_by("pk") for each in file.findings]


def first_contacts(run: ImportRun) -> list[list[str]]:
    """The first few contacts that saving would make, for people to recognise their file by; [] when none wait."""
    return [line for file in run.files.order_by("pk") for line in file.first]


def _first(plan: Plan) -> list[list[str]]:
    return [[each.number, ", ".join(line.name for line in each.lines), each.record.happened_at.date().isoformat(),
             label("presenting-concerns", each.record.concern), each.outcome] for each in plan.contacts[:SHOWN]]


@transaction.atomic
def drop(*, actor: Actor, run: ImportRun) -> None:
    """Forget files that were looked through and not saved. Raises Refused, NotReady."""
    actor.require(May.IMPORT)
    with acting(system_for(actor)), writing():
        if ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk).state not in (State.CHECKED, State.FAULTY):
            raise NotReady("Only files that were not saved can be forgotten")
        ImportRun.objects.filter(pk=run.pk).delete()


def _readers(actor: Actor) -> list[str]:
    return [desk_token(FRONT_DOOR.desk, actor.partnership.pk)]


def _planned(actor: Actor, uploads: Sequence[Upload], layout: str, now: datetime,
             findings: Findings) -> tuple[str, Plan]:
    """Read, plan and check against everything that is known; what is wrong goes into `findings`."""
    if layout and layout not in LAYOUTS:
        raise KeyError(layout)
    layout, tables = tables_of(uploads, layout, findings)
    setting = Setting.of(actor, now)
    if not tables and findings:
        return layout, Plan()
    plan: Plan = LAYOUTS[layout].plan(tables, setting, findings)
    _check_rows(plan, setting, findings)
    _check_earlier(plan, findings)
    known_people.check(actor, plan, findings)
    return layout, plan


def _check_rows(plan: Plan, setting: Setting, findings: Findings) -> None:
    """What a form would say of each contact, put at the column the answer stands in."""
    cases = (each.case(setting) for each in plan.contacts)
    for place, wrong in Bulk.faults(cases):
        at = plan.contacts[place]
        for name, messages in _by_field(wrong):
            findings.add(at.sheet, at.row, plan.columns.get(name, ""), getattr(at.record, name, ""),
                         "; ".join(messages).rstrip("."), "Put it right in the file.")


def _by_field(wrong: ValidationError) -> Iterable[tuple[str, list[str]]]:
    return wrong.message_dict.items() if hasattr(wrong, "error_dict") else [("", wrong.messages)]


def _check_earlier(plan: Plan, findings: Findings) -> None:
    """Contacts that an earlier import brought in: the same number from the same agency."""
    rows = ImportedContact.objects.filter(number__in=[each.number for each in plan.contacts], run__state__in=LOADED)
    earlier = {(number, agency): at for number, agency, at in rows.values_list("number", "agency_id", "run__saved_at")}
    for each in plan.contacts if earlier else ():
        if (each.number, each.agency) in earlier:
            on = day_words(earlier[each.number, each.agency].astimezone(LONDON).date())
            findings.add(each.sheet, each.row, plan.columns.get("outside_reference", "cont_contact_id"), each.number,
                         f"this contact was loaded on {on} already", "Take its rows out of the file.")


def insist_new(run: ImportRun) -> None:
    """Raises AlreadyLoaded when another run of the same files is saved or on its way."""
    other = ImportRun.objects.filter(sha256=run.sha256, state__in=LOADED).exclude(pk=run.pk).first()
    if other is not None:
        raise AlreadyLoaded(other)


def _one_at_a_time(partnership: int) -> None:
    """No other import of the partnership beside this one until it ends, so that duplicates are seen."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('contacts'), %s)", [partnership])


def _uploads(run: ImportRun) -> list[Upload]:
    return [Upload(file.name, bytes(file.data)) for file in run.files.order_by("pk")]


def _keep(run: ImportRun, uploads: Sequence[Upload], findings: Findings, first: Sequence[list[str]] = ()) -> None:
    """Keep what the next step needs: the files while they wait, the findings when there are any, else nothing."""
    run.files.all().delete()
    access = {"partnership_id": run.partnership_id, "readers": run.readers, "run": run}
    if findings:
        kept = [list(astuple(each)) for each in findings.sorted()]
        ImportFile.objects.create(**access, name=run.names[0] if run.names else "", findings=kept)
    elif run.state in (State.LOOKING, State.CHECKED):
        for place, upload in enumerate(uploads):
            ImportFile.objects.create(**access, name=upload.name[:130], data=upload.data, first=[] if place else list(first))


def _store(run: ImportRun, plan: Plan, setting: Setting) -> int:
    """Write everything. Returns how many people were recorded for the first time."""
    people = known_people.match(plan, run.partnership_id, setting.now)
    cases = [known_people.with_identification(each.case(setting), each, people, setting) for each in plan.contacts]
    ids = Bulk(FRONT_DOOR, run.partnership, setting.now, check=False).store(cases)  # checked just before, all at once
    copy_rows(ImportedContact, [
        ImportedContact(run=run, partnership_id=run.partnership_id, readers=run.readers, case_id=pk, agency_id=each.agency,
                        number=each.number) for pk, each in zip(ids, plan.contacts, strict=True)])
    known_people.hide_where_hidden(Case.objects.filter(pk__in=ids), people)
    return len(people.made)
