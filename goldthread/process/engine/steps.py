"""Which steps are done, open, waiting or not needed, and the stage a case is in."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from goldthread.process.definition import Process, Stage, Step
from goldthread.process.engine.facts import CARRIED_OVER, REOPENING, Fact, holds, latest, standing

MOST_SHAPES = 5_000  # of cases whose position is remembered


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
    if step.until and holds(live, step.until):
        return over, ()
    waiting = []
    for need in step.needs:
        last = latest(live, need.key)
        if need.people > 1 and last is not None and not holds(live, need):
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
        need.key == step.key and need.people > 1 and not holds(live, need) for each in process.steps for need in each.needs)


def may_repeat(process: Process, step: Step, facts: Sequence[Fact]) -> bool:
    """A step that repeats may be recorded again though it is done, until its `until` holds."""
    live = standing(process, facts)
    return step.repeats and not (step.until and holds(live, step.until)) and all(holds(live, n) for n in step.needs)
