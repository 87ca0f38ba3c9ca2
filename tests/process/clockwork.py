"""Facts that set one declared clock of any process going, chosen by looking at the declaration."""
from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from goldthread.process.definition import Clock, Process, Step
from goldthread.process.engine import Asked, Fact, Reading, clocks
from goldthread.process.law import Law, LocalRule
from goldthread.process.registry import all_processes
from goldthread.rules.calendar import Calendar
from goldthread.rules.limits import by_choice, editions
from tests.process.walking import leading_to

CLOCKS = [(p, c) for p in all_processes() for c in p.all_clocks]
IDS = [f"{p.key}/{c.name}" for p, c in CLOCKS]
ASKED_FOR = timedelta(days=2, hours=3)


def all_counted(calendar: Calendar) -> Law:
    """Of a partnership that has set for itself whatever counts by choice only, as the data files have it."""
    return Law(calendar, tuple(LocalRule(key, editions(key)[-1].span, date.min) for key in by_choice()))


def wanted(process: Process, clock: Clock) -> dict[str, str]:
    """Outcomes by step key under which the clock runs."""
    found = leading_to(process, process.step(clock.stop_keys[0])) | leading_to(process, process.step(clock.starts.key))
    for w in (clock.only_while, clock.starts, clock.stopped_by[0]):
        if w and w.outcomes:
            found[w.key] = min(w.outcomes)
    return found


def steps_to(process: Process, clock: Clock) -> list[Step]:
    """What must have been recorded for the clock to run, in order: all its start and its stop wait for, and the start."""
    stop = process.step(clock.stop_keys[0])
    keys = {clock.starts.key, process.first.key} | ({clock.only_while.key} if clock.only_while else set())
    waiting = [process.step(key) for key in keys] + [stop]
    while waiting:
        for need in waiting.pop().needs:
            if need.key not in keys:
                keys.add(need.key)
                waiting.append(process.step(need.key))
    return [s for s in process.steps if s.key in keys and (s is not stop or s.key == clock.starts.key)]


def started(process: Process, clock: Clock, at: datetime, planned: datetime | None = None) -> list[Fact]:
    """Facts of one instant after which the clock runs, numbered in order; each signed by as many as it needs."""
    outcomes, made = wanted(process, clock), []
    for step in steps_to(process, clock):
        asked = (Asked(1, 1, at + ASKED_FOR),) if clock.each_ask and step.key == clock.starts.key else ()
        fact = Fact(0, step.key, at, outcomes.get(step.key, ""), asked=asked, planned=planned if step.plans else None)
        people = max((n.people for s in process.steps for n in s.needs if n.key == step.key), default=1)
        made += [replace(fact, by=by) for by in range(1, people + 1)]
    return numbered(made)


def numbered(facts: list[Fact]) -> list[Fact]:
    return [replace(fact, id=at) for at, fact in enumerate(facts, 1)]


def then(facts: list[Fact], key: str, at: datetime, **more: Any) -> list[Fact]:
    return [*facts, Fact(len(facts) + 1, key, at, **more)]


def stopped(process: Process, clock: Clock, facts: list[Fact], at: datetime) -> list[Fact]:
    """With what stops the clock: the step recorded, an agency's answer, or the answers of all that were asked."""
    if clock.each_ask:
        return [replace(f, asked=tuple(replace(a, stopped=at) for a in f.asked)) for f in facts]
    stop = clock.stopped_by[0]
    if stop.back:  # the first answered an hour before the last
        begun = facts[-1].at
        back = [Asked(n, n, begun + ASKED_FOR, when) for n, when in enumerate((at, at - timedelta(hours=1)), 1)]
        return then(facts, stop.key, begun, asked=tuple(back))
    for by in range(1, stop.people + 1):
        facts = then(facts, stop.key, at, outcome=min(stop.outcomes, default=""), by=by, agency=by)
    return facts


def reading(process: Process, clock: Clock, facts: list[Fact], law: Law, now: datetime) -> Reading:
    """The first reading of the clock."""
    return next(r for r in clocks(process, facts, law, now) if r.name == clock.name)
