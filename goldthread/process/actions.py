"""The only writes in casework: start, record, and how a step's rows are stored and settled, in one transaction."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from goldthread.access.actor import Actor, Refused, acting, system_for, writing
from goldthread.base.identifiers import new_reference
from goldthread.process import readers, settling, telling
from goldthread.process.definition import Process, Step
from goldthread.process.leads import insist_on_answerers
from goldthread.process.models import Ask, Campaign, Case, Event, StepLine, StepRecord
from goldthread.process.rights import Work, may_correct, may_start

CLOCK_SKEW = timedelta(minutes=5)  # a browser's clock may be a little ahead of ours


@dataclass(frozen=True)
class Writing:
    """What a step writes: its record, its lines, and how the event is to be marked.

    seen: the last event the writer had seen when the form was opened; later ones raise ChangedMeanwhile.
    submission: the form's own number; the same number twice records once.
    """

    record: StepRecord
    lines: Sequence[StepLine] = ()
    restarts: bool = False
    about: str = ""
    seen: int | None = None
    submission: UUID | None = None
    withdraws: Event | None = None


class ChangedMeanwhile(Exception):
    """Something was recorded on the case after the form was opened; the writer must read it first."""

    def __init__(self, events: list[Event]) -> None:
        self.events = events
        super().__init__("Something new was recorded while you were writing")


@transaction.atomic
def start(*, actor: Actor, process: Process, writing_: Writing, now: datetime, came_from: Case | None = None,
          campaign: Campaign | None = None) -> Case:
    """Start a case with its first step. Raises Refused, ValidationError. The same submission twice gives one case.

    came_from: the case whose outcome led to it, which the actor may see, and from which no open one of this kind was begun;
    campaign: the round it belongs to.
    """
    may_start(actor, process).insist()
    partnership = actor.partnership.pk
    if came_from is not None and not Case.objects.filter(pk=came_from.pk).exists():
        raise Refused("You cannot go on from a case you may not see")
    with acting(system_for(actor)), writing():
        if earlier := _sent_before(writing_):
            return earlier.case
        begun = Case.objects.filter(came_from=came_from, process_key=process.key, closed_at=None)
        if came_from is not None and begun.exists():
            raise ValidationError(f"This was taken up already: {process.name.lower()}, begun from {came_from.reference}")
        case = Case.objects.create(
            partnership_id=partnership, process_key=process.key, reference=_next_reference(process),
            started_by=actor.agency, opened_at=_when(writing_.record.happened_at, now), came_from=came_from,
            campaign=campaign)
        _write(actor, case, process.first, writing_, now)
    return case


@transaction.atomic
def record(*, actor: Actor, case: Case, step: Step, writing_: Writing, now: datetime,
           ask: Ask | None = None) -> Event:
    """Record a step on a case. Raises Refused, ValidationError, ChangedMeanwhile."""
    with acting(system_for(actor)), writing():
        if earlier := _sent_before(writing_):
            return earlier
        case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        Work.on(case).may_record(actor, step).insist()
        if writing_.seen is not None and case.last_event > writing_.seen:
            newer = case.events.filter(pk__gt=writing_.seen).exclude(recorded_by=actor.user)
            if found := list(newer.select_related("agency", "recorded_by")):
                raise ChangedMeanwhile(found)
        return _write(actor, case, step, writing_, now, ask=ask, replaces=writing_.withdraws)


@transaction.atomic
def correct(*, actor: Actor, event: Event, writing_: Writing, now: datetime) -> Event:
    """Replace what an event recorded by a new record; the old one stays in sight, marked as replaced.

    By whoever may record the step, whatever state it is in. Raises Refused, ValidationError.
    """
    with acting(system_for(actor)), writing():
        if earlier := _sent_before(writing_):
            return earlier
        case = Case.objects.select_for_update(of=("self",)).get(pk=event.case_id)
        old = Event.objects.get(pk=event.pk)
        step = case.process.step(old.step)
        may_correct(actor, case, old).insist()
        if old.replaced_by_id:
            raise ValidationError("This was already replaced; correct what replaced it")
        same = replace(writing_, about=writing_.about or old.about)
        new = _write(actor, case, step, same, now, ask=old.ask, replaces=old)
    return new


def _when(said: datetime | None, now: datetime) -> datetime:
    """When something happened. Pages ask to the minute: what happened within this one happened now, and so not before
    what was recorded seconds ago."""
    if said is None or (said == said.replace(second=0, microsecond=0) and timedelta(0) <= now - said < timedelta(minutes=1)):
        return now
    return said


def _write(actor: Actor, case: Case, step: Step, w: Writing, now: datetime, *, ask: Ask | None = None,
           replaces: Event | None = None) -> Event:
    record = w.record
    record.happened_at = _when(record.happened_at, now)
    if record.happened_at > now + CLOCK_SKEW:
        raise ValidationError({"happened_at": "When this happened must not be in the future"})
    asked = _to_ask(step, w.lines, replaces)
    names = {"partnership_id": case.partnership_id, "denied": case.denied}
    author = ask.agency_id if ask else actor.agency.pk
    event = Event.objects.create(
        **names, case=case, step=step.key,
        readers=readers.of_event(case, step, author=author, asked=asked, writer=actor.user.pk),
        record_id=_reserve(type(record)), happened_at=record.happened_at, about=w.about, restarts=w.restarts,
        planned_at=getattr(record, step.plans) if step.plans else None,
        outcome=getattr(record, step.outcome) if step.outcome else "", recorded_at=now, recorded_by=actor.user,
        agency=actor.agency, ask=ask, submission=w.submission)
    _store(record, event, names | {"id": event.record_id, "readers": event.readers})
    for line in w.lines:
        own = getattr(line, "seen_by_its_agency", False)
        mine = readers.of_ask(case, line.agency_id) if own and line.agency_id in asked else event.readers
        _store(line, event, names | {"readers": mine})
    record.clean_lines(w.lines)
    if replaces is not None:
        Event.objects.filter(pk=replaces.pk).update(replaced_by=event)
        Ask.objects.filter(event__in=_put_right(replaces), answered_at=None, withdrawn_at=None).update(withdrawn_at=now)
        _answer_again(replaces, record, withdrawn=w.withdraws is not None)
    if step.asks:
        _ask(case, step, event, [line for line in w.lines if getattr(line, "agency_id", None) in asked], now)
    if ask is not None and replaces is None:
        Ask.objects.filter(pk=ask.pk).update(answered_at=record.happened_at, nil=getattr(record, "is_nil", False))
    settling.settle(case, now)
    event.refresh_from_db(fields=["readers", "denied"])  # who works on it may have changed, and with it who is told
    telling.tell(case, step, event, actor)
    return event


def _to_ask(step: Step, lines: Sequence[Any], replaces: Event | None) -> set[int]:
    """The agencies a record asks. One that has answered what it was asked is not asked again when that is corrected."""
    if not step.asks:
        return set()
    answered = Ask.objects.filter(event__in=_put_right(replaces)).exclude(answered_at=None)
    done = set(answered.values_list("agency_id", flat=True))
    return {line.agency_id for line in lines if hasattr(line, "agency_id")} - done


def _put_right(event: Event | None) -> list[int]:
    """A record and those it corrected in turn: what was asked by one of them was asked by the last."""
    found = []
    while event is not None:
        found.append(event.pk)
        event = Event.objects.filter(replaced_by=event, step=event.step).first()
    return found


def _answer_again(replaces: Event, record: StepRecord, *, withdrawn: bool) -> None:
    """An answer withdrawn is none: its ask waits again. One corrected may say now that nothing is known, or no longer."""
    ask = Ask.objects.filter(pk=replaces.ask_id)
    if withdrawn:
        ask.update(answered_at=None, nil=False)
    else:
        ask.update(nil=getattr(record, "is_nil", False))


def _store(row: Any, event: Event, values: dict[str, Any]) -> None:
    """Check and save one typed row of an event. Raises ValidationError naming the fields."""
    row.event, row.case = event, event.case
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean(exclude=["event", "case", "partnership", "readers", "denied", "id"], validate_unique=False,
                   validate_constraints=False)
    row.validate_constraints(exclude={"event", "id"})
    row.save(force_insert=True)


def _ask(case: Case, step: Step, event: Event, lines: Sequence[Any], now: datetime) -> None:
    """Bring in the agencies a record asks: one ask each, by its earliest line, which is all of the case they see."""
    assert step.asks is not None
    due: dict[int, datetime] = {}
    for line in lines:
        due[line.agency_id] = min(line.due, due.get(line.agency_id, line.due))
    insist_on_answerers(case.process, case.partnership, set(due), now.date())
    for agency, at in due.items():
        Ask.objects.create(
            partnership_id=case.partnership_id, readers=readers.of_ask(case, agency), denied=case.denied, case=case,
            event=event, step=step.asks.step_key(), agency_id=agency, due=at,  # type: ignore[attr-defined]
            made_at=event.happened_at)


def _sent_before(w: Writing) -> Event | None:
    if w.submission is None:
        return None
    found: Event | None = Event.objects.filter(submission=w.submission).select_related("case").first()
    return found


def _reserve(model: type[StepRecord]) -> int:
    """The number the record will have, so that its event can name it and never change."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        return int(cursor.fetchone()[0])


def _next_reference(process: Process) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('process_case_number')")
        return new_reference(process.prefix, int(cursor.fetchone()[0]))
