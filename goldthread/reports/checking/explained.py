"""Another reading that makes a number right: then it is no finding, whatever a rule made of it.

A rule says what a number should be if it is told of those numbers that the rule takes it to be told of. Writers tell many
things in one paragraph: what is the share, the difference or the ratio of other numbers nearby is right as it stands. How
near depends on how easily chance would do: a percentage told to a tenth is looked for further away than a whole one.
"""
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Spot
from goldthread.reports.checking.fits import fits
from goldthread.reports.checking.statements import Bound, Statement
from goldthread.reports.checking.told import BASES, Told

AMOUNTS = ("count", "money")
FAR, NEAR, AFTER = 4, 2, 1  # a share stands after, or right before, what it is a share of
WIDE = 10  # paragraphs
SMALLEST = 10
_APPOSED = re.compile(r"^[^,;:.]{0,40},\s(?:about |around |nearly |almost |just over |just under |roughly |some )?$")
_ALL_BUT = re.compile(r"\b(?:all (?:but|except)|except for|other than)\b")


@dataclass(frozen=True)
class _Nearby:
    """The numbers around the one asked about: right `beside` it, of its `sentence`, of its paragraph and the one before
    (`rest`), of some paragraphs around and of the section's tables (`wide`); of the sentence before the percentages
    (`before`) and amounts (`told_before`). `fine`: it is told to a tenth. `own`: those the rule went by.
    """

    spot: Spot
    fine: bool
    own: frozenset[Decimal]
    beside: Sequence[Decimal]
    sentence: Sequence[Statement]
    rest: Sequence[Statement]
    wide: Sequence[Decimal]
    before: Sequence[Decimal]
    told_before: Sequence[Decimal]

    def pairs(self) -> Iterator[tuple[Decimal, Decimal]]:
        """A number beside it and another nearby, other than those the rule went by."""
        others = _amounts(self.rest) if self.fine else [*_amounts(self.sentence), *self.own]
        right_by = self.beside[-2:] if self.fine else []
        for beside, among in ((self.beside, others), (right_by, self.wide)):
            yield from ((one, other) for one in beside for other in among if one != other and not {one, other} <= self.own)


def explained(found: Found, facts: Facts) -> bool:
    """Whether a number that a rule finds wrong is right in another reading. Only numbers of sentences have one."""
    if found.spot is None:
        return False
    if found.spot.stated.fraction:
        return _told_of_another(found)
    near, stated = _nearby(found, facts), replace(found.spot.stated, direction=0)
    readings = {"percent": _as_percent, "points": _as_points, "ratio": _as_ratio}.get(stated.unit, _as_amount)
    return any(fits(stated, worked) for worked in readings(near))


def _nearby(found: Found, facts: Facts) -> _Nearby:
    told, place, fine = found.spot.told, found.spot.place, found.spot.stated.step < 1
    part = told.sentence.at.part
    number, at = facts.places[told.sentence]
    passage = facts.passages[number]
    here = [each.statement for each in told.pieces]
    earlier = [] if told.quoted else [each.statement for one in passage[:at] for each in one.pieces]
    before_it = _amounts([*earlier, *here[:place]]) if fine else _amounts(here[:place])
    beside = [*before_it[-(FAR if fine else NEAR):], *_amounts(here[place + 1:place + 1 + AFTER])]
    last = facts.passages[number - 1] if number and facts.passages[number - 1][0].sentence.at.part == part else []
    rest = [each.statement for one in [*last, *passage] for each in one.pieces]
    wide = [value for grid in facts.grids if grid.table.at.part == part for row in grid.rows for col in grid.columns
            if grid.is_amount(row, col) and (value := grid.value(row, col))]
    wide += [value for each in facts.passages[max(number - WIDE, 0):number + WIDE] for one in each
             for value in _amounts([piece.statement for piece in one.pieces])]
    surely = _told_as_part(told, found.of)
    sooner = [each.statement for one in passage[max(at - 1, 0):at] for each in one.pieces]
    return _Nearby(found.spot, fine, frozenset(found.of), [each for each in beside if each != surely], here, rest, wide,
                   [each.number for each in sooner if each.unit == "percent"], _amounts(sooner))


