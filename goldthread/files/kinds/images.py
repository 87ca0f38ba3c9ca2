"""JPEG and PNG, taken apart and put together again without anything that is not the picture itself.

Where and when a photograph was taken, by which device, comments and hidden second files do not survive; the picture
does, bit by bit, as does which way up it is to be shown.
"""
from __future__ import annotations

import re
import struct
import zlib

from goldthread.files.faults import BadFile, need

MOST_PIXELS = 120_000_000
DAMAGED = "This picture is damaged or incomplete. Save it again and try once more."
HUGE = "This picture has too many pixels. Save it smaller, at most about 12,000 by 10,000."

# --- JPEG: segments of ff, marker, length (two bytes, itself included), body; after ff da comes the coded picture.
SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
FRAMES = {0xC0, 0xC1, 0xC2}
KEPT = FRAMES | {SOS, 0xC4, 0xDB, 0xDD, 0xE0, 0xEE}  # tables, JFIF header and Adobe's colour mark
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def check_jpeg(data: bytes) -> bytes:
    """The picture without metadata. Raises BadFile."""
    need(data.startswith(b"\xff\xd8\xff"), "This is not a JPEG picture although its name says so.")
    out, at, frames, scans, turned = [b"\xff\xd8"], 2, 0, 0, 1
    while True:
        marker, body, end = _segment(data, at)
        if marker == EOI:
            break
        if marker == 0xE1:
            turned = _orientation(body) or turned
        if marker in KEPT:
            out.append(data[at:end])
        if marker in FRAMES:
            frames += 1
            _check_size(*_frame_size(body))
        if marker == SOS:
            scans += 1
            found = NEXT_MARKER.search(data, end)
            need(found, DAMAGED)
            assert found
            out.append(data[end:found.start()])
            end = found.start()
        at = end
    need(frames == 1 and scans, DAMAGED)
    if turned != 1:
        out.insert(1, _turned_segment(turned))
    return b"".join([*out, b"\xff\xd9"])


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture that `check_jpeg` let through."""
    at = 2
    while True:
        marker, body, at = _segment(data, at)
        if marker in FRAMES:
            return _frame_size(body)


def _segment(data: bytes, at: int) -> tuple[int, bytes, int]:
    while data[at:at + 2] == b"\xff\xff":
        at += 1
    need(len(data) >= at + 2 and data[at] == 0xFF, DAMAGED)
    marker = data[at + 1]
    if marker == EOI:
        return marker, b"", at + 2
    need(len(data) >= at + 4 and marker >= 0xC0 and marker != SOI, DAMAGED)
    length = int.from_bytes(data[at + 2:at + 4], "big")
    end = at + 2 + length
    need(length >= 2 and end <= len(data), DAMAGED)
    return marker, data[at + 4:end], end


def _frame_size(body: bytes) -> tuple[int, int]:
    need(len(body) >= 6, DAMAGED)
    height, width = struct.unpack(">HH", body[1:5])
    return width, height


def _check_size(width: int, height: int) -> None:
    need(width and height, DAMAGED)
    need(width * height <= MOST_PIXELS, HUGE)


def _orientation(body: bytes) -> int | None:
    """The Exif tag 0x0112, which says which way up; None when there is none that makes sense."""
    tiff = body[6:] if body.startswith(b"Exif\0\0") else b""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 10:
        return None
    at = struct.unpack(order + "I", tiff[4:8])[0]
    if at + 2 > len(tiff):
        return None
    for n in range(struct.unpack(order + "H", tiff[at:at + 2])[0]):
        entry = tiff[at + 2 + 12 * n:at + 14 + 12 * n]
        if len(entry) < 12:
            return None
        if struct.unpack(order + "H", entry[:2])[0] == 0x0112:
            value = struct.unpack(order + "H", entry[8:10])[0]
            return value if 1 <= value <= 8 else None
    return None


def _turned_segment(turned: int) -> bytes:
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


# --- PNG: chunks of length, name, body, checksum.
PNG = b"\x89PNG\r\n\x1a\n"
PICTURE = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}


def check_png(data: bytes) -> bytes:
    """The picture without metadata. Raises BadFile."""
    need(data.startswith(PNG), "This is not a PNG picture although its name says so.")
    out, at, kinds = [PNG], len(PNG), []
    while not kinds or kinds[-1] != b"IEND":
        need(len(data) >= at + 12, DAMAGED)
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        end = at + 12 + length
        need(end <= len(data), DAMAGED)
        body, checksum = data[at + 8:end - 4], data[end - 4:end]
        need(zlib.crc32(kind + body).to_bytes(4, "big") == checksum, DAMAGED)
        if kind == b"IHDR":
            need(not kinds and length == 13, DAMAGED)
            _check_size(*struct.unpack(">II", body[:8]))
        elif not kinds:
            raise BadFile(DAMAGED)
        if kind in PICTURE:
            out.append(data[at:end])
        kinds.append(kind)
        at = end
    need(b"IDAT" in kinds, DAMAGED)
    return b"".join(out)


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture that `check_png` let through."""
    width, height = struct.unpack(">II", data[16:24])
    return width, height
