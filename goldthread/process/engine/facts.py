"""What was recorded of a case, and what of it still counts."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from goldthread.process.definition import Process, Was

PAUSE, RESUME, REOPENING, EXTENSION = "pause", "resumption", "reopening", "extension"
CARRIED_OVER = "carried-over"  # what a first fact is about that was finished in the system it was loaded from


@dataclass(frozen=True)
class Asked:
    """One agency asked by a fact: which ask, whom, due when, and when (if ever) it answered or was let off (`let_off`)."""

    ask: int
    agency: int
    due: datetime
    stopped: datetime | None = None
    let_off: bool = False

    @classmethod
    def of(cls, ask: int, agency: int, due: datetime, answered: datetime | None, withdrawn: datetime | None) -> Asked:
        """As an ask is stored."""
        return cls(ask, agency, due, answered or withdrawn, answered is None and withdrawn is not None)

    @property
    def had_its_time(self) -> bool:
        """False where it was let off before its time was up: then it was neither in time nor late."""
        return not self.let_off or self.stopped is None or self.stopped > self.due


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


def latest(facts: Sequence[Fact], key: str) -> Fact | None:
    """The last of these facts that is of a step."""
    return next((f for f in reversed(facts) if f.key == key), None)


def holds(facts: Sequence[Fact], w: Was) -> bool:
    """Whether these facts say what a declaration asks."""
    last = latest(facts, w.key)
    if w.people > 1:
        return _signers(facts, w) >= w.people
    return last is not None and (not w.outcomes or last.outcome in w.outcomes)


def _signers(facts: Sequence[Fact], w: Was) -> int:
    """How many people's own last word on it was one of the outcomes that count; those of one agency count once where
    agencies do."""
    last = {f.by: f for f in facts if f.key == w.key}
    agreed = [f for f in last.values() if not w.outcomes or f.outcome in w.outcomes]
    return len({f.agency for f in agreed}) if w.agencies else len(agreed)
