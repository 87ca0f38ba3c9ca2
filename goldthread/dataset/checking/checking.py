"""A submission looked through as a whole: read in batches, laid down as Arrow, held to the rules over what lies there."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from goldthread.dataset.checking.columns import Setting, read_columns
from goldthread.dataset.checking.relations import check_rules
from goldthread.dataset.checking.report import SHAPE, Report
from goldthread.dataset.reading.batches import WRONG, Source
from goldthread.dataset.reading.files import batches
from goldthread.dataset.specification.definition import Specification
from goldthread.files.tables.findings import Findings


@dataclass
class Looked:
    """What came of looking: the report, and where the rows of each table lie while it is held."""

    report: Report
    folder: Path
    sheets: list[str] = field(default_factory=list)
    parts: dict[str, list[Path]] = field(default_factory=dict)

    def rows(self, table: str) -> pl.LazyFrame:
        """The rows of a table that was sent. Raises KeyError for another."""
        return pl.scan_ipc(self.parts[table], glob=False)

    def write(self, table: str, path: Path) -> None:
        """All rows of a table as one Parquet file, in the order they were sent in."""
        self.rows(table).drop(WRONG).sink_parquet(path, compression="lz4", statistics=False, maintain_order=True)


def untold(rows: int) -> None:
    """For those whom nobody waits for."""


@contextmanager
def looked(sources: Sequence[Source], spec: Specification, setting: Setting, tell: Callable[[int], None] = untold
           ) -> Iterator[Looked]:
    """Look files through. What lies on the disk meanwhile is gone afterwards; memory holds a batch at a time. tell: is told
    how many rows were looked through.
    """
    with TemporaryDirectory(prefix="goldthread-rows-") as name:
        found = Looked(Report(), Path(name))
        shape = Findings()
        for batch in batches(sources, spec, found.folder, shape):
            if batch.sheet not in found.sheets:
                found.sheets.append(batch.sheet)
            frame = read_columns(batch, spec, setting, found.report, found.sheets.index(batch.sheet))
            parts = found.parts.setdefault(batch.table.key, [])
            part = found.folder / f"{batch.table.key}-{len(parts)}.arrow"
            frame.write_ipc(part)
            parts.append(part)
            tell(sum(found.report.rows.values()))
        found.report.add_all(shape)
        if not shape:
            _whole(spec, found)
        check_rules(spec, {key: found.rows(key) for key in found.parts}, found.sheets, setting, found.report)
        yield found


def _whole(spec: Specification, found: Looked) -> None:
    """Tables without which the return is not whole; and that there is anything at all."""
    if not found.parts and not any(table.needed for table in spec.tables):
        group = found.report.group("", "", SHAPE, "there is no row in what was sent", "Fill in rows below the headings.")
        found.report.add(group, 1, [("", 0, "")], "")
    for table in spec.tables:
        if table.needed and table.key not in found.parts:
            group = found.report.group(table.key, "", SHAPE, f"“{table.title}” is not among what was sent",
                                       "Choose its file as well.")
            found.report.add(group, 1, [("", 0, "")], "")
