"""“Of the 3,502 referrals …”: a number spoken of as known, that the report nowhere gives, beside one that it does.

Whoever writes “the 475 children” means a number told before. Where no sentence and no table has it, and one that looks like
it is told of the same thing, the two contradict one another.
"""
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from goldthread.reports.arithmetic import plain
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule, in_sentence
from goldthread.reports.checking.fits import mistyped
from goldthread.reports.checking.grids import Grid
from goldthread.reports.checking.mentions import plain_stems
from goldthread.reports.checking.periods import before
from goldthread.reports.checking.told import Told
from goldthread.reports.words import tokens

_KNOWN = re.compile(r"\b(?:the|these|those|our|all)\s$")
_THOSE = re.compile(r"\bof (?:those|these)\s$")
_MEASURE = re.compile(r"^\s*(?:hours?|days?|weeks?|months?|years?|minutes?|times|miles|per\b|or\b|to\b|%|-|most|largest|main"
                      r"|new|more|other|late|remaining)")
SMALLEST, LONG = 100, 4
_SOME = re.compile(r"^(?:\s[a-z'’-]+){0,4}?\s(?:who|whose|under|over|aged)\b")  # “the 104 children under 16 who …”


@dataclass(frozen=True)
class _Number:
    told: Told
    at: int
    section: str

    @property
    def number(self) -> Decimal:
        return self.told.number(self.at)

    @property
    def noun(self) -> str:
        """The first thing named after it."""
        gap = re.split(r"[,;:.()]", self.told.gap(self.at + 1))[0]
        return next((word for word in tokens(gap) if word in plain_stems(gap)), "")

    @property
    def earlier(self) -> bool:
        return self.told.years[self.at] == before(self.told.year)


def find(facts: Facts) -> Iterator[Found]:
    numbers = [_Number(told, at, told.sentence.at.section) for passage in facts.passages for told in passage
               for at in range(len(told.pieces)) if told.plain(at, "count") and not told.is_change(at)]
    often = Counter(each.number for each in numbers)
    printed = _printed(facts)
    for place, each in enumerate(numbers):
        if each.number < SMALLEST or often[each.number] > 1 or each.number in printed or _MEASURE.match(
                each.told.gap(each.at + 1)):
            continue
        if _SOME.match(each.told.gap(each.at + 1)):
            continue
        if _THOSE.search(each.told.gap(each.at)) and place:
            last = numbers[place - 1]
            if last.number != each.number and mistyped(last.number, each.number, LONG):
                yield _found(each, last.number, f"“{last.told.quote}” says {plain(last.number)}", "of those")
        elif _known(each, often, printed) and each.noun and not _worked_out(each, numbers[:place]):
            yield from _told_before(each, numbers, often, facts)


def _known(each: _Number, often: Counter, printed: set[Decimal]) -> bool:
    """Spoken of as known: “the 475 children”, “2,741 of 2,904 staff” where the part is told elsewhere too."""
    part = each.told.number(each.at - 1) if each.at and each.told.gap(each.at).strip() == "of" else None
    return bool(_KNOWN.search(each.told.gap(each.at))) or part is not None and part >= SMALLEST and (
        often[part] > 1 or part in printed)


def _told_before(each: _Number, numbers: list[_Number], often: Counter, facts: Facts) -> Iterator[Found]:
    same = {one.number for one in numbers if one is not each and one.noun == each.noun and one.earlier == each.earlier
            and mistyped(one.number, each.number, LONG)}
    totals = {value for grid in facts.grids for value in _totals(grid, each) if mistyped(value, each.number, LONG)}
    again = {number for number in same if often[number] > 1} | same & totals | totals
    if len(again) == 1:
        number = again.pop()
        yield _found(each, number, f"{plain(number)} is told elsewhere, and {plain(each.number)} is not",
                     "told more than once" if number in same else "total of a table")


def _totals(grid: Grid, each: _Number) -> Iterator[Decimal]:
    """Totals of tables that name what is counted."""
    for row in grid.rows:
        for col in grid.columns:
            value = grid.value(row, col)
            words = plain_stems(f"{grid.label(row)} {grid.title(col)} {grid.table.caption}")
            if grid.is_total(row) and value is not None and grid.unit(col) == "count" and each.noun in words and (
                    grid.year(col) in ("", each.told.year) and not each.earlier):
                yield value


def _printed(facts: Facts) -> set[Decimal]:
    """The numbers of all tables, captions and headings, which a sentence may take up again."""
    cells = {value for grid in facts.grids for row in grid.rows for col in grid.columns
             if (value := grid.value(row, col)) is not None}
    words = " ".join([*(each.title for each in facts.document.headings), *(each.caption for each in facts.document.tables)])
    return cells | {Decimal(each.replace(",", "")) for each in re.findall(r"\d{1,3}(?:,\d{3})+|\d+", words)}


def _worked_out(each: _Number, earlier: list[_Number]) -> bool:
    """Whether it is the sum or the difference of two numbers told shortly before."""
    near = [one.number for one in earlier[-12:]]
    return any(each.number in (one + other, one - other) for one in near for other in near)


def _found(each: _Number, number: Decimal, how: str, ground: str) -> Found:
    return in_sentence(each.told, each.at, plain(number), how, ground, (number,))


RULE = Rule("known-before", "A number is spoken of as known, but another is told of the same thing",
            "Find out which is right, and use it in both places.",
            {"of those": "the sentence goes on with “of those”, from another number",
             "told more than once": "the other number is told more than once, or in a table too",
             "total of a table": "the other number is the total of a table of the same thing"}, find)
