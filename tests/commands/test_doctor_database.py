"""The doctor on real databases: the tests' own (migrated, not durable) and a durable empty one."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connections
from django.db.utils import ConnectionHandler

from goldthread.commands.checks import database, upkeep, work
from goldthread.commands.postgres import DATABASE, OWNER, Server


@pytest.fixture
def sound(durable: Server, django_db_blocker) -> Iterator[object]:
    """Django's connection, as superuser, to a server with all durability settings on."""
    settings = dict(connections.databases["default"], NAME=DATABASE, USER=OWNER)
    settings["OPTIONS"] = {"host": str(durable.socket_folder), "port": 5432}
    settings["ENGINE"] = "django.db.backends.postgresql"
    connection = ConnectionHandler({"default": settings})["default"]
    with django_db_blocker.unblock():
        yield connection
    connection.close()


def run(connection, *orders: str) -> None:
    with connection.cursor() as cursor:
        for order in orders:
            cursor.execute(order)


def test_a_durable_server_is_green_and_each_setting_off_is_red(sound, db):
    assert database.durability(sound).state == "green"
    run(sound, "SET synchronous_commit = off")
    found = database.durability(sound)
    assert found.state == "red" and "loses the last saved entries" in found.words
    found = database.durability(connections["default"])
    assert found.state == "red" and "fsync off" in found.words and "full_page_writes off" in found.words


def test_a_role_that_row_level_security_does_not_bind_is_red(sound):
    found = database.role(sound)
    assert found.state == "red" and "is a superuser" in found.words
    run(sound, "DROP ROLE IF EXISTS plain", "DROP ROLE IF EXISTS bypass",
        "CREATE ROLE plain", "CREATE ROLE bypass BYPASSRLS", "SET ROLE bypass")  # fmt: skip
    assert "may bypass row-level security" in database.role(sound).words
    run(sound, "SET ROLE plain")
    found = database.role(sound)
    assert found.state == "amber" and f"signs in as {OWNER}" in found.words
    run(sound, "RESET ROLE", "SET SESSION AUTHORIZATION plain")
    assert database.role(sound).state == "green"
    run(sound, "RESET SESSION AUTHORIZATION", "CREATE TABLE owned (id int)",
        "ALTER TABLE owned OWNER TO plain", "SET SESSION AUTHORIZATION plain")  # fmt: skip
    found = database.role(sound)
    assert found.state == "red" and "owns tables" in found.words
    run(sound, "RESET SESSION AUTHORIZATION", "DROP TABLE owned", "DROP ROLE plain", "DROP ROLE bypass")


@pytest.mark.parametrize(("seconds", "state"), [(0, "green"), (10, "amber"), (-10, "amber"), (60, "red")])
def test_a_clock_that_differs_is_told(seconds, state, sound):
    sound.ensure_connection()
    assert database.clock(sound, datetime.now(UTC) + timedelta(seconds=seconds)).state == state


def test_summer_time_is_known_on_both_sides(sound, monkeypatch):
    assert database.time_zone(sound).state == "green"
    monkeypatch.setattr(database, "SUMMER_NOON", datetime(2026, 1, 7, 12, tzinfo=UTC))
    assert database.time_zone(sound).state == "red"


def test_an_old_server_is_red(sound, monkeypatch):
    assert database.version(sound).state == "green"
    monkeypatch.setattr(database, "OLDEST_VERSION", 99)
    assert database.version(sound).state == "red"


def test_missing_and_foreign_migrations_are_told(db):
    connection = connections["default"]
    run(connection, "RESET ROLE")
    assert database.migrations(connection).state == "green"
    future = "INSERT INTO django_migrations (app, name, applied) VALUES ('orgs', '9999_future', now())"
    run(connection, future)
    found = database.migrations(connection)
    assert found.state == "amber" and "orgs.9999_future" in found.words
    run(connection, "DELETE FROM django_migrations WHERE app = 'sessions'")
    found = database.migrations(connection)
    assert found.state == "red" and "sessions.0001_initial" in found.words


def test_an_empty_database_wants_migrations(sound, monkeypatch):
    monkeypatch.setattr("django.db.connection", sound)
    assert database.migrations(sound).state == "red"
    with pytest.raises(ProgrammingError):
        list(upkeep.check_jobs(sound, datetime.now(UTC)))


def test_worker_and_queue_are_read_from_the_database(db):
    connection, now = connections["default"], datetime.now(UTC)
    run(connection, "RESET ROLE")
    assert [finding.state for finding in upkeep.check_jobs(connection, now)] == ["red", "green"]
    run(connection, "INSERT INTO procrastinate_workers DEFAULT VALUES",
        "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at, status)"
        " VALUES ('default', 'late', now() - interval '60.5 minutes', 'todo'),"
        " ('default', 'broken', now(), 'failed')")  # fmt: skip
    worker, jobs = upkeep.check_jobs(connection, now)
    assert worker.state == "green"
    assert jobs.state == "amber" and jobs.words == "1 waiting, the oldest for 60 minutes; 1 failed."


def test_outbox_and_regular_work_are_read_through_the_application(db):
    found = {finding.name: finding.state for finding in work.check(datetime.now(UTC))}
    assert found == {"Outbox": "green", "Regular work": "amber"}, "no mail yet, and nothing has run yet"


def test_mail_is_tried_without_sending(settings):
    assert upkeep.mail("django.core.mail.backends.console.EmailBackend").state == "amber"
    settings.EMAIL_BACKEND = upkeep.REAL_MAIL
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "127.0.0.1", False, False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.EMAIL_PORT = listener.getsockname()[1]
        postman = threading.Thread(target=_greet, args=[listener, heard])
        postman.start()
        assert upkeep.mail(upkeep.REAL_MAIL).state == "green"
        postman.join()
    assert not [line for line in heard if line.startswith(b"MAIL")]
    found = upkeep.mail(upkeep.REAL_MAIL)
    assert found.state == "red" and "does not answer" in found.words


def _greet(listener: socket.socket, heard: list[bytes]) -> None:
    conversation, _ = listener.accept()
    with conversation, conversation.makefile("rwb") as lines:
        lines.write(b"220 hello\r\n")
        lines.flush()
        for line in lines:
            heard.append(line)
            lines.write(b"221 bye\r\n" if line.startswith(b"quit") else b"250 fine\r\n")
            lines.flush()
