"""Where a case stands, worked out from what has been recorded. Pure: same facts, same answer."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from goldthread.process.definition import Clock, Process, Stage, Step, Was, key_of
from goldthread.process.law import Law

PAUSE, RESUME, REOPENING, EXTENSION = "pause", "resumption", "reopening", "extension"
MOST_SHAPES = 5_000  # of cases whose position is remembered
CARRIED_OVER = "carried-over"  # what a first fact is about that was finished in the system it was loaded from


@dataclass(frozen=True)
class Asked:
    """One agency asked by a fact: which ask, whom, due when, and when (if ever) it answered or was let off."""

    ask: int
    agency: int
    due: datetime
    stopped: datetime | None = None


@dataclass(frozen=True)
class Fact:
    """One thing recorded and still standing: not replaced by a correction, not withdrawn.

    `about` names the clock a pause or extension is about or the step a reopening starts from; `restarts`: clocks begin
    again here; `planned`: the time it sets for something to come; `by`, `agency`: the numbers of whoever
    recorded it and of their agency; `place`: for a correction the number of what it corrects, so that it counts
    where that did (0: it corrects nothing).
    """

    id: int
    key: str
    at: datetime
    outcome: str = ""
    about: str = ""
    restarts: bool = False
    asked: tuple[Asked, ...] = ()
    planned: datetime | None = None
    by: int = 0
    agency: int = 0
    place: int = 0

    @property
    def order(self) -> int:
        """Where it stands in the order of recording."""
        return self.place or self.id


class State(StrEnum):
    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"
    NOT_NEEDED = "not needed"


LEFT = (State.OPEN, State.WAITING)


@dataclass(frozen=True)
class Position:
    """The state of every step, and the stage the case is in (None when nothing is left to do)."""

    states: dict[str, State]
    stage: Stage | None
    waits: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def closed(self) -> bool:
        return self.stage is None

    def open(self, process: Process) -> list[Step]:
        return [step for step in process.steps if self.states[step.key] is State.OPEN]


@dataclass(frozen=True)
class Reading:
    """One running or finished clock. `rule` and `edition`: the limit; `ask`: the ask it belongs to; `start`: the place of
    the fact that started it, where every start has its own; `stops`: the step that usually stops it.

    due_by_law: what figures count against. More time given moves `due`; it moves this one only where no law fixes it.
    """

    name: str
    cycle: int
    started: datetime
    due: datetime
    stopped: datetime | None
    stops: str
    rule: str
    edition: str
    due_by_law: datetime
    paused: bool = False
    ask: int | None = None
    start: int = 0

    def late(self, now: datetime) -> bool:
        """Whether it was not done by then, or is not yet: by the limit itself, whatever more time was given."""
        return (self.stopped or now) > self.due_by_law


def in_order(facts: Sequence[Fact]) -> list[Fact]:
    """By when things happened; those of one instant by when they were recorded."""
    return sorted(facts, key=lambda f: (f.at, f.order))


def standing(process: Process, facts: Sequence[Fact]) -> list[Fact]:
    """The facts that still count for what is to be done: a reopening sets aside its step and all later ones."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda f: f.order):
        if fact.key == REOPENING:
            first = process.order(fact.about)
            own = len(process.own_steps)
            kept = [f for f in kept if not first <= process.order(f.key) < own]
        kept.append(fact)
    return in_order(kept)


def _latest(facts: Sequence[Fact], key: str) -> Fact | None:
    return next((f for f in reversed(facts) if f.key == key), None)


def _holds(facts: Sequence[Fact], w: Was) -> bool:
    last = _latest(facts, w.key)
    if w.people > 1:
        return _signers(facts, w) >= w.people
    return last is not None and (not w.outcomes or last.outcome in w.outcomes)


def _signers(facts: Sequence[Fact], w: Was) -> int:
    """How many people's own last word on it was one of the outcomes that count; those of one agency count once where
    agencies do."""
    last = {f.by: f for f in facts if f.key == w.key}
    agreed = [f for f in last.values() if not w.outcomes or f.outcome in w.outcomes]
    return len({f.agency for f in agreed}) if w.agencies else len(agreed)


def _shape(process: Process, live: Sequence[Fact]) -> tuple[Any, ...]:
    """What of the facts a position depends on; who recorded them only where it counts by how many."""
    people: dict[int, int] = {}
    agencies: dict[int, int] = {}
    return tuple((f.key, f.outcome, f.about, any(a.stopped is None for a in f.asked),
                  (people.setdefault(f.by, len(people)), agencies.setdefault(f.agency, len(agencies)))
                  if f.key in process.signed_keys else None) for f in live)


