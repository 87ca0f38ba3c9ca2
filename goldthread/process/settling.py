"""What is worked out from a case's facts, written beside it in the same transaction; safe to run at any time."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldthread.access.policy import agency_token, desk_token, user_token
from goldthread.base.spans import Span
from goldthread.orgs.models import LocalLimit, Partnership
from goldthread.orgs.timing import calendar_of
from goldthread.process import handing, readers
from goldthread.process.definition import Process, Standing
from goldthread.process.engine import Fact, Reading, clocks, in_order, lapsed, position, standing
from goldthread.process.law import Law, LocalRule
from goldthread.process.models import (
    Case,
    CaseDocument,
    CasePerson,
    ClockRow,
    Disagreement,
    DisagreementReply,
    Extension,
    Letter,
    Pause,
    Resumption,
    TeamTransfer,
    TeamTransferAnswer,
    Withdrawal,
)

# What may follow the end of a case without moving it.
AFTERWARDS = frozenset(record.step_key() for record in (
    Disagreement, DisagreementReply, CaseDocument, Letter, Pause, Resumption, Extension, Withdrawal, TeamTransfer,
    TeamTransferAnswer))
DERIVED = ("stage", "closed_at", "mark", "kind", "opened_at", "next_due", "next_clock", "voided_at")
VOID = "Withdrawn"


def law_of(partnership: Partnership) -> Law:
    """The calendar and the local limits a partnership counts by."""
    local = tuple(LocalRule(r.key, Span.parse(r.span), r.valid_from, r.valid_to)
                  for r in LocalLimit.objects.filter(partnership=partnership))
    return Law(calendar_of(partnership), local)


@dataclass(frozen=True)
class Derived:
    """What follows from a case's facts alone."""

    stage: str
    closed_at: datetime | None
    mark: str
    kind: str
    opened_at: datetime
    next_due: datetime | None
    next_clock: str
    readings: list[Reading]
    voided_at: datetime | None = None


def derive(process: Process, facts: list[Fact], law: Law, now: datetime) -> Derived:
    """Stage, mark, kind and clocks of a case with these facts. Pure: settling one case and loading many agree.

    A case whose first record was withdrawn is void: nothing is left of it to do, find or count.
    """
    begun = next((f for f in in_order(facts) if f.key == process.first.key), None)
    if begun is None:
        last = max(f.at for f in facts)
        return Derived(VOID, last, "", "", min(f.at for f in facts), None, "", [], voided_at=last)
    live = standing(process, facts)
    where = position(process, facts)
    rows = clocks(process, facts, law, now)
    if where.closed:  # a disagreement comes after the end, and a notice may still be unread: both keep their limit
        after = {clock.name for clock in process.common_clocks if not clock.planned}
        rows = [r for r in rows if r.stopped or r.ask or r.name in after]
    running = [r for r in rows if r.stopped is None and not r.paused]
    nearest = min(running, key=lambda r: r.due, default=None)
    first = next((f for f in live if f.key == process.first.key), begun)
    return Derived(
        stage=where.stage.name if where.stage else "Closed", mark=_latest_outcome(live, process.mark),
        closed_at=max(f.at for f in live if f.key not in AFTERWARDS) if where.closed else None,
        kind=first.outcome, opened_at=first.at, next_due=nearest.due if nearest else None,
        next_clock=nearest.name if nearest else "", readings=rows)


#: Asked after a case is settled, within the same transaction, on the system's authority.
after_settling: list[Callable[[Case, datetime], None]] = []


def settle(case: Case, now: datetime) -> None:
    """Rewrite everything derived from the facts: stage, mark, people, clocks, title, and who may read what.

    Called on the system's authority inside an action.
    """
    before, law = _audience(case), law_of(case.partnership)
    was = set(case.casepersons.values_list("person_id", flat=True))
    facts = case.facts()
    found = derive(case.process, facts, law, now)
    if gone := lapsed(case.process, facts, found.closed_at):
        for at in {*gone.values()}:
            case.asks.filter(pk__in=[ask for ask in gone if gone[ask] == at]).update(withdrawn_at=at)
        found = derive(case.process, case.facts(), law, now)
    for name in DERIVED:
        setattr(case, name, getattr(found, name))
    handing.take_over(case)
    case.last_event = max(case.events.values_list("pk", flat=True))
    changed_people = _involve(case)
    _name(case)
    case.save(update_fields=[*DERIVED, *handing.DERIVED, "last_event", "title", "about_agency"])
    if changed_people or _audience(case) != before or not case.readers:
        readers.rewrite(case)
        readers.follow_work(was | set(case.casepersons.values_list("person_id", flat=True)))
    _store_clocks(case, found.readings)
    for hook in after_settling:
        hook(case, now)


