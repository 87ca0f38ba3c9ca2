"""The console script: help that reads well, refusals that say why, and an environment that is complete."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from goldthread.commands import environment, main
from goldthread.commands.refusal import Refusal
from tests.commands.processes import gone

ROOT = Path(__file__).resolve().parents[2]


def test_help_names_every_command_with_its_purpose(capsys):
    assert main.main([]) == 0
    said = capsys.readouterr().out
    for name in main.COMMANDS:
        assert main.load(name).summary in said
    assert max(len(line) for line in said.splitlines()) <= 100


@pytest.mark.parametrize("name", main.COMMANDS)
def test_each_command_explains_itself(name, capsys):
    module = main.load(name)
    with pytest.raises(SystemExit) as ending:
        main.main([name, "--help"])
    said = capsys.readouterr().out
    assert ending.value.code == 0
    assert said.startswith(f"usage: goldthread {name}")
    assert all(example in said for example in module.examples)
    assert isinstance(module.needs_database, bool) or callable(module.needs_database)


def test_help_needs_neither_django_nor_a_database():
    script = "import sys; from goldthread.commands.main import main; main([]); print('django' in sys.modules)"
    said = subprocess.check_output([sys.executable, "-c", script], cwd=ROOT, text=True)
    assert said.splitlines()[-1] == "False"


def test_an_unknown_command_is_answered_with_the_known_ones(capsys):
    assert main.main(["dance"]) == 2
    assert "no command 'dance'" in capsys.readouterr().err


def test_a_refusal_is_words_and_a_code_not_a_traceback(capsys, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_HOSTS", "mash.example.org")
    assert main.main(["demo"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("goldthread demo: ") and said.count("\n") == 1


def test_an_operators_database_is_used_as_given(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://service@there/records")
    monkeypatch.setenv("GOLDTHREAD_DATABASE_ROLE", "")
    with ExitStack() as stack:
        assert environment.connect(stack, "owner") is None
        assert os.environ["GOLDTHREAD_DATABASE_ROLE"] == "owner"
    assert os.environ["DATABASE_URL"] == "postgresql://service@there/records"


def test_the_owner_alone_is_not_enough(monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@there/records")
    monkeypatch.setenv("GOLDTHREAD_DATABASE_ROLE", "")
    with ExitStack() as stack, pytest.raises(Refusal, match="but not DATABASE_URL"):
        environment.connect(stack, "app")


def test_without_an_address_the_embedded_server_serves_both_roles(monkeypatch, open_folder):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("DATABASE_OWNER_URL")
    monkeypatch.setenv("GOLDTHREAD_DATABASE_ROLE", "")
    monkeypatch.setenv("GOLDTHREAD_HOME", str(open_folder / "home"))
    with ExitStack() as stack:
        server = environment.connect(stack, "app")
        assert server.alive() and server.data == open_folder / "home" / "postgres"
        assert os.environ["DATABASE_URL"] == server.url("goldthread_app")
        assert os.environ["DATABASE_OWNER_URL"] == server.url("goldthread_admin")
    assert not server.alive()
    assert "DATABASE_URL" not in os.environ and "DATABASE_OWNER_URL" not in os.environ


def test_a_request_to_end_hands_the_server_back(open_folder):
    script = """
import os, signal, sys
from goldthread.commands import main, doctor
def run(args):
    print(args.server.postmaster, flush=True)
    os.kill(os.getpid(), signal.SIGTERM)
    signal.pause()
doctor.run = run
sys.exit(main.main(["doctor"]))
"""
    told = dict(os.environ, GOLDTHREAD_HOME=str(open_folder / "home"))
    for name in environment.ADDRESSES:
        told.pop(name)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=told, text=True, capture_output=True)
    assert done.returncode == 143, done.stderr
    assert gone(int(done.stdout))


def test_an_empty_home_is_none_given_and_not_the_folder_one_stands_in(monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_HOME", "")
    assert environment.setting_home() == environment.CHECKOUT / ".run"
