"""CSV files as UTF-8 on the disk, whatever they were sent in: checked for what no table of words holds, then scanned."""
from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from goldthread.dataset.reading.batches import BATCH, REFUSED, ROW, Batch, Source
from goldthread.dataset.reading.headings import Headed, find
from goldthread.dataset.specification.definition import Specification
from goldthread.files.eicar import EICAR
from goldthread.files.faults import BadFile, need
from goldthread.files.kinds.text import CONTROL, MOST_COLUMNS, PAGE, STARTS, separator
from goldthread.files.tables.csv_files import LOST, MIXED, TWICE
from goldthread.files.tables.findings import Findings
from goldthread.files.tables.sheets import LOOK_FOR_HEADINGS, Row

MOST_BYTES = 512 * 1024 * 1024
CHUNK = 4 * 1024 * 1024
HEAD = 64 * 1024  # bytes that show what kind of file it is
BYTES_OF_CONTROL = bytes([*range(9), 11, *range(14, 32), 127])
LEADS = (b"\xe2\x80", b"\xe2\x81")  # how marks that turn the writing round begin in UTF-8
VIRUS = "A virus was found in this file. It is not taken."
LETTERS_WRONG = f"{LOST}|{TWICE.pattern}"


@dataclass(frozen=True)
class Words:
    """A file of words in UTF-8 without a mark. as_sent: it was UTF before; otherwise single letters may have gone wrong."""

    path: Path
    as_sent: bool
    between: str


def as_words(source: Source, folder: Path) -> Words:
    """The file's words, written anew into `folder` where they were not UTF-8. Raises BadFile for what is no CSV."""
    size = source.path.stat().st_size
    need(size, "This file is empty.")
    need(size <= MOST_BYTES, f"This file is larger than {MOST_BYTES // 1024 ** 2} MB. Split it.")
    with source.path.open("rb") as handle:
        start = handle.read(HEAD)
    encoding, odd = _encoding(source.path, start)
    head = start.decode(encoding, errors="replace").lstrip("\ufeff")
    need(head.strip(), "This file is empty.")
    need(not head.lstrip().lower().startswith(tuple(each.lower() for each in STARTS)) and not PAGE.search(head),
         "This is not plain text although its name says so: it is a web page, a program or another kind of file.")
    path = source.path
    if encoding != "utf-8":
        path, odd = _as_utf8(source.path, encoding, folder), True
    if odd:
        _refuse_unseen(path)
    return Words(path, encoding != "cp1252", separator(head))


def _encoding(path: Path, start: bytes) -> tuple[str, bool]:
    """What the words were written in, and whether there are characters in them that must be looked at more closely.
    Raises BadFile for a virus, and for what holds no words. Looks at bytes, which is quick.
    """
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", True
    decoder = codecs.getincrementaldecoder("utf-8")()
    sound, odd, begun = True, False, b""
    with path.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            need(EICAR not in chunk and EICAR not in begun + chunk[:len(EICAR)], VIRUS)
            begun = chunk[-len(EICAR):]
            odd = odd or len(chunk.translate(None, BYTES_OF_CONTROL)) != len(chunk)
            if not chunk.isascii() or decoder.getstate()[0]:
                odd = odd or any(lead in chunk for lead in LEADS)
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    sound = False
                    decoder.reset()
    sound = sound and not decoder.getstate()[0]
    need(sound or b"\0" not in start, "This is not plain text although its name says so.")
    return "utf-8" if sound else "cp1252", odd


def _as_utf8(given: Path, encoding: str, folder: Path) -> Path:
    """The words written anew."""
    path = folder / f"{given.name}.words"
    with given.open(encoding=encoding, errors="replace", newline="") as source, path.open(
            "w", encoding="utf-8", newline="") as out:
        while words := source.read(CHUNK):
            out.write(words.lstrip("\ufeff"))
    return path


def _refuse_unseen(path: Path) -> None:
    """Raises BadFile naming the line of a character that cannot be seen."""
    line = 1
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as handle:
        while words := handle.read(CHUNK):
            if seen := CONTROL.search(words):
                raise BadFile(f"Line {line + words.count(chr(10), 0, seen.start())} holds a character that does not belong "
                              "in plain text. Save it again as plain text.")
            line += words.count("\n")


