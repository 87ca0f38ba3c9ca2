"""Rows laid down as Parquet: one file a table and month, put in place whole."""
from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import polars as pl
from django.db import connection

from goldthread.measure.engines import TYPES, DuckDB
from goldthread.measure.facts import DAY, DECIMAL, TEXT, WHOLE, FactTable
from goldthread.measure.store import Store

ORDER = {"happened": "process, step, outcome", "answered": "process, step, field, answer",
         "limits": "process, clock, kept", "spans": "span, process, began", "returned": "specification, part, field",
         "worked": "kind, result, origin, agency"}
LAID = {TEXT: pl.String, WHOLE: pl.Int64, DECIMAL: pl.Float64, DAY: pl.Date}
ZSTD = "(format parquet, compression zstd)"


def write_month(duck: DuckDB, store: Store, table: FactTable, month: int | None, select: str) -> None:
    """One file, put in place whole; taken away when there are no rows."""
    path, part = store.path(table.key, month), store.path(table.key, month).with_suffix(".part")
    names = ", ".join(column.name for column in table.columns)
    duck.connection.execute(f"copy (select {names} from ({select}) order by {ORDER[table.key]}, day) to '{part}' {ZSTD}"
                            if table.column("day") else
                            f"copy (select {names} from ({select}) order by {ORDER[table.key]}) to '{part}' {ZSTD}")
    os.chmod(part, 0o600)
    if duck.rows(f"select count(*) from read_parquet('{part}')")[0][0]:
        os.replace(part, path)
    else:
        part.unlink()
        path.unlink(missing_ok=True)


@contextmanager
def laid(store: Store, table: FactTable, rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """Rows as a table expression of DuckDB over a file that is gone after the block."""
    frame = pl.DataFrame(rows, schema={column.name: LAID[column.kind] for column in table.columns}, orient="row")
    with NamedTemporaryFile(dir=store.folder, suffix=".parquet") as kept:
        frame.write_parquet(kept.name)
        yield f"read_parquet('{kept.name}')"


@contextmanager
def copied(store: Store, table: FactTable, columns: list[str], sql: str, bound: Mapping[str, Any]) -> Iterator[str]:
    """What a statement reads, as a table expression of DuckDB over a file that is gone after the block."""
    types = ", ".join(f"'{name}': '{TYPES[column.kind]}'" for name in columns
                      if (column := table.column(name)) is not None)
    with NamedTemporaryFile(dir=store.folder, suffix=".csv") as kept:  # made for its owner alone
        copy_out(sql, bound, Path(kept.name))
        yield f"read_csv('{kept.name}', columns = {{{types}}}, header = false, nullstr = '\\N', auto_detect = false," \
              " delim = ',', quote = '\"', escape = '\"')"


def copy_out(sql: str, bound: Mapping[str, Any], path: Path) -> None:
    """The rows of a statement in a CSV file."""
    with connection.cursor() as cursor, path.open("wb") as out:
        with cursor.cursor.copy(f"copy ({sql}) to stdout (format csv, null '\\N')", bound or None) as rows:
            for data in rows:
                out.write(data)


@contextmanager
def changes(store: Store, table: str, columns: str, only: str = "true", *, new: bool) -> Iterator[set[int]]:
    """The months in which rows are others after the block than before it. new: there was nothing to be compared with."""
    sql, found = f"select month, count(*), sum(hash({columns})) from {table} where {only} group by 1", set[int]()

    def now() -> set[tuple[Any, ...]]:
        with DuckDB(store.files()) as duck:
            return set(duck.rows(sql))
    before = set() if new else now()
    yield found
    found.update({row[0] for row in before ^ now()})
