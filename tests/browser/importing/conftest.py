"""A front door whose worker loads contacts from files, in a real browser."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from playwright.sync_api import Page

from goldthread.web.demo import SALT
from tests.browser.service import Service


def load() -> None:
    """One partnership with its council and a worker at the hub."""
    from goldthread.orgs.models import Partnership, User
    from tests.exchange.loading import importer
    actor = importer()
    Partnership.objects.filter(pk=actor.partnership.pk).update(
        slug="northbridge", name="Northbridge Safeguarding Children Partnership", area="Northbridge")
    User.objects.filter(pk=actor.user.pk).update(email="mash.worker@example.org", name="Demo Worker")


@pytest.fixture
def what_to_load() -> str:
    return "tests.browser.importing.conftest:load"


@pytest.fixture
def signed_in(service: Service, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """A browser of its own for the worker, signed in."""
    def opened(**settings: Any) -> Page:
        page = new_page(**settings)
        page.goto(f"/demo/{signing.dumps('mash.worker', key=service.key, salt=SALT)}/")
        return page
    return opened
