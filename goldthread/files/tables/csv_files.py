"""CSV files in UTF-8 (with or without its mark), UTF-16 or Windows-1252; commas, semicolons or tabs between cells."""
from __future__ import annotations

import re

from goldthread.files.kinds.text import rows
from goldthread.files.tables.sheets import Refused, Row, Sheet, blank

LOST = "\ufffd"
# UTF-8 that was read as Windows-1252: "Ã©" for "é", "â€™" for an apostrophe.
TWICE = re.compile("[ÃÅÄÐÑØÙ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[\u00a0-\u00bf]")
MIXED = ("this cell is written in another encoding than the rest of the file",
         "Open the file in a spreadsheet, put the letters right and save it as “CSV UTF-8”.")


def read_csv(name: str, data: bytes) -> list[Sheet]:
    """The one sheet of the file, called by the file's name. The bytes have passed check_table_upload."""
    kept: list[Row] = [(number, row) for number, row in enumerate(rows(data), start=1) if any(map(str.strip, row))]
    if not _is_utf(data):
        kept = [(number, [_marked(cell) for cell in row]) for number, row in kept]
    return [Sheet(name, kept)]


def _is_utf(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _marked(cell: str) -> object:
    """The cell; or, where its letters went wrong on the way, why it cannot be taken."""
    wrong = not blank(cell) and (LOST in cell or TWICE.search(cell))
    return Refused(cell, *MIXED) if wrong else cell
