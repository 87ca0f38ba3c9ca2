"""How records are compared and joined: a model as dated data, `rules/data/linkage/people.toml`, read and checked."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from itertools import pairwise
from math import log2
from typing import Any

from goldthread.rules.data_files import BadData, toml

FOLDER, FILE = "linkage", "people.toml"
MISSING, ELSE = "missing", ""
PLACES = 6  # to which the bits of a level are told apart


class NoModel(LookupError):
    """No model is in force on the day."""


@dataclass(frozen=True)
class Level:
    """One way in which a part of two records compares.

    when: the condition, in SQL that DuckDB and Spark both run; empty for all that is left. same: the chance of it for two
    records of one person; others: for two people taken at random. counted: the column whose rarer values tell more.
    """

    key: str
    words: str
    when: str = ELSE
    same: float = 0.0
    others: float = 0.0
    counted: str = ""

    @property
    def bits(self) -> float:
        """How much it tells: 0 for what is missing, below 0 when it speaks against."""
        return 0.0 if self.key == MISSING else log2(self.same / self.others)


@dataclass(frozen=True)
class Comparison:
    """A part of two records, and the ways it compares; the first whose condition holds counts."""

    key: str
    title: str
    levels: tuple[Level, ...]

    def level(self, number: int) -> Level:
        """By Splink's number: -1 what is missing, 0 the last, counting up towards the first."""
        told = [each for each in self.levels if each.key != MISSING]
        return next(each for each in self.levels if each.key == MISSING) if number < 0 else told[len(told) - 1 - number]

    def number(self, level: Level) -> int:
        """Splink's number of a level that tells something: the other way round of `level`."""
        return [each for each in reversed(self.levels) if each.key != MISSING].index(level)

    def by_bits(self) -> dict[float, int]:
        """Splink's number of each level, by its bits: no two levels of a comparison weigh the same."""
        return {round(each.bits, PLACES): -1 if each.key == MISSING else self.number(each) for each in self.levels}


@dataclass(frozen=True)
class Block:
    """Records are compared only where all columns of one block agree."""

    by: tuple[str, ...]


@dataclass(frozen=True)
class Bar:
    """What two records of one person can never have, by its name in `bars`. asked: whether a person is asked."""

    key: str
    words: str
    asked: bool = False


@dataclass(frozen=True)
class Measured:
    """Pairs that weighed from `weight` to one more, where the truth is known, and how many of them are of one person."""

    weight: float
    pairs: int
    same: int


@dataclass(frozen=True)
class Model:
    """One edition.

    others: how many other records there are of the same person, on average; fewest: as many records are reckoned with at
    least, for a short list is drawn from a whole borough; among: of how many the chances were estimated; near: how far,
    among more of them, those a person may be mistaken for live near: 0 when they are any of all the records, 1 when they
    are of the household alone, whose number does not grow with the records.

    joined: the match weight, in bits, from which records are joined without a person; asked: from which a person is asked;
    least: below which a pair is not looked at, whoever moved. moved: that others moved between the same two addresses.
    common: how many records bear a first name that is no slip of the pen; rarer: how many times as many bear a name of
    which the other is a short form or a misspelling. years: how far apart births may be written and still be of one person.

    measured: how often a weight was right where the truth is known; trusted: of that the map from a weight to the chance it
    stands for, which never falls as weights rise.
    """

    version: str
    valid_from: date
    valid_to: date | None
    source: str
    note: str
    others: float
    fewest: int
    among: int
    near: float
    joined: float
    asked: float
    least: float
    common: int
    rarer: float
    years: int
    comparisons: tuple[Comparison, ...]
    blocks: tuple[Block, ...]
    bars: tuple[Bar, ...]
    measured: tuple[Measured, ...] = ()
    trusted: tuple[tuple[float, float], ...] = ()
    moved: Level | None = None

    def matches(self, records: int) -> float:
        """The chance that two of so many records, taken at random, are of one person."""
        people = max(records - 1, self.fewest)
        return float(self.others / people * max(people / self.among, 1.0) ** self.near)

    def before(self, records: int) -> float:
        """The same as a weight, in bits: what every pair of records begins with."""
        chance = self.matches(records)
        return log2(chance / (1 - chance))

    def chance(self, weight: float) -> float:
        """How likely a pair of this weight is one person, as was found where the truth is known: between two points of the
        map in a straight line. Where there is no map, what the weight itself says."""
        points = self.trusted
        if not points:
            return claimed(weight)
        below = [point for point in points if point[0] <= weight]
        above = [point for point in points if point[0] > weight]
        if not below or not above:
            return (below[-1] if below else above[0])[1]
        (low, least), (high, most) = below[-1], above[0]
        return least + (most - least) * (weight - low) / (high - low)

    @property
    def counted(self) -> tuple[str, ...]:
        """Columns whose rarer values tell more."""
        return tuple(sorted({level.counted for each in self.comparisons for level in each.levels if level.counted}))

    def comparison(self, key: str) -> Comparison:
        """Raises KeyError for a part that is not compared."""
        for each in self.comparisons:
            if each.key == key:
                return each
        raise KeyError(key)


