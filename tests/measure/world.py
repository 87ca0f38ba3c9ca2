"""A small borough loaded once for the tests of the scorecard, its facts made and its numbers counted."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import override_settings

from goldthread.access.actor import Actor, acting, system
from goldthread.exchange.facts import scorecard
from goldthread.orgs.models import Agency, Partnership
from tests.borough.loading import Made, loaded_once
from tests.support import make_actor

SCALE = 0.008


@dataclass(frozen=True)
class World:
    """The borough's northern partnership, and where its facts lie."""

    made: Made
    partnership: Partnership
    council: Agency
    now: datetime
    media: Path

    def seat(self, role: str) -> Actor:
        return make_actor(role, self.council, self.partnership, now=self.now)

    def ask(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """Rows straight out of PostgreSQL, on the system's sight of this partnership."""
        with transaction.atomic(), acting(system(self.partnership.pk)), connection.cursor() as cursor:
            cursor.execute(sql, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


@contextmanager
def counted_once(home: Path) -> Iterator[World]:
    """Loaded and counted for many tests, and undone after them."""
    media = home / "media"
    with loaded_once(SCALE, home) as made, override_settings(MEDIA_ROOT=media):
        north = Partnership.objects.get(slug="northbridge")
        council = Agency.objects.filter(kind="childrens-services", participations__partnership=north).first()
        now = made.borough.plan.now
        scorecard.update(north.pk, now, whole=True)
        yield World(made, north, council, now, media)
