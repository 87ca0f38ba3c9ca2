"""A panel meeting with its map: opened from the agenda item, explored by keyboard, and no more on it than one may see."""
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.casework.clock import Clock
from tests.browser.casework.person import Person
from tests.browser.casework.world import MEETS

NODE = "svg.gt-map a"


def test_the_panel_looks_at_its_map(sign_in: Callable[[str], Person], clock: Clock) -> None:
    clock.set(MEETS + timedelta(minutes=5))
    lead, youth = sign_in("lead"), sign_in("youth")
    seen = {}
    for who, person in (("lead", lead), ("youth", youth)):
        to_item(person, who)
        person.follow("Around Otto Inventley, on the map")
        person.page.get_by_role("heading", level=1, name="Around Otto Inventley").wait_for()
        person.look(f"panel-{who}-3-around")
        person.page.get_by_role("link", name="Whole map").click()
        person.page.get_by_role("heading", level=1, name="Map of links").wait_for()
        person.look(f"panel-{who}-4-map")
        seen[who] = by_keyboard(person)
        table = person.page.get_by_role("table", name=re.compile("Who, what and where"))
        assert set(table.get_by_role("row").locator("th, td:first-child").get_by_role("link").all_inner_texts()) == names(
            seen[who]), "the table beside it says the same"
    assert names(seen["lead"]) - names(seen["youth"]) == {"Ivo Inventley"}, "whose case is the lead's alone"
    assert "Ivo" not in youth.page.content()
    decide(youth)


def names(labels: set[str]) -> set[str]:
    return {label.split(":")[0] for label in labels}


def to_item(person: Person, who: str) -> None:
    person.menu("Panels and meetings")
    person.look(f"panel-{who}-1-meetings")
    expect(person.page.get_by_role("table", name="Coming meetings")).to_contain_text("today at 10 am")  # begun is not late
    person.follow("Northbridge exploitation panel")
    person.follow("Otto Inventley")
    person.look(f"panel-{who}-2-item")


def by_keyboard(person: Person) -> set[str]:
    """Every node is reached by the tab key and says what it is; one is opened by the enter key, and gone back from."""
    page = person.page
    nodes = page.locator(NODE)
    nodes.first.focus()
    labels = set()
    for _ in range(nodes.count()):
        labels.add(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("Tab")
    assert len(labels) == nodes.count() and None not in labels
    page.get_by_role("link", name=re.compile("^Invented Kebab House: place")).focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Around Invented Kebab House").wait_for()
    page.get_by_role("link", name="Whole map").click()
    page.get_by_role("heading", level=1, name="Map of links").wait_for()
    expect(page.locator(NODE)).to_have_count(len(labels))
    return labels


def decide(youth: Person) -> None:
    """Back at the item, what the map showed is minuted."""
    to_item(youth, "youth")
    youth.fill("What was said", "The shop joins more than one child: it is to be visited")
    youth.press("Record")
    youth.sees("The shop joins more than one child")
    youth.look("panel-youth-5-minuted")
