"""The second net: the same rule as the application's filter, held by PostgreSQL itself, plus history and append-only.

Runs after every migration over every table there is, so a new table is protected by existing.
"""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, connections, models
from psycopg import sql

POLICY = """
alter table {table} enable row level security;
drop policy if exists readers on {table};
create policy readers on {table} to {role} using (
  ((select app_is_system()) and ((select app_partnership()) is null or partnership_id = (select app_partnership())))
  or (partnership_id = (select app_partnership()) and readers && (select app_tokens())
      and not denied && (select app_tokens())));
"""
WITHIN = """
drop policy if exists within on {table};
create policy within on {table} as restrictive to {role} using (
  (select app_is_system()) or within is null or within && (select app_tokens()));
"""
HISTORY = """
create or replace trigger history_insert after insert on {table} referencing new table as new_rows
  for each statement execute function audit.log_insert();
create or replace trigger history_update after update on {table} referencing old table as old_rows new table as new_rows
  for each statement execute function audit.log_update();
create or replace trigger history_delete after delete on {table} referencing old table as old_rows
  for each statement execute function audit.log_delete();
"""
APPEND_ONLY = """
create or replace trigger append_only before update or delete on {table}
  for each row execute function audit.append_only({mutable});
"""
GRANTS = """
grant usage on schema public to {role};
grant select, insert, update, delete on all tables in schema public to {role};
grant usage, select on all sequences in schema public to {role};
grant execute on all functions in schema public to {role};
grant usage on schema audit to {role};
revoke all on all tables in schema audit from {role};
"""


def ours() -> list[type[models.Model]]:
    """Every concrete model of the project."""
    return [m for m in apps.get_models() if m.__module__.startswith("goldthread.")]


def guarded() -> list[Any]:
    """Every model whose rows are seen by their readers only."""
    from goldthread.access.models import Guarded
    return [m for m in ours() if issubclass(m, Guarded)]


def protect_tables(using: str = "default", sender: Any = None, **_: Any) -> None:
    """Put policies, history and append-only triggers on every table; safe to run at any time."""
    if sender is not None and sender.name != "goldthread.access":
        return  # post_migrate fires once an app; all tables are done on our own turn
    from goldthread.access.models import Confined, Guarded
    role = settings.APP_ROLE
    with connections[using].cursor() as cursor:
        cursor.execute(files("goldthread.access").joinpath("audit.sql").read_text().replace("{role}", role))
        existing = set(connections[using].introspection.table_names(cursor))
        for model in (m for m in ours() if m._meta.db_table in existing):
            table = model._meta.db_table
            if getattr(model, "has_history", True):
                cursor.execute(HISTORY.format(table=table))
            if issubclass(model, Guarded):
                cursor.execute(POLICY.format(table=table, role=role))
                confined = issubclass(model, Confined)
                if confined:
                    cursor.execute(WITHIN.format(table=table, role=role))
                if model.append_only:
                    kept = ("readers", "denied", *(("within",) if confined else ()), *model.mutable)
                    names = ", ".join(f"'{n}'" for n in kept)
                    cursor.execute(APPEND_ONLY.format(table=table, mutable=names))
        cursor.execute(GRANTS.format(role=role))


@contextmanager
def held_to_them() -> Iterator[None]:
    """Within, statements written by hand see the rows of whoever acts, even where the owner of the tables runs them.

    In the caller's transaction, whose end in an error sets the role back by itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        before = cursor.fetchone()[0]
        cursor.execute(sql.SQL("set local role {}").format(sql.Identifier(settings.APP_ROLE)))
        yield
        cursor.execute(sql.SQL("set local role {}").format(sql.Identifier(before)))
