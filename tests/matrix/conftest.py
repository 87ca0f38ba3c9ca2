"""One world for all of these tests, made once in one transaction and thrown away."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from tests.access.separate import as_superuser, undone
from tests.matrix.asking import Cell
from tests.matrix.cells import every_record_cell
from tests.matrix.oracle import Expected
from tests.matrix.situations import build
from tests.matrix.world import World


@pytest.fixture(scope="package")
def world(django_db_setup: Any, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        made = World(timezone.now())
        build(made)
        with as_superuser() as cursor:  # or no control could change a table that has checks still to come
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
        yield made


@pytest.fixture
def hidden(world: World) -> list[Cell]:
    """Cells of records that are to be hidden from people who have the page: one of each kind, for four roles."""
    roles = ("school-lead", "social-worker", "mash-worker", "analyst")
    found = [c for c in every_record_cell(world, [world.viewers[role] for role in roles])
             if c.expected is Expected.HIDDEN and c.method == "GET"
             and c.page in ("case", "case_timeline", "event", "ask", "person")]
    return list({(c.viewer, c.page, c.relationship, c.page == "ask" and c.part): c for c in found}.values())
