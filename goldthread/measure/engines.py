"""What runs the SQL of figures over Parquet files: DuckDB in this process, or Spark where a region outgrows one machine."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from goldthread.measure.facts import DAY, DECIMAL, TABLES, TEXT, WHOLE

THREADS = 2
TYPES = {TEXT: "varchar", WHOLE: "bigint", DECIMAL: "double", DAY: "date"}


class Engine(Protocol):
    """Runs standard SQL over tables that are named by their keys."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a statement."""


class DuckDB:
    """Facts in the given files, by table. Use with `with`: the files are let go at the end.

    Nothing outside the files is reached: no extension is loaded and no setting can be changed by a statement.
    """

    def __init__(self, files: Mapping[str, Sequence[Path]]) -> None:
        import duckdb  # 30 MB, which a page without figures need not hold
        self.connection = duckdb.connect(config={"threads": THREADS, "autoinstall_known_extensions": "false",
                                                 "autoload_known_extensions": "false"})
        for key, table in TABLES.items():
            paths = [str(path) for path in files.get(key, ())]
            if paths:
                names = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
                self.connection.execute(f"create view {key} as select * from read_parquet([{names}])")
            else:
                empty = ", ".join(f"null::{TYPES[column.kind]} as {column.name}" for column in table.columns)
                self.connection.execute(f"create view {key} as select {empty} where false")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.connection.execute(sql).fetchall()
        return found

    def __enter__(self) -> DuckDB:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()


class Spark:
    """The same over a Spark session, which must be able to read the files. For regions; needs the package pyspark."""

    def __init__(self, session: Any, files: Mapping[str, Sequence[Path]]) -> None:
        self.session = session
        for key, table in TABLES.items():
            paths = [str(path) for path in files.get(key, ())]
            if paths:
                session.read.parquet(*paths).createOrReplaceTempView(key)
            else:
                columns = ", ".join(f"{column.name} {SPARK_TYPES[column.kind]}" for column in table.columns)
                session.createDataFrame([], columns).createOrReplaceTempView(key)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.sql(sql).collect()]


SPARK_TYPES = TYPES | {TEXT: "string"}
