"""The launcher: what it starts, what it survives, what it refuses."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from goldthread.commands import postgres_binaries
from goldthread.commands.postgres import DATABASE, SERVICE, Server
from goldthread.commands.postgres_binaries import PostgresError, can_reach, reachable_binaries
from goldthread.commands.postgres_files import serves

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys, time
from pathlib import Path
from goldthread.commands.postgres import Server
server = Server(Path(sys.argv[1]))
server.start()
print(server.postmaster, flush=True)
sys.stdin.readline()
print(server.release(), flush=True)
"""


@pytest.fixture(scope="module")
def data(open_folder: Path) -> Path:
    return open_folder / "shared"


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    server = Server(data)
    server.start()
    yield server
    server.release()


@pytest.fixture
def stopped(data: Path) -> Server:
    """A server with data that does not run."""
    server = Server(data)
    server.start()
    assert server.release()
    return server


def hold(data: Path) -> subprocess.Popen:
    """Another process that holds a lease until a line is written to it."""
    order = [sys.executable, "-c", HOLD, str(data)]
    return subprocess.Popen(order, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def ask(server: Server, query: str) -> object:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        answer = connection.execute(query)
        return answer.fetchone()[0] if answer.description else None


def test_it_listens_on_a_private_socket_and_on_no_port(server):
    assert ask(server, "SHOW listen_addresses") == ""
    assert server.socket_folder.stat().st_mode & 0o777 == 0o700
    rules = (server.data / "pg_hba.conf").read_text()
    assert {line.split()[-1] for line in rules.splitlines() if line.startswith("host")} == {"reject"}
    assert ask(server, "SELECT current_database()") == DATABASE
    assert ask(server, "SHOW fsync") == "on", "only an ephemeral server may lose what was saved"


def test_the_address_names_role_and_database(server):
    assert server.url(SERVICE, "other").startswith(f"postgresql://{SERVICE}@/other?host=%2F")
    assert ask(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is True


def test_rows_outlive_a_restart_and_nothing_stays_behind(server):
    ask(server, "CREATE TABLE kept AS SELECT 41 + 1 AS answer")
    folder = server.socket_folder
    assert server.release()
    assert not server.alive() and server.postmaster is None and not folder.exists()
    with server:
        assert ask(server, "SELECT answer FROM kept") == 42


def test_the_last_of_two_holders_stops_it(server, data):
    other = hold(data)
    assert int(other.stdout.readline()) == server.postmaster
    assert server.release() is False
    assert server.alive()
    assert other.communicate("\n")[0].strip() == "True"
    assert not server.alive()


def test_a_killed_holder_leaves_no_lease(stopped, data):
    other = hold(data)
    postmaster = int(other.stdout.readline())
    other.kill()
    other.communicate()
    with Server(data) as server:
        assert server.postmaster == postmaster, "the running server is joined, not started anew"
    assert not server.alive()


def test_a_killed_postmaster_is_replaced_with_rows_intact(server):
    ask(server, "CREATE TABLE survivor AS SELECT 7 AS lucky")
    before = server.postmaster
    os.kill(before, signal.SIGKILL)
    while server.postmaster:
        time.sleep(0.01)
    server.start()
    assert server.postmaster != before
    assert ask(server, "SELECT lucky FROM survivor") == 7


def test_a_pid_file_naming_some_other_program_is_not_believed(stopped):
    pid_file = stopped.data / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{stopped.data}\n0\n5432\n{stopped.socket_folder}\n\n0 0\nready\n")
    assert stopped.postmaster is None
    with stopped:
        assert stopped.postmaster not in (None, os.getpid())
        assert serves(stopped.postmaster, stopped.data), "a real postmaster is recognised"
        assert not serves(stopped.postmaster, stopped.data.parent), "but only as that of its own data"


def test_a_server_whose_socket_was_swept_away_is_started_again(server):
    before = server.postmaster
    (server.socket_folder / ".s.PGSQL.5432").unlink()
    server.start()
    assert server.postmaster != before and server.alive()


def test_data_of_another_version_are_refused_and_left_alone(stopped):
    mark = stopped.data / "PG_VERSION"
    true_version = mark.read_text()
    mark.write_text("9\n")
    try:
        with pytest.raises(PostgresError, match="made by PostgreSQL 9, but .* holds"):
            stopped.start()
        assert stopped.postmaster is None
    finally:
        mark.write_text(true_version)
    with stopped:
        assert stopped.alive()


def test_a_folder_with_other_peoples_files_is_refused(open_folder):
    folder = open_folder / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear")
    with pytest.raises(PostgresError, match="files that are not PostgreSQL's"):
        Server(folder).start()
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_start_broken_off_half_way_is_no_hindrance_and_removal_needs_everyone_gone(open_folder):
    half = open_folder / ".halfway.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    server = Server(open_folder / "halfway", ephemeral=True).start()
    assert not half.exists()
    with pytest.raises(PostgresError, match="in use"):
        Server(open_folder / "halfway").remove()
    server.release()
    server.remove()
    assert not server.data.exists()


def test_data_in_a_private_folder_go_where_the_server_can_reach_them(tmp_path, monkeypatch, open_folder):
    monkeypatch.setattr("goldthread.commands.postgres.shelf", lambda: open_folder)
    tmp_path.chmod(0o700)
    server = Server(tmp_path / "data", ephemeral=True)
    moved = os.geteuid() == 0
    assert (server.data.parent == open_folder) == moved
    with server:
        assert ask(server, "SHOW fsync") == "off"
        assert (tmp_path / "data").is_symlink() == moved
        assert Server(tmp_path / "data").data == server.data
    assert tmp_path.stat().st_mode & 0o777 == 0o700, "folders above are never opened up"
    server.remove()
    assert not os.path.lexists(tmp_path / "data")


def test_programs_in_a_private_folder_are_copied_out_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres_binaries, "shelf", lambda: tmp_path)
    monkeypatch.setattr(postgres_binaries, "can_reach", lambda account, path: False)
    monkeypatch.delenv("PG_BINDIR", raising=False)
    copy = reachable_binaries(None)
    assert copy.is_relative_to(tmp_path)
    assert "PostgreSQL" in subprocess.check_output([copy / "postgres", "--version"], text=True)
    made = copy.stat().st_ctime_ns
    assert reachable_binaries(None) == copy and copy.stat().st_ctime_ns == made, "copied once"
    assert not [path for path in tmp_path.rglob("*") if not path.stat().st_mode & 0o004]


def test_reaching_is_asked_of_the_kernel(tmp_path):
    assert can_reach(None, tmp_path)
    assert not can_reach(None, tmp_path / "absent")


def test_an_open_socket_folder_is_refused(stopped):
    folder = stopped.socket_folder
    folder.mkdir()
    folder.chmod(0o777)
    try:
        with pytest.raises(PostgresError, match="not the server's own private folder"):
            stopped.start()
        assert stopped.postmaster is None
    finally:
        folder.rmdir()
    with stopped:
        assert stopped.alive()


def test_missing_programs_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    with pytest.raises(PostgresError, match="PG_BINDIR.* lacks .*postgres, initdb"):
        Server(tmp_path / "data")


def test_the_server_says_why_it_does_not_start(stopped):
    settings = stopped.data / "postgresql.conf"
    sound = settings.read_text()
    settings.write_text(sound + "\nwork_mem = 'a lot'\n")
    try:
        with pytest.raises(PostgresError, match="did not start.*\n.*work_mem"):
            stopped.start()
    finally:
        settings.write_text(sound)
    assert stopped.release() is False, "a failed start holds no lease"


def test_tests_never_use_the_operators_database():
    script = (
        "import os, tests.postgres_plugin\n"
        "print(os.environ['DATABASE_URL'], os.environ['DATABASE_OWNER_URL'])"
    )
    told = dict(os.environ, TEST_DATABASE_URL="postgresql://given/test", DATABASE_URL="postgresql://real/rows")
    told.pop("PYTEST_XDIST_WORKER", None)
    said = subprocess.check_output([sys.executable, "-c", script], cwd=ROOT, env=told, text=True)
    assert said.split() == ["postgresql://given/test"] * 2
