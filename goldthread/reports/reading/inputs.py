"""The four tables as checked records."""
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from goldthread.reports.reading.cells import tidy
from goldthread.reports.reading.errors import InputFault, ReportInputError
from goldthread.reports.reading.layout import BY_KIND, LAYOUTS, find_rows
from goldthread.reports.reading.records import Inputs, SourceFile
from goldthread.reports.reading.rows import READERS, spent_without_minus
from goldthread.reports.reading.sheets import Sheet, UnreadableFile, read_csv, read_workbook


def read_inputs(source: Path | Mapping[str, bytes], name: str = "") -> Inputs:
    """Read a folder, or uploaded files by name, holding any of the four tables as CSV or .xlsx.

    `name` is what to call the partnership's folder; a folder's own name is used when it is empty.
    Empty and missing tables are fine and are noted. Raises ReportInputError with every fault found.
    """
    faults: list[InputFault] = []
    if isinstance(source, Path):
        name = name or source.resolve().name
        source = _folder(source)
    sheets, sums, notes = _sheets(source, faults)
    inputs = Inputs(name=name or "Uploaded files", notes=notes)
    if not sheets and not faults:
        faults.append(InputFault(name or "The upload", None, "", ", ".join(sorted(source)),
                                 "none of the four tables is here",
                                 "Name them " + ", ".join(f"{each.kind}.csv" for each in LAYOUTS) + "."))
    for layout in LAYOUTS:
        _read_table(layout.kind, sheets.get(layout.kind), sums, inputs, faults)
    if faults:
        raise ReportInputError(faults)
    return inputs


def _folder(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise ReportInputError([InputFault(str(folder), None, "", "", "there is no such folder",
                                           "Give the folder that holds the four files.")])
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())
            if each.is_file() and each.suffix.casefold() in (".csv", ".xlsx") and each.name[0] not in ".~"}


def kind_of(name: str) -> str | None:
    """Which of the four tables a file or sheet name means, or None."""
    plain = re.sub(r"[^a-z]+", "-", name.casefold().rsplit(".", 1)[0]).strip("-")
    if plain in BY_KIND:
        return plain
    starts = {"training": "training-courses", "budget": "budget", "indicator": "indicators",
              "printed": "printed-totals"}
    return next((kind for start, kind in starts.items() if plain.startswith(start)), None)


def _sheets(files: Mapping[str, bytes], faults: list[InputFault]):
    sheets: dict[str, Sheet] = {}
    sums: dict[str, str] = {}
    notes: list[str] = []
    for name, content in files.items():
        try:
            found = _tables_in(name, content)
        except UnreadableFile as wrong:
            faults.append(wrong.fault)
            continue
        if not found:
            notes.append(f"{name} was not used: its name is not one of the four tables.")
        for kind, sheet in found.items():
            if kind in sheets:
                faults.append(InputFault(name, None, "", "", f"this is a second {kind} table "
                                         f"beside {sheets[kind].file}", "Keep one of the two."))
                continue
            sheets[kind] = sheet
            sums[sheet.file] = hashlib.sha256(content).hexdigest()
    return sheets, sums, notes


def _tables_in(name: str, content: bytes) -> dict[str, Sheet]:
    kind = kind_of(name)
    if not name.casefold().endswith(".xlsx"):
        return {kind: read_csv(name, content)} if kind else {}
    pages = read_workbook(name, content)
    by_title = {kind_of(title): sheet for title, sheet in pages.items() if kind_of(title)}
    if by_title:
        return {each: Sheet(name if len(by_title) == 1 else f"{name} [{each}]", sheet.rows)
                for each, sheet in by_title.items()}
    return {kind: next(iter(pages.values()))} if kind and pages else {}


def _read_table(kind: str, sheet: Sheet | None, sums: dict[str, str], inputs: Inputs,
                faults: list[InputFault]) -> None:
    if sheet is None:
        inputs.sources[kind] = SourceFile(kind, f"{kind}.csv", "missing")
        return
    rows, shape_faults, unused = find_rows(BY_KIND[kind], sheet)
    faults.extend(shape_faults)
    notes = [f"The column “{each}” is not used." for each in unused]
    before = len(faults)
    for row in rows:
        READERS[kind](sheet.file, row, inputs, faults, notes)
    if kind == "budget":
        spent_without_minus(inputs, notes)
    state = "read" if rows else "empty"
    if before == len(faults):
        digest = sums.get(sheet.file) or sums.get(re.sub(r" \[.*\]$", "", sheet.file), "")
        inputs.sources[kind] = SourceFile(kind, tidy(sheet.file), state, len(rows), digest, tuple(notes))
