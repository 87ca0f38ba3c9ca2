"""Tables as numbers: each cell's amount, each column's unit and year, and which rows are totals."""
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from goldthread.reports.checking.numbers import clean, figures_in
from goldthread.reports.checking.periods import years_in
from goldthread.reports.checking.statements import Bound, Statement
from goldthread.reports.document import Table, Where
from goldthread.reports.words import tokens

_TOTAL = re.compile(r"\b(?:sub[-\s]?total|total)s?\b|^\s*(?:all|overall)\b"
                    r"|^\s*(?:(?:the )?(?:whole |full )?year|sum)\s*$", re.IGNORECASE)
_BARE_TOTAL = re.compile(r"^\W*(?:(?:grand|overall|net)\s+)?(?:sub[-\s]?)?totals?\b\W*(?:\w+\W*){0,2}$"
                         r"|^\W*all\b\W*(?:\w+\W*){0,3}$"
                         r"|^\W*(?:(?:the )?(?:whole |full )?year|sum)\W*$|\b(?:sub[-\s]?total|total)\W*$", re.IGNORECASE)
_SUBTOTAL = re.compile(r"\bsub[-\s]?total|^\s*all\s+\w+|^\s*total\s+\w+", re.IGNORECASE)
_HIDDEN = re.compile(r"^\s*(?:\*+|<\s*\d+|[cxs]|\[[a-z]\]|suppressed)\s*$", re.IGNORECASE)
_UNIT_IN_HEADER = re.compile(r"%|\bper\s?cent|percentage|\brate\b|\bshare\b|take-?up", re.IGNORECASE)
_DIFFERENCE = re.compile(r"\b(?:change|difference|variance|movement|\+/-|increase|decrease)\b", re.IGNORECASE)
AMOUNTS = ("count", "money")


@dataclass(frozen=True)
class Grid:
    """A table whose columns, but for the first, may hold numbers."""

    table: Table

    @property
    def header(self) -> tuple[str, ...]:
        return self.table.rows[0]

    @cached_property
    def first(self) -> int:
        """The first row of data: 0 where the first row has numbers of its own and so is no header."""
        plain = [cell for cell in self.header[1:] if _amount(cell) is not None and not re.match(r"^\D*20\d\d", cell)]
        return 0 if plain else 1

    @cached_property
    def cells(self) -> tuple[tuple[Statement | None, ...], ...]:
        return tuple(tuple(None if n == 0 else _amount(cell) for n, cell in enumerate(row)) for row in self.table.rows)

    @cached_property
    def rows(self) -> range:
        return range(self.first, len(self.table.rows))

    @cached_property
    def columns(self) -> list[int]:
        """Columns that mostly hold numbers of one unit."""
        return [col for col in range(1, len(self.header)) if self.unit(col)]

    def unit(self, col: int) -> str:
        """The unit of a column: money, percent, points or count; "" where it is no column of numbers."""
        return self._units[col] if col else ""

    @cached_property
    def _units(self) -> list[str]:
        return [self._unit(col) if col else "" for col in range(len(self.header))]

    def _unit(self, col: int) -> str:
        units = Counter(cell.unit for row in self.rows if (cell := self.cells[row][col]) is not None)
        filled = sum(bool(self.table.rows[row][col].strip(" –-—")) for row in self.rows)
        if not units or sum(units.values()) * 2 < filled:
            return ""
        unit = units.most_common(1)[0][0]
        if unit == "count" and ("£" in self.title(col) or "£" in self.table.caption and not _UNIT_IN_HEADER.search(
                self.title(col))):
            return "money"
        return "percent" if unit == "count" and _UNIT_IN_HEADER.search(self.title(col)) else unit

    def is_amount(self, row: int, col: int) -> bool:
        """Whether a cell counts something: also the “159” of “Groups answering” below a column of signed percentages."""
        own = self.cells[row][col]
        return self.unit(col) in AMOUNTS or own is not None and own.unit in AMOUNTS and any(
            cell is not None and cell.unit == "percent" for cell in (self.cells[each][col] for each in self.rows))

    def title(self, col: int) -> str:
        return self.header[col].rstrip(": ") if self.first else ""

    def label(self, row: int) -> str:
        return self.table.rows[row][0].strip(" :")

    def year(self, col: int) -> str:
        """The financial year that a column is of: its header's, else the caption's."""
        named = years_in(self.title(col)) or years_in(self.table.caption) or (
            years_in(self.header[0]) if not self.first else [])
        return named[0] if len(set(named)) == 1 else ""

    def is_total(self, row: int) -> bool:
        return row in self._totals

    @cached_property
    def _totals(self) -> frozenset[int]:
        return frozenset(row for row in range(len(self.table.rows)) if _TOTAL.search(self.label(row)))

    def is_bare_total(self, row: int) -> bool:
        """Whether the label says nothing but that it is a total, or ends so."""
        return bool(_BARE_TOTAL.search(self.label(row)))

    def is_subtotal(self, row: int) -> bool:
        return bool(_SUBTOTAL.search(self.label(row))) and self.is_total(row)

    def is_difference(self, col: int) -> bool:
        return bool(_DIFFERENCE.search(self.title(col)))

    def hidden(self, row: int, col: int) -> bool:
        """A number kept back because it is small, or one that is only “over” or “about”: no sum can be made with it."""
        cell = self.cells[row][col]
        return bool(_HIDDEN.match(self.table.rows[row][col])) or cell is not None and cell.bound != Bound.EXACT

    def value(self, row: int, col: int) -> Decimal | None:
        """The cell's number with its sign."""
        cell = self.cells[row][col]
        return None if cell is None else cell.number * (-1 if cell.direction < 0 else 1)

    def where(self, row: int) -> Where:
        return self.table.where(row)

    def quote(self, row: int) -> str:
        return " | ".join(cell for cell in self.table.rows[row] if cell)

    @cached_property
    def about(self) -> frozenset[str]:
        """The word stems of caption and section."""
        return frozenset(tokens(self.table.caption)) | frozenset(tokens(self.table.at.title))


def _amount(cell: str) -> Statement | None:
    """The one number of a cell, or None: “907”, “£1,772”, “78%”, “(1,200)”, “290 children”, but not “4 of 5”."""
    if not any(letter.isdigit() for letter in cell) or len(cell) > 40 or _HIDDEN.match(cell):
        return None
    found = figures_in(clean(cell))
    if len(found) != 1 or re.search(r"[a-z]\d|\d[a-z]{3}", cell.lower()):
        return None
    words = re.sub(r"[\d£%.,()\s+−-]", "", cell)
    return found[0].statement if len(words) <= 16 else None
