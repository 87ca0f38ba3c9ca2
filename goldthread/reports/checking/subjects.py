"""What a label can be about: one worked-out figure with its arithmetic, and how a label was tied to it."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from goldthread.reports.arithmetic import Worked, rows_text


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


def repeated(records: Sequence[Any], same: Callable[[Any], tuple], file: str) -> str:
    """Why a sum proves nothing where a row stands twice in a file, the same in every cell; "" where none does."""
    seen: set[tuple] = set()
    twice = [each.row for each in records if (key := same(each)) in seen or seen.add(key)]
    if not twice:
        return ""
    return f"{rows_text(twice)} of {file} repeats a row above it; leave it out, or give the two different names"
