"""Figures that were or are to be let out, and the smallest parts that all of them are sums of."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from goldthread.measure.protecting import Shown

MOST_PARTS = 50_000


class TooFine(ValueError):
    """So many cross-cuts that they cannot be checked; the message says how many."""


@dataclass(frozen=True)
class Figure:
    """One number: how many of `measure` fall within `where` (a category or several of each breakdown named; of one not
    named, all), and what its reader is told.

    source: where it was or is to be let out ("Scorecard, quarter 2", "national statistics"). own: part of the release now
    in hand, so that it can still be changed.
    """

    name: str
    measure: str
    where: Mapping[str, frozenset[str]]
    shown: Shown
    source: str = ""
    own: bool = True


@dataclass(frozen=True)
class Share:
    """A percentage said of one figure in another, worked out from the counts themselves and rounded to `places`.

    One worked out from rounded counts tells nothing new and needs no entry. Raises ValueError outside 0 to 100.
    """

    name: str
    part: Figure
    whole: Figure
    percent: float
    places: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 100:
            raise ValueError(f"{self.name}: a share is from 0 to 100 per cent, not {self.percent}")

    @property
    def bounds(self) -> tuple[float, float]:
        """From what to what the true share lies, from 0 to 1."""
        half = 0.5 / 10**self.places
        return max(0.0, (self.percent - half) / 100), min(1.0, (self.percent + half) / 100)


@dataclass(frozen=True)
class Parts:
    """The smallest parts of one measure that any of its figures tells apart; each figure is a sum of some of them.

    names: a part in words; members: for each figure, the numbers of its parts.
    """

    names: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]
    figures: tuple[Figure, ...] = field(repr=False)


def parts_of(figures: Sequence[Figure], breakdowns: Mapping[str, Sequence[str]]) -> Parts:
    """Cut a measure's whole into the parts its figures tell apart.

    breakdowns: the categories of each way to break the measure down, which are together all there is and none twice.
    Raises ValueError for a category or breakdown that is not there, TooFine for more than MOST_PARTS parts.
    """
    for figure in figures:
        _insist_known(figure, breakdowns)
    used = [name for name in breakdowns if any(name in figure.where for figure in figures)]
    groups = [_alike(name, breakdowns[name], figures) for name in used]
    many = 1
    for group in groups:
        many *= len(group)
    if many > MOST_PARTS:
        raise TooFine(f"These figures cut the whole into {many:,} parts, of which {MOST_PARTS:,} can be checked: "
                      "let out fewer breakdowns at once")
    parts = list(product(*groups))
    names = tuple(", ".join(" or ".join(sorted(each)) for each in part) or "all" for part in parts)
    members = tuple(tuple(at for at, part in enumerate(parts) if _within(part, used, figure)) for figure in figures)
    return Parts(names, members, tuple(figures))


def _insist_known(figure: Figure, breakdowns: Mapping[str, Sequence[str]]) -> None:
    for name, wanted in figure.where.items():
        if name not in breakdowns:
            raise ValueError(f"{figure.name}: there is no breakdown by {name}")
        if unknown := wanted - set(breakdowns[name]):
            raise ValueError(f"{figure.name}: {name} has no {', '.join(sorted(unknown))}")


def _alike(name: str, categories: Sequence[str], figures: Sequence[Figure]) -> list[frozenset[str]]:
    """The categories of a breakdown in groups that no figure tells apart."""
    asked = list(dict.fromkeys(figure.where[name] for figure in figures if name in figure.where))
    groups: dict[tuple[bool, ...], set[str]] = {}
    for category in categories:
        groups.setdefault(tuple(category in wanted for wanted in asked), set()).add(category)
    return [frozenset(group) for group in groups.values()]


def _within(part: tuple[frozenset[str], ...], used: Sequence[str], figure: Figure) -> bool:
    return all(group <= figure.where[name] for name, group in zip(used, part, strict=True) if name in figure.where)
