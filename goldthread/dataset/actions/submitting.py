"""A return looked through and sent: nothing is kept of one that does not hold but what is to be mended."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from goldthread.access.actor import Actor
from goldthread.dataset.actions.common import (
    NotReady,
    access_of,
    in_sight,
    tell_desk,
    version_in_sight,
    writing_as,
)
from goldthread.dataset.checking.checking import Looked, looked, untold
from goldthread.dataset.checking.columns import Setting
from goldthread.dataset.checking.report import ASKED, BIDDEN, Report
from goldthread.dataset.models import (
    HANDED_IN,
    LONGEST_NAME,
    Expectation,
    FieldCount,
    FoundKind,
    FoundRow,
    SentFile,
    SentTable,
    State,
    Submission,
    WaitingFile,
)
from goldthread.dataset.reading.batches import Source
from goldthread.dataset.reading.files import tidy_names
from goldthread.dataset.rights import insist_sends, readers_of_rows
from goldthread.dataset.specification.definition import Specification
from goldthread.dataset.specifications import specification
from goldthread.files import storing
from goldthread.files.checking import KINDS

PARQUET = "application/vnd.apache.parquet"
MOST_ROWS_KEPT = 5_000  # findings told row by row, of one version
UNSENT = (State.LOOKING, State.FAULTY, State.CHECKED, State.FAILED)


def check(*, actor: Actor, expectation: Expectation, sources: Sequence[Source], now: datetime,
          tell: Callable[[int], None] = untold) -> Submission:
    """Look files through without sending them. The version is CHECKED and waits, or FAULTY, with what is to be mended.

    What was looked through before and not sent makes way. `tell` is told after how many rows.
    Raises Refused, Expectation.DoesNotExist, NotReady.
    """
    insist_sends(actor, expectation)
    with writing_as(actor):
        found = _make_way(actor, expectation)
        made = _begin(actor, found, sources, now, State.CHECKED)
        _look(made, found, _named(sources), now, tell)
        return made


def take(*, actor: Actor, expectation: Expectation, sources: Sequence[Source], now: datetime) -> Submission:
    """Take files to be looked through later by `look_at`: the version is LOOKING. Raises as `check` does."""
    insist_sends(actor, expectation)
    with writing_as(actor):
        found = _make_way(actor, expectation)
        made = _begin(actor, found, sources, now, State.LOOKING)
        _put_aside(made, _named(sources), now)
        return made


def look_at(*, actor: Actor, submission: Submission, now: datetime, tell: Callable[[int], None] = untold) -> Submission:
    """Look through files that were taken; `tell` is told after how many rows.

    Raises Refused, Submission.DoesNotExist, NotReady.
    """
    with writing_as(actor):
        found = version_in_sight(actor, submission)
        insist_sends(actor, found.expectation)
        if found.state != State.LOOKING:
            raise NotReady("These files have been looked through already")
        waiting = list(found.waitingfiles.filter(table="").order_by("pk"))  # type: ignore[attr-defined]
        sources = [Source(each.name, storing.sound(each.place, each.sha256)) for each in waiting]
        WaitingFile.objects.filter(submission=found).delete()
        found.state = State.CHECKED
        _look(found, found.expectation, sources, now, tell)
        return found


def send(*, actor: Actor, submission: Submission, now: datetime) -> Submission:
    """Send a version that was looked through and holds: all of it, or nothing. One that was sent stays as it is.

    Raises Refused, Submission.DoesNotExist, NotReady, Damaged.
    """
    with writing_as(actor):
        found = version_in_sight(actor, submission)
        insist_sends(actor, found.expectation)
        if found.state in HANDED_IN:
            return found
        if found.state != State.CHECKED:
            raise NotReady("Only files that were looked through and hold can be sent")
        _keep(actor, found, now)
        newest = Submission.objects.filter(expectation=found.expectation).aggregate(most=Max("number"))["most"] or 0
        found.state, found.sent_at, found.number = State.SENT, now, newest + 1
        found.save(update_fields=["state", "sent_at", "number"])
        tell_desk(found.expectation, "A data return has come", now, but=actor.user.pk)
        return found


def forget(*, actor: Actor, submission: Submission) -> None:
    """Forget a version that was never sent. Raises Refused, Submission.DoesNotExist, NotReady."""
    with writing_as(actor):
        found = version_in_sight(actor, submission)
        insist_sends(actor, found.expectation)
        if found.state not in UNSENT:
            raise NotReady("Only what was not sent can be forgotten. Withdraw it")
        Submission.objects.filter(pk=found.pk).delete()


def _make_way(actor: Actor, expectation: Expectation) -> Expectation:
    """The expectation, kept from others; what was chosen for it before and not sent is forgotten."""
    found = in_sight(actor, expectation)
    if found.dropped_at:
        raise NotReady("This return is not asked for any more")
    Submission.objects.filter(expectation=found, state__in=UNSENT).delete()
    return found


def _begin(actor: Actor, expectation: Expectation, sources: Sequence[Source], now: datetime, state: State) -> Submission:
    return Submission.objects.create(
        **access_of(expectation), expectation=expectation, state=state, names=[each.name for each in _named(sources)],
        user=actor.user, seat=actor.appointment, chosen_at=now)


def _named(sources: Sequence[Source]) -> list[Source]:
    names = tidy_names([each.name for each in sources])
    return [Source(name, each.path) for name, each in zip(names, sources, strict=True)]


def _look(made: Submission, expectation: Expectation, sources: Sequence[Source], now: datetime,
          tell: Callable[[int], None] = untold) -> None:
    spec = specification(expectation.specification, expectation.until)
    setting = Setting(timezone.localdate(now), expectation.since, expectation.until)
    with looked(sources, spec, setting, tell) as found:
        report = found.report
        made.edition, made.errors, made.queries = spec.edition, report.errors, report.queries
        made.state = State.FAULTY if report.errors else State.CHECKED
        made.save(update_fields=["edition", "errors", "queries", "state"])
        _write_down(made, expectation, report, spec)
        if made.state == State.CHECKED:
            _put_aside(made, sources, now)
            _put_rows_aside(made, found, now)


def _put_aside(made: Submission, sources: Sequence[Source], now: datetime) -> None:
    for each in sources:
        laid = storing.put(each.path, now)
        WaitingFile.objects.create(**access_of(made), submission=made, name=each.name, place=laid.place, size=laid.size,
                                   sha256=laid.sha256)


def _put_rows_aside(made: Submission, found: Looked, now: datetime) -> None:
    for table in found.parts:
        path = found.folder / f"{table}.whole"
        found.write(table, path)
        laid = storing.put(path, now)
        WaitingFile.objects.create(
            **access_of(made), submission=made, name=f"{table}.parquet", table=table, place=laid.place, size=laid.size,
            rows=found.report.rows[table], sha256=laid.sha256)


def _keep(actor: Actor, found: Submission, now: datetime) -> None:
    """What waited becomes documents that analysts and the agency's senders may open."""
    owed = found.expectation
    readers = readers_of_rows(owed.agency_id, owed.partnership_id)
    for each in found.waitingfiles.order_by("pk"):  # type: ignore[attr-defined]
        storing.sound(each.place, each.sha256)
        kind = KINDS.get(each.name.rpartition(".")[2])
        content_type = PARQUET if each.table else kind.content_type if kind else "application/xml"
        document = storing.keep(actor=actor, put=storing.Put(each.place, each.size, each.sha256), name=each.name,
                                content_type=content_type, readers=readers, now=now, ours=bool(each.table))
        access = {"partnership_id": found.partnership_id, "readers": readers, "submission": found}
        if each.table:
            SentTable.objects.create(**access, table=each.table, rows=each.rows, document=document)
        else:
            SentFile.objects.create(**access, document=document)
    WaitingFile.objects.filter(submission=found).delete()


