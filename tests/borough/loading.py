"""A borough loaded once for a module of tests, and rolled back after it."""
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.test import TestCase, override_settings

from goldthread.access.audit import _rows
from goldthread.borough import Borough, Plan
from goldthread.borough.loading import Loaded, load
from goldthread.borough.records.contacts import Contact
from goldthread.borough.records.people import Person

TODAY = date(2026, 11, 20)


def borough(scale: float = 0.001, seed: int = 7) -> Borough:
    return Borough(Plan(scale, seed, TODAY))


@contextmanager
def as_owner() -> Iterator[None]:
    """As the role that loads; tests otherwise run as the service's own."""
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        yield
        cursor.execute(f"set role {settings.APP_ROLE}")


@contextmanager
def as_loader(home: Path) -> Iterator[None]:
    """As the owner, with a home of its own; what waits for the end of the transaction is done at the end of the block.

    For use inside a transaction that the test undoes.
    """
    with override_settings(HOME=home, ANCHOR_FILE=home / "anchor.txt"), as_owner():
        with TestCase.captureOnCommitCallbacks(execute=True):
            yield


def rows(query: str, *params: object) -> list[dict]:
    return _rows(query, list(params))


@dataclass(frozen=True)
class Made:
    """A loaded borough beside what it was loaded from, and the rows of its file of truth."""

    borough: Borough
    loaded: Loaded
    contacts: list[Contact]
    truth: list[dict[str, str]]

    def people(self) -> list[Person]:
        return list(self.borough.people())


@contextmanager
def loaded_once(scale: float, home: Path) -> Iterator[Made]:
    """A borough loaded for many tests and undone after them."""
    source = borough(scale)
    with transaction.atomic():
        with as_loader(home):
            loaded = load(source, now=source.plan.now)
        with open(loaded.truth, encoding="utf-8") as handle:
            truth = list(csv.DictReader(handle))
        yield Made(source, loaded, list(source.contacts()), truth)
        transaction.set_rollback(True)
