"""The demo: for this machine only, on a free port, and never over data that are not its own."""

import argparse
import http.server
import os
import socket
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connections
from django.db.utils import ConnectionHandler

from goldthread.commands import demo, demo_site
from goldthread.commands.postgres import OWNER, Server
from goldthread.commands.refusal import Refusal
from goldthread.orgs.models import User


def arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    demo.add_arguments(parser)
    return parser.parse_args(words)


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("GOLDTHREAD_HOME", str(tmp_path))
    monkeypatch.delenv("GOLDTHREAD_HOSTS", raising=False)
    return tmp_path


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "mash.example.org", "127.0.0.1.example.org", "10.0.0.9"])
def test_a_public_host_is_refused(host):
    with pytest.raises(Refusal, match="this machine only"):
        demo.environment(arguments("--host", host))


def test_a_public_name_in_the_settings_is_refused(monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_HOSTS", "localhost, mash.example.org")
    with pytest.raises(Refusal, match="mash.example.org"):
        demo.environment(arguments())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_is_welcome_and_the_settings_fit_it(host, home):
    told = demo.environment(arguments("--host", host))
    assert (told["GOLDTHREAD_DEMO"], told["GOLDTHREAD_HTTPS"]) == ("1", "0")
    assert set(told["GOLDTHREAD_HOSTS"].split(",")) <= set(demo.LOCAL_NAMES)


def test_the_key_is_made_once_and_private(home):
    key = demo.environment(arguments())["GOLDTHREAD_SECRET_KEY"]
    assert len(key) > 50
    assert demo.environment(arguments())["GOLDTHREAD_SECRET_KEY"] == key
    assert (home / "demo-key").stat().st_mode & 0o777 == 0o600


def test_children_do_not_learn_the_owners_address(monkeypatch):
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@there/records")
    child = demo._child("web server", "serve")
    assert "DATABASE_OWNER_URL" not in child.environment
    assert child.environment["GOLDTHREAD_DATABASE_ROLE"] == "app"


def test_a_taken_port_is_told_and_the_next_one_used():
    said = []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        first = taken.getsockname()[1]
        assert demo_site.free_port("127.0.0.1", first, said.append) > first
        assert said[0] == f"Port {first} is taken; trying {first + 1}."
    assert demo_site.free_port("127.0.0.1", first, said.append) == first


def test_no_port_at_all_is_refused(monkeypatch):
    monkeypatch.setattr(demo_site, "PORTS_TO_TRY", 1)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(Refusal, match="are all taken"):
        demo_site.free_port("127.0.0.1", taken.getsockname()[1], print)


@pytest.fixture
def page() -> Iterator[SimpleNamespace]:
    """A tiny web server whose answer the test sets."""
    answer = SimpleNamespace(code=200)

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(answer.code)
            self.end_headers()

        def log_message(self, *words):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, args=[0.01]).start()
        answer.address = f"http://127.0.0.1:{server.server_port}/"
        yield answer
        server.shutdown()


def test_the_first_page_is_waited_for(page):
    alive = SimpleNamespace(ended=lambda: False)
    demo_site.wait_for(page.address, alive)
    page.code = 500
    with pytest.raises(Refusal, match="error 500"):
        demo_site.wait_for(page.address, alive)
    with pytest.raises(Refusal, match="did not start"):
        demo_site.wait_for(page.address, SimpleNamespace(ended=lambda: True))


def test_a_page_that_never_comes_ends_the_wait(monkeypatch):
    monkeypatch.setattr(demo_site, "FIRST_PAGE_SECONDS", 0.3)
    with pytest.raises(Refusal, match="did not answer within"):
        demo_site.wait_for("http://127.0.0.1:9/", SimpleNamespace(ended=lambda: False))


@pytest.fixture
def empty_database(durable: Server, monkeypatch, django_db_blocker) -> Iterator[object]:
    """Django's connection to a new, empty database, in place of the tests' own."""
    with psycopg.connect(durable.url(), autocommit=True) as admin:
        admin.execute("CREATE DATABASE newcomer")
        settings = dict(connections.databases["default"], NAME="newcomer", USER=OWNER)
        settings["OPTIONS"] = {"host": str(durable.socket_folder), "port": 5432}
        settings["ENGINE"] = "django.db.backends.postgresql"
        connection = ConnectionHandler({"default": settings})["default"]
        monkeypatch.setattr("django.db.connection", connection)
        with django_db_blocker.unblock():
            yield connection
        connection.close()
        admin.execute("DROP DATABASE newcomer")


def test_an_empty_database_becomes_the_demos_for_good(empty_database):
    demo_site._claim_database()
    with empty_database.cursor() as cursor:
        cursor.execute("CREATE TABLE invented (id int)")
    demo_site._claim_database()


def test_a_migrated_database_in_which_nobody_works_becomes_the_demos(empty_database):
    with empty_database.cursor() as cursor:
        cursor.execute("CREATE TABLE django_migrations (id int)")
        cursor.execute(f"CREATE TABLE {User._meta.db_table} (id int)")
    demo_site._claim_database()


def test_a_database_in_which_someone_works_is_refused(empty_database):
    with empty_database.cursor() as cursor:
        cursor.execute("CREATE TABLE django_migrations (id int)")
        cursor.execute(f"CREATE TABLE {User._meta.db_table} AS SELECT 1 AS id")
    with pytest.raises(Refusal, match="not of the demo"):
        demo_site._claim_database()


def test_a_database_with_someone_elses_tables_is_refused(empty_database):
    with empty_database.cursor() as cursor:
        cursor.execute("CREATE TABLE records (id int)")
    with pytest.raises(Refusal, match="database 'newcomer' holds data not of the demo"):
        demo_site._claim_database()


def test_removal_never_touches_an_operators_database(monkeypatch, home):
    monkeypatch.setenv("DATABASE_URL", "postgresql://service@there/records")
    (home / "files").mkdir()
    with pytest.raises(Refusal, match="a server of yours"):
        demo.run(arguments("--remove"))
    assert (home / "files").is_dir()


def test_removal_is_refused_while_the_demo_runs(home):
    other = os.open(home / "demo.lock", os.O_RDONLY | os.O_CREAT)
    demo.fcntl.flock(other, demo.fcntl.LOCK_EX)
    try:
        with pytest.raises(Refusal, match="the demo is running"):
            demo.run(arguments("--remove"))
    finally:
        os.close(other)