def read_csv(source: Source, spec: Specification, folder: Path, found: Findings) -> Iterator[Batch]:
    """The rows of a CSV file. Raises BadFile; what is wrong with headings and with the shape of rows is found."""
    words = as_words(source, folder)
    headed = find(spec, source.name, _first_rows(words), found)
    if headed is None:
        return
    many = 0
    try:
        for frame in _scanned(words, headed):
            many += frame.height
            yield Batch(headed.table, source.name, frame if words.as_sent else _marked(frame, headed, source.name, found))
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError):
        _say_where(words, headed, source.name, found)
        return
    if not many and (headed.table.needed or len(spec.tables) == 1):  # else it may be empty, as a list of a workbook may
        found.add(source.name, headed.number, "", "", "there are headings but no rows below them",
                  "Fill in at least one row, or leave the file out.")


def _first_rows(words: Words) -> list[Row]:
    """The first rows with something in them, for their headings."""
    rows: list[Row] = []
    with words.path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle, delimiter=words.between)
        try:
            for number, cells in enumerate(reader, start=1):
                need(len(cells) <= MOST_COLUMNS, f"Row {number} has more than {MOST_COLUMNS:,} columns. Is this the right "
                     "file?")
                if any(map(str.strip, cells)):
                    rows.append((number, cells))
                if len(rows) == LOOK_FOR_HEADINGS:
                    break
        except csv.Error as error:
            raise BadFile(f"This CSV file cannot be read: {error}. Save it again as CSV.") from error
    return rows


def _scanned(words: Words, headed: Headed) -> Iterator[pl.DataFrame]:
    """Rows below the headings in batches, those with nothing in them left out."""
    width = max(headed.wide, 1)
    names = [f"{place}" for place in range(width)]
    rows = pl.scan_csv(
        words.path, has_header=False, separator=words.between, skip_rows=headed.number,
        schema=dict.fromkeys(names, pl.String), row_index_name=ROW, row_index_offset=headed.number + 1, glob=False,
        missing_columns="insert")
    kept = rows.filter(~pl.all_horizontal(pl.col(name).is_null() for name in names))
    unnamed = [name for name in names if int(name) not in {place for place, _ in headed.places}]
    chosen = kept.select(pl.col(ROW).cast(pl.UInt32), *(pl.col(f"{place}").alias(column.name)
                                                        for place, column in headed.places),
                         *(pl.col(name).alias(f"?{name}") for name in unnamed))
    yield from chosen.collect_batches(chunk_size=BATCH)


def _say_where(words: Words, headed: Headed, sheet: str, found: Findings) -> None:
    """Rows that have more cells than there are headings, and quotation marks that do not pair, by reading slowly."""
    before = found.many
    with words.path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle, delimiter=words.between, strict=True)
        number = 0
        try:
            for number, cells in enumerate(reader, start=1):
                if number > headed.number and len(cells) > headed.wide:
                    found.add(sheet, number, "", words.between.join(cells[headed.wide - 1:]),
                              f"this row has {len(cells)} cells where there are {headed.wide} headings",
                              "Put quotation marks round text that has a comma in it.")
        except csv.Error as error:
            found.add(sheet, number + 1, "", "", f"this row cannot be read: {error}",
                      "Look for a quotation mark without its partner here or in a row above.")
    if found.many == before:
        found.add(sheet, 0, "", "", "this file cannot be read as rows and columns", "Save it again as “CSV UTF-8”.")


def _marked(frame: pl.DataFrame, headed: Headed, sheet: str, found: Findings) -> pl.DataFrame:
    """The rows with a mark in place of cells whose letters went wrong on the way, which are found."""
    for _, column in headed.places:
        wrong = pl.col(column.name).str.contains(LETTERS_WRONG)
        for number, shown in frame.filter(wrong).select(ROW, column.name).iter_rows():
            found.add(sheet, number, column.title, shown, *MIXED)
        frame = frame.with_columns(pl.when(wrong).then(pl.lit(REFUSED)).otherwise(pl.col(column.name)).alias(column.name))
    return frame
