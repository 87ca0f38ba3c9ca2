"""Files no import may take: what is wrong with each, what must be said, and where."""
from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from openpyxl import Workbook

from goldthread.files.tables.sheets import Upload
from tests.exchange.making import HEADINGS, book, csv_bytes, csv_upload, many, rows, saved, xlsx_upload
from tests.files.making import rebuilt

SHEET = "xl/worksheets/sheet1.xml"


class Malformed(NamedTuple):
    """How the file is made, a word its findings must say, and the row and column they must name (0, "": the file)."""

    make: Callable[[], Upload]
    says: str
    row: int = 0
    column: str = ""


def cell(column: str, value: Any, says: str) -> Malformed:
    """A sound CSV file but for one cell of its second contact."""
    headings = HEADINGS if column in HEADINGS else [*HEADINGS, column]
    table = rows({}, {"Contact number": "A2", column: value}, headings=headings)
    return Malformed(lambda: csv_upload(table), says, 3, column)


def excel(column: str, value: Any, says: str) -> Malformed:
    """A sound workbook but for one cell."""
    return Malformed(lambda: xlsx_upload(rows({column: value})), says, 2, column)


def raw(data: bytes | Callable[[], bytes], says: str, name: str = "contacts.csv", row: int = 0,
        column: str = "") -> Malformed:
    """Bytes as they are, under a name."""
    return Malformed(lambda: Upload(name, data() if callable(data) else data), says, row, column)


def changed(change: Callable[[Workbook], object], table: list[list[Any]] | None = None) -> bytes:
    made = book(table or rows({}, {"Contact number": "A2"}))
    change(made)
    return saved(made)


def headings(change: Callable[[list[str]], list[str]]) -> Upload:
    first, *rest = rows({})
    return csv_upload([change(first), *rest])


def renamed(old: str, new: str) -> Callable[[], Upload]:
    """A sound file but for one heading."""
    return lambda: headings(lambda names: [new if each == old else each for each in names])


def sheet_xml(old: bytes, new: bytes) -> Callable[[], bytes]:
    """A sound workbook with some bytes of its sheet exchanged."""
    def make() -> bytes:
        data = xlsx_upload(rows({})).data
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            body = parts.read(SHEET)
        assert old in body
        return rebuilt(data, replace={SHEET: body.replace(old, new)})
    return make


def hidden_sheet(made: Workbook) -> None:
    page = made.create_sheet("Old")
    page.append(HEADINGS)
    page.sheet_state = "hidden"


def hidden_row(made: Workbook) -> None:
    made.active.row_dimensions[2].hidden = True


