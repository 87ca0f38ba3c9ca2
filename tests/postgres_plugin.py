"""Gives every test run a real PostgreSQL before Django's settings are read (a conftest would be too late).

An ephemeral server in .run/test-postgres is shared by all sessions of this checkout; GOLDTHREAD_TEST_DB names
the session's own test database in it. TEST_DATABASE_URL names another server (its role must be a superuser).
An operator's DATABASE_URL is never used: tests must not reach a real database.
"""

import os
from pathlib import Path

from goldthread.commands.postgres import Server
from goldthread.commands.postgres_binaries import find_binaries, major_version

ROOT = Path(__file__).resolve().parent.parent
_servers: list[Server] = []


def _prepare() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        os.environ["DATABASE_OWNER_URL"] = os.environ["DATABASE_URL"] = given
        return
    folder = ROOT / ".run" / "test-postgres" / str(major_version(find_binaries()))
    server = Server(folder, ephemeral=True).start()
    _servers.append(server)
    os.environ["DATABASE_OWNER_URL"] = os.environ["DATABASE_URL"] = server.url()


def pytest_unconfigure() -> None:
    for server in _servers:
        server.release()


_prepare()
