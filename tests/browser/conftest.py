"""A real browser before the real service; a console error or a blocked script fails the test it happened in."""
from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.service import Service

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / ".run" / "screenshots"
CHROMIUM = os.environ.get("GOLDTHREAD_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def what_to_load() -> str | None:
    """"module:function" that fills the service's database; override in a package's own conftest."""
    return None


@pytest.fixture(scope="session")
def service(what_to_load: str | None) -> Iterator[Service]:
    name = re.sub(r"\W", "_", os.environ.get("GOLDTHREAD_TEST_DB", "main") + os.environ.get("PYTEST_XDIST_WORKER", ""))
    served = Service(os.environ["DATABASE_OWNER_URL"], name, ROOT / ".run" / f"browser-{name}")
    try:
        yield served.start(what_to_load)
    finally:
        served.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # playwright keeps an event loop running in this thread, which Django takes for an async caller
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def new_page(browser: Browser, service: Service) -> Iterator[Callable[..., Page]]:
    """Opens pages with settings of one's own; all must stay free of console errors."""
    contexts: list[BrowserContext] = []
    heard: list[str] = []

    def opened(**settings: Any) -> Page:
        context = browser.new_context(base_url=service.address, **({"viewport": WIDE} | settings))
        contexts.append(context)
        page = context.new_page()
        page.heard = heard
        page.on("console", lambda message: heard.append(f"{message.type}: {message.text}")
                if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: heard.append(f"script fault: {fault}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not heard, "The browser complained:\n" + "\n".join(heard)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture
def phone_page(new_page: Callable[..., Page]) -> Page:
    """320 px wide: also what 400 % zoom on a desktop gives."""
    return new_page(viewport=PHONE)


@pytest.fixture
def no_js_page(new_page: Callable[..., Page]) -> Page:
    return new_page(java_script_enabled=False)


@contextmanager
def expecting(page: Any, words: str) -> Iterator[None]:
    """Take one console message out of the complaints: the test is about it."""
    yield
    found = [each for each in page.heard if words in each]
    assert found, f"The browser did not say “{words}” but {page.heard}"
    page.heard[:] = [each for each in page.heard if words not in each]


def screenshot(page: Page, name: str) -> Path:
    """A picture of the whole page, to be looked at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{name}-{page.viewport_size['width']}.png"
    page.screenshot(path=path, full_page=True)
    return path
