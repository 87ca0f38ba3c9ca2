"""Lists handed out as files: built from nothing, only what the person may see, nothing a spreadsheet would run."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from goldthread.access.actor import Actor
from goldthread.base.dates import LONDON
from goldthread.files.tables.safe_cells import safe
from goldthread.process.definition import Process
from goldthread.process.models import Case
from goldthread.rules.codes import UnknownCode, label

MOST_ROWS = 20_000
XLSX, CSV = "xlsx", "csv"
CONTENT_TYPES = {XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                 CSV: "text/csv; charset=utf-8"}


class TooMany(ValueError):
    """More rows than are handed out at once; the message says what to do."""


@dataclass(frozen=True)
class Shown:
    """A column of an exported list: its heading, and what it shows of a case."""

    title: str
    of: Any


def _when(at: datetime | None) -> datetime | None:
    """As a clock in England shows it; spreadsheets know no time zones."""
    return at.astimezone(LONDON).replace(tzinfo=None, microsecond=0) if at else None


def _mark(case: Case) -> str:
    try:
        return label("rag", case.mark).split(":")[0] if case.mark else ""
    except UnknownCode:
        return case.mark


def columns_of(process: Process) -> tuple[Shown, ...]:
    """What the exported list of a process shows: what it is about by its own word, a rating where it has one."""
    return (
        Shown("Reference", lambda c: c.reference), Shown(process.subject, lambda c: c.title),
        Shown("Kind", lambda c: c.kind), *((Shown("Rating", _mark),) if process.mark else ()),
        Shown("Stage", lambda c: c.stage), Shown("Received", lambda c: _when(c.opened_at)),
        Shown("Due", lambda c: _when(c.next_due)), Shown("What is due", lambda c: c.next_clock),
        Shown("Who has it", lambda c: str(c.allocated_to) if c.allocated_to_id else ""),
        Shown("From", lambda c: c.started_by.name), Shown("Closed", lambda c: _when(c.closed_at)))


def export_cases(actor: Actor, process: Process, rows: Iterable[Case], kind: str = XLSX) -> bytes:
    """A process's list as a file (kind XLSX or CSV). rows: cases the actor was shown, with `allocated_to` and
    `started_by` read.

    Cases the actor's authority does not reach are left out whatever was handed in. Raises TooMany above MOST_ROWS.
    """
    cases = []
    for case in rows:
        if len(cases) == MOST_ROWS:
            raise TooMany(f"More than {MOST_ROWS:,} rows. Narrow the list first.")
        if _may_see(actor, case):
            cases.append(case)
    columns = columns_of(process)
    return export_table([each.title for each in columns], ([each.of(case) for each in columns] for case in cases), kind)


def _may_see(actor: Actor, case: Case) -> bool:
    mine, tokens = case.partnership_id == actor.authority.partnership, actor.authority.tokens
    return mine and bool(tokens & set(case.readers)) and not tokens & set(case.denied)


def export_table(headings: Sequence[str], rows: Iterable[Sequence[Any]], kind: str) -> bytes:
    """Any table as a file: CSV in UTF-8 with its mark, or a workbook of one sheet. Raises KeyError for another kind."""
    return {CSV: _csv, XLSX: _xlsx}[kind](headings, rows)


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe(each) for each in headings])
    writer.writerows([_said(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def _said(cell: Any) -> Any:
    return cell.strftime("%d/%m/%Y %H:%M") if isinstance(cell, datetime) else safe(cell)


def _xlsx(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.lastModifiedBy = "Goldthread", "Goldthread"
    sheet = book.create_sheet("List")
    sheet.append([cell(sheet, each, bold=True) for each in headings])
    for row in rows:
        sheet.append([cell(sheet, each) for each in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """A cell that no spreadsheet program runs."""
    made = WriteOnlyCell(sheet, value=safe(value))
    if isinstance(value, str):
        made.data_type = "s"  # never a formula, whatever it starts with
    elif isinstance(value, datetime):
        made.number_format = "dd/mm/yyyy hh:mm"
    if bold:
        made.font = Font(bold=True)
    return made
