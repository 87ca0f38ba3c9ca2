"""A database of its own, copied from the test database, in which things may be saved and then spoilt."""
from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction
from psycopg import sql


class _Undone(Exception):
    """Ends a block whose work is thrown away."""


@contextmanager
def separate_database(suffix: str) -> Iterator[psycopg.Connection[Any]]:
    """Django's connection leads to the copy within the block. Gives a second, superuser's connection to it."""
    usual = connection.settings_dict["NAME"]
    copy = f"{usual}_{suffix}"
    connection.close()
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        # a browser test's event loop has Django keep a second connection, and a database in use cannot be copied
        owner.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [usual])
        owner.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(copy)))
        owner.execute(sql.SQL("create database {} template {}").format(sql.Identifier(copy), sql.Identifier(usual)))
        connection.settings_dict["NAME"] = copy
        try:
            with psycopg.connect(os.environ["DATABASE_OWNER_URL"], dbname=copy, autocommit=True) as second:
                yield second
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual
            owner.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(copy)))


@contextmanager
def as_superuser() -> Iterator[Any]:
    """Step out of the service's role within the open transaction; gives a cursor."""
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        yield cursor
        cursor.execute(f"set role {settings.APP_ROLE}")


@contextmanager
def triggers_off(cursor: Any) -> Iterator[None]:
    cursor.execute("set local session_replication_role = replica")
    yield
    cursor.execute("set local session_replication_role = origin")


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done to the database within the block is undone at its end."""
    try:
        with transaction.atomic():
            yield
            raise _Undone
    except _Undone:
        return
