"""A police force and a school that speak of twenty children in ways that do not quite agree, and an analyst to decide."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core import signing
from playwright.sync_api import Page

from goldthread.web.demo import SALT
from tests.browser.service import Service

CHILDREN = 20
NAMES = ["Amber", "Bruno", "Celia", "Dexter", "Edith", "Felix", "Gwen", "Hugo", "Iris", "Jonah", "Kezia", "Linus", "Mabel",
         "Nico", "Olive", "Piers", "Quinn", "Rhoda", "Silas", "Thea"]


def load() -> None:
    """The school does not say where a child lives, and the day and month of birth are swapped."""
    from goldthread.orgs.models import Partnership, User
    from tests.linkage.place import Place
    with TemporaryDirectory() as folder:
        place = Place(Path(folder))
        Partnership.objects.filter(pk=place.partnership.pk).update(
            slug="northbridge", name="Northbridge Safeguarding Children Partnership", area="Northbridge")
        User.objects.filter(pk=place.analyst.user.pk).update(email="analyst@example.org", name="Demo analyst")
        days = [(at % 9 + 1, at % 3 + 10) for at in range(CHILDREN)]
        rows = [{"first_name": name, "last_name": f"Testington-{name}by"} for name in NAMES]
        place.police_sent(*({**row, "postcode": f"ZZ{at} 1AA", "born_on": f"{day:02}/{month}/2012"}
                            for at, (row, (day, month)) in enumerate(zip(rows, days, strict=True), 1)))
        place.school_sent(*({**row, "postcode": "", "born_on": f"{month}/{day:02}/2012"}
                            for at, (row, (day, month)) in enumerate(zip(rows, days, strict=True), 1)))
        place.linked()
        assert len(place.questions()) == CHILDREN, len(place.questions())


@pytest.fixture
def what_to_load() -> str:
    return "tests.browser.linkage.conftest:load"


@pytest.fixture
def analyst(service: Service, new_page: Callable[..., Page]) -> Page:
    """A browser of the analyst, signed in."""
    page: Any = new_page()
    page.goto(f"/demo/{signing.dumps('analyst', key=service.key, salt=SALT)}/")
    return page
