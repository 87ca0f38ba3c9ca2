"""Arithmetic along the rows of a table: one column worked out from others.

Which column comes from which is not asked of the header but of the numbers: a formula that most rows obey is the one
the table was made with, and the rows that do not obey it are looked at.
"""
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from goldthread.reports.arithmetic import Worked, add, less, percent, relative_change, shown
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.fits import HUNDRED, fits
from goldthread.reports.checking.grids import AMOUNTS, Grid

_SUM_HEAD = re.compile(r"^(?:grand |overall |year )?(?:total|year|all|whole year|full year|sum)(?: for (?:the "
                       r")?year)?$", re.IGNORECASE)
_BASE = re.compile(r"(?:^|[\s(,])(?:out )?of (?P<base>\d{1,3}(?:,\d{3})+|\d+)\b")
LEAST_ROWS = 3
MOST_COLUMNS = 9
ENOUGH = 0.6
ENOUGH_NAMED, ENOUGH_CHANGE = 0.25, 0.34
PLAIN = 0.8
SMALLEST_TELLING = 4


@dataclass(frozen=True)
class _Formula:
    """How a column may come from others, `how(grid, row)` being None where a row lacks what is needed."""

    column: int
    how: Callable[[Grid, int], Worked | None]
    title: str
    named: bool = False  # the heading itself says so: “Total”, “Year”


def find(facts: Facts) -> Iterator[Found]:
    for grid in facts.grids:
        for column in grid.columns:
            best = max((_tried(grid, each) for each in _formulas(grid, column)), key=lambda tried: tried[:2], default=None)
            least, enough = _needed(grid, column, best)
            if best is not None and best[0] >= least and best[1] >= enough:
                for row, worked in best[2]:
                    yield _found(grid, row, column, worked, best[1], best[3])


def _needed(grid: Grid, column: int, best: tuple | None) -> tuple[int, float]:
    """How many rows must obey, and what share of them: fewer where the heading says how the column is made."""
    if best is not None and best[4]:
        return 1, ENOUGH_NAMED
    return (2, ENOUGH_CHANGE) if grid.is_difference(column) else (LEAST_ROWS, ENOUGH)


def _formulas(grid: Grid, column: int) -> Iterator[_Formula]:
    unit = grid.unit(column)
    others = [col for col in grid.columns if col != column][:MOST_COLUMNS]
    amounts = [col for col in others if grid.unit(col) in AMOUNTS]
    if unit == "percent":
        for part, whole in permutations(amounts, 2):
            yield _Formula(column, _share(part, whole), f"{grid.title(part)} as a share of {grid.title(whole)}")
        for part in amounts:
            yield _Formula(column, _share_of_total(part), f"{grid.title(part)} as a share of the total",
                           _to_hundred(grid, column))
            if base := base_in(grid.title(part)):
                yield _Formula(column, _share_of(part, base), f"{grid.title(part)} as a share of {base:f}", True)
    alike = [col for col in others if grid.unit(col) == unit]
    if unit in (*AMOUNTS, "points") or grid.is_difference(column):
        same = alike if unit in AMOUNTS else [col for col in others if grid.unit(col) == "percent"]
        if grid.is_difference(column):
            for now, before in permutations(same, 2):
                yield _Formula(column, _difference(now, before), f"{grid.title(now)} less {grid.title(before)}")
    if unit == "percent":
        for now, before in permutations(amounts, 2):
            yield _Formula(column, _change(now, before), f"change from {grid.title(before)} to {grid.title(now)}")
    if unit in AMOUNTS and len(alike) >= 2 and not grid.is_difference(column):
        yield _Formula(column, _sum([col for col in alike if not grid.is_difference(col)]), "the sum of the other columns",
                       bool(_SUM_HEAD.match(grid.title(column))))
        left = [col for col in alike if col < column and not grid.is_difference(col)]
        if len(left) >= 2:
            yield _Formula(column, _sum(left), "the sum of the columns before it",
                           bool(_SUM_HEAD.match(grid.title(column))) and column == grid.columns[-1])


