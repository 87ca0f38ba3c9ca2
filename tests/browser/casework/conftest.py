"""A borough whose clock a test sets, for journeys of several people through a whole process."""
from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.casework.clock import WHERE, Clock
from tests.browser.casework.person import Person
from tests.browser.conftest import ROOT
from tests.browser.service import Service


@pytest.fixture(scope="session")
def borough() -> Iterator[Service]:
    worker = os.environ.get("GOLDTHREAD_TEST_DB", "main") + os.environ.get("PYTEST_XDIST_WORKER", "")
    home = ROOT / ".run" / f"browser-{worker}_casework"
    served = Service(os.environ["DATABASE_OWNER_URL"], f"{worker}_casework", home,
                     DJANGO_SETTINGS_MODULE="tests.browser.casework.settings", **{WHERE: str(home / "clock")})
    yield served.start("tests.browser.casework.world:load")
    served.stop()


@pytest.fixture
def service(borough: Service) -> Service:
    return borough


@pytest.fixture
def clock(service: Service) -> Clock:
    return Clock(service.home / "clock")


@pytest.fixture
def sign_in(new_page: Callable[..., Page]) -> Callable[[str], Person]:
    """Somebody of `world.PEOPLE`, in a browser of their own."""
    def opened(who: str) -> Person:
        person = Person(new_page())
        person.page.goto(f"/sign-in-as/{who}@example.org/")
        return person
    return opened
