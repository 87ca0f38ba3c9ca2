"""What a file of rows is once it is read: named tables of cells with the row numbers a spreadsheet shows."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from goldthread.files.tables.findings import Findings

MOST_ROWS = 100_000
LOOK_FOR_HEADINGS = 10  # rows: people put titles above their headings
#: a row's number and its cells
Row = tuple[int, Sequence[object]]


@dataclass(frozen=True)
class Refused:
    """A cell that no reader may take, whatever column it is in: as shown, which rule it breaks, how to mend it."""

    shown: str
    rule: str
    mend: str

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True)
class Upload:
    """A file handed over: its name as sent and its bytes."""

    name: str
    data: bytes

    def read(self, most: int = -1) -> bytes:
        return self.data if most < 0 else self.data[:most]


@dataclass
class Sheet:
    """One sheet as read, its rows from the first that is not empty on."""

    name: str
    rows: list[Row]


@dataclass
class Table:
    """A sheet whose headings have been found: by their plain form, the place of each column; and the rows below."""

    name: str
    heading_row: int
    headings: list[str]
    rows: list[Row]

    def plain(self) -> list[str]:
        return [plain(each) for each in self.headings]


def plain(heading: object) -> str:
    """A heading for comparing: "Date of  Birth*" and "date_of_birth" are the same."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", str(heading)).casefold())


def blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_table(sheet: Sheet, known: Collection[str], findings: Findings) -> Table | None:
    """The sheet with its headings, looked for in its first rows; None, with a finding, when it has none.

    known: the plain forms of every heading that is understood.
    """
    best, most = None, 1
    for place, (_, cells) in enumerate(sheet.rows[:LOOK_FOR_HEADINGS]):
        many = sum(plain(cell) in known for cell in cells if isinstance(cell, str))
        if many > most:
            best, most = place, many
    if best is None:
        findings.add(sheet.name, sheet.rows[0][0] if sheet.rows else 0, "", "",
                     "there are no headings that are known" if sheet.rows else "there is nothing in it",
                     "Put the template's headings into the first row, or take this sheet out.")
        return None
    number, cells = sheet.rows[best]
    headings = ["" if blank(cell) else str(cell).strip() for cell in cells]
    rows = sheet.rows[best + 1:]
    if len(rows) > MOST_ROWS:
        findings.add(sheet.name, 0, "", f"{len(rows):,} rows", f"there are more than {MOST_ROWS:,} rows",
                     "Split the file.")
        return None
    if not rows:
        findings.add(sheet.name, number, "", "", "there are headings but no rows below them",
                     "Fill in at least one row.")
        return None
    return Table(sheet.name, number, headings, rows)
