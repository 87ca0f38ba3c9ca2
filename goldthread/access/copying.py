"""Whole tables by COPY, whichever role is at work; history and row-level security hold as for every other way in."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def copy_into(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows, each a sequence of values in the order of `columns`. cursor: psycopg's own.

    Through a temporary table for a role that policies hold for, because PostgreSQL does not let it COPY straight.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    cursor.execute("select row_security_active(%s::regclass)", [table])
    held = cursor.fetchone()[0]
    into = f"bulk_{table}" if held else table
    if held:
        cursor.execute(f"create temporary table {into} on commit drop as select {names} from {table} where false")
    with cursor.copy(f"copy {into} ({names}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
    if held:
        cursor.execute(f"insert into {table} ({names}) select {names} from {into}")
        cursor.execute(f"drop table {into}")


def array_text(values: Sequence[Any] | None) -> str | None:
    """A list of words or numbers as PostgreSQL writes an array, so that it need be worked out once for many rows."""
    if values is None:
        return None
    return "{" + ",".join("NULL" if each is None else f'"{_escaped(each)}"' for each in values) + "}"


def _escaped(each: Any) -> str:
    return str(each).replace("\\", "\\\\").replace('"', '\\"')
