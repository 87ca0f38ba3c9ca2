"""Two people who load the same file at the same moment: it is loaded once, and nobody sees an error."""
from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from goldthread.access.actor import acting
from goldthread.exchange import importing
from goldthread.exchange.importing import AlreadyLoaded, load
from tests.access.separate import separate_database
from tests.exchange.loading import cases, findings, importer
from tests.exchange.making import csv_upload, many
from tests.support import NOW


def both(actor: Any) -> list[str]:
    """What two at once are told."""
    told: list[str] = []
    begun = threading.Barrier(2)

    def one() -> None:
        try:
            begun.wait(timeout=20)
            with transaction.atomic(), acting(actor):
                told.append(str(load(actor=actor, uploads=[csv_upload(many(30))], now=NOW).state))
        except AlreadyLoaded:
            told.append("already")
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(told)


@pytest.fixture
def apart(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """A database in which what is saved stays, for connections of several threads."""
    with django_db_blocker.unblock(), separate_database("at_once"):
        yield


def test_loaded_once(apart: None) -> None:
    actor = importer()
    assert both(actor) == ["already", "done"]
    with transaction.atomic():
        assert len(cases(actor)) == 30
        assert len(findings(actor, csv_upload(many(30), delimiter=";"))) == 30


def test_without_the_lock_one_of_them_would_break(apart: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_one_at_a_time", lambda partnership: None)
    monkeypatch.setattr(importing, "insist_new", lambda run: None)
    monkeypatch.setattr(threading, "excepthook", lambda what: None)
    assert both(importer()) == ["done"]
