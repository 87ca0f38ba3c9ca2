"""May this file be taken? By its ending, by what is really in it, and by what it would become when unpacked."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import puremagic

from goldthread.files import names
from goldthread.files.eicar import EICAR
from goldthread.files.faults import BadFile, need
from goldthread.files.kinds import images, office, pdf, text

MOST_BYTES = 20 * 1024 * 1024
OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken. check: gives back the bytes to keep, or raises BadFile."""

    content_type: str
    check: Callable[[bytes], bytes]


KINDS = {
    "pdf": Kind("application/pdf", pdf.check),
    "docx": Kind(OOXML + "wordprocessingml.document", partial(office.check, kind="docx")),
    "xlsx": Kind(OOXML + "spreadsheetml.sheet", partial(office.check, kind="xlsx")),
    "odt": Kind(ODF + "text", partial(office.check, kind="odt")),
    "ods": Kind(ODF + "spreadsheet", partial(office.check, kind="ods")),
    "jpg": Kind("image/jpeg", images.check_jpeg),
    "jpeg": Kind("image/jpeg", images.check_jpeg),
    "png": Kind("image/png", images.check_png),
    "txt": Kind("text/plain; charset=utf-8", text.check_text),
    "csv": Kind("text/csv; charset=utf-8", text.check_csv),
}
OLD = {"doc": "docx", "docm": "docx", "dotm": "docx", "rtf": "docx", "pages": "docx", "xls": "xlsx", "xlsm": "xlsx",
       "ppt": "pdf", "pptx": "pdf", "htm": "pdf", "html": "pdf", "msg": "pdf", "eml": "pdf", "heic": "jpg",
       "gif": "png", "tif": "png", "tiff": "png", "bmp": "png", "webp": "png", "svg": "png"}
TAKEN = "PDF, Word (.docx), Excel (.xlsx), OpenDocument (.odt, .ods), pictures (.jpg, .png), plain text and CSV"
TABLES = ("csv", "xlsx")
REPORTS = ("docx", "pdf", "txt", "md")


@dataclass(frozen=True)
class Checked:
    """A file that may be taken: its harmless name, its kind, and the bytes to keep."""

    name: str
    extension: str
    content_type: str
    data: bytes


def check(upload: Any) -> Checked:
    """Check an upload (anything with `name` and `read`). Raises BadFile saying what is wrong and what to do."""
    name, extension = names.tidy(str(upload.name or ""))
    kind = _kind(extension)
    data = _read(upload)
    need(EICAR not in data, "A virus was found in this file. It is not taken.")
    try:
        kept = kind.check(data)
    except BadFile as fault:
        raise BadFile(f"{fault}{_really(data, extension)}") from fault
    return Checked(name, extension, kind.content_type, kept)


def check_table_upload(upload: Any) -> bytes:
    """The bytes of a CSV or XLSX file that is safe to read in. Raises BadFile.

    Cells that look like formulas are let through in CSV: importers take every cell as text.
    """
    _, extension = names.tidy(str(upload.name or ""))
    need(extension in TABLES, "Upload a spreadsheet as .csv or .xlsx.")
    data = _read(upload)
    need(EICAR not in data, "A virus was found in this file. It is not taken.")
    if extension == "csv":
        text.rows(data)
        return data
    return office.check(data, "xlsx")


def check_document_upload(upload: Any) -> tuple[str, bytes]:
    """The harmless name and the bytes of a report that is safe to read: Word, PDF, text or Markdown. Raises BadFile."""
    name, extension = names.tidy(str(upload.name or ""))
    need(extension in REPORTS, "Upload a report as .docx, .pdf, .txt or .md.")
    data = _read(upload)
    need(EICAR not in data, "A virus was found in this file. It is not taken.")
    return name, text.check_text(data) if extension == "md" else _kind(extension).check(data)


def _kind(extension: str) -> Kind:
    if extension in KINDS:
        return KINDS[extension]
    if extension in OLD:
        raise BadFile(f"Files that end in .{extension} are not taken. Save it as .{OLD[extension]} and try again.")
    raise BadFile(f"Files that end in .{extension[:20]} are not taken. These are: {TAKEN}.")


def _read(upload: Any) -> bytes:
    """All of it, but never more than is allowed, whatever size it claims to have."""
    data = bytes(upload.read(MOST_BYTES + 1))
    need(data, "This file is empty.")
    need(len(data) <= MOST_BYTES, f"This file is larger than {MOST_BYTES // 1024 ** 2} MB. Make it smaller.")
    return data


def _really(data: bytes, extension: str) -> str:
    """A hint at what the file is, when that is plain and another kind."""
    try:
        found = puremagic.from_string(data[:4096]).lstrip(".").lower()
    except (puremagic.PureError, ValueError):
        return ""
    alike = {"jpeg", "jpg", "jfif"}
    same = found == extension or not found or {found, extension} <= alike
    return "" if same or extension in ("txt", "csv") else f" (It looks like .{found}.)"
