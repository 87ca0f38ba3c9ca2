"""What a label can be about: one worked-out figure with its arithmetic, and how a label was tied to it."""
from dataclasses import dataclass, field

from goldthread.reports.arithmetic import Worked


@dataclass(frozen=True)
class Subject:
    """Something the input gives a figure for.

    `unit` is money, percent, count or average. `parts` are numerator and denominator of a percentage, or the
    attendees and places of a scope. `signed`: below zero means an overspend. `floor`: the figure itself is
    only “over” or “at least”. `doubt`: why a mismatch would not prove anything (a missing cell).
    """

    name: str
    file: str
    rows: tuple[int, ...]
    unit: str
    now: Worked
    before: Worked | None = None
    parts: tuple[Worked, Worked] | None = None
    signed: bool = False
    floor: bool = False
    doubt: str = ""


@dataclass(frozen=True)
class Tie:
    """The subjects a label may honestly mean; `sure` if it cannot mean anything else in the input.

    `exact` says that the words match so well that a mismatch is an error beyond doubt.
    """

    subjects: tuple[Subject, ...] = ()
    sure: bool = False
    exact: bool = False
    why: str = ""
    strength: float = field(default=0.0, compare=False)
