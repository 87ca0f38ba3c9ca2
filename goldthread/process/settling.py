"""What is worked out from a case's facts, written beside it in the same transaction; safe to run at any time."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from goldthread.orgs.models import LocalHoliday, LocalLimit, Partnership
from goldthread.base.spans import Span
from goldthread.process import readers
from goldthread.process.definition import Standing
from goldthread.process.engine import Fact, Reading, clocks, position, standing
from goldthread.process.law import Law, LocalRule
from goldthread.process.models import Ask, Case, CasePerson, ClockRow, Event
from goldthread.rules.calendar import england


def law_of(partnership: Partnership) -> Law:
    """The calendar and the local limits a partnership counts by."""
    closed = frozenset(LocalHoliday.objects.filter(partnership=partnership).values_list("on", flat=True))
    local = tuple(LocalRule(r.key, Span.parse(r.span), r.valid_from, r.valid_to)
                  for r in LocalLimit.objects.filter(partnership=partnership))
    return Law(england(closed, partnership.opens, partnership.closes), local)


def settle(case: Case, now: datetime) -> None:
    """Rewrite everything derived from the facts: stage, mark, people, clocks, title, and who may read what.

    Called on the system's authority inside an action.
    """
    process, facts = case.process, case.facts()
    live = standing(process, facts)
    before = _audience(case)
    where = position(process, facts)
    case.stage = where.stage.name if where.stage else "Closed"
    case.closed_at = (case.closed_at or max(f.at for f in live)) if where.closed else None
    case.mark = _latest_outcome(live, process.mark)
    case.kind = next((f.outcome for f in live if f.key == process.first.key), "")
    case.allocated_to_id = _allocated(case)
    case.opened_at = next((f.at for f in live if f.key == process.first.key), case.opened_at)
    case.last_event = max(e for e in case.events.values_list("pk", flat=True))
    changed_people = _involve(case)
    case.title = _title(case)
    rows = clocks(process, facts, law_of(case.partnership), now)
    running = [r for r in rows if r.stopped is None and not r.paused and not where.closed]
    nearest = min(running, key=lambda r: r.due, default=None)
    case.next_due, case.next_clock = (nearest.due, nearest.name) if nearest else (None, "")
    case.save(update_fields=["stage", "closed_at", "mark", "kind", "allocated_to", "opened_at", "last_event", "title",
                             "next_due", "next_clock"])
    if changed_people or _audience(case) != before or not case.readers:
        readers.rewrite(case)
    _store_clocks(case, rows, closed=where.closed)


def _audience(case: Case) -> tuple[Any, ...]:
    return case.allocated_to_id, case.restricted, tuple(case.named), tuple(case.opened_to)


def _latest_outcome(live: list[Fact], record: Any) -> str:
    if record is None:
        return ""
    return next((f.outcome for f in reversed(live) if f.key == record.step_key()), "")


def _allocated(case: Case) -> int | None:
    """The worker the last allocation names."""
    model: Any = case.process.allocation
    if model is None:
        return None
    last = case.standing_events().filter(step=model.step_key()).last()
    return model.objects.get(pk=last.record_id).worker_id if last else None


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


def _title(case: Case) -> str:
    """The children's names, as the first record states them until people are identified."""
    first = case.standing_events().filter(step=case.process.first.key).first()
    if first is None:
        return case.title
    stated = getattr(first.record, "children_named", None)
    names: list[str] = stated() if stated else []
    if not names:
        return "Child not named"
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _store_clocks(case: Case, rows: list[Reading], *, closed: bool) -> None:
    asks: dict[int, Ask] = {ask.pk: ask for ask in case.asks.all()}
    case.clockrows.all().delete()
    whole = readers.of_case(case)
    ClockRow.objects.bulk_create([
        ClockRow(
            partnership_id=case.partnership_id, denied=case.denied, case=case, name=r.name, cycle=r.cycle,
            readers=readers.of_ask(case, asks[r.ask].agency_id) if r.ask else whole,
            started=r.started, due=r.due, stopped=r.stopped, paused=r.paused, step=r.stops, rule=r.rule,
            edition=r.edition, ask_id=r.ask, party=_party(case, r, asks))
        for r in rows if not (closed and r.stopped is None)])


def _party(case: Case, reading: Reading, asks: dict[int, Ask]) -> str:
    """The one token of whoever must stop the clock: the agency asked, the allocated worker, or the desk."""
    if reading.ask:
        standings, asked = (Standing.ASKED,), (asks[reading.ask].agency_id,)
        return min(readers.tokens_of(case, standings, asked=asked))
    if case.allocated_to_id:
        return min(readers.tokens_of(case, (Standing.ALLOCATED,)))
    return min(readers.tokens_of(case, (Standing.DESK,)))


def resettle_all(cases: list[Case], now: datetime) -> None:
    """Derive again, for cases whose people, law or denials changed."""
    for case in cases:
        settle(Case.objects.select_for_update(of=("self",)).get(pk=case.pk), now)


def standing_event(case: Case, key: str) -> Event | None:
    """The last standing event of a step, or None."""
    found: Event | None = case.standing_events().filter(step=key).last()
    return found
