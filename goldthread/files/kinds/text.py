"""Plain text and CSV: words only, not a page, a program or a spreadsheet's trap."""
from __future__ import annotations

import csv
import io
import re

from goldthread.files.faults import BadFile, need

PAGE = re.compile(r"<\s*(!doctype\s+html|html|script|svg|iframe|object|embed|body|img\b[^>]*\son\w+)", re.IGNORECASE)
STARTS = ("%PDF-", "#!", "{\\rtf", "<?php", "<?xml")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
MOST_COLUMNS = 2_000
LONGEST_CELL = 100_000
# What a spreadsheet program takes for a formula; a telephone number such as +44 20 or an amount such as -5 is none.
FORMULA = re.compile(r"\s*(=|@|[+-](?![\d\s.,()-]*(%|\d)[\d\s.,()-]*$)(?=.*[A-Za-z(|!=]))")


def check_text(data: bytes) -> bytes:
    """The same bytes. Raises BadFile."""
    _words(data)
    return data


def check_csv(data: bytes) -> bytes:
    """The same bytes. Raises BadFile naming row and column of a cell that a spreadsheet would run."""
    for number, row in enumerate(rows(data), start=1):
        for column, cell in enumerate(row, start=1):
            if FORMULA.match(cell):
                raise BadFile(f"Row {number}, column {column} starts with “{cell.strip()[0]}”, so a spreadsheet would "
                              "run it as a formula. Take that sign away and try again.")
    return data


def rows(data: bytes) -> list[list[str]]:
    """The cells of a CSV file, separated by commas, semicolons or tabs. Raises BadFile when it is none."""
    words = _words(data)
    try:
        found = list(csv.reader(io.StringIO(words, newline=""), delimiter=separator(words), strict=True))
    except csv.Error as error:
        raise BadFile(f"This CSV file cannot be read: {error}. Save it again as CSV.") from error
    for number, row in enumerate(found, start=1):
        need(len(row) <= MOST_COLUMNS, f"Row {number} has more than {MOST_COLUMNS:,} columns. Is this the right file?")
        need(all(len(cell) <= LONGEST_CELL for cell in row), f"Row {number} has a cell of more than {LONGEST_CELL:,} "
             "characters. Is this the right file?")
    return found


def separator(words: str) -> str:
    """What stands between the cells: whatever the first line that is not empty has most of."""
    first = next((line for line in words.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _words(data: bytes) -> str:
    words = _decoded(data)
    need(words.strip(), "This file is empty.")
    need(not words.lstrip().lower().startswith(tuple(s.lower() for s in STARTS)) and not PAGE.search(words),
         "This is not plain text although its name says so: it is a web page, a program or another kind of file.")
    found = CONTROL.search(words)
    if found:
        line = words.count("\n", 0, found.start()) + 1
        raise BadFile(f"Line {line} holds a character that does not belong in plain text. Save it again as plain text.")
    return words


def _decoded(data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        need(b"\0" not in data, "This is not plain text although its name says so.")
        return data.decode("cp1252", errors="replace")