def claimed(weight: float) -> float:
    """The chance that a weight says by itself."""
    return float(2 ** weight / (1 + 2 ** weight))


def model(on: date) -> Model:
    """The model in force on a day. Raises NoModel; BadData."""
    for each in every():
        if each.valid_from <= on and (each.valid_to is None or on <= each.valid_to):
            return each
    raise NoModel(f"There is no linkage model for {on}")


@cache
def every() -> tuple[Model, ...]:
    """Every edition, in order of time. Raises BadData."""
    return tuple(sorted((read(each) for each in toml(FOLDER, FILE)["edition"]), key=lambda each: each.valid_from))


def read(data: Mapping[str, Any]) -> Model:
    """One edition from its table of TOML. Raises BadData naming what lacks or is not understood."""
    data = dict(data)
    where = f"{FOLDER}/{FILE}, edition {data.get('version', '?')}"
    comparisons = tuple(
        _made(Comparison, {**row, "levels": tuple(_made(Level, level, f"{where}, {row.get('key')}")
                                                  for level in row.get("levels", ()))}, where)
        for row in data.pop("comparison", ()))
    blocks = tuple(_made(Block, {**row, "by": tuple(row.get("by", ()))}, where) for row in data.pop("block", ()))
    bars = tuple(_made(Bar, row, where) for row in data.pop("bar", ()))
    moved = _made(Level, data.pop("moved"), where) if "moved" in data else None
    measured = tuple(Measured(*row) for row in data.pop("measured", ()))
    trusted = tuple((float(weight), float(chance)) for weight, chance in data.pop("trusted", ()))
    dates = {"valid_from": data.pop("from", None), "valid_to": data.pop("to", None)}
    found: Model = _made(Model, {**data, **dates, "comparisons": comparisons, "blocks": blocks, "bars": bars,
                                 "measured": measured, "trusted": trusted, "moved": moved}, where)
    for comparison in comparisons:
        _check(comparison, where)
    if list(trusted) != sorted(trusted) or any(a[1] > b[1] for a, b in pairwise(trusted)):
        raise BadData(f"{where}: the map from weights to chances must rise.")
    if not blocks or not found.least <= found.asked <= found.joined or not (
            0 < found.others < found.fewest and 0 < found.among and 0 <= found.near <= 1):
        raise BadData(f"{where}: it needs a block, fewer records of a person than records, and to ask before it joins.")
    return found


def _check(comparison: Comparison, where: str) -> None:
    told = [each for each in comparison.levels if each.key != MISSING]
    if not told or told[-1].when != ELSE or any(each.when == ELSE for each in told[:-1]):
        raise BadData(f"{where}: {comparison.key} must end with one level that has no condition.")
    if any(not (0 < each.same < 1 and 0 < each.others < 1) for each in told):
        raise BadData(f"{where}: a chance of {comparison.key} is not between 0 and 1.")
    if len(comparison.by_bits()) < len(comparison.levels):
        raise BadData(f"{where}: two levels of {comparison.key} weigh the same.")


def _made(kind: type[Any], data: Mapping[str, Any], where: str) -> Any:
    if strange := sorted(set(data) - {each.name for each in fields(kind)}):
        raise BadData(f"{where}: “{strange[0]}” is not understood.")
    try:
        return kind(**data)
    except TypeError as wrong:
        raise BadData(f"{where}: {wrong}.") from wrong
