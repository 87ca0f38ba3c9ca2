"""What people start from: an empty file in one of the layouts, its headings, codes and explanations as declared."""
from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from goldthread.exchange.columns import Column
from goldthread.exchange.layouts import own, ssd
from goldthread.rules.codes import choices

ROWS_WITH_LISTS = 2_000
NEEDED = PatternFill("solid", fgColor="FFDDE7F0")
SHEETS: dict[str, dict[str, Sequence[Column]]] = {
    own.KEY: {"Contacts": own.COLUMNS}, ssd.KEY: {"ssd_contacts": ssd.CONTACTS, "ssd_person": ssd.PEOPLE}}
ABOUT = (
    "Fill in the first sheet, one row for each person. Rows with the same number are one contact.",
    "Delete the example row. Columns you do not need may be taken out; their order does not matter.",
    "Write dates as day/month/year. No formulas, merged cells, hidden rows or hidden sheets.",
    "The file is looked through first and nothing is saved. Then either all of it is saved or nothing.",
)


def template_csv(layout: str) -> str:
    """The first sheet of a layout as CSV text: headings and one example row. Raises KeyError."""
    columns = next(iter(SHEETS[layout].values()))
    out = io.StringIO()
    csv.writer(out).writerows([[each.name for each in columns], [each.example for each in columns]])
    return out.getvalue()


def template_xlsx(layout: str, today: date) -> bytes:
    """A workbook of a layout with its codes to pick from and a sheet that explains every column. Raises KeyError."""
    book = Workbook()
    book.remove(book.active)
    sheets = {name: book.create_sheet(name) for name in SHEETS[layout]}
    lists = _codes_sheet(book, SHEETS[layout], today)
    for name, columns in SHEETS[layout].items():
        _fill(sheets[name], columns, lists)
    _notes_sheet(book, SHEETS[layout])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, columns: Sequence[Column], lists: dict[str, str]) -> None:
    sheet.append([each.name for each in columns])
    sheet.append([each.example for each in columns])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        letter, head = get_column_letter(number), sheet.cell(1, number)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        if column.required:
            head.fill = NEEDED
        sheet.column_dimensions[letter].width = max(14, min(40, len(column.name) + 4))
        cells = f"{letter}2:{letter}{ROWS_WITH_LISTS}"
        for row in range(2, ROWS_WITH_LISTS + 1 if column.format != "Text" and not column.codes else 3):
            sheet.cell(row, number).number_format = "@"  # as typed: no date turned round, no 0 lost
        if column.codes or column.format == "yes or no":
            rule = DataValidation("list", formula1=lists.get(column.codes, '"yes,no"'), allow_blank=True,
                                  showErrorMessage=True, errorTitle=column.name, error="Choose from the list")
            sheet.add_data_validation(rule)
            rule.add(cells)


def _codes_sheet(book: Workbook, sheets: dict[str, Sequence[Column]], today: date) -> dict[str, str]:
    """One column of codes and one of their meanings for each list; where each list is."""
    page, found = book.create_sheet("Codes"), {}
    wanted = dict.fromkeys(column.codes for columns in sheets.values() for column in columns if column.codes)
    for number, key in enumerate(wanted):
        left, right = 2 * number + 1, 2 * number + 2
        page.cell(1, left, key).font = Font(bold=True)
        pairs = choices(key, today)
        for row, (code, label) in enumerate(pairs, start=2):
            page.cell(row, left, code).number_format = "@"
            page.cell(row, right, label)
        letter = get_column_letter(left)
        page.column_dimensions[get_column_letter(right)].width = 40
        found[key] = f"Codes!${letter}$2:${letter}${len(pairs) + 1}"
    return found


def _notes_sheet(book: Workbook, sheets: dict[str, Sequence[Column]]) -> None:
    page = book.create_sheet("Notes")
    for line in ABOUT:
        page.append([line])
    page.append([])
    page.append(["Sheet", "Column", "Needed", "What goes in", "How", "Code list"])
    for cell in page[page.max_row]:
        cell.font = Font(bold=True)
    for name, columns in sheets.items():
        for column in columns:
            page.append([name, column.name, "yes" if column.required else "", column.meaning, column.format, column.codes])
    for letter, width in zip("ABCDEF", (14, 26, 8, 70, 34, 24), strict=True):
        page.column_dimensions[letter].width = width
