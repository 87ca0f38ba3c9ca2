"""Excel workbooks: the files room's reader, whose cells are said as text."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time

import polars as pl

from goldthread.dataset.reading.batches import BATCH, REFUSED, ROW, Batch, Source
from goldthread.dataset.reading.headings import Headed, find
from goldthread.dataset.specification.definition import Specification
from goldthread.files.checking import check_table_upload
from goldthread.files.tables.cells import said
from goldthread.files.tables.findings import Findings
from goldthread.files.tables.sheets import MOST_ROWS, Refused, Row, Sheet, Upload, blank
from goldthread.files.tables.xlsx_files import read_xlsx


def read_workbook(source: Source, spec: Specification, found: Findings) -> Iterator[Batch]:
    """The rows of every sheet with something in it. Raises BadFile."""
    data = check_table_upload(Upload(source.name, source.path.read_bytes()))
    for sheet in read_xlsx(source.name, data, found):
        headed = find(spec, sheet.name, sheet.rows, found)
        if headed is None:
            continue
        rows = sheet.rows[headed.place + 1:]
        if not rows:
            continue  # a list of a workbook may be empty
        if len(rows) > MOST_ROWS:
            found.add(sheet.name, 0, "", f"{len(rows):,} rows", f"there are more than {MOST_ROWS:,} rows",
                      "Send it as CSV, which has no such limit.")
            continue
        for start in range(0, len(rows), BATCH):
            yield Batch(headed.table, sheet.name, _frame(sheet, headed, rows[start:start + BATCH], found))


def _frame(sheet: Sheet, headed: Headed, rows: Sequence[Row], found: Findings) -> pl.DataFrame:
    named = dict(headed.places)
    columns: dict[str, list[str | None]] = {column.name: [] for column in named.values()}
    beyond: dict[str, list[str | None]] = {f"?{place}": [] for place in range(headed.wide) if place not in named}
    for number, cells in rows:
        for place, column in headed.places:
            cell = cells[place] if place < len(cells) else None
            columns[column.name].append(_text(sheet.name, number, column.title, cell, found))
        for name, values in beyond.items():
            place = int(name[1:])
            values.append(None if place >= len(cells) or blank(cells[place]) else said(cells[place]))
        _beyond(sheet.name, number, cells[headed.wide:], found)
    schema = {ROW: pl.UInt32, **dict.fromkeys([*columns, *beyond], pl.String)}
    return pl.DataFrame({ROW: [number for number, _ in rows], **columns, **beyond}, schema=schema)


def _beyond(sheet: str, number: int, cells: Sequence[object], found: Findings) -> None:
    strange = next((cell for cell in cells if not blank(cell)), None)
    if strange is not None:
        found.add(sheet, number, "", strange, "this cell stands beside the table, below no heading", "Delete it.")


def _text(sheet: str, number: int, column: str, cell: object, found: Findings) -> str | None:
    if isinstance(cell, Refused):
        found.add(sheet, number, column, cell.shown, cell.rule, cell.mend)
        return REFUSED
    if blank(cell):
        return None
    if isinstance(cell, datetime) and cell.time() == time(0):
        return cell.date().isoformat()
    return said(cell)
