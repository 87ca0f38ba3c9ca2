"""A database of its own for one bench, on the server all benches share, with Django set up on it as the owner."""
from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def fresh_database(name: str) -> Iterator[None]:
    """An empty, migrated database for as long as the block runs. Before any import of the project's models."""
    import psycopg

    from goldthread.commands.postgres import Server
    with Server(ROOT / ".run" / "bench-postgres", ephemeral=True) as server:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(f"drop database if exists {name} with (force)")
            connection.execute(f"create database {name}")
            os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"] = server.url(db=name)
            os.environ["GOLDTHREAD_DATABASE_ROLE"] = "owner"
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
            import django
            django.setup()
            from django.core.management import call_command
            from django.db import connection as ours
            call_command("migrate", verbosity=0)
            try:
                yield
            finally:
                ours.close()
                connection.execute(f"drop database {name} with (force)")


@contextmanager
def as_service() -> Iterator[None]:
    """Work as the role the service runs as, which owns nothing and cannot step over row-level security."""
    from django.db import connection
    before = os.environ["GOLDTHREAD_DATABASE_ROLE"]
    os.environ["GOLDTHREAD_DATABASE_ROLE"] = "app"
    connection.close()
    try:
        yield
    finally:
        connection.close()
        os.environ["GOLDTHREAD_DATABASE_ROLE"] = before
