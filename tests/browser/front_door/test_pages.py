"""The front door's own pages in a real browser: accessible, at two widths; the public's without scripts as well."""
from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.checks import assert_accessible, go_back, settled
from tests.browser.conftest import PHONE, WIDE, screenshot
from tests.front_door.test_police import GOOD

WIDTHS = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "telephone"])


def look(page: Page, name: str) -> None:
    settled(page, scripts=True)
    screenshot(page, f"front-door-{name}")
    assert_accessible(page)


def find(page: Page, child: str, address: str = "/front-door/") -> str:
    """The reference of the newest contact about a child."""
    page.goto(address)
    link = page.get_by_role("link", name=re.compile(child)).last
    return str(link.get_attribute("href"))


@WIDTHS
def test_the_desks_pages(signed_in: Callable[..., Page], size: dict[str, int]) -> None:
    page = signed_in("mash-manager", viewport=size)
    amira, otto = find(page, "Amira Sample and"), find(page, "Otto")
    for name, path in (("case", amira), ("identify", f"{amira}record/identification/"),
                       ("rating", f"{amira}record/rating/"), ("message", f"{amira}record/message/"),
                       ("ask-partners", f"{otto}record/information-request/"), ("decide", f"{otto}record/decision/"),
                       ("tell-school", f"{otto}record/encompass-notice/"), ("sharing", f"{otto}sharing/"),
                       ("gaps", "/front-door/school-notices/"), ("police", "/front-door/police/")):
        assert page.goto(path).status == 200, name
        look(page, name)
    page.goto(f"{otto}record/decision/")
    page.get_by_role("button", name="Record the decision").click()
    look(page, "decide-mistakes")
    page.goto(f"{amira}record/identification/")
    page.get_by_role("button", name="Save and continue").click()
    look(page, "identify-mistakes")
    page.goto(f"{otto}record/information-request/")
    page.get_by_label("Northbridge Police").check()
    page.get_by_role("button", name="See what they will see").click()
    look(page, "ask-preview")


@WIDTHS
def test_a_letter_is_looked_at_before_it_goes(signed_in: Callable[..., Page], size: dict[str, int]) -> None:
    """Written to Otto's sister, naming a stranger: stopped, looked at again, sent, and her copy read."""
    page = signed_in("mash-manager", viewport=size)
    page.goto(f"{find(page, 'Otto')}letters/")
    look(page, "letters")
    page.get_by_label("Ida Example").check()
    page.get_by_label("What is it?").fill("What was decided")
    page.get_by_label("What do you write?").fill("Dear Ida Example, we spoke with Nadia Stranger about you and Otto.")
    page.get_by_role("button", name="See what each gets").click()
    page.get_by_role("heading", name="What Ida Example gets").wait_for()
    assert "Nadia Stranger" in page.locator("main").inner_text()
    look(page, "letter-preview")
    page.get_by_role("button", name="Send these").click()
    assert "Nadia Stranger, who is not of this family" in page.locator(".govuk-error-summary").inner_text()
    assert page.locator(".govuk-breadcrumbs, .govuk-back-link").first.inner_text().strip() == "Front door"
    look(page, "letter-stopped")
    page.get_by_label("why may they be named").fill("She is their advocate")
    page.get_by_role("button", name="Send these").click()
    page.get_by_role("link", name="What was decided").first.click()
    page.get_by_role("heading", level=1, name="What was decided").wait_for()
    look(page, "letter-copy")


@WIDTHS
def test_a_persons_practice_and_school(signed_in: Callable[..., Page], size: dict[str, int]) -> None:
    """Otto's school is recorded, as his contact stated it; each way to change it is looked at."""
    page = signed_in("mash-manager", viewport=size)
    page.goto(find(page, "Otto"))
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="Otto Example").last.click()
    page.get_by_role("heading", level=1, name="Otto Example").wait_for()
    look(page, "person-places")
    person = page.url
    page.get_by_role("link", name="Change").click()
    look(page, "place-end")
    page.get_by_role("link", name="recorded in error").click()
    look(page, "place-error")
    for path in ("practice/", "school/", "family/"):
        assert page.goto(person + path).status == 200, path
        look(page, f"person-{path.strip('/')}")
    page.get_by_role("link", name="Wrong").click()
    look(page, "not-related")


@WIDTHS
def test_police_notifications(signed_in: Callable[..., Page], size: dict[str, int]) -> None:
    page = signed_in("mash-worker", viewport=size)
    page.goto("/front-door/police/")
    bad = GOOD.replace("PN-2026-000123", "PN-9").replace("Main worry: Domestic abuse", "Main worry: shouting")
    page.locator("input[type=file]").set_input_files(
        {"name": "notes.txt", "mimeType": "text/plain", "buffer": (GOOD + bad).encode()})
    page.get_by_role("button", name="Read the file").click()
    look(page, "police-batch")
    page.get_by_role("link", name="PN-2026-000123").click()
    look(page, "police-one")


@WIDTHS
def test_what_a_referrer_sees(signed_in: Callable[..., Page], size: dict[str, int]) -> None:
    desk = signed_in("mash-manager")
    amira, lina = find(desk, "Amira Sample and"), find(desk, "Lina", "/front-door/?state=closed")
    page = signed_in("school-lead", viewport=size)
    for name, path in (("referrer-new", amira), ("referrer-answered", lina), ("disagree", f"{lina}record/disagreement/"),
                       ("referrer-message", f"{amira}record/message/")):
        assert page.goto(path).status == 200, name
        look(page, name)


@WIDTHS
def test_what_an_agency_asked_sees(signed_in: Callable[..., Page], size: dict[str, int]) -> None:
    for role, name in (("police-partner", "asked-police"), ("school-lead", "asked-school")):
        page = signed_in(role, viewport=size)
        page.goto("/")
        page.locator("a[href^='/asked/']").first.click()
        look(page, name)


@pytest.mark.parametrize("size,scripts", [(WIDE, False), (WIDE, True), (PHONE, True)],
                         ids=["desk-without-scripts", "desk", "telephone"])
def test_the_public_form_from_start_to_receipt(new_page: Callable[..., Page], size: dict[str, int], scripts: bool,
                                               ) -> None:
    page = new_page(viewport=size, java_script_enabled=scripts)

    def seen(name: str) -> None:
        if scripts:
            look(page, f"public-{name}")

    page.goto("/worried/")
    seen("landing")
    page.get_by_role("button", name="Tell us online").click()
    seen("begin")
    page.get_by_role("button", name="Start").click()
    seen("danger-question")
    _answer(page, {"radio": "No"})
    page.get_by_label("First name").fill("Amira")
    seen("who")
    _answer(page, {})
    _answer(page, {"radio": "No"})
    _answer(page, {})
    page.get_by_label("What have you seen or heard, and when?").fill("Shouting every night")
    page.get_by_label("Which of these is closest?").select_option("Something else or not sure")
    seen("worry")
    _answer(page, {})
    _answer(page, {})
    _answer(page, {"radio": "No"})
    page.get_by_label("Who are you?").select_option("I do not want to say who I am")
    seen("you")
    _answer(page, {})
    seen("check")
    assert "Shouting every night" in page.content()
    page.get_by_role("link", name="Back", exact=True).click()
    seen("tasks")
    go_back(page)
    page.wait_for_timeout(15_000)
    page.get_by_role("button", name="Send").click()
    assert page.get_by_text("We have it. Thank you").is_visible()
    seen("sent")


def _answer(page: Any, said: dict[str, str]) -> None:
    if "radio" in said:
        page.get_by_label(said["radio"], exact=True).first.check()
    page.get_by_role("button", name="Continue").click()
