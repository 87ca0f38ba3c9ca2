"""A real browser before the real service; a console error or a blocked script fails the test it happened in."""
from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.checks import arriving
from tests.browser.service import Service

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / ".run" / "screenshots"
# the shell without a window does the same in half the time
CHROMIUM = (os.environ.get("GOLDTHREAD_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
            or "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def what_to_load() -> str:
    """"module:function" or "module:function#word" that fills the service's database, "" for none.

    Override it in a package's own conftest.
    """
    return ""


@pytest.fixture(scope="session")
def services() -> Iterator[Callable[[str], Service]]:
    """The service that has a given thing loaded: one for each, so that no package of tests meets another's rows.

    What is followed by "#" and a word is loaded once and served for each word apart.
    """
    started: dict[str, Service] = {}
    first: dict[str, Service] = {}

    def serving(load: str) -> Service:
        if load not in started:
            worker = os.environ.get("GOLDTHREAD_TEST_DB", "main") + os.environ.get("PYTEST_XDIST_WORKER", "")
            name = re.sub(r"\W", "_", f"{worker}_{'_'.join(load.split('.')[-2:])}" if load else worker)
            served = Service(os.environ["DATABASE_OWNER_URL"], name, ROOT / ".run" / f"browser-{name}")
            what, _, word = load.partition("#")
            if what in first:
                started[load] = served.start_like(first[what])
            else:
                started[load] = served.start(what, keep=bool(word))
            if word:
                first.setdefault(what, started[load])
        return started[load]

    yield serving
    for served in started.values():
        served.stop()


@pytest.fixture
def service(services: Callable[[str], Service], what_to_load: str) -> Service:
    return services(what_to_load)


@pytest.fixture(scope="module")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Closed after each module: its event loop in this thread is in the way of tests that start one themselves.

    The test database is made before, since within a loop Django has connections of its own.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver, arriving():
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Django takes the running loop for an async caller
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
        page.on("console", lambda message: heard.append(f"{message.type}: {message.text} {message.location.get('url')}")
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