def position(process: Process, facts: Sequence[Fact]) -> Position:
    """Which steps are done, open, waiting or not needed; a step waits for others, never for the calendar.

    What was recorded in which order decides, not when, so that cases of one shape share the answer.
    """
    live = standing(process, facts)
    shape = _shape(process, live)
    known = process.positions.get(shape)
    if known is None:
        if len(process.positions) > MOST_SHAPES:
            process.positions.clear()
        known = process.positions[shape] = _position(process, live)
    return known


def _position(process: Process, live: list[Fact]) -> Position:
    states: dict[str, State] = {}
    waits: dict[str, tuple[str, ...]] = {}
    for step in process.steps:
        states[step.key], waiting = _state(process, step, live, states)
        if waiting:
            waits[step.key] = waiting
    if _finished_elsewhere(live):
        left = {s.key for s in process.steps if s.required and states[s.key] in LEFT}
        states |= dict.fromkeys(left, State.NOT_NEEDED)
        waits = {key: why for key, why in waits.items() if key not in left}
    stage = next((g for g in process.stages if any(s.required and states[s.key] in LEFT for s in g.steps)), None)
    return Position(states, stage, waits)


def _finished_elsewhere(live: Sequence[Fact]) -> bool:
    """Loaded as finished from another system, and not taken up again here."""
    return any(f.about == CARRIED_OVER for f in live) and not any(f.key == REOPENING for f in live)


def _state(process: Process, step: Step, live: list[Fact], states: dict[str, State]) -> tuple[State, tuple[str, ...]]:
    made = any(f.key == step.key for f in live)
    over = State.DONE if made else State.NOT_NEEDED
    if asking := process.answered_by(step.key):
        unanswered = any(a.stopped is None for f in live if f.key == asking.key for a in f.asked)
        return (State.OPEN if unanswered else over), ()
    if made and not step.repeats:
        return State.DONE, ()
    if step.until and _holds(live, step.until):
        return over, ()
    waiting = []
    for need in step.needs:
        last = _latest(live, need.key)
        if need.people > 1 and last is not None and not _holds(live, need):
            waiting.append(f"{process.step(need.key).name} by {need.by_whom}")
        elif last is None:
            if states[need.key] is State.NOT_NEEDED:
                return over, ()
            waiting.append(process.step(need.key).name)
        elif need.people == 1 and need.outcomes and last.outcome not in need.outcomes:
            return over, ()
    if waiting:
        return State.WAITING, tuple(waiting)
    if made and step.repeats and step.required:
        return (State.OPEN if _signatures_wanted(process, step, live) else State.DONE), ()
    return State.OPEN, ()


def _signatures_wanted(process: Process, step: Step, live: list[Fact]) -> bool:
    """Whether another step waits for more people to record this one."""
    return step.key in process.signed_keys and any(
        need.key == step.key and need.people > 1 and not _holds(live, need) for each in process.steps for need in each.needs)


def may_repeat(process: Process, step: Step, facts: Sequence[Fact]) -> bool:
    """A step that repeats may be recorded again though it is done, until its `until` holds."""
    live = standing(process, facts)
    return step.repeats and not (step.until and _holds(live, step.until)) and all(_holds(live, n) for n in step.needs)


def clocks(process: Process, facts: Sequence[Fact], law: Law, now: datetime) -> list[Reading]:
    """Every running and finished clock. Late entries and corrections re-time it: times come from the facts alone.

    A reopening starts clocks anew beside the finished ones, which keep counting for compliance.
    """
    found: dict[tuple[str, datetime, int | None, int], Reading] = {}
    for epoch in _epochs(facts):
        live = standing(process, epoch)
        for clock in process.all_clocks:
            for reading in _readings(process, clock, live, law, now):
                found[reading.name, reading.started, reading.ask, reading.start] = reading
    return _numbered(list(found.values()))


def _epochs(facts: Sequence[Fact]) -> list[Sequence[Fact]]:
    as_recorded = sorted(facts, key=lambda f: f.order)
    cuts = [n for n, f in enumerate(as_recorded) if f.key == REOPENING]
    return [as_recorded[:n] for n in cuts] + [as_recorded]


def _numbered(readings: list[Reading]) -> list[Reading]:
    count: dict[str, int] = {}
    numbered = []
    for reading in sorted(readings, key=lambda r: (r.name, r.started, r.ask or 0, r.start)):
        count[reading.name] = count.get(reading.name, 0) + 1
        numbered.append(replace(reading, cycle=count[reading.name]))
    return numbered


