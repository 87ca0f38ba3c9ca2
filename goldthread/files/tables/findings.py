"""What is wrong with a file, cell by cell, in words for the person who can mend it."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field

from goldthread.files.tables.safe_cells import safe

MOST = 50_000   # findings kept of one file; more are counted
LONGEST = 120   # characters of a value that are shown
HEADINGS = ("Sheet", "Row", "Column", "Value", "What is wrong", "How to mend it")


class Wrong(ValueError):
    """A cell that cannot be taken: which rule it breaks, and how to mend it."""

    def __init__(self, rule: str, mend: str) -> None:
        self.rule, self.mend = rule, mend
        super().__init__(f"{rule}. {mend}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be mended. `row` counts as a spreadsheet does; 0: the whole sheet, or (without one) all files."""

    sheet: str
    row: int
    column: str
    value: str
    rule: str
    mend: str

    def where(self) -> str:
        """The place in words: "contacts.csv, row 7, Postcode"."""
        return ", ".join(part for part in (self.sheet, f"row {self.row}" if self.row else "", self.column) if part)

    def __str__(self) -> str:
        value = f" (“{self.value}”)" if self.value else ""
        return f"{self.where() or 'The files'}{value}: {self.rule}. {self.mend}"


@dataclass
class Findings:
    """All that is wrong with what was sent; the first MOST are kept, `many` counts all."""

    kept: list[Finding] = field(default_factory=list)
    many: int = 0

    def add(self, sheet: str, row: int, column: str, value: object, rule: str, mend: str) -> None:
        self.many += 1
        if len(self.kept) < MOST:
            text = "" if value is None else str(value).replace("\x00", "")
            self.kept.append(Finding(sheet, row, column, text[:LONGEST] + "…" * (len(text) > LONGEST), rule, mend))

    def sorted(self) -> list[Finding]:
        """By sheet and row."""
        return sorted(self.kept, key=lambda f: (f.sheet, f.row))

    def __bool__(self) -> bool:
        return self.many > 0


def as_csv(found: Iterable[Finding]) -> str:
    """Every finding as CSV text; cells a spreadsheet would run are made harmless."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows([safe(cell) for cell in astuple(each)] for each in found)
    return out.getvalue()