def _write_down(made: Submission, expectation: Expectation, report: Report, spec: Specification) -> None:
    """What was found, with counts for those who collect and rows for those who may open them."""
    access = {**access_of(made), "submission": made}
    row_access = {"partnership_id": made.partnership_id,
                  "readers": readers_of_rows(expectation.agency_id, expectation.partnership_id)}
    titles = {(table.key, column.name): column.title for table in spec.tables for column in table.columns}
    counts = {(table, name): FieldCount(**access, table=table, column=name, rows=report.rows[table], empty=empty)
              for (table, name), empty in report.empty.items()}
    left = MOST_ROWS_KEPT
    for group in sorted(report.groups.values(), key=lambda each: each.weight != BIDDEN):
        title = titles.get((group.table, group.column), group.column)
        kind = FoundKind.objects.create(
            **access, table=group.table, column=group.column[:LONGEST_NAME], title=title[:200], kind=group.kind,
            rule=group.rule[:500], mend=group.mend[:500], weight=group.weight, many=group.many)
        FoundRow.objects.bulk_create([
            FoundRow(**row_access, kind=kind, sheet=each.sheet[:200], row=each.row, value=each.value[:130],
                     rule=each.rule[:500], mend=each.mend[:500]) for each in group.first[:left]])
        left -= min(len(group.first), left)
        count = counts.get((group.table, group.column))
        if count is not None:
            count.errors += group.many if group.weight == BIDDEN else 0
            count.queries += group.many if group.weight == ASKED else 0
    FieldCount.objects.bulk_create(counts.values())
