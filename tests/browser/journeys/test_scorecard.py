"""Somebody on the board reads the scorecard on a phone; a release is held back by the gate, mended and signed by two."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from goldthread.measure.periods import last_whole
from tests.browser.checks import assert_accessible, settled
from tests.browser.conftest import PHONE, screenshot
from tests.browser.service import Service


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_number_is_read_on_a_phone_and_asked_about(signed_in: Callable[..., Page], scripts: bool) -> None:
    """The scrutineer may do what board members may: read, and ask."""
    page = signed_in("scrutineer", viewport=PHONE, java_script_enabled=scripts)
    page.goto("/scorecard/")
    settled(page)
    if scripts:
        screenshot(page, "scorecard")
        assert_accessible(page)
    page.get_by_role("link", name="Contacts received").click()
    settled(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Contacts received"
    page.get_by_role("link", name="By age").click()
    settled(page)
    if scripts:
        screenshot(page, "scorecard-indicator")
        assert_accessible(page)
    page.get_by_label("A question that should be answered").check()
    page.get_by_label("What do you want to say?").fill("Why did this change?")
    page.get_by_role("button", name="Say it").click()
    page.get_by_text("Your words stand with the number").wait_for()
    assert page.get_by_text("Why did this change?").first.is_visible()
    page.get_by_role("table", name="The numbers, and what is behind each").get_by_role("link").first.click()
    settled(page)
    assert "are read by those who work on contacts" in page.get_by_role("main").inner_text()


def test_the_numbers_beside_a_chart_are_in_sight_on_a_phone(signed_in: Callable[..., Page]) -> None:
    page = signed_in("scrutineer", viewport=PHONE)
    page.goto("/scorecard/indicators/contacts-rate/")
    settled(page)
    table = page.get_by_role("table", name="Contacts for every 10,000 children: the numbers")
    boxes = [cell.bounding_box() for cell in table.get_by_role("cell").all()]
    assert boxes and all(box and box["x"] + box["width"] <= PHONE["width"] for box in boxes)


def _day(page: Page, question: str, day: Any) -> None:
    group = page.get_by_role("group", name=question)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(label).fill(str(value))


def _looked_at(page: Page, service: Service) -> None:
    """What is held against all that is out, the demo's yearly report too, is left to the worker."""
    page.get_by_text("Being held against all that is out").wait_for()
    service.run("-m", "goldthread.commands", "worker", "--once", **service.more)
    page.get_by_role("link", name="Look again").click()


def test_a_release_is_held_back_mended_and_signed_by_two(signed_in: Callable[..., Page], service: Service) -> None:
    """Small numbers left out alone can be worked out from the totals: the gate says how, hides more, and two people sign."""
    quarter = last_whole("quarter", timezone.localdate())
    analyst = signed_in("analyst")
    analyst.goto("/scorecard/releases/prepare/")
    analyst.get_by_label("What is it called?").fill("Last quarter")
    analyst.get_by_label("Quarter", exact=True).check()
    _day(analyst, "A day in the first period", quarter.before().since)
    _day(analyst, "A day in the last period", quarter.until)
    for by in ("Age", "Area", "Source"):
        analyst.get_by_label(by, exact=True).check()
    analyst.get_by_label("rounded to the nearest").fill("1")
    analyst.get_by_label("1a Contacts received").check()
    analyst.get_by_label("2a Contacts from the police").check()
    assert_accessible(analyst)
    analyst.get_by_role("button", name="Make it safe and look for leaks").click()
    _looked_at(analyst, service)
    analyst.get_by_text("Held back").wait_for()
    assert "It follows from" in analyst.get_by_role("main").inner_text()
    screenshot(analyst, "release-held-back")
    assert_accessible(analyst)
    here = analyst.url
    analyst.get_by_role("button", name="Hide what must be hidden").click()
    _looked_at(analyst, service)
    analyst.get_by_text("Safe, waiting for two people to sign").wait_for()
    for persona in ("analyst", "business.manager"):
        page = analyst if persona == "analyst" else signed_in(persona)
        page.goto(here)
        page.get_by_role("button", name="Sign that it may go out").click()
        page.get_by_text("Signed by").wait_for()
        page.get_by_role("button", name="Sign that it may go out").wait_for(state="detached")
    analyst.goto(here)
    assert analyst.get_by_text("Published", exact=True).is_visible()
    analyst.goto("/open-data/")
    settled(analyst)
    assert_accessible(analyst)
    assert analyst.get_by_text("Last quarter").is_visible()