def _told_as_part(told: Told, own: Sequence[Decimal]) -> Decimal | None:
    """The part that a rule went by, where the sentence tells it as that: “42 of the 76” is of nothing else."""
    return next((told.number(at) for at in range(len(told.pieces) - 1)
                 if told.is_part(at) and {told.number(at), told.number(at + 1)} == set(own)), None)


def _told_of_another(found: Found) -> bool:
    """A share in words is of what stands before it: “189 of the 371, a little over half, 134 …”, “107, half of the 214”."""
    told, place = found.spot.told, found.spot.place
    pairs = [(place - 2, place - 1)] if place > 1 and told.is_part(place - 2) else []
    pairs += [(place - 1, place + 1)] if place and told.is_part(place) else []
    pairs += [(at, other) for at in (place + 1,) if at < len(told.pieces) for other in range(place)  # “a third of them (49)”
              if told.gap(at).rstrip().endswith("of them (") and told.number(other) > told.number(at)]
    if place and _APPOSED.match(told.gap(place)) and told.gap(place + 1).lstrip("\u2044 ").startswith(","):
        return True  # “in 339 assessments, about one in nine, three of these four …”
    return any(told.number(whole) and {told.number(part), told.number(whole)} != set(found.of) and fits(
        found.spot.stated, 100 * told.number(part) / told.number(whole)) for part, whole in pairs)


def _amounts(among: Sequence[Statement]) -> list[Decimal]:
    return [each.number for each in among if each.unit in AMOUNTS and each.number]


def _as_percent(near: _Nearby) -> Iterator[Decimal]:
    """A share of a whole nearby, or a change of one; between percentages their difference."""
    if _ALL_BUT.search(near.spot.told.text) and any(near.own):
        yield 100 - 100 * min(near.own) / max(near.own)
    changes = near.spot.place < len(near.spot.told.pieces) and near.spot.told.is_change(near.spot.place)
    for one, other in near.pairs():
        if not changes:
            yield 100 * min(one, other) / max(one, other)
        if near.fine:
            yield from (100 * abs(one - other) / each for each in (one, other))
    if changes:
        yield from _as_points(near)


def _as_points(near: _Nearby) -> Iterator[Decimal]:
    told = [each for each in near.sentence if each.unit in ("percent", "points") or each.step < 1]  # “from 27.9 to 30.4%”
    shares = [each.number for each in told]
    yield from (abs(one - other) for one in shares for other in [*shares, *near.before] if one != other)


def _as_ratio(near: _Nearby) -> Iterator[Decimal]:
    numbers = [each.number for each in near.sentence if each.number and each.number not in BASES]
    yield from (one / other for one, other in zip(numbers, numbers[1:], strict=False) if not {one, other} <= near.own)


def _as_amount(near: _Nearby) -> Iterator[Decimal]:
    """The difference of a number beside it and one nearby; itself, where a percentage beside it is its share of a whole."""
    number = near.spot.stated.number
    others = _amounts(near.sentence)
    yield from (abs(one - other) for one in near.beside for other in near.told_before)
    if number >= SMALLEST:
        yield from (abs(one - other) for one in near.beside for other in [*others, *near.own]
                    if not {one, other} <= near.own)
    told, place = near.spot.told, near.spot.place
    if place and told.stated(place - 1).unit == "percent":  # “44% of them were schools', and family hubs' 24”
        yield from (100 * own / whole for own in near.own for whole in near.wide if whole > own)
    for at in (place - 1, place + 1):
        share = told.stated(at) if 0 <= at < len(told.pieces) else None
        if share is None or share.unit != "percent":
            continue
        wholes = near.wide if share.step < 1 else near.own if at > place and told.gap(at).strip() == "(" else ()
        stated = replace(share, direction=0, bound=Bound.EXACT)
        if any(fits(stated, 100 * number / whole) for whole in wholes if whole > number):
            yield number
