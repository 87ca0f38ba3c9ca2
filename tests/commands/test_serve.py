"""No connection is open when the server forks its workers: two processes on one would read each other's answers."""
from __future__ import annotations

from argparse import Namespace
from typing import Any

import pytest
from django.db import connections
from gunicorn.app.base import BaseApplication

from goldthread.commands import serve


class Opened:
    """A connection that says what was done to it."""

    def __init__(self, said: list[str]) -> None:
        self.said = said

    def close(self) -> None:
        self.said.append("closed")

    def close_pool(self) -> None:
        self.said.append("pool closed")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    made: list[str] = []
    for check in ("refuse_unready", "refuse_stale_static_files", "tell_first_link"):
        monkeypatch.setattr(serve, check, lambda: made.append("asked"))
    monkeypatch.setattr(connections, "all", lambda initialized_only=False: [Opened(made)])
    monkeypatch.setattr(BaseApplication, "run", lambda self: made.append("forks"))
    return made


def run() -> Any:
    return serve.run(Namespace(bind="127.0.0.1:0", workers=2, threads=1))


def test_all_is_closed_between_the_last_question_and_the_fork(said: list[str]) -> None:
    assert run() == 0
    assert said == ["asked"] * 3 + ["closed", "pool closed", "forks"]


def test_negative_control_left_open_it_is_noticed(said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "leave_no_connection", lambda: None)
    run()
    assert "pool closed" not in said[: said.index("forks")]


def test_a_wrong_declaration_stops_the_server_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core import checks

    from goldthread.commands.readiness import refuse_unsound
    from goldthread.commands.refusal import Refusal
    refuse_unsound()  # today's declarations hold
    fault = checks.Error("child-protection: Visit waits for Notice, which comes no earlier", id="process.E001")
    monkeypatch.setattr(checks, "run_checks", lambda: [checks.Warning("never mind", id="axes.W006"), fault])
    with pytest.raises(Refusal, match="waits for Notice"):
        refuse_unsound()


def test_faults_of_processes_and_offers_are_among_what_is_checked() -> None:
    from django.core.checks.registry import registry

    from goldthread.process.apps import sound_definitions
    from goldthread.web.apps import sound_offers
    assert {sound_definitions, sound_offers} <= set(registry.get_checks())
