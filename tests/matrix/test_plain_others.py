"""Every page about no record, by role and method: for those whose work is no child's record, and nobody."""
from __future__ import annotations

import pytest

from tests.matrix.holding import hold
from tests.matrix.sampling import cells_about_no_record
from tests.matrix.test_records_others import WHO
from tests.matrix.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("viewer", WHO)
def test_pages_about_no_record(world: World, viewer: str) -> None:
    hold(world, cells_about_no_record(world, viewer))
