"""What an installation holds: nothing, an invented borough (it is marked as one), or somebody's real work."""
from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import connection

from goldthread.access.rows import ours
from goldthread.orgs.models import Partnership, User
from goldthread.people.models import Person

#: The mark is the comment on this table, so that it comes and goes with the data in one transaction.
MARKED = Partnership._meta.db_table
LOG = ("audit.change", "audit.reading", "audit.seal", "audit.mark")


class CannotLoad(RuntimeError):
    """The borough may not be loaded here; the message says why and how to mend it."""


def mark() -> dict[str, Any] | None:
    """What the installation was marked with when an invented borough was put into it; None when it was not."""
    with connection.cursor() as cursor:
        cursor.execute("select obj_description(to_regclass(%s), 'pg_class')", [MARKED])
        text = cursor.fetchone()[0] or ""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found.get("invented") if isinstance(found, dict) else None


def set_mark(values: dict[str, Any]) -> None:
    """Mark the installation as invented. For the owner of the tables, in the transaction that loads."""
    with connection.cursor() as cursor:
        cursor.execute(f"comment on table {MARKED} is %s", [json.dumps({"invented": values}, sort_keys=True)])


def insist_on_room() -> None:
    """Raises CannotLoad for a role that does not own the tables, and where there is anything already."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_has_role(current_user, relowner, 'usage') and not row_security_active(oid) "
                       "from pg_class where oid = %s::regclass", [Person._meta.db_table])
        if not cursor.fetchone()[0]:
            raise CannotLoad("Only the owner of the tables loads a borough: give its address in DATABASE_OWNER_URL.")
        cursor.execute(f"select exists (select from {MARKED}) or exists (select from {User._meta.db_table})"
                       f" or exists (select from {Person._meta.db_table})")
        taken = cursor.fetchone()[0]
    if taken:
        held = "an invented borough already: empty it first (--fresh)" if mark() else "real data: use an empty one"
        raise CannotLoad(f"This database holds {held}.")


def empty() -> None:
    """Throw away an invented borough and its history, in the caller's transaction. CannotLoad where it is not marked.

    The anchor of the history's seals goes when the transaction is saved: it speaks of rows that are no more.
    """
    if mark() is None:
        raise CannotLoad("This database is not marked as invented, so nothing in it is thrown away.")
    tables = ", ".join([*(model._meta.db_table for model in ours()), "django_session", *LOG])
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # what waits for the end of the transaction bars emptying
        cursor.execute(f"truncate {tables} restart identity cascade")
        cursor.execute("alter sequence process_case_number restart")
        cursor.execute(f"comment on table {MARKED} is null")
    connection.on_commit(lambda: settings.ANCHOR_FILE.unlink(missing_ok=True))


def check_now() -> None:
    """Check every reference made so far, so that what waits to be checked does not pile up in memory."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
