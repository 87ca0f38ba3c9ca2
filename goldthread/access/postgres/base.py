"""PostgreSQL backend that tells each transaction on whose authority it runs.

Outside a transaction nobody is acting, so row-level security shows no row at all.
"""
from __future__ import annotations

from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base
from psycopg import sql
from psycopg.pq import Format

from goldthread.access import authority

_WHO = ("select set_config('app.partnership', %s, true), set_config('app.tokens', %s, true), "
        "set_config('app.user', %s, true)")


class DatabaseOperations(base.DatabaseOperations):
    """Says of a statement planned before what it was, where the framework says nothing."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """Pushes the current authority whenever a transaction opens, and runs as the role that owns no table."""

    ops_class = DatabaseOperations

    def _configure_role(self, connection: Any) -> bool:
        """Take the role when a connection is opened, which with a pool is once for many requests."""
        took = super()._configure_role(connection)
        if authority.running_as_owner():
            return took
        with connection.cursor() as cursor:
            row = cursor.execute("select current_user = %s", [settings.APP_ROLE]).fetchone()
            if not row[0]:
                cursor.execute(sql.SQL("set role {}").format(sql.Identifier(settings.APP_ROLE)))
        return True

    def set_autocommit(self, autocommit: bool, *args: Any, **kwargs: Any) -> None:
        super().set_autocommit(autocommit, *args, **kwargs)
        if not autocommit and authority.current() is not None and not self._told_at_begin:
            self.push_authority()
        self._told_at_begin = False

    def _start_transaction_under_autocommit(self) -> None:
        """Begin a transaction and say who is acting in one message to the server; the framework calls this for `atomic`."""
        who = authority.current()
        with self.cursor() as cursor:
            cursor.execute(f"BEGIN; {_WHO}" if who else "BEGIN", who.settings() if who else None)
        self._told_at_begin = True

    _told_at_begin = False

    def planned_cursor(self) -> Any:
        """A cursor whose statements the server plans once for each connection, and is then only told the values of.

        A pooler between us and the server must keep prepared statements (PgBouncer from 1.21 on does).
        """
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor = base.ServerBindingCursor(self.connection)
            loader = cursor.adapters.get_loader(base.TIMESTAMPTZ_OID, Format.TEXT)
            if loader.timezone != self.timezone:  # type: ignore[union-attr]
                base.register_tzloader(self.timezone, cursor)
        return self._prepare_cursor(cursor)

    def push_authority(self) -> None:
        """Tell the open transaction who is acting; a no-op when it has already failed."""
        if self.needs_rollback or self.connection.info.transaction_status == psycopg.pq.TransactionStatus.INERROR:
            return
        who = authority.current()
        with self.cursor() as cursor:
            cursor.execute(_WHO, who.settings() if who else ["", "{}", ""])
