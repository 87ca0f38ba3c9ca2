"""The same line of the same year in two tables, with two values."""
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from goldthread.reports.arithmetic import shown
from goldthread.reports.checking.facts import Facts
from goldthread.reports.checking.finding import Found, Rule
from goldthread.reports.checking.fits import fits, look_alike
from goldthread.reports.checking.grids import Grid
from goldthread.reports.checking.statements import Bound
from goldthread.reports.document import Where
from goldthread.reports.words import tokens, wording

LEAST_WORDS = 2
SHARED = 3
_ANY_AMOUNT = frozenset(tokens("amount value total sum figure actual £"))


@dataclass(frozen=True)
class Cell:
    """A cell by what it is about."""

    grid: Grid
    row: int
    col: int

    @property
    def printed(self) -> str:
        return self.grid.table.rows[self.row][self.col]


def by_subject(facts: Facts, words: int = 2) -> dict[tuple, list[Cell]]:
    """Cells of all tables by label, header, unit and year; totals and lines named by fewer `words` are left out."""
    found: dict[tuple, list[Cell]] = defaultdict(list)
    for grid in facts.grids:
        for row in grid.rows:
            label = frozenset(tokens(grid.label(row)))
            if grid.is_total(row) or len(label) < words:
                continue
            for col in grid.columns:
                cell, year = grid.cells[row][col], grid.year(col)
                if cell is None or not year or grid.hidden(row, col) or cell.bound != Bound.EXACT:
                    continue
                found[label, frozenset(tokens(grid.title(col))) - _ANY_AMOUNT, grid.unit(col), year].append(Cell(grid,
                                                                                                                 row, col))
    return found


def find(facts: Facts) -> Iterator[Found]:
    shared = _lines_shared(facts)
    for (label, _, unit, year), cells in by_subject(facts, 1).items():
        first = cells[0]
        for other in cells[1:]:
            one, two = first.grid.cells[first.row][first.col], other.grid.cells[other.row][other.col]
            if other.grid.table == first.grid.table or fits(one, two.number) or fits(two, one.number):
                continue
            alike = shared[frozenset((first.grid.table.at, other.grid.table.at))]
            near = look_alike(one.number, two.number)
            told = near and len(label) >= LEAST_WORDS and bool(label - _bodies())
            ground = "tables alike" if alike >= SHARED else "same line" if told else ""
            if ground:
                yield _found(first, other, shown(one.number, unit), year, ground)


def _found(first: Cell, other: Cell, recomputed: str, year: str, ground: str) -> Found:
    return Found(other.grid.where(other.row), other.grid.quote(other.row), other.printed, recomputed,
                 f"{first.grid.label(first.row)}, {year}: {first.printed} in “{first.grid.table.caption}”, "
                 f"{other.printed} in “{other.grid.table.caption}”", ground, str(first.grid.where(first.row)))


@cache
def _bodies() -> frozenset[str]:
    return frozenset(token for word in wording()["bodies"]["words"] for token in tokens(word))


def _lines_shared(facts: Facts) -> Counter[frozenset[Where]]:
    """For pairs of tables, how many lines they have in common with the same value: whether they tell of the same thing."""
    shared: Counter[frozenset[Where]] = Counter()
    for cells in by_subject(facts, 1).values():
        for first, second in combinations(cells, 2):
            same = first.grid.value(first.row, first.col) == second.grid.value(second.row, second.col)
            shared[frozenset((first.grid.table.at, second.grid.table.at))] += same
    return shared


RULE = Rule("two-tables", "Two tables give the same line differently",
            "Find out which is right, or say in the tables how they differ (dates, areas, who is counted).",
            {"same line": "line, column and year are named alike in both, and the numbers look alike",
             "tables alike": "the two tables have three lines or more in common, with the same values"}, find)
