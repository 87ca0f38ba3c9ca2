"""Totals and subtotals below the rows they add up."""
import re
from collections.abc import Iterator
from decimal import Decimal

from goldthread.reports.arithmetic import Worked, add, shown
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.grids import AMOUNTS, Grid
from goldthread.reports.checking.periods import MONTHS

_ALONE = re.compile(r"\W*(?:grand |overall )?total\W*$", re.IGNORECASE)
_MONTHS = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS)
_PERIOD = re.compile(r"(?:q(?:uarter|tr)?\s?[1-4]|(?:first|second|third|fourth|last) (?:quarter|half)"
                     rf"|autumn|winter|spring|summer|{_MONTHS})\b", re.IGNORECASE)
_HEADS = re.compile(r"\b(?:different|unique|distinct|individuals?|average|mean)\b", re.IGNORECASE)
_LENGTHS = re.compile(r"\b(?:median|average|mean|longest|shortest|waits?|days|weeks|hours|minutes|rate)\b", re.IGNORECASE)
LEAST_ROWS = 3
NEAR, NEAR_PEOPLE = Decimal("0.3"), Decimal("0.05")
_PEOPLE = re.compile(r"\b(?:children|people|families|adults|parents|carers|pupils|households|individuals|staff)\b", re.I)


def find(facts: Facts) -> Iterator[Found]:
    for grid in facts.grids:
        for row in grid.rows:
            if grid.is_total(row) and not _HEADS.search(grid.label(row)):
                yield from _total_row(grid, row)


def _total_row(grid: Grid, row: int) -> Iterator[Found]:
    columns = [col for col in grid.columns if grid.unit(col) in AMOUNTS and grid.cells[row][col] is not None
               and grid.cells[row][col].unit in AMOUNTS]
    tried = {col: _readings(grid, row, col) for col in columns if not _as_it_stood(grid, row, col)}
    held = [col for col, readings in tried.items() if any(_equal(grid, row, col, each) for each in readings)]
    if not held and sum(bool(each) for each in tried.values()) > 1:
        return  # in no column is it a sum: some are in several rows, or it counts otherwise
    for col, readings in tried.items():
        parts = [grid.value(each, col) for each in grid.rows if each < row and grid.cells[each][col] is not None]
        if col in held or not readings or _LENGTHS.search(grid.title(col)) and grid.value(row, col) <= max(parts):
            continue
        nearest = min(readings, key=lambda each: abs(each.value - grid.value(row, col)))
        ground = _ground(grid, row, col, nearest, held)
        if ground:
            yield Found(grid.where(row), grid.quote(row), grid.table.rows[row][col], shown(nearest.value, grid.unit(col)),
                        f"{grid.title(col) or grid.label(row)}: {nearest.how}", ground)


def _as_it_stood(grid: Grid, row: int, col: int) -> bool:
    """Whether a column tells how many there were at an end of each period: the year has its first or its last number."""
    parts = [each for each in grid.rows if each < row and not grid.is_total(each)]
    return len(parts) >= LEAST_ROWS and all(_PERIOD.match(grid.label(each)) for each in parts) and (
        grid.value(row, col) in (grid.value(parts[0], col), grid.value(parts[-1], col)))


def _ground(grid: Grid, row: int, col: int, nearest: Worked, held: list[int]) -> str:
    value = grid.value(row, col)
    near = abs(nearest.value - value) <= NEAR * max(abs(value), Decimal(1))
    parts = sum(not grid.is_total(each) for each in grid.rows if each < row)
    alone = bool(_ALONE.match(grid.label(row))) and parts >= LEAST_ROWS
    periods = sum(bool(_PERIOD.match(grid.label(each))) for each in grid.rows if each < row)
    if _PEOPLE.search(grid.title(col)) and periods > 1:
        near = abs(nearest.value - value) <= NEAR_PEOPLE * max(abs(value), Decimal(1))
        held = held if near else []  # somebody counted in two quarters is one person in the year
    if held or alone and near or grid.is_bare_total(row) and near:
        return "plain total"
    return "called a total" if near and not grid.is_difference(col) else ""


def _readings(grid: Grid, row: int, col: int) -> list[Worked]:
    """The sums that the total may honestly mean; none where a part is kept back or missing."""
    above = [each for each in grid.rows if each < row]
    last = max((each for each in above if grid.is_total(each)), default=grid.first - 1)
    since = [each for each in above if each > last]
    subtotals = [each for each in above if grid.is_subtotal(each)]
    parts = [each for each in above if not grid.is_total(each)]
    sets = [since, parts, subtotals, subtotals + since]
    found = []
    for rows in sets:
        filled = [each for each in rows if grid.cells[each][col] is not None]
        if len(filled) >= 2 and not any(grid.hidden(each, col) for each in rows) and rows not in [r for r, _ in found]:
            found.append((rows, add((grid.value(each, col) for each in filled), grid.unit(col))))
    return [worked for _, worked in found]


def _equal(grid: Grid, row: int, col: int, worked: Worked) -> bool:
    """Equal to the last digit; of rounded numbers, as near as rounding lets a sum come."""
    cells = [cell for each in grid.rows if each <= row and (cell := grid.cells[each][col]) is not None]
    step = max(cell.step for cell in cells)
    slack = step * len(cells) / 2 if step > 1 or step < 1 and grid.unit(col) != "money" else Decimal(0)
    return abs(worked.value - grid.value(row, col)) <= slack


RULE = Rule(
    "total", "A total is not the sum of its rows", "Add the rows again; then look for the row that is mistyped or left out.",
    {"plain total": "the row is called a total and nothing else, or its other columns do add up",
     "called a total": "the row's name has the word total among others"}, find)
