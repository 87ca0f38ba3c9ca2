"""The second net under every guarded table there is: a forgotten filter, raw SQL or a wrong write gets nowhere.

A new table is tested by existing. Each protection is also switched off once, to show that the test would notice.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import count
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import ForeignKey, ManyToManyField

from goldthread.access.actor import NoActor, NotThroughActions, acting, system, writing
from goldthread.access.authority import Authority
from goldthread.access.models import Confined, Guarded, without_application_filter
from goldthread.access.rows import guarded, ours, protect_tables
from tests.access.separate import as_superuser, triggers_off, undone
from tests.support import make_partnership

pytestmark = pytest.mark.django_db
TABLES = guarded()
every_table = pytest.mark.parametrize("model", TABLES, ids=lambda m: m._meta.label_lower)
MINE = "user:1"
VALUES = {"bigint": "{n}", "integer": "{n}", "smallint": "{n} %% 1000", "numeric": "0", "double precision": "0",
          "boolean": "false", "date": "current_date", "timestamp with time zone": "now()", "time without time zone": "now()",
          "jsonb": "'{{}}'", "ARRAY": "'{{}}'", "uuid": "gen_random_uuid()", "bytea": "''", "interval": "'1 day'",
          "tsvector": "''", "daterange": "'empty'"}
numbers = count(1)


def put(model: Any, partnership: int, readers: list[str], denied: list[str]) -> int:
    """A row with nothing in it but who may read it, put in behind all constraints and triggers."""
    table = model._meta.db_table
    with as_superuser() as cursor, triggers_off(cursor):
        cursor.execute("select conname from pg_constraint where conrelid = %s::regclass and contype = 'c'", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f'alter table {table} drop constraint "{name}"')
        cursor.execute("select column_name, data_type, character_maximum_length from information_schema.columns"
                       " where table_name = %s and is_nullable = 'NO' and column_default is null and is_identity = 'NO'"
                       " and is_generated = 'NEVER' and table_schema = 'public'", [table])
        number = next(numbers)
        columns = {name: VALUES.get(kind, "'{n}'").format(n=str(number)[-(longest or 9):])
                   for name, kind, longest in cursor.fetchall()}
        columns |= {"partnership_id": "%(partnership)s", "readers": "%(readers)s", "denied": "%(denied)s"}
        names = ", ".join(f'"{name}"' for name in columns)
        cursor.execute(f"insert into {table} ({names}) values ({', '.join(columns.values())}) returning id",
                       {"partnership": partnership, "readers": readers, "denied": denied})
        return int(cursor.fetchone()[0])


class Rows:
    """One row of mine and three that are not: of another partnership, for other readers, and denied to me."""

    def __init__(self, model: Any) -> None:
        self.model, self.table = model, model._meta.db_table
        here, there = make_partnership().pk, make_partnership().pk
        self.here, self.there = here, there
        self.me = Authority(here, frozenset({MINE, "agency:1:1"}), None)
        self.mine = put(model, here, [MINE], [])
        self.others = [put(model, there, [MINE], []), put(model, here, ["user:2"], []),
                       put(model, here, [MINE], ["agency:1:1"])]

    @property
    def all(self) -> list[int]:
        return sorted([self.mine, *self.others])

    def confine(self, within: list[str] | None) -> None:
        """Ask for one of these tokens besides, on every row."""
        with as_superuser() as cursor, triggers_off(cursor):
            cursor.execute(f"update {self.table} set within = %s where id = any(%s)", [within, self.all])

    def by_sql(self) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(f"select id from {self.table} where id = any(%s) order by id", [self.all])
            return [number for (number,) in cursor.fetchall()]

    def by_model(self) -> list[int]:
        return list(self.model.objects.filter(pk__in=self.all).order_by("pk").values_list("pk", flat=True))

    def run(self, statement: str, params: list[Any]) -> int:
        """How many rows a statement touched, acting on my own authority."""
        with transaction.atomic(), acting(self.me), connection.cursor() as cursor:
            cursor.execute(statement.format(table=self.table), params)
            return int(cursor.rowcount)


@pytest.fixture
def rows(model: Any) -> Iterator[Rows]:
    with undone():
        yield Rows(model)


@pytest.fixture
def net_off(model: Any) -> Callable[[], AbstractContextManager[None]]:
    """Switches PostgreSQL's own net off for the table; undone with everything else."""
    def switch() -> AbstractContextManager[None]:
        with as_superuser() as cursor:
            cursor.execute(f"alter table {model._meta.db_table} disable row level security")
        return nullcontext()
    return switch


