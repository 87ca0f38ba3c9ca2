"""Every page about a record, and how each role stands to it: for the desk, and for the council it hands over to."""
from __future__ import annotations

import pytest

from tests.matrix.holding import hold
from tests.matrix.sampling import record_cells
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
WHO = ["social-worker", "early-help-worker", "mash-worker", "mash-manager", "team-manager", "exploitation-worker"]


@pytest.mark.parametrize("viewer", WHO)
def test_pages_about_a_record(world: World, viewer: str) -> None:
    hold(world, record_cells(world, viewer))
