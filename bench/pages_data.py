"""The database `pages` measures on: a whole borough of one scale, loaded once into a server of its own and kept."""
from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from goldthread.commands.postgres import OWNER, SERVICE, Server

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 20)
SEED = 7
KEY = "only-for-measuring-on-this-machine-0123456789-abcdefghijklmnopqrstuvwxyz"
SAY_EVERY = 30  # seconds


def folder(scale: float) -> Path:
    """Where the data of one scale are kept, and the servers' files beside them; delete it to load anew."""
    return ROOT / ".run" / f"bench-{scale:g}"


def server_of(scale: float, *, loading: bool = False) -> Server:
    """The PostgreSQL of one scale: as a service would run it, or (`loading`) without care for a power cut."""
    return Server(folder(scale) / "postgres", ephemeral=loading)


def environment(server: Server, scale: float, *, owner: bool) -> dict[str, str]:
    """What Django's settings are told, for the role that owns the tables or the one the service runs as."""
    home = os.environ.get("GOLDTHREAD_HOME") or str(folder(scale) / "home")
    return {"DATABASE_URL": server.url(SERVICE), "DATABASE_OWNER_URL": server.url(OWNER),
            "GOLDTHREAD_DATABASE_ROLE": "owner" if owner else "app", "GOLDTHREAD_HOME": home,
            "GOLDTHREAD_SECRET_KEY": KEY, "GOLDTHREAD_HTTPS": "0", "GOLDTHREAD_HOSTS": "localhost,127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "goldthread.config.settings", "PYTHONPATH": str(ROOT)}


def fill(scale: float) -> None:
    """Load the borough unless it is there, and bring tables and static files to this version."""
    with server_of(scale, loading=True) as server:
        os.environ.update(environment(server, scale, owner=True))
        import django
        django.setup()
        from django.core.management import call_command

        from goldthread.borough.loading.installation import mark
        from goldthread.commands.static_files import collect
        call_command("migrate", interactive=False, verbosity=0)
        collect()
        if mark() is None:
            _load(scale)


def fill_apart(scale: float) -> None:
    """The same in a process of its own, so that Django here can be set up for the service's role."""
    subprocess.run([sys.executable, "-m", "bench.pages_data", f"{scale:g}"], cwd=ROOT, check=True)


def _load(scale: float) -> None:
    from django.db import connection

    from goldthread.borough import Borough, Plan
    from goldthread.borough.loading import load
    begun = said = time.monotonic()

    def tell(what: str, done: int, of: int) -> None:
        nonlocal said
        if time.monotonic() - said > SAY_EVERY or done == of:
            said = time.monotonic()
            print(f"  {what}: {done:,} of {of:,}, {said - begun:.0f} s", file=sys.stderr, flush=True)

    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")  # history is measured elsewhere
    load(Borough(Plan(scale, SEED, TODAY)), now=datetime.now(UTC), progress=tell)
    connection.cursor().execute("vacuum analyze")
    connection.close()


if __name__ == "__main__":
    fill(float(sys.argv[1]))
