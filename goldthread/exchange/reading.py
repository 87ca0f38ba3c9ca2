"""From uploads to tables: each file checked for harm, read by its kind, its headings found."""
from __future__ import annotations

import hashlib
from collections.abc import Sequence
from types import ModuleType

from goldthread.exchange.layouts import own, ssd
from goldthread.exchange.layouts.matching import known_headings
from goldthread.files import names
from goldthread.files.checking import check_table_upload
from goldthread.files.faults import BadFile
from goldthread.files.tables.csv_files import read_csv
from goldthread.files.tables.findings import Findings
from goldthread.files.tables.sheets import Sheet, Table, Upload, as_table, plain
from goldthread.files.tables.xlsx_files import read_xlsx

LAYOUTS: dict[str, ModuleType] = {layout.KEY: layout for layout in (own, ssd)}
MOST_FILES = 10
AGAIN = "Put this right and choose the file again."


def tidy_name(upload: Upload) -> str:
    """A file's name made harmless to show; "file" for one with nothing left."""
    try:
        return names.tidy(upload.name)[0]
    except BadFile:
        return "file"


def digest(uploads: Sequence[Upload], layout: str) -> str:
    """One digest over the files, in whatever order they were chosen, and the layout they are read by."""
    each = sorted(hashlib.sha256(upload.data).hexdigest() for upload in uploads)
    return hashlib.sha256(" ".join([layout, *each]).encode()).hexdigest()


def tables_of(uploads: Sequence[Upload], layout: str, findings: Findings) -> tuple[str, list[Table]]:
    """The layout and the tables of all files; what cannot be read is put into `findings`.

    layout: a key of LAYOUTS, or "" to tell by the headings.
    """
    sheets: list[Sheet] = []
    for place, upload in enumerate(uploads[:MOST_FILES], start=1):
        name = tidy_name(upload)
        if any(sheet.name == name for sheet in sheets):
            name = f"({place}) {name}"
        try:
            data = check_table_upload(upload)
            sheets += read_csv(name, data) if name.endswith(".csv") else read_xlsx(name, data, findings)
        except BadFile as fault:
            findings.add(name, 0, "", "", str(fault).rstrip("."), AGAIN)
    if not uploads or len(uploads) > MOST_FILES:
        findings.add("", 0, "", f"{len(uploads)} files", f"between 1 and {MOST_FILES} files make one import",
                     "Choose the files again.")
    layout = layout or _told_by_headings(sheets)
    known = known_headings(LAYOUTS[layout].COLUMNS)
    tables = [as_table(sheet, known, findings) for sheet in sheets]
    return layout, [table for table in tables if table is not None]


def _told_by_headings(sheets: Sequence[Sheet]) -> str:
    """The dataset's layout when any sheet has one of its headings, else our own."""
    theirs = {name for column in ssd.COLUMNS for name in column.plain_names}
    first = {plain(cell) for sheet in sheets for _, cells in sheet.rows[:1] for cell in cells if isinstance(cell, str)}
    return ssd.KEY if first & theirs else own.KEY
