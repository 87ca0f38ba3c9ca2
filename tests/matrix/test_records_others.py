"""Every page about a record, and how each role stands to it: for those whose work is no child's record,
and for whoever has not signed in or has no seat."""
from __future__ import annotations

import pytest

from tests.matrix.holding import hold
from tests.matrix.sampling import record_cells
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
WHO = ["business-manager", "analyst", "agency-analyst", "contributor", "scrutineer", "board-member", "privacy-officer",
       "administrator", "lead-partner", "conference-chair", "exploitation-lead", "lado", "case-reviewer",
       "anonymous", "without a seat"]


@pytest.mark.parametrize("viewer", WHO)
def test_pages_about_a_record(world: World, viewer: str) -> None:
    hold(world, record_cells(world, viewer))