@every_table
def test_only_my_row_comes_whichever_way_i_ask(rows: Rows) -> None:
    with acting(rows.me):
        assert rows.by_model() == [rows.mine]
        assert rows.by_sql() == [rows.mine]
        with without_application_filter():
            assert rows.by_model() == [rows.mine]


@every_table
def test_negative_control_without_the_net_a_forgotten_filter_shows_everything(rows: Rows, net_off: Any) -> None:
    with net_off(), acting(rows.me):
        assert rows.by_sql() == rows.all
        with without_application_filter():
            assert rows.by_model() == rows.all
        assert rows.by_model() == [rows.mine], "the application's own filter is a net by itself"


@every_table
def test_nobody_sees_nothing_and_the_system_what_it_was_given(rows: Rows) -> None:
    with pytest.raises(NoActor):
        rows.by_model()
    assert rows.by_sql() == []
    with acting(system(rows.here)):
        assert rows.by_sql() == rows.by_model() == sorted({*rows.all} - {rows.others[0]})
    with acting(system()):
        assert rows.by_sql() == rows.by_model() == rows.all
    with acting(Authority(None, frozenset({MINE}))):
        assert rows.by_sql() == [], "no partnership is not every partnership"


@every_table
def test_what_i_may_not_read_i_cannot_write(rows: Rows) -> None:
    assert rows.run("update {table} set readers = readers where id = any(%s)", [rows.all]) == 1
    assert rows.run("update {table} set readers = readers where id = any(%s)", [rows.others]) == 0
    for column, value in (("readers", "array['user:9']"), ("denied", f"array['{MINE}']")):
        with pytest.raises(DatabaseError, match="row-level security"):
            rows.run(f"update {{table}} set {column} = {value} where id = %s", [rows.mine])
    if not rows.model.append_only:
        with pytest.raises(DatabaseError, match="row-level security"):
            rows.run("update {table} set partnership_id = %s where id = %s", [rows.there, rows.mine])
    assert rows.run("delete from {table} where id = any(%s)", [rows.others]) == 0
    copy = "insert into {table} select (jsonb_populate_record(t, %s)).* from {table} t where id = %s"
    changed = f'{{"id": 987654321, "partnership_id": {rows.there}}}'
    with pytest.raises(DatabaseError, match="row-level security"):
        rows.run(copy, [changed, rows.mine])


@every_table
def test_negative_control_without_the_net_foreign_rows_can_be_written(rows: Rows, net_off: Any) -> None:
    with net_off():
        assert rows.run("update {table} set readers = readers where id = any(%s)", [rows.others]) == 3


@pytest.mark.parametrize("model", [m for m in TABLES if m.append_only], ids=lambda m: m._meta.label_lower)
def test_append_only_holds_against_the_system_too(rows: Rows) -> None:
    column = next(f.column for f in rows.model._meta.concrete_fields
                  if f.column not in ("id", "readers", "denied", *rows.model.mutable))
    value = f"(select id from orgs_partnership where id <> {rows.here} limit 1)" if column == "partnership_id" else "null"
    statements = (f"update {rows.table} set {column} = {value} where id = {rows.mine}",
                  f"delete from {rows.table} where id = {rows.mine}")
    for statement in statements:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), acting(system()):
            with connection.cursor() as cursor:
                cursor.execute(statement)
    with as_superuser() as cursor:  # the negative control: it is this trigger that stops it
        cursor.execute(f"alter table {rows.table} disable trigger user")
        cursor.execute(statements[1])
        assert cursor.rowcount == 1


@every_table
def test_the_application_writes_through_actions_only(model: Any) -> None:
    with acting(system()):
        for write in (lambda: model.objects.update(readers=[]), lambda: model.objects.all().delete(),
                      lambda: model.objects.bulk_create([]), lambda: model.objects.bulk_update([], ["readers"]),
                      lambda: model().save(), lambda: model(pk=0).delete()):
            with pytest.raises(NotThroughActions):
                write()
        with writing():
            assert model.objects.filter(pk=0).update(readers=[]) == 0


