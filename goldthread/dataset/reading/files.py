"""Every file of a submission, each by its kind."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from goldthread.dataset.reading.batches import Batch, Source
from goldthread.dataset.reading.text_files import read_csv
from goldthread.dataset.reading.workbooks import read_workbook
from goldthread.dataset.reading.xml_files import read_xml
from goldthread.dataset.specification.definition import XML, Specification
from goldthread.files import names
from goldthread.files.faults import BadFile
from goldthread.files.tables.findings import Findings

MOST_FILES = 60
AGAIN = "Put this right and choose the file again."
ACCEPTED = {XML: ("xml",), "rows": ("csv", "xlsx")}
WANTED = {XML: "Choose a file that ends in .xml.", "rows": "Choose a spreadsheet as .csv or .xlsx."}


def batches(sources: Sequence[Source], spec: Specification, folder: Path, found: Findings) -> Iterator[Batch]:
    """The rows of all files, file by file; what cannot be read goes into `found`. folder: for what is written on the way."""
    if not sources or len(sources) > MOST_FILES:
        found.add("", 0, "", f"{len(sources)} files", f"between 1 and {MOST_FILES} files make one submission",
                  "Choose the files again.")
        return
    for source in sources:
        try:
            yield from _read(source, spec, folder, found)
        except BadFile as fault:
            found.add(source.name, 0, "", "", str(fault).rstrip("."), AGAIN)


def tidy_names(given: Sequence[str]) -> list[str]:
    """Names of files made harmless to show, no two alike."""
    found: list[str] = []
    for place, name in enumerate(given, start=1):
        try:
            tidy = names.tidy(name)[0]
        except BadFile:
            tidy = "file"
        found.append(f"({place}) {tidy}" if tidy in found else tidy)
    return found


def _read(source: Source, spec: Specification, folder: Path, found: Findings) -> Iterator[Batch]:
    ending = source.name.rpartition(".")[2].lower()
    if ending not in ACCEPTED[spec.form]:
        raise BadFile(f"This return is not taken in such a file. {WANTED[spec.form]}")
    if ending == "xml":
        return read_xml(source, spec, found)
    return read_csv(source, spec, folder, found) if ending == "csv" else read_workbook(source, spec, found)
