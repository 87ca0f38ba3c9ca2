"""A panel meeting held in a real browser: who is here, a decision on a case, an action given, minutes approved."""
from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.checks import assert_accessible, settled
from tests.browser.conftest import PHONE, WIDE, screenshot

WIDTHS = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "telephone"])


def look(page: Page, name: str) -> None:
    settled(page, scripts=True)
    screenshot(page, f"meetings-{name}")
    assert_accessible(page)


def to_meeting(page: Page) -> str:
    """The address of today's meeting, opened from the list."""
    page.goto("/meetings/")
    page.get_by_role("link", name="Northbridge risk panel").first.click()
    return page.url


@WIDTHS
def test_the_pages_are_accessible(signed_in: Callable[..., Page], size: dict[str, int]) -> None:
    page = signed_in("mash-manager", viewport=size)
    page.goto("/meetings/")
    look(page, "list")
    here = to_meeting(page)
    look(page, "agenda")
    page.get_by_role("link", name="Otto Example").first.click()
    page.get_by_role("link", name="Rating").click()
    look(page, "item-with-step")
    page.get_by_role("button", name="Record").click()
    look(page, "item-mistakes")
    for name, path in (("minutes", f"{here}minutes/"), ("add-item", f"{here}items/add/"),
                       ("calendar", "/meetings/calendar/"), ("change", f"{here}change/"), ("actions", "/actions/"),
                       ("my-work", "/")):
        assert page.goto(path).status == 200, name
        look(page, name)
    page.goto("/meetings/")
    page.get_by_role("link", name="Northbridge risk panel").last.click()
    look(page, "group")
    page.get_by_role("link", name="Add a member").click()
    look(page, "add-member")


@WIDTHS
def test_the_thread(signed_in: Callable[..., Page], size: dict[str, int]) -> None:
    page = signed_in("business-manager", viewport=size)
    page.goto("/findings/")
    look(page, "findings")
    page.get_by_role("link", name="Neglect").click()
    look(page, "finding")
    page.get_by_role("link", name="Write a guide").first.click()
    look(page, "action")
    page.get_by_role("link", name="Give more time").click()
    look(page, "more-time")


@pytest.mark.parametrize("settings", [{}, {"java_script_enabled": False, "viewport": PHONE}],
                         ids=["desk", "no scripts, telephone"])
def test_a_panel_is_held(signed_in: Callable[..., Page], settings: dict[str, Any]) -> None:
    """The worker writes, the chair approves, police find what they were given, and read nothing of the case."""
    writer = signed_in("mash-worker", **settings)
    here = to_meeting(writer)
    writer.get_by_label("Northbridge Police", exact=True).select_option("Attended")
    writer.get_by_label("Northbridge Health", exact=True).select_option("Sent a deputy")
    writer.get_by_role("button", name="Save who is here").click()
    assert writer.get_by_text("2 agencies here, quorate").is_visible()
    writer.get_by_role("link", name="Otto Example").first.click()
    writer.get_by_role("link", name="Rating").click()
    writer.get_by_label("Red").check()
    writer.get_by_label("Why", exact=False).first.fill("Three worries in a week")
    writer.get_by_role("group", name="Start the time limit again").get_by_label("No").check()
    writer.get_by_label("What was said?").fill("Police and health agree")
    words = f"Ring home {'plainly' if settings else 'soon'}"
    give(writer, words)
    writer.get_by_role("button", name="Record").click()
    assert writer.locator(".gt-message").get_by_text("Police and health agree").last.is_visible()
    assert writer.get_by_role("link", name=words).is_visible()
    writer.goto(f"{here}minutes/")
    assert writer.get_by_role("button", name="Approve the minutes").count() == 0, "not by who wrote them"
    writer.get_by_role("button", name="Ask the chair").click()
    chair = signed_in("mash-manager", **settings)
    chair.goto(f"{here}minutes/")
    chair.get_by_role("button", name="Approve the minutes").click()
    assert chair.get_by_text("Approved by Demo Manager").is_visible()
    police = signed_in("police-partner", **settings)
    assert police.get_by_role("link", name=words).is_visible(), "in my work"
    police.goto(f"{here}minutes/")
    assert police.get_by_text("Otto").count() == 0 and police.get_by_text("Data for autumn").is_visible()


def give(page: Page, words: str) -> None:
    due = date.today() + timedelta(days=7)
    page.get_by_label("What is to be done?").fill(words)
    page.get_by_label("Who does it?").select_option(label="Northbridge Police")
    boxes = page.get_by_role("group", name="By when?")
    for box, value in (("Day", due.day), ("Month", due.month), ("Year", due.year)):
        boxes.get_by_label(box).fill(str(value))