# --- what the role of the service may not do, and what must be true of the tables

@every_table
def test_table_is_protected(model: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select relrowsecurity from pg_class where oid = %s::regclass", [model._meta.db_table])
        assert cursor.fetchone() == (True,)
        cursor.execute("select polname, polcmd, polpermissive, polroles::regrole[]::text from pg_policy"
                       " where polrelid = %s::regclass", [model._meta.db_table])
        role = f"{{{settings.APP_ROLE}}}"
        within = [("within", "*", False, role)] if issubclass(model, Confined) else []
        assert sorted(cursor.fetchall()) == [("readers", "*", True, role), *within]


confined_table = pytest.mark.parametrize("model", [m for m in TABLES if issubclass(m, Confined)],
                                         ids=lambda m: m._meta.label_lower)


@confined_table
@pytest.mark.parametrize(("within", "mine"), [(None, True), (["agency:1:1"], True), (["user:2"], False), ([], False)],
                         ids=["nothing more asked", "held", "not held", "nobody"])
def test_a_second_token_is_asked_for_by_both_nets(rows: Rows, within: list[str] | None, mine: bool) -> None:
    rows.confine(within)
    expected = [rows.mine] if mine else []
    with acting(rows.me):
        assert (rows.by_model(), rows.by_sql()) == (expected, expected)
        with without_application_filter():
            assert rows.by_model() == expected


@confined_table
def test_negative_control_without_the_second_policy_the_first_token_is_enough(rows: Rows) -> None:
    rows.confine(["user:2"])
    with as_superuser() as cursor:
        cursor.execute(f"drop policy within on {rows.table}")
    with acting(rows.me):
        assert rows.by_sql() == [rows.mine] and rows.by_model() == [], "the application's own filter is a net by itself"


@pytest.mark.parametrize("statement", [
    "alter table {} disable row level security", "drop policy readers on {}", "truncate {}", "drop table {}",
    "alter table {} disable trigger all", "alter table {} owner to current_user",
    "create policy mine on {} using (true)", "alter role current_user bypassrls",
    "set session_replication_role = replica", "delete from audit.change", "select * from audit.change",
    "create or replace function app_is_system() returns boolean language sql as $$ select true $$"])
def test_the_services_role_cannot_take_the_net_away(statement: str) -> None:
    with pytest.raises(DatabaseError, match="must be owner|permission denied|must have|Only roles|bypassrls"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format("process_case"))


def test_switching_row_security_off_fails_instead_of_showing_rows() -> None:
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local row_security = off")
            cursor.execute("select * from process_case")


def test_whatever_hangs_off_a_guarded_row_is_guarded() -> None:
    """A table that points at a case, a person or a notice would otherwise tell of rows one may not see."""
    loose = [f"{model.__name__}.{field.name}" for model in ours() if not issubclass(model, Guarded)
             for field in model._meta.get_fields()
             if isinstance(field, (ForeignKey, ManyToManyField)) and issubclass(field.related_model, Guarded)]
    assert loose == []


def test_protecting_twice_changes_nothing() -> None:
    with undone(), as_superuser():
        protect_tables()
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_policy")
            assert cursor.fetchone() == (len(TABLES) + sum(issubclass(m, Confined) for m in TABLES),)


def test_one_transactions_authority_does_not_leak_into_the_next() -> None:
    """Acting ends with its block, nested or failed."""
    def told() -> str:
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('app.tokens', true)")
            return str(cursor.fetchone()[0] or "")
    with acting(Authority(1, frozenset({"a"}))):
        with pytest.raises(ValueError, match="x"), acting(Authority(2, frozenset({"b"}))):
            assert told() == '{"b"}'
            raise ValueError("x")
        assert told() == '{"a"}'
    assert told() in ("", "{}")


@pytest.mark.django_db
def test_history_keeps_no_password() -> None:
    from goldthread.access.audit import changes
    from goldthread.orgs.models import User
    user = User.objects.create_user("somebody@example.org", "Somebody", "a long enough password")
    user.name = "Somebody Else"
    user.save()
    made, changed = changes("orgs_user", user.pk)
    assert changed["new"]["name"] == "Somebody Else" and made["new"]["email"] == "somebody@example.org"
    assert not any("password" in (row[side] or {}) for row in (made, changed) for side in ("old", "new"))
