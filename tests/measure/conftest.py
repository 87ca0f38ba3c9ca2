from collections.abc import Iterator
from typing import Any

import pytest

from tests.measure.world import World, counted_once


@pytest.fixture(scope="package")
def world(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One borough for all tests of this folder."""
    with django_db_blocker.unblock(), counted_once(tmp_path_factory.mktemp("scorecard")) as world:
        yield world
