"""The steps of setting up the demo: database, partnership, a free port, the first page, the welcome."""

import errno
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime

from goldthread.commands.refusal import Refusal
from goldthread.commands.supervisor import Child

PORTS_TO_TRY = 20
FIRST_PAGE_SECONDS = 60
MARK = "goldthread demo"


def prepare(*, scale: float, seed: int, now: datetime, say: Callable[[str], None]) -> None:
    """Bring the database to this version, load the partnership once. Raises Refusal for foreign data."""
    from django.core.management import call_command

    from goldthread.borough.demo import demo_ready, load_demo
    from goldthread.borough.loading.installation import CannotLoad
    from goldthread.commands.migrate import pending
    from goldthread.commands.static_files import collect

    _claim_database()
    if pending():
        say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
    if collect():
        say("Static files collected.")
    if not demo_ready():
        say("Inventing the demo partnership …")
        try:
            load_demo(scale=scale, seed=seed, now=now)
        except (CannotLoad, LookupError, ValueError) as reason:
            raise Refusal(str(reason)) from None


def free_port(host: str, first: int, say: Callable[[str], None]) -> int:
    """The first port from `first` on that nothing listens on; says so when it is not `first` itself."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(first, first + PORTS_TO_TRY):
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host.strip("[]"), port))
            except OSError as error:
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise Refusal(f"cannot listen on {host} port {port}: {error.strerror}.") from None
                say(f"Port {port} is taken; trying {port + 1}.")
                continue
            return port
    raise Refusal(f"ports {first} to {port} are all taken: give another with --port.")


def wait_for(address: str, web: Child) -> None:
    """Wait until the first page answers. Raises Refusal when the web server ends or a minute passes."""
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + FIRST_PAGE_SECONDS
    said = "nothing yet"
    while time.monotonic() < deadline:
        if web.ended():
            raise Refusal("the web server did not start; its own words are above.")
        try:
            with straight.open(address, timeout=10):
                return
        except urllib.error.HTTPError as error:
            raise Refusal(f"the first page answers with error {error.code}; the reason is above.") from None
        except OSError as error:
            said = str(error)
        time.sleep(0.1)
    raise Refusal(f"the first page did not answer within {FIRST_PAGE_SECONDS} seconds: {said}.")


def welcome(address: str, seconds: float | None) -> str:
    """The address and one sign-in link per persona; `seconds` is how long the start took, if it was ours."""
    from goldthread.web.demo import persona_links

    links = persona_links(address.rstrip("/"))
    width = max((len(persona) for persona, _ in links), default=0)
    ready = f" (ready after {seconds:.0f} s)" if seconds is not None else ""
    lines = ["", f"Goldthread demo: {address}{ready}", "", "Sign in as"]
    lines += [f"  {persona:<{width}}  {url}" for persona, url in links]
    lines += ["", "Every person and place in it is invented."]
    lines += ["Stop it with Ctrl-C.", ""] if seconds is not None else [""]
    return "\n".join(lines)


def _claim_database() -> None:
    """Mark a database that holds nobody's work as the demo's; refuse one that does and lacks the mark."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_database(), shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = current_database()"
        )
        name, mark = cursor.fetchone()
        if mark == MARK:
            return
        if _in_use(connection, cursor):
            raise Refusal(f"database '{name}' holds data not of the demo: give the demo an empty one.")
        cursor.execute(f"COMMENT ON DATABASE {connection.ops.quote_name(name)} IS %s", [MARK])


def _in_use(connection, cursor) -> bool:
    """Whether anyone's work is in it: tables that are not ours, or ours with a user or a partnership."""
    from goldthread.orgs.models import Partnership, User

    tables = set(connection.introspection.table_names(cursor))
    if tables and "django_migrations" not in tables:
        return True
    for table in {Partnership._meta.db_table, User._meta.db_table} & tables:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {connection.ops.quote_name(table)})")
        if cursor.fetchone()[0]:
            return True
    return False
