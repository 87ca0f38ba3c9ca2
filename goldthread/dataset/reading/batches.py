"""What reading gives: the rows of one table, some at a time."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from goldthread.dataset.specification.definition import Table

ROW, SHEET = "_row", "_sheet"
WRONG = "_wrong"         # of a row being checked: a bit for each cell that could not be taken, by the column's place
BATCH = 100_000          # rows held at a time
REFUSED = "\ue000"       # stands in a cell that was found wrong while reading, so that nothing more is said of it


@dataclass(frozen=True)
class Source:
    """A file handed over: its name as sent, and where its bytes are."""

    name: str
    path: Path


@dataclass(frozen=True)
class Batch:
    """Rows of a table as they were written: a text column for each of the table's that the sheet has, and `_row`, the
    number a spreadsheet (or, in XML, an editor) shows beside it."""

    table: Table
    sheet: str
    frame: pl.DataFrame
