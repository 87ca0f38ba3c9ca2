"""Figures that were or are to be let out, and the smallest parts that all of them are sums of."""
from __future__ import annotations

from dataclasses import dataclass, field

from goldthread.measure.protecting import Shown

MOST_PARTS = 50_000


class TooFine(ValueError):
    """So many cross-cuts that they cannot be checked; the message says how many."""


@dataclass(frozen=True)
class Figure:
    """One number: its name, the key of its indicator, and what its reader is told.

    source: where it was or is to be let out ("Scorecard, quarter 2", "national statistics"). own: part of the release now
    in hand, so that it can still be changed. fixed: and yet cannot be hidden, since it is said by what is not there.
    """

    name: str
    measure: str
    shown: Shown
    source: str = ""
    own: bool = True
    fixed: bool = False


@dataclass(frozen=True)
class Ratio:
    """A share that was let out: those of the parts `part` are from `low` to `high` of those of `whole` (0 to 1).

    figure: what was said. One worked out from rounded counts tells nothing new and needs no entry.
    """

    figure: Figure
    part: tuple[int, ...]
    whole: tuple[int, ...]
    low: float
    high: float


@dataclass(frozen=True)
class Parts:
    """The smallest parts that any of some figures tells apart; each figure is a sum of some of them.

    names: a part in words. members: for each figure, the numbers of its parts. links: pairs of sums over parts that are the
    same ("="), or of which the first is never the greater ("<=").
    """

    names: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]
    figures: tuple[Figure, ...] = field(repr=False)
    links: tuple[tuple[tuple[int, ...], str, tuple[int, ...]], ...] = ()
    ratios: tuple[Ratio, ...] = ()
