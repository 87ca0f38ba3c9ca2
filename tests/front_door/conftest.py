"""The scene every test of the front door plays in."""
from __future__ import annotations

import pytest
from django.utils import timezone

from tests.front_door.scene import Scene


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene(timezone.now())
