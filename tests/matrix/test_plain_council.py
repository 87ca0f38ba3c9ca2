"""Every page about no record, by role and method: for the desk and the council."""
from __future__ import annotations

import pytest

from tests.matrix.holding import hold
from tests.matrix.sampling import cells_about_no_record
from tests.matrix.test_records_council import WHO
from tests.matrix.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("viewer", WHO)
def test_pages_about_no_record(world: World, viewer: str) -> None:
    hold(world, cells_about_no_record(world, viewer))