def _readings(process: Process, clock: Clock, live: list[Fact], law: Law, now: datetime) -> list[Reading]:
    if clock.only_while and not _holds(live, clock.only_while):
        return []
    starts = [f for f in live if f.key == clock.starts.key
              and (not clock.starts.outcomes or f.outcome in clock.starts.outcomes) and law.counts(clock.rule, f.at)]
    if clock.planned:
        starts = [f for f in starts if f.planned]
    if not starts:
        return []
    if clock.each_ask:
        return [Reading(clock.name, 1, f.at, a.due, a.stopped, clock.stop_keys[0], "", "", a.due, ask=a.ask)
                for f in starts for a in f.asked]
    ends = [f for f in live if f.key in clock.stop_keys]
    pauses = _pauses(live, clock.name)
    if clock.every:
        return _again_and_again(clock, starts[0].at, [f.at for f in ends], live, law, pauses, now)
    taken_up, made = _taken_up(process, clock, live), []
    for fact in _runs(clock, starts, live):
        at = max(fact.at, taken_up) if taken_up else fact.at
        end = next((f for f in ends if f.at >= at and (f.key != fact.key or f.order > fact.order)), None)
        if clock.singly and end:
            ends.remove(end)
        reading = _reading(clock, at, clock.rule, end.at if end else None, law, pauses, now, planned=fact.planned)
        made.append(replace(_extended(reading, live, law), start=fact.order if clock.each else 0))
    return [r for r in made if r.stopped or not _not_needed(process, live, clock)]


def _runs(clock: Clock, starts: list[Fact], live: list[Fact]) -> list[Fact]:
    """The facts a clock runs from, each with the time it plans for: every start, or one; of plans, one for each thing
    that was to come, with the time the last of them set."""
    if clock.each:
        return sorted(starts, key=lambda f: (f.planned or f.at, f.order))
    if not clock.planned:
        return [next((f for f in reversed(starts) if f.restarts), starts[0])]
    comes = (key_of(clock.comes),) if clock.comes else clock.stop_keys
    plans, runs, anew = {f.id for f in starts}, [], True
    for fact in live:
        anew = anew or fact.key in comes
        if fact.id in plans:
            runs = [*runs, fact] if anew else [*runs[:-1], replace(runs[-1], planned=fact.planned)]
            anew = False
    return runs


def _taken_up(process: Process, clock: Clock, live: list[Fact]) -> datetime | None:
    """When what had stopped a clock was last set aside to be done again; the clock runs anew from then."""
    own = [at for at in map(process.order, clock.stop_keys) if at < len(process.own_steps)]
    return max((f.at for f in live if f.key == REOPENING and own and process.order(f.about) <= max(own)
                and not any(e.key in clock.stop_keys and e.order < f.order for e in live)), default=None)


def _again_and_again(clock: Clock, begun: datetime, stops: list[datetime], live: list[Fact], law: Law,
                     pauses: list[tuple[datetime, datetime | None]], now: datetime) -> list[Reading]:
    assert clock.every
    made, last = [], begun
    over = clock.until is not None and _holds(live, clock.until)
    for stop in [*(s for s in stops if s > begun), None]:
        if stop is None and over:
            break
        made.append(_extended(_reading(clock, last, clock.every((last - begun).days), stop, law, pauses, now), live, law))
        last = stop or last
    return made


def _reading(clock: Clock, started: datetime, rule: str, stopped: datetime | None, law: Law,
             pauses: list[tuple[datetime, datetime | None]], now: datetime, *,
             planned: datetime | None = None) -> Reading:
    if clock.planned and planned:
        due, edition = law.around(rule, planned) if rule else (planned, "")
    else:
        due, edition = law.due(rule, started, pauses, now)
    paused = stopped is None and any(begun <= now and ended is None for begun, ended in pauses)
    return Reading(clock.name, 1, started, due, stopped, clock.stop_keys[0], rule, edition, due, paused)


def _extended(reading: Reading, live: list[Fact], law: Law) -> Reading:
    """With more time, where a manager gave it while the clock ran. What is late by law stays so."""
    given = [f.planned for f in live if f.key == EXTENSION and f.about == reading.name and f.planned
             and reading.started <= f.at and (reading.stopped is None or f.at <= reading.stopped)]
    if not given:
        return reading
    due = max(reading.due, given[-1])
    return replace(reading, due=due, due_by_law=reading.due_by_law if law.fixes(reading.rule, reading.started) else due)


def _not_needed(process: Process, live: list[Fact], clock: Clock) -> bool:
    states = position(process, live).states
    return all(states[key] is State.NOT_NEEDED for key in clock.stop_keys)


def _pauses(live: list[Fact], name: str) -> list[tuple[datetime, datetime | None]]:
    pauses: list[tuple[datetime, datetime | None]] = []
    for fact in live:
        if fact.key == PAUSE and fact.about == name and not (pauses and pauses[-1][1] is None):
            pauses.append((fact.at, None))
        elif fact.key == RESUME and fact.about == name and pauses and pauses[-1][1] is None:
            pauses[-1] = (pauses[-1][0], fact.at)
    return pauses
