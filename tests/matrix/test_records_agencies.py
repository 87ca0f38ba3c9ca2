"""Every page about a record, and how each role stands to it: for agencies that tell the front door and answer it."""
from __future__ import annotations

import pytest

from tests.matrix.holding import hold
from tests.matrix.sampling import record_cells
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
WHO = ["school-lead", "gp", "health-visitor", "health-partner", "police-partner", "partner",
       "agency-lead", "agency-senior"]


@pytest.mark.parametrize("viewer", WHO)
def test_pages_about_a_record(world: World, viewer: str) -> None:
    hold(world, record_cells(world, viewer))
