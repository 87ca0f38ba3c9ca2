"""Bytes of a CSV file or a workbook to plain rows of text, with the row numbers a spreadsheet shows."""
import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from goldthread.reports.reading.errors import InputFault

MOST_BYTES = 20_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 100


@dataclass(frozen=True)
class Sheet:
    """One table as text. `rows` are (row number, cells); blank rows are left out, numbers are kept."""

    file: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


class UnreadableFile(ValueError):
    """The bytes are not the kind of file the name says. Carries one InputFault."""

    def __init__(self, fault: InputFault):
        self.fault = fault
        super().__init__(str(fault))


def read_csv(file: str, content: bytes) -> Sheet:
    """A CSV file in UTF-8, UTF-16 or Windows-1252, separated by commas, semicolons or tabs.

    Raises UnreadableFile.
    """
    _check_size(file, content)
    text = _decode(file, content)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        rows = list(reader)
    except csv.Error as wrong:
        raise UnreadableFile(InputFault(
            file, None, "", str(wrong), "the file breaks off or has a quotation mark out of place",
            "Open it in a spreadsheet and save it again as CSV UTF-8.")) from wrong
    return _sheet(file, rows)


def read_workbook(file: str, content: bytes) -> dict[str, Sheet]:
    """Every sheet of an .xlsx workbook, by sheet name. Formulas give their last saved value.

    Raises UnreadableFile.
    """
    _check_size(file, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > 10 * MOST_BYTES:
                raise UnreadableFile(InputFault(file, None, "", "", "the workbook unpacks to more than 200 MB",
                                                "Keep only the four sheets."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = {}
        for page in book.worksheets:
            rows = page.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
            sheets[page.title] = _sheet(file, [[_cell_text(cell) for cell in row] for row in rows])
        book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, ParseError, EOFError) as wrong:
        if isinstance(wrong, UnreadableFile):
            raise
        raise UnreadableFile(InputFault(file, None, "", "", "this is not a workbook that can be opened",
                                        "Save it again as .xlsx, or as CSV.")) from wrong
    return sheets


def _check_size(file: str, content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise UnreadableFile(InputFault(file, None, "", f"{len(content):,} bytes", "the file is too big",
                                        f"Keep it under {MOST_BYTES // 1_000_000} MB."))


def _decode(file: str, content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        codecs = ["utf-16"]
    else:
        codecs = ["utf-8-sig", "cp1252"]
    for codec in codecs:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile(InputFault(file, None, "", "", "this is not a text file", "Save it again as CSV UTF-8."))


def _delimiter(text: str) -> str:
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=head.count)


def _sheet(file: str, rows: list[list[str]]) -> Sheet:
    if len(rows) > MOST_ROWS:
        raise UnreadableFile(InputFault(file, MOST_ROWS + 1, "", "", f"there are more than {MOST_ROWS:,} rows",
                                        "Send one year at a time."))
    kept = [(at, tuple(row)) for at, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    return Sheet(file, tuple(kept))


def _cell_text(cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, int | float):
        return _number_as_shown(value, cell.number_format or "")
    return str(value)


def _number_as_shown(value: int | float, shape: str) -> str:
    """What the person saw in the cell: 0.99 formatted as a percentage is “99%”."""
    places = re.search(r"0\.(0+)", shape)
    if "%" in shape:
        return f"{Decimal(repr(value)) * 100:.{len(places[1]) if places else 0}f}%"
    if "£" in shape:
        return f"£{value:,.{len(places[1]) if places else 0}f}"
    exact = Decimal(repr(value))
    return f"{exact:f}" if exact != exact.to_integral_value() else f"{int(exact)}"
