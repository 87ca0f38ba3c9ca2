"""Excel workbooks (.xlsx): what is seen is what is read, so nothing hidden, merged or worked out by a formula is taken."""
from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from typing import Any

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from goldthread.files.faults import BadFile
from goldthread.files.tables.findings import Findings
from goldthread.files.tables.sheets import Refused, Row, Sheet, blank

OURS = ("notes", "codes")  # sheets of our own template that explain it
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)"')
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d{1,7})"')
FORMULA = ("this is a formula, whose result is not kept in the file for sure",
           "Copy the column and paste it again as values.")
ERROR = ("the spreadsheet shows an error here", "Put the right value in.")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]|_x00(?:0[0-8BCEF]|1[0-9A-F])_")
UNSEEN = ("there is a character in it that cannot be seen", "Type the value anew.")
DAMAGED = "This workbook cannot be opened. Save it again as .xlsx, or as CSV, and try once more."
# What openpyxl raises on workbooks that no spreadsheet program writes; it has no error of its own for them.
BROKEN = (KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError, OverflowError, EOFError, OSError,
          NotImplementedError, RecursionError, zipfile.BadZipFile, zlib.error, InvalidFileException)


def read_xlsx(name: str, data: bytes, findings: Findings) -> list[Sheet]:
    """Every sheet with something in it but the template's own notes. The bytes have passed check_table_upload.

    Raises BadFile for a workbook that cannot be opened.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
            try:
                pages = [p for p in book.worksheets if p.title.strip().casefold() not in OURS]
                sheets = [_sheet(name, page, len(pages), data, findings) for page in pages]
            finally:
                book.close()
    except BROKEN as wrong:
        raise BadFile(DAMAGED) from wrong
    found = [sheet for sheet in sheets if sheet is not None]
    if not found:
        raise BadFile("This workbook holds no rows.")
    return found


def _sheet(file: str, page: Any, many: int, data: bytes, findings: Findings) -> Sheet | None:
    title = f"{file}, sheet “{page.title}”" if many > 1 else file
    page.reset_dimensions()  # what a file says of its own size may be wrong
    rows: list[Row] = []
    for number, row in enumerate(page.iter_rows(), start=1):
        cells = [_value(cell) for cell in row]
        if not all(map(blank, cells)):
            rows.append((number, cells))
    if not rows:
        return None
    if page.sheet_state != "visible":
        findings.add(title, 0, "", page.title, "this sheet is hidden and has something in it",
                     "Show the sheet, or delete it.")
        return None
    _look_at_the_form(title, page, rows, data, findings)
    return Sheet(title, rows)


def _value(cell: Any) -> object:
    kind, value = cell.data_type, cell.value
    if kind == "f":
        return Refused(str(value), *FORMULA)
    if kind == "e":
        return Refused(str(value), *ERROR)
    if isinstance(value, str) and CONTROL.search(value):
        return Refused(CONTROL.sub("?", value), *UNSEEN)
    return value


def _look_at_the_form(title: str, page: Any, rows: list[Row], data: bytes, findings: Findings) -> None:
    """Cells merged and rows hidden, which the eye and the file see differently. A title may be merged."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        body = parts.read(page._worksheet_path)
    with_something = {number for number, cells in rows if sum(not blank(cell) for cell in cells) > 1}
    for found in MERGED.findall(body):
        _, top, _, bottom = range_boundaries(found.decode())
        if any(top <= number <= bottom for number in with_something):
            findings.add(title, int(top), "", found.decode(), "these cells are merged",
                         "Split them, and write the value into each row it belongs to.")
    for number in map(int, HIDDEN_ROW.findall(body)):
        if number in with_something:
            findings.add(title, number, "", "", "this row is hidden", "Show all rows (take filters off), or delete it.")
