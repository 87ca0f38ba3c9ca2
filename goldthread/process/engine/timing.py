"""What is due by when: every running and finished clock of a case."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from goldthread.process.definition import Clock, Process, Was, key_of
from goldthread.process.engine.facts import (
    EXTENSION,
    PAUSE,
    REOPENING,
    RESUME,
    Fact,
    holds,
    in_order,
    latest,
    standing,
)
from goldthread.process.engine.steps import State, position
from goldthread.process.law import Law


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
    if clock.only_while and not holds(live, clock.only_while):
        return []
    starts = [f for f in live if f.key == clock.starts.key
              and (not clock.starts.outcomes or f.outcome in clock.starts.outcomes) and law.counts(clock.rule, f.at)]
    if clock.planned:
        starts = [f for f in starts if f.planned]
    if not starts:
        return []
    if clock.each_ask:
        return [Reading(clock.name, 1, f.at, a.due, a.stopped, clock.stop_keys[0], "", "", a.due, ask=a.ask)
                for f in starts for a in f.asked if a.had_its_time]
    ends = _ends(process, clock, live)
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


def _ends(process: Process, clock: Clock, live: list[Fact]) -> list[Fact]:
    """The facts that stop a clock, in order; of answers waited for, the last once it is there."""
    plain = [w for w in clock.stopped_by if not w.back]
    ends = [f for at, f in enumerate(live) if any(f.key == w.key and holds(live[:at + 1], w) for w in plain)]
    ends += [f for w in clock.stopped_by if w.back for f in _last_answer(process, w, live)]
    return ends if len(plain) == len(clock.stopped_by) else in_order(ends)


def _last_answer(process: Process, w: Was, live: list[Fact]) -> list[Fact]:
    """When the last agency asked had answered, as a fact of its answer; none while one has not, or nobody was asked."""
    asking, answer = latest(live, w.key), process.step(w.key).asks
    back = [a.stopped for f in live if f.key == w.key for a in f.asked]
    if asking is None or answer is None or not back or None in back:
        return []
    return [replace(asking, key=key_of(answer), at=max(filter(None, back)))]


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
    over = clock.until is not None and holds(live, clock.until)
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
