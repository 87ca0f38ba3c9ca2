"""One migrated database that all others of a test run are copied from: a copy takes a fraction of migrating anew."""
from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
LOCK = 7_302_611  # any number: whoever comes second waits until the first has made it


def address(url: str, database: str, *, user: str | None = None) -> str:
    """The same server, another database and perhaps another role."""
    parts = urlsplit(url)
    place = parts.netloc if user is None else f"{user}@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit((parts.scheme, place, f"/{database}", parts.query, ""))


def template() -> str:
    """The name of the migrated database, made anew when anything under goldthread/ has changed since it was."""
    name = f"goldthread_template_{os.environ.get('GOLDTHREAD_TEST_DB', 'main')}"
    now = _fingerprint()
    with psycopg.connect(address(os.environ["DATABASE_OWNER_URL"], "postgres"), autocommit=True) as owner:
        owner.execute("select pg_advisory_lock(%s)", [LOCK])
        found = owner.execute("select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [name])
        if found.fetchone() != (now,):
            owner.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
            owner.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
            _migrate(address(os.environ["DATABASE_OWNER_URL"], name))
            owner.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(name), now))
    return name


def copy_to(database: str, source: str = "") -> None:
    """A database of that name, migrated and empty or as `source` is, in the place of what was there."""
    source = source or template()
    with psycopg.connect(address(os.environ["DATABASE_OWNER_URL"], "postgres"), autocommit=True) as owner:
        owner.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))
        owner.execute(sql.SQL("create database {} template {}").format(sql.Identifier(database), sql.Identifier(source)))


def _migrate(url: str) -> None:
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "GOLDTHREAD_TEST"))}
    done = subprocess.run([sys.executable, "-m", "goldthread.commands", "migrate", "--no-static"], cwd=ROOT, text=True,
                          env=environ | {"DATABASE_URL": url, "DATABASE_OWNER_URL": url}, capture_output=True)
    if done.returncode:
        raise RuntimeError(f"The tests' database could not be made:\n{done.stdout}\n{done.stderr}")


def _fingerprint() -> str:
    """A digest of the code: migrations read declarations, rules and statements kept all over it."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted((ROOT / "goldthread").rglob("*")):
        if path.suffix in (".py", ".sql", ".toml", ".csv"):
            digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()
