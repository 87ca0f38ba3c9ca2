"""The database the pages are measured on: a whole borough of one scale, made once in a server of its own and kept.

Up to scale 1 the borough is loaded as it is generated; a larger one is the borough of scale 1 with its rows copied as
other people (`bench.pages_copies`). A borough once made is kept and brought to this version's tables, so that a second
run begins at once; `--fresh` has it made anew, and a run says when what invents boroughs has changed since.
"""
from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from goldthread.commands.postgres import OWNER, SERVICE, Server

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(os.environ.get("GOLDTHREAD_BENCH_FOLDER", ROOT / ".run" / "bench-pages"))
TODAY = date(2026, 11, 20)
SEED = 7
KEY = "only-for-measuring-on-this-machine-0123456789-abcdefghijklmnopqrstuvwxyz"
SAY_EVERY = 30  # seconds


def server(*, loading: bool = False) -> Server:
    """The PostgreSQL of all scales: as a service would run it, or (`loading`) without care for a power cut."""
    return Server(FOLDER / "postgres", ephemeral=loading)


def environment(running: Server, scale: float, *, owner: bool) -> dict[str, str]:
    """What Django's settings are told, for the role that owns the tables or the one the service runs as."""
    home, name = os.environ.get("GOLDTHREAD_HOME") or str(FOLDER / "home"), database(scale)
    return {"DATABASE_URL": running.url(SERVICE, name), "DATABASE_OWNER_URL": running.url(OWNER, name),
            "GOLDTHREAD_DATABASE_ROLE": "owner" if owner else "app", "GOLDTHREAD_HOME": home,
            "GOLDTHREAD_SECRET_KEY": KEY, "GOLDTHREAD_HTTPS": "0", "GOLDTHREAD_HOSTS": "localhost,127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "goldthread.config.settings", "PYTHONPATH": str(ROOT)}


def database(scale: float) -> str:
    """The name of the database that holds the borough of a scale."""
    return f"borough_{scale:g}".replace(".", "_")


def fill_apart(scale: float) -> None:
    """Have the borough there, made in processes of their own, so that Django here can be set up for the service's role."""
    if scale > 1:
        fill_apart(1)
    subprocess.run([sys.executable, "-m", "bench.pages_data", f"{scale:g}"], cwd=ROOT, check=True)


def forget() -> None:
    """Delete every borough kept. Raises PostgresError while one is in use."""
    server().remove()


def fill(scale: float) -> None:
    """Make the borough unless it is there, and bring tables and static files to this version.

    Raises ValueError for a scale above 1 that is not a whole number.
    """
    if scale > 1 and scale != int(scale):
        raise ValueError(f"A borough larger than scale 1 is so many times that one: {scale:g} is no whole number.")
    with _alone(), server(loading=True) as running:
        made_for = _made_for(running, scale)
        fresh = made_for is None
        if not fresh and made_for != edition(scale):
            print(f"  the borough of scale {scale:g} was made by earlier code; --fresh makes it anew", file=sys.stderr)
        if fresh:
            _create(running, scale, template=database(1) if scale > 1 else "template0")
        os.environ.update(environment(running, scale, owner=True))
        import django
        django.setup()
        from django.core.management import call_command

        from goldthread.commands.static_files import collect
        call_command("migrate", interactive=False, verbosity=0)
        collect()
        if fresh:
            with _telling() as tell:
                _copy(int(scale)) if scale > 1 else _load(scale, tell)
            with _administering(running) as connection:
                connection.execute(f"comment on database {database(scale)} is '{edition(scale)}'")
        _index_yardstick()


def edition(scale: float) -> str:
    """Changes with the code that invents a borough and, above scale 1, with that which copies one."""
    folder = ROOT / "goldthread" / "borough"
    files = [file for file in sorted(folder.rglob("*.*")) if file.suffix in (".py", ".txt", ".csv", ".toml")]
    files += [ROOT / "bench" / "pages_copies.py"] * (scale > 1)
    return sha256(f"{SEED} {TODAY}".encode() + b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until nobody else makes a borough here."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "filling.lock", "w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _administering(running: Server) -> Iterator[Any]:
    import psycopg
    with psycopg.connect(running.url(db="postgres"), autocommit=True) as connection:
        yield connection


def _made_for(running: Server, scale: float) -> str | None:
    """The edition a finished borough was made with."""
    with _administering(running) as connection:
        asked = "select shobj_description(oid, 'pg_database') from pg_database where datname = %s"
        return next((row[0] for row in connection.execute(asked, [database(scale)])), None)


def _create(running: Server, scale: float, template: str) -> None:
    with _administering(running) as connection:
        connection.execute(f"drop database if exists {database(scale)} with (force)")
        connection.execute(f"create database {database(scale)} template {template} strategy file_copy")


@contextmanager
def _telling() -> Iterator[Any]:
    begun = said = time.monotonic()

    def tell(what: str, done: int, of: int) -> None:
        nonlocal said
        if time.monotonic() - said > SAY_EVERY or done == of:
            said = time.monotonic()
            print(f"  {what}: {done:,} of {of:,}, {said - begun:.0f} s", file=sys.stderr, flush=True)

    yield tell
    print(f"  made in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


def _load(scale: float, tell: Any) -> None:
    from django.db import connection

    from goldthread.borough import Borough, Plan
    from goldthread.borough.loading import load
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")  # history is measured elsewhere
    load(Borough(Plan(scale, SEED, TODAY)), now=datetime.now(UTC), progress=tell)
    connection.cursor().execute("vacuum analyze")
    connection.close()


def _index_yardstick() -> None:
    """The index that the yardstick's search by a part of a name needs, which ours has no use for."""
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("create index if not exists yardstick_text on people_searchkey using gin (text gin_trgm_ops)")


def _copy(times: int) -> None:
    import psycopg

    from bench.pages_copies import multiply
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        multiply(connection, times)
        connection.execute("vacuum analyze")


if __name__ == "__main__":
    fill(float(sys.argv[1]))