def with_macro() -> bytes:
    return rebuilt(xlsx_upload(rows({})).data, add={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def cut_short() -> bytes:
    return xlsx_upload(rows({})).data[:-200]


def mixed() -> bytes:
    """Some rows in UTF-8, one in Windows-1252."""
    text = csv_bytes(rows({"First name": "Zoë"}, {"Contact number": "A2", "First name": "Renée"}))
    return text.replace("Renée".encode(), "Renée".encode("cp1252"))


def quoted() -> bytes:
    return csv_bytes(rows({})) + b'A2,"never closed,2,3\n'


def two_sheets_one_number() -> bytes:
    def add(made: Workbook) -> None:
        page = made.create_sheet("More")
        for row in rows({"First name": "Ben"}):
            page.append(row)
    return changed(add, rows({}))


def unknown_sheet(made: Workbook) -> None:
    made.create_sheet("Reckoning").append(["Total", 12])


DATES = {
    "day that is not in the month": ("31/02/2018", "no such day"), "month first": ("05/14/2018", "no month 14"),
    "month thirteen": ("01/13/2018", "no month 13"), "two-figure year": ("14/05/18", "not a date"),
    "words": ("last summer", "not a date"), "29 February of no leap year": ("29/02/2019", "no such day"),
    "number of a spreadsheet": ("43234", "a number"), "number with a point": ("43234.0", "a number"),
    "zero": ("00/00/0000", "no such day"), "before 1900": ("14/05/1818", "before 1900"),
    "after the contact": ("14/05/2027", "after the contact"), "of a grown-up": ("14/05/1980", "cannot be 46 years"),
    "endless figures": ("9" * 5000, "not a date"),
}
CELLS = {
    "no number": cell("Contact number", "", "empty"),
    "long number": cell("Contact number", "x" * 61, "more than 60"),
    "the template's example": cell("Contact number", "EXAMPLE-1", "template's example"),
    "no date": cell("Date of contact", "", "empty"),
    "contact in the future": cell("Date of contact", "01/01/2027", "future"),
    "hour 25": cell("Time of contact", "25:10", "no such time"),
    "hour in words": cell("Time of contact", "noon", "not a time"),
    "unknown source": cell("Source", "2Z", "not in the list"),
    "no source": cell("Source", "", "empty"),
    "unknown worry": cell("Main worry", "worry", "not in the list"),
    "no worry told": cell("What happened", "", "empty"),
    "unknown kind of help": cell("Kind of help", "help", "not in the list"),
    "consent refused and no reason": raw(lambda: csv_bytes(rows({"Consent": "refused"})), "Answer “Why", row=2),
    "consent maybe": cell("Consent", "maybe", "not in the list"),
    "nobody to ring": cell("Referrer telephone", "", "telephone number or an e-mail"),
    "telephone in words": cell("Referrer telephone", "the usual one", "not a telephone"),
    "nobody's name": cell("Referrer name", "", "Enter your name"),
    "no child's name": raw(lambda: csv_bytes(rows({"First name": "", "Last name": ""})), "no name", row=2),
    "endless name": cell("First name", "N" * 101, "more than 100"),
    "endless story": cell("What happened", "x" * 20_001, "more than 20,000"),
    "unknown part": cell("Who is this", "uncle", "none of the words"),
    "unknown sex": cell("Sex", "Q", "none of the words"),
    "no postcode": cell("Postcode", "Nowhere", "not a full UK postcode"),
    "NHS number that fails": cell("NHS number", "999 000 0019", "check"),
    "NHS number a spreadsheet spoilt": cell("NHS number", "9.99E+09", "10 digits"),
    "UPN that fails": cell("UPN", "H801200001002", "check"),
    "bad e-mail": cell("Referrer e-mail", "not at all", "not an e-mail"),
    "perhaps": cell("Danger now", "perhaps", "neither yes nor no"),
    "baby due in ten years": cell("Expected birth", "01/01/2036", "too far"),
    "marks that turn the writing": raw(lambda: csv_bytes(rows({"First name": "gpj\u202eexe"})), "does not belong"),
    "zero byte": raw(lambda: csv_bytes(rows({"First name": "A\0B"})), "does not belong"),
}
FORMS = {
    "empty": raw(b"", "empty"),
    "spaces only": raw(b" \r\n\t", "empty"),
    "headings only": raw(csv_bytes(rows()), "no rows", row=1),
    "no headings": raw(csv_bytes(many(3)[1:]), "no headings", row=1),
    "prose": raw(b"Dear all,\nplease find attached", "no headings", row=1),
    "missing column": Malformed(renamed("Source", ""), "missing", 1, "Source"),
    "strange column": Malformed(renamed("Postcode", "Shoe size"), "no such column", 1, "Shoe size"),
    "misspelt column": Malformed(renamed("Postcode", "Post code of home"), "no such", 1),
    "column twice": Malformed(renamed("Last name", "First name"), "twice", 1, "First name"),
    "same column under two names": Malformed(renamed("Postcode", "Surname"), "twice", 1),
    "column without heading": Malformed(renamed("Postcode", ""), "no heading", 2),
    "stray commas": raw(csv_bytes(rows({})) + b"A2" + b",x" * 30 + b"\n", "more cells", row=3),
    "quotation mark never closed": raw(quoted, "cannot be read"),
    "100,000 columns": raw(b",".join(b"c%d" % n for n in range(100_000)) + b"\n", "columns"),
    "600 columns": Malformed(lambda: headings(lambda n: [*n, *(f"x{i}" for i in range(600))]), "more than 500 columns", 1),
    "too many rows": raw(lambda: csv_bytes(rows()) + b"A1\n" * 100_001, "more than 100,000"),
    "larger than allowed": raw(lambda: b"a" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    "cell of 120,000 characters": raw(lambda: csv_bytes(rows({"What happened": "x" * 120_000})), "100,000"),
    "mixed encodings": raw(mixed, "another encoding", row=2, column="First name"),
    "web page": raw(b"<html><table><tr><td>Contact number</td></tr></table></html>", "web page"),
    "workbook called CSV": raw(lambda: xlsx_upload(rows({})).data, "plain text"),
    "CSV called workbook": raw(csv_bytes(rows({})), "damaged", "contacts.xlsx"),
    "old workbook": raw(b"\xd0\xcf\x11\xe0", ".csv or .xlsx", "a.xls"),
    "no ending": raw(csv_bytes(rows({})), "no ending", "contacts"),
    "zero byte in the name": raw(b"a,b", "zero byte", "a\0.csv"),
    "another kind of file": raw(b"%PDF-1.7", ".csv or .xlsx", "contacts.pdf"),
    "PDF called CSV": raw(b"%PDF-1.7\n1 0 obj", "plain text"),
    "virus": raw(b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "virus"),
}
BOOKS = {
    "cut short": raw(cut_short, "damaged", "a.xlsx"),
    "macro": raw(with_macro, "macros", "a.xlsx"),
    "macro by its ending": raw(xlsx_upload(rows({})).data, ".csv or .xlsx", "a.xlsm"),
    "no sheet in it": raw(lambda: rebuilt(xlsx_upload(rows({})).data, without=(SHEET,)), "no rows", "a.xlsx"),
    "nothing in it": raw(lambda: saved(Workbook()), "no rows", "a.xlsx"),
    "hidden sheet": raw(lambda: changed(hidden_sheet), "hidden", "a.xlsx"),
    "hidden row": raw(lambda: changed(hidden_row), "hidden", "a.xlsx", 2),
    "merged cells": raw(lambda: changed(lambda b: b.active.merge_cells("A2:A3")), "merged", "a.xlsx", 2),
    "sheet of something else": raw(lambda: changed(unknown_sheet), "no headings", "a.xlsx", 1),
    "formula": excel("First name", '="Te"&"sta"', "formula"),
    "formula in the date": excel("Date of birth", "=TODAY()", "formula"),
    "error shown": excel("First name", "#REF!", "error"),
    "number for a date": excel("Date of birth", 43234, "a number"),
    "telephone as a number": excel("Referrer telephone", 1632960001, "a number"),
    "birth in the future": excel("Date of birth", date(2031, 1, 1), "after the contact"),
    "date before 1900": excel("Date of birth", "01/01/1850", "before 1900"),
    "contact tomorrow": excel("Date of contact", datetime(2026, 12, 24, 9), "future"),
    "true for a name of a list": excel("Source", True, "not in the list"),
    "fraction for a code": excel("Source", 2.5, "not in the list"),
    "reference beyond the sheet": raw(sheet_xml(b'r="A2"', b'r="ZZZZ2"'), "cannot be opened", "a.xlsx"),
    "text where a number should be": raw(
        sheet_xml(b'<c r="A2" t="inlineStr">', b'<c r="A2" t="n"><v>x</v></c><c r="A2" t="inlineStr">'), "cannot be opened",
        "a.xlsx"),
    "broken XML": raw(sheet_xml(b"</sheetData>", b"</sheetDat>"), "cannot be opened", "a.xlsx"),
    "definitions in the XML": raw(
        sheet_xml(b"<worksheet", b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet"), "definitions", "a.xlsx"),
    "one number in two sheets": raw(two_sheets_one_number, "stands in", "a.xlsx", 2, "Contact number"),
    "control character": raw(sheet_xml(b"Exampleton", b"Exa_x0000_mple"), "cannot be seen", "a.xlsx", 2, "Last name"),
}
GROUPS = {
    "contradiction between rows": Malformed(
        lambda: csv_upload(rows({}, {"Main worry": "housing", "First name": "Ben"})), "differs", 3, "Main worry"),
    "the same person twice": Malformed(lambda: csv_upload(rows({}, {})), "stands in row 2", 3, "First name"),
}


def every_file() -> dict[str, Malformed]:
    """The whole battery by what each one is."""
    dates = {f"date of birth: {what}": cell("Date of birth", value, says) for what, (value, says) in DATES.items() if says}
    return {**dates, **CELLS, **FORMS, **BOOKS, **GROUPS}


