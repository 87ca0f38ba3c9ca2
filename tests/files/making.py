"""Sound files and hostile ones, made afresh for each test so that none lies about in the repository."""
from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

import pikepdf
from docx import Document as Word
from openpyxl import Workbook

TYPES = "[Content_Types].xml"


@dataclass
class Upload:
    """What a form hands over, with the name exactly as it was sent."""

    name: str
    data: bytes

    def read(self, most: int = -1) -> bytes:
        return self.data[:most] if most >= 0 else self.data


def pdf(change: object = None, **save: object) -> bytes:
    """A one-page PDF. `change` gets the open document before it is saved."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(200, 200))
        if callable(change):
            change(made)
        made.save(out, **save)
    return out.getvalue()


def word(words: str = "Minutes") -> bytes:
    out, made = io.BytesIO(), Word()
    made.add_paragraph(words)
    made.save(out)
    return out.getvalue()


def sheet(*rows: tuple[object, ...]) -> bytes:
    out, book = io.BytesIO(), Workbook()
    for row in rows or (("name", "age"), ("Example Child", 7)):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def odf(kind: str = "text", body: bytes = b"<office:text/>", **more: bytes) -> bytes:
    """An OpenDocument file; `more` adds parts, their dots and slashes written as in `also`."""
    space = b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    content = b'<?xml version="1.0" encoding="UTF-8"?><office:document-content ' + space + b">" + body
    parts = {"mimetype": b"application/vnd.oasis.opendocument." + kind.encode(),
             "content.xml": content + b"</office:document-content>", **more}
    return archive(parts)


def archive(parts: dict[str, bytes], **options: object) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def rebuilt(data: bytes, replace: dict[str, bytes] | None = None, add: dict[str, bytes] | None = None,
            without: tuple[str, ...] = ()) -> bytes:
    """An archive with some parts replaced (old bytes swapped for new in a part: use `swapped`), added or taken out."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist() if name not in without}
    return archive({**parts, **(replace or {}), **(add or {})})


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return old.read(name)


def swapped(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """An archive with bytes of one part swapped. Fails when they are not there, so that a test cannot be hollow."""
    body = part(data, name)
    assert old in body, f"{old!r} is not in {name}"
    return rebuilt(data, {name: body.replace(old, new)})


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def png(width: int = 2, height: int = 2, *extra: bytes) -> bytes:
    rows = b"".join(b"\0" + b"\x80" * width * 3 for _ in range(min(height, 50)))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg(*segments: bytes, size: tuple[int, int] = (24, 16), progressive: bool = False) -> bytes:
    """A real picture from an encoder, with segments added after its start."""
    from PIL import Image
    out = io.BytesIO()
    picture = Image.new("RGB", size)
    picture.putdata([(n * 7 % 256, n * 13 % 256, n * 29 % 256) for n in range(size[0] * size[1])])
    picture.save(out, "JPEG", progressive=progressive)
    data = out.getvalue()
    return data[:2] + b"".join(segments) + data[2:]


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(turned: int, order: str = "<") -> bytes:
    """An Exif segment as phones write it: which way up, and a place on the map (here a canary)."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    tag = struct.pack(order + "HHIHH", 0x0112, 3, 1, turned, 0)
    body = b"Exif\0\0" + mark + struct.pack(order + "IH", 8, 1) + tag + b"\0\0\0\0" + b"GPS 51.5074 CANARY"
    return segment(0xE1, body)
