"""The zip file that an Office or OpenDocument file is: opened part by part, never trusting what it says of itself."""
from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from goldthread.files.eicar import EICAR
from goldthread.files.faults import BadFile, need

MOST_PARTS = 3_000
MOST_EXPANDED = 200 * 1024 * 1024  # bytes, over all parts
MOST_RATIO = 200                   # of a part larger than SMALL
SMALL = 1024 * 1024
BLOCK = 256 * 1024
END = b"PK\x05\x06"
DAMAGED = "This file is damaged or incomplete. Save it again and try once more."
LOCKED = "This file is protected by a password. Save it without one."
BOMB = "This file unpacks to far more than it should. It is not taken."
MORE = "This file is a document and something else at once. Save it again from the program you wrote it in."
ODD_NAMES = "This file has parts that lie outside it. It is not taken."


@dataclass(frozen=True)
class Part:
    """One part of the document: its path inside, and its bytes."""

    path: str
    data: bytes

    @property
    def ending(self) -> str:
        return self.path.rsplit("/", 1)[-1].rpartition(".")[2].lower() if "." in self.path else ""


def parts(data: bytes) -> Iterator[Part]:
    """Every part of the zip file. Raises BadFile when it is damaged, locked, a bomb, or not only a zip file."""
    need(data.startswith(b"PK\x03\x04"), MORE if zipfile.is_zipfile(BytesIO(data)) else DAMAGED)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(archive, entries, data)
            left = MOST_EXPANDED
            for entry in entries:
                body = _expand(archive, entry, left)
                left -= len(body)
                need(EICAR not in body, "A virus was found in this file. It is not taken.")
                yield Part(entry.filename, body)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise BadFile(DAMAGED) from error


def _check_entries(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], data: bytes) -> None:
    need(entries, DAMAGED)
    need(len(entries) <= MOST_PARTS, BOMB)
    need(not archive.comment and data.rfind(END) == len(data) - 22, MORE)
    need(min(entry.header_offset for entry in archive.infolist()) == 0, MORE)
    names = [entry.filename.lower() for entry in entries]
    need(len(names) == len(set(names)), MORE)
    for entry in entries:
        need(not entry.flag_bits & 0x1, LOCKED)
        need(entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED), DAMAGED)
        steps = entry.filename.split("/")
        need(".." not in steps and steps[0] and "\\" not in entry.filename and ":" not in entry.filename
             and entry.orig_filename == entry.filename, ODD_NAMES)
        need(entry.external_attr >> 16 & 0o170000 in (0, 0o100000), ODD_NAMES)  # a link or a device


def _expand(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """The bytes of a part, counted as they come: its header may lie about them. The checksum is checked at the end."""
    out, size = [], 0
    with archive.open(entry) as stream:
        while block := stream.read(BLOCK):
            size += len(block)
            need(size <= left, BOMB)
            need(size <= SMALL or size <= MOST_RATIO * max(entry.compress_size, 1), BOMB)
            out.append(block)
    return b"".join(out)
