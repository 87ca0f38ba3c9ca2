"""The demonstration as it is shown to newcomers: a small invented borough with today's front door."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from django.utils import timezone
from playwright.sync_api import Page

from goldthread.web.demo import SALT
from tests.browser.service import Service

SCALE, SEED = 0.01, 7


def load() -> None:
    """The demo, small: each persona still has something to do."""
    from goldthread.borough.demo import load_demo
    load_demo(scale=SCALE, seed=SEED, now=timezone.now())


@pytest.fixture
def what_to_load() -> str:
    return "tests.browser.journeys.conftest:load#everybody"


def link_of(service: Service, persona: str) -> str:
    """The address that signs a persona in, as `goldthread demo` prints it."""
    return f"/demo/{signing.dumps(persona, key=service.key, salt=SALT)}/"


@pytest.fixture
def signed_in(service: Service, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Opens a browser of its own for a persona, signed in by their link and on their home page."""
    def opened(persona: str, **settings: Any) -> Page:
        page = new_page(**settings)
        page.goto(link_of(service, persona))
        return page
    return opened