def _share(part: int, whole: int) -> Callable[[Grid, int], Worked | None]:
    def how(grid: Grid, row: int) -> Worked | None:
        if grid.is_total(row) and any((grid.cells[each][part] is None) != (grid.cells[each][whole] is None)
                                      for each in grid.rows if each < row):
            return None  # a total of more rows in one column than in the other has no share
        top, base = grid.value(row, part), grid.value(row, whole)
        return percent(top, base, grid.unit(part)) if top is not None and base else None
    return how


def _share_of_total(part: int) -> Callable[[Grid, int], Worked | None]:
    def how(grid: Grid, row: int) -> Worked | None:
        below = [each for each in grid.rows if each > row and grid.is_total(each) and grid.value(each, part)]
        top = grid.value(row, part)
        if not below or top is None or grid.is_total(row) or grid.is_subtotal(below[0]) and len(below) > 1:
            return None
        return percent(top, grid.value(below[-1], part), grid.unit(part))
    return how


def _to_hundred(grid: Grid, column: int) -> bool:
    """Whether the total of a column of percentages is 100%: then they are shares of it."""
    return any(grid.is_total(row) and grid.value(row, column) == HUNDRED for row in grid.rows)


def _share_of(part: int, base: Decimal) -> Callable[[Grid, int], Worked | None]:
    def how(grid: Grid, row: int) -> Worked | None:
        top = grid.value(row, part)
        return percent(top, base, grid.unit(part)) if top is not None and not grid.is_total(row) else None
    return how


def base_in(words: str) -> Decimal | None:
    """The 24 of a heading “Meetings attended (of 24)” or of a caption “Standards met, of 122 settings”."""
    found = _BASE.search(words)
    return Decimal(found["base"].replace(",", "")) if found else None


def _difference(now: int, before: int) -> Callable[[Grid, int], Worked | None]:
    def how(grid: Grid, row: int) -> Worked | None:
        first, second = grid.value(row, now), grid.value(row, before)
        return less(first, second, grid.unit(now)) if first is not None and second is not None else None
    return how


def _change(now: int, before: int) -> Callable[[Grid, int], Worked | None]:
    def how(grid: Grid, row: int) -> Worked | None:
        first, second = grid.value(row, now), grid.value(row, before)
        return relative_change(first, second, grid.unit(now)) if first is not None and second else None
    return how


def _sum(columns: list[int]) -> Callable[[Grid, int], Worked | None]:
    def how(grid: Grid, row: int) -> Worked | None:
        values = [grid.value(row, col) for col in columns]
        if None in values or any(grid.hidden(row, col) for col in columns):
            return None
        if grid.unit(columns[0]) in AMOUNTS and all(grid.cells[row][col].unit == "percent" for col in columns):
            return None  # a row of shares among rows of numbers: a year's is no sum of its quarters'
        return add(values, grid.unit(columns[0]))
    return how


def _tried(grid: Grid, formula: _Formula) -> tuple[int, float, list[tuple[int, Worked]], str, bool]:
    """Rows that obey, their share, those that do not, the formula's name, and whether the heading says so."""
    obey, fail, asked = 0, [], 0
    for row in grid.rows:
        stated = grid.cells[row][formula.column]
        if stated is None or grid.hidden(row, formula.column):
            continue
        worked = formula.how(grid, row)
        if worked is None:
            continue
        asked += 1
        signed = stated.direction != 0 or grid.is_difference(formula.column)
        value = worked.value * (stated.direction or 1) if stated.direction else abs(worked.value) if signed else worked.value
        if fits(replace(stated, unit=grid.unit(formula.column)), value):
            obey += stated.number >= SMALLEST_TELLING
        else:
            fail.append((row, worked))
    return obey, (asked - len(fail)) / asked if asked else 0.0, fail, formula.title, formula.named


def _found(grid: Grid, row: int, column: int, worked: Worked, share: float, title: str) -> Found:
    unit = grid.unit(column)
    stated = grid.table.rows[row][column]
    return Found(grid.where(row), grid.quote(row), stated, shown(worked.value, unit),
                 f"{grid.label(row)}: {worked.how} ({title})", "most rows" if share >= PLAIN else "many rows")


RULE = Rule(
    "row", "A cell does not follow from the others in its row",
    "Work the cell out again, or find which of the numbers beside it is mistyped.",
    {"most rows": "at least four in five rows of the table follow the same arithmetic",
     "many rows": "three in five rows of the table follow the same arithmetic"}, find)
