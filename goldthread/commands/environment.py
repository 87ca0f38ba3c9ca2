"""What the environment must hold before Django reads its settings: home, database addresses, role.

DATABASE_OWNER_URL names the role that owns the tables and migrates, DATABASE_URL the one the service runs as.
With neither, a private PostgreSQL is started and both point to it; an operator may give DATABASE_URL alone.
"""

import os
from contextlib import ExitStack
from pathlib import Path

from goldthread.commands.postgres import OWNER, SERVICE, Server
from goldthread.commands.refusal import Refusal

CHECKOUT = Path(__file__).resolve().parents[2]
ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL")


def setting_home() -> Path:
    """GOLDTHREAD_HOME, set if absent or empty to `.run` in the checkout, for an installed copy in this folder."""
    base = CHECKOUT if (CHECKOUT / "pyproject.toml").exists() else Path.cwd()
    os.environ["GOLDTHREAD_HOME"] = os.environ.get("GOLDTHREAD_HOME") or str(base / ".run")
    return Path(os.environ["GOLDTHREAD_HOME"])


def connect(stack: ExitStack, role: str) -> Server | None:
    """Point the settings at the database as `role` ("owner" or "app"); returns the embedded server if any.

    The server is handed back when `stack` closes. Raises Refusal when only the owner's address is given.
    """
    os.environ["GOLDTHREAD_DATABASE_ROLE"] = role
    if os.environ.get("DATABASE_URL"):
        return None
    if os.environ.get("DATABASE_OWNER_URL"):
        raise Refusal("DATABASE_OWNER_URL is set, but not DATABASE_URL, which the service uses: set both.")
    server = stack.enter_context(Server(setting_home() / "postgres"))
    os.environ["DATABASE_OWNER_URL"] = server.url(OWNER)
    os.environ["DATABASE_URL"] = server.url(SERVICE)
    stack.callback(_forget_addresses)
    return server


def start_django() -> None:
    """Load the settings and the applications."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    import django

    django.setup()


def _forget_addresses() -> None:
    for name in ADDRESSES:
        os.environ.pop(name, None)