def _audience(case: Case) -> tuple[Any, ...]:
    return (case.allocated_to_id, case.closed_at is None, case.about_agency_id, case.restricted, tuple(case.named),
            tuple(case.opened_to), case.desk, case.offered_to, case.offered_team_id)


def _latest_outcome(live: list[Fact], record: Any) -> str:
    if record is None:
        return ""
    return next((f.outcome for f in reversed(live) if f.key == record.step_key()), "")


def _involve(case: Case) -> bool:
    """Keep the case's people as its standing lines name them. Returns whether anybody came or went."""
    wanted: dict[int, str] = {}
    for step in case.process.steps:
        for model in step.lines:
            if model.involves:  # type: ignore[attr-defined]
                rows: Any = model.objects.filter(case=case, event__replaced_by=None)  # type: ignore[attr-defined]
                for line in rows.exclude(person=None).order_by("pk"):
                    wanted[line.person_id] = line.capacity
    have = {row.person_id: row for row in case.casepersons.all()}
    for person, row in have.items():
        if person not in wanted:
            row.delete()
    for person, capacity in wanted.items():
        if person not in have:
            CasePerson.objects.create(partnership_id=case.partnership_id, case=case, person_id=person,
                                      capacity=capacity, readers=readers.of_desk(case), denied=case.denied)
        elif have[person].capacity != capacity:
            CasePerson.objects.filter(pk=have[person].pk).update(capacity=capacity)
    return set(wanted) != set(have)


def _name(case: Case) -> None:
    """What a case is called and which agency it is about, as its first record says; a withdrawn one keeps its name."""
    step = case.process.first
    model: Any = step.record
    first = case.standing_events().filter(step=step.key).first()
    if first is None:
        return
    record = model.objects.get(pk=first.record_id)
    lines = [line for kind in step.lines for line in kind.objects.filter(event=first).order_by("pk")]  # type: ignore[attr-defined]
    case.title = model.titled(record, lines)[:200]
    case.about_agency_id = getattr(record, f"{step.about}_id") if step.about else None


def _store_clocks(case: Case, rows: list[Reading]) -> None:
    asks = {ask.pk: ask.agency_id for ask in case.asks.all()}
    case.clockrows.all().delete()
    ClockRow.objects.bulk_create(clock_rows(case, rows, asks, readers.of_case(case), readers.of_desk(case)))


def clock_rows(case: Case, rows: list[Reading], asks: dict[int, int], whole: list[str],
               desk: list[str]) -> list[ClockRow]:
    """The rows of a case's clocks. asks: the agency of each ask; whole: who reads the case; desk: who works it.

    The clock of an ask is read as the ask is: by the desk and the agency asked, not by whoever started the case.
    """
    return [
        ClockRow(
            partnership_id=case.partnership_id, denied=case.denied, case=case, name=r.name, cycle=r.cycle,
            readers=sorted({*desk, readers.asked_token(case, asks[r.ask])}) if r.ask else whole,
            started=r.started, due=r.due, due_by_law=r.due_by_law, stopped=r.stopped, paused=r.paused,
            step=r.stops, rule=r.rule, edition=r.edition, ask_id=r.ask, party=_party(case, r, asks))
        for r in rows]


def _party(case: Case, reading: Reading, asks: dict[int, int]) -> str:
    """The one token of whoever must stop the clock: the agency asked or spoken of, the team or desk it is offered to, the
    allocated worker, or the desk."""
    if reading.ask:
        return readers.asked_token(case, asks[reading.ask])
    step = case.process.step(reading.stops)
    if asked := {token for seat in step.by for token in readers.offered_token(case, seat.standing)}:
        return asked.pop()
    if case.about_agency_id and any(seat.standing is Standing.ABOUT for seat in step.by):
        return agency_token(case.about_agency_id, case.partnership_id)
    if case.allocated_to_id:
        return user_token(case.allocated_to_id)
    return desk_token(case.at_desk, case.partnership_id)

