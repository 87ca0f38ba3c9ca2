"""The same contact without scripts, on a phone, and by keyboard alone."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible
from tests.browser.conftest import PHONE, screenshot
from tests.browser.journeys.people import WORRY, Counted
from tests.browser.journeys.telling import begin, name_child, rest, send

FOCUSED = """() => {
  const on = document.activeElement, style = getComputedStyle(on), label = on.labels?.[0]
  const beside = on.matches('[type=radio],[type=checkbox]') && label ? getComputedStyle(label, '::before') : style
  const box = (label && on.matches('[type=radio],[type=checkbox]') ? label : on).getBoundingClientRect()
  const shown = [style, beside].some(each => each.outlineStyle !== 'none' && parseFloat(each.outlineWidth) > 0
    || each.boxShadow !== 'none')
  return {tag: on.tagName, type: on.type ?? '', id: on.id, words: (label ?? on).textContent.trim().slice(0, 60), shown,
          seen: box.bottom > 0 && box.top < innerHeight}
}"""
FURTHEST = 60  # presses of Tab


@pytest.mark.parametrize("settings", [
    {"java_script_enabled": False}, {"viewport": PHONE}, {"viewport": PHONE, "java_script_enabled": False},
], ids=["without scripts", "on a phone", "on a phone without scripts"])
def test_a_contact_is_told(settings: dict[str, Any], signed_in: Callable[..., Page]) -> None:
    page = signed_in("health.visitor", **settings)
    person, scripts = Counted(page), settings.get("java_script_enabled", True)
    begin(person)
    name_child(person, "Wilf", "Testerby")
    person.press("Add another person")
    name_child(person, "Dot", "Testerby", nth=1)
    if scripts:
        assert_accessible(page)
    screenshot(page, "ways-in-people")
    person.press("Continue")
    rest(person)
    answers = page.locator("#answers").inner_text()
    assert WORRY in answers and "Dot" in answers
    if scripts:
        assert_accessible(page)
        screenshot(page, "ways-in-answers")
    assert send(person).startswith("FD-")


def test_a_mistake_is_said_and_what_was_typed_stays_without_scripts(signed_in: Callable[..., Page]) -> None:
    person = Counted(signed_in("health.visitor", java_script_enabled=False))
    page = person.page
    begin(person)
    person.fill("Known as (optional)", "Scout")
    person.press("Continue")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter a first name, a last name")
    assert page.title().startswith("Error: ")
    assert page.get_by_label("Known as (optional)").input_value() == "Scout"


class Keys:
    """Somebody who has a keyboard and no mouse."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def to(self, *, words: str = "", id: str = "") -> None:
        """Tab until what is wanted has the focus; each stop on the way must show that it has it, within sight."""
        for _ in range(FURTHEST):
            self.press("Tab")
            on = self.page.evaluate(FOCUSED)
            assert on["shown"] and on["seen"], f"The focus cannot be seen on {on}"
            if (words and on["words"].startswith(words)) or (id and on["id"] == id):
                return
        raise AssertionError(f"“{words or id}” cannot be reached with Tab on {self.page.url}")

    def press(self, key: str) -> None:
        self.pressed += 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def go_on(self) -> None:
        address = self.page.url
        self.to(words="Continue")
        self.press("Enter")
        self.page.wait_for_url(lambda url: url != address)

    def choose(self, id: str, *, down: int = 0) -> None:
        """Into a group of radio buttons, and to the one so many below the first."""
        self.to(id=id)
        self.press("Space")
        for _ in range(down):
            self.press("ArrowDown")


def test_a_contact_is_told_by_keyboard_alone(signed_in: Callable[..., Page]) -> None:
    page = signed_in("health.visitor")
    keys = Keys(page)
    keys.press("Tab")
    assert page.evaluate(FOCUSED)["words"] == "Skip to main content"
    keys.press("Enter")
    keys.to(words="Tell the front door about a worry")
    keys.press("Enter")
    page.wait_for_url("**/is-a-child-in-immediate-danger/")
    keys.choose("id_immediate_danger", down=1)
    keys.go_on()
    keys.to(id="id_contactperson-0-given")
    keys.type("Pip")
    keys.go_on()
    keys.choose("id_address_safe", down=1)
    keys.go_on()
    keys.go_on()
    keys.to(id="id_concern")
    keys.type("Negl")
    keys.to(id="id_worry")
    keys.type(WORRY)
    keys.choose("id_domestic_abuse", down=1)
    keys.go_on()
    keys.go_on()
    keys.choose("id_consent", down=1)
    keys.to(id="id_consent_reason")
    keys.type("They are cross with the school.")
    keys.go_on()
    keys.choose("id_stream")
    keys.go_on()
    keys.go_on()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    assert "They are cross with the school." in page.locator("#answers").inner_text()
    keys.to(words="Send to the front door")
    keys.press("Enter")
    expect(page.locator(".gt-confirmation")).to_contain_text("FD-")


def test_the_keyboard_check_notices_a_focus_nobody_can_see(signed_in: Callable[..., Page]) -> None:
    """Negative control: the same walk fails where a page hides its focus."""
    page = signed_in("health.visitor")
    page.evaluate("""() => { const rules = new CSSStyleSheet()
        rules.replaceSync('* { outline: none !important; box-shadow: none !important }')
        document.adoptedStyleSheets = [rules] }""")
    with pytest.raises(AssertionError, match="cannot be seen"):
        Keys(page).to(words="Tell the front door about a worry")
