"""Reading a person's CSV file with errors that name row and column; writing the template they start from."""
from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_ROWS = 20_000


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its heading, whether every row needs it, an example, and what is asked of it in words."""

    name: str
    required: bool = False
    example: str = ""
    asked: str = ""
    longest: int = 200


@dataclass(frozen=True)
class Fault:
    """Something wrong in a file. `row` counts as a spreadsheet does (headings are row 1); 0 is the whole file."""

    row: int
    column: str
    what: str

    def __str__(self) -> str:
        where = f"Row {self.row}" if self.row else "The file"
        return f"{where}{f', column “{self.column}”' if self.column else ''}: {self.what}"


class BadSheet(ValueError):
    """A file that cannot be taken in as it is. Nothing of it was saved."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(str(each) for each in faults[:5]))
        self.faults = list(faults)


@dataclass
class Sheet:
    """The rows of a file by column name, each with its row number, and what is wrong with them."""

    rows: list[tuple[int, dict[str, str]]]
    faults: list[Fault] = field(default_factory=list)

    def check(self, row: int, column: str, read: Callable[[str], Any], text: str) -> Any:
        """What `read` makes of a cell, or None with the ValueError's words noted as a fault of that cell."""
        try:
            return read(text)
        except ValueError as wrong:
            self.faults.append(Fault(row, column, str(wrong)))
            return None

    def raise_faults(self) -> None:
        if self.faults:
            raise BadSheet(sorted(self.faults, key=lambda each: each.row))


def read(content: bytes, columns: Sequence[Column]) -> Sheet:
    """Rows of a CSV file, empty ones left out; faults noted, not raised, so that all are shown at once.

    Raises BadSheet when it is no table with these headings.
    """
    table = list(csv.reader(io.StringIO(_text(content), newline="")))
    headings = [cell.strip().lower() for cell in table[0]] if table else []
    faults = _heading_faults(headings, columns)
    if len(table) > MOST_ROWS:
        faults.append(Fault(0, "", f"it has more than {MOST_ROWS:,} rows. Split it."))
    if faults:
        raise BadSheet(faults)
    sheet = Sheet([])
    for number, cells in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in cells):
            _add_row(sheet, number, cells, headings, columns)
    if not sheet.rows and not sheet.faults:
        raise BadSheet([Fault(0, "", "it has headings but no rows.")])
    return sheet


def template(columns: Sequence[Column]) -> str:
    """A CSV file with the headings and one example row."""
    out = io.StringIO()
    csv.writer(out).writerows([[each.name for each in columns], [each.example for each in columns]])
    return out.getvalue()


def _text(content: bytes) -> str:
    if b"\x00" in content or content[:2] == b"PK":
        raise BadSheet([Fault(0, "", "it is not a CSV file. Save the spreadsheet as CSV and try again.")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _heading_faults(headings: list[str], columns: Sequence[Column]) -> list[Fault]:
    known = [each.name for each in columns]
    faults = [Fault(1, each.name, "this column is missing.") for each in columns
              if each.required and each.name not in headings]
    faults += [Fault(1, name or "(empty)", f"there is no such column. Columns are: {', '.join(known)}.")
               for name in headings if name not in known]
    return faults + [Fault(1, name, "this column is there twice.") for name in known if headings.count(name) > 1]


def _add_row(sheet: Sheet, number: int, cells: list[str], headings: list[str], columns: Sequence[Column]) -> None:
    if len(cells) > len(headings):
        sheet.faults.append(Fault(number, "", "it has more cells than there are headings. "
                                              "Put quotes round text that has a comma in it."))
        return
    row = dict.fromkeys((each.name for each in columns), "")
    row |= {name: cell.strip() for name, cell in zip(headings, cells, strict=False)}
    for column in columns:
        if column.required and not row[column.name]:
            sheet.faults.append(Fault(number, column.name, "this is empty."))
        elif len(row[column.name]) > column.longest:
            sheet.faults.append(Fault(number, column.name, f"this is longer than {column.longest} characters."))
    sheet.rows.append((number, row))
