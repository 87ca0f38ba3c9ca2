"""A school and a police force that owe returns, and an analyst who collects them, in a real browser."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from playwright.sync_api import Page

from goldthread.web.demo import SALT
from tests.browser.service import Service


def load() -> None:
    """One partnership; returns of the last period are owed by both."""
    from goldthread.orgs.models import Partnership, User
    from tests.dataset.place import Place
    from tests.support import make_actor
    place = Place()
    Partnership.objects.filter(pk=place.partnership.pk).update(
        slug="northbridge", name="Northbridge Safeguarding Children Partnership", area="Northbridge")
    counter = make_actor("agency-analyst", place.police, place.partnership)
    for actor, key in ((counter, "agency.analyst"), (place.head, "school.lead"), (place.analyst, "analyst")):
        User.objects.filter(pk=actor.user.pk).update(email=f"{key}@example.org", name=f"Demo {key}")
    place.owed()
    place.owed("education", place.school)


@pytest.fixture
def what_to_load() -> str:
    return "tests.browser.dataset.conftest:load"


@pytest.fixture
def signed_in(service: Service, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """A browser of its own for a persona, signed in."""
    def opened(key: str, **settings: Any) -> Page:
        page = new_page(**settings)
        page.goto(f"/demo/{signing.dumps(key, key=service.key, salt=SALT)}/")
        return page
    return opened
