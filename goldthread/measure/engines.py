"""What runs the SQL of figures over Parquet files: DuckDB in this process, or Spark where a region outgrows one machine.

Which of them counts the scorecard is said by one setting of the environment, GOLDTHREAD_ENGINE: duckdb (default) or spark.
Where Spark runs is said by Spark's own configuration; without any, on this machine.
"""
from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from goldthread.measure.facts import DAY, DECIMAL, TABLES, TEXT, WHOLE

SETTING = "GOLDTHREAD_ENGINE"
DUCKDB, SPARK = "duckdb", "spark"
THREADS = 2
TYPES = {TEXT: "varchar", WHOLE: "bigint", DECIMAL: "double", DAY: "date"}


class BadEngine(RuntimeError):
    """The setting names no engine, or one that is not installed; the message says how to mend it."""


class Engine(Protocol):
    """Runs standard SQL over tables that are named by their keys."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a statement."""


class DuckDB:
    """Facts in the given files, by table, but for those of the cases `without` and, unless `returned`, but for those of
    children that only returns tell of. Use with `with`: it lets the files go.

    Nothing outside the files is reached: no extension is loaded and no setting can be changed by a statement.
    """

    def __init__(self, files: Mapping[str, Sequence[Path]], without: Collection[int] = (), returned: bool = True) -> None:
        import duckdb  # 30 MB, which a page without figures need not hold
        self.connection = duckdb.connect(config={"threads": THREADS, "autoinstall_known_extensions": "false",
                                                 "autoload_known_extensions": "false"})
        for key, table in TABLES.items():
            paths = [str(path) for path in files.get(key, ())]
            if paths:
                names = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
                left = [f"(case_id is null or case_id not in ({', '.join(map(str, without))}))"
                        ] if without and table.column("case_id") else []
                left += ["recorded = 'yes'"] if not returned and table.column("recorded") else []
                only = f" where {' and '.join(left)}" if left else ""
                self.connection.execute(f"create view {key} as select * from read_parquet([{names}]){only}")
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


def chosen() -> str:
    """The engine that the setting names: DUCKDB or SPARK. Raises BadEngine."""
    found = os.environ.get("GOLDTHREAD_ENGINE", "").strip().lower() or DUCKDB
    if found not in (DUCKDB, SPARK):
        raise BadEngine(f"{SETTING} is “{found}”. Set it to {DUCKDB} or {SPARK}, or unset it")
    if found == SPARK and find_spec("pyspark") is None:
        raise BadEngine(f"{SETTING} is {SPARK}, but the package pyspark is not installed here. Install it with the Java it "
                        f"asks for, or set {SETTING} to {DUCKDB}")
    return found


@contextmanager
def engine(files: Mapping[str, Sequence[Path]]) -> Iterator[Engine]:
    """The chosen engine over facts in the given files, let go at the end. Raises BadEngine."""
    if chosen() == DUCKDB:
        with DuckDB(files) as duck:
            yield duck
        return
    with spark_session() as session:
        yield Spark(session, files)


@contextmanager
def spark_session() -> Iterator[Any]:
    """Spark, let go at the end where it was begun here. It can weigh pairs for linkage too: what a process has once begun
    Spark without, it never has."""
    from pyspark.sql import SparkSession  # half a gigabyte, which few installations have
    from splink.backends.spark import similarity_jar_location
    before = SparkSession.getActiveSession()
    session = before or SparkSession.builder.appName("goldthread").config(
        "spark.jars", similarity_jar_location()).getOrCreate()
    try:
        yield session
    finally:
        if before is None:
            session.stop()


SPARK_TYPES = TYPES | {TEXT: "string"}
