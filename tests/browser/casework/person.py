"""What people do at pages: follow, press, answer, look. Everything by its words, as it stands on the page."""
from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import assert_accessible, settled
from tests.browser.conftest import PHONE, WIDE, screenshot

ENGLAND = ZoneInfo("Europe/London")
WORDS = "Invented words"
OPEN_ANSWERS = """words => {
  const shown = each => each.offsetParent !== null && !each.disabled
  const form = document.querySelector('main form[novalidate]')
  for (const box of form.querySelectorAll('textarea, input[type=text]')) {
    const optional = /optional/.test(box.labels[0].textContent)
    if (shown(box) && !box.value && !optional && !box.closest('.govuk-date-input')) box.value = words
  }
  for (const list of form.querySelectorAll('select')) {
    const optional = /optional/.test(list.labels[0].textContent)
    if (shown(list) && !list.value && !optional) list.value = [...list.options].find(each => each.value).value
  }
  for (const group of new Set([...form.querySelectorAll('input[type=radio]')].filter(shown).map(each => each.name))) {
    const choices = [...form.elements[group]]
    if (!choices.some(each => each.checked)) choices[0].click()
  }
}"""


class Person:
    """Somebody at a page of theirs."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def follow(self, words: Any, *, nth: int = 0) -> None:
        self.page.get_by_role("main").get_by_role("link", name=words).nth(nth).click()

    def menu(self, words: str) -> None:
        self.page.get_by_role("navigation").get_by_role("link", name=words).first.click()

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words).first.click()

    def group(self, question: str, nth: int = 0) -> Locator:
        return self.page.get_by_role("group", name=re.compile(rf"^{re.escape(question)}", re.I)).nth(nth)

    def choose(self, question: str, words: str, *, nth: int = 0) -> None:
        """A radio button or a tick."""
        self.group(question, nth).get_by_label(words, exact=True).check()

    def fill(self, question: str, words: str, *, nth: int = 0) -> None:
        self.page.get_by_label(re.compile(rf"^{re.escape(question)}", re.I)).nth(nth).fill(words)

    def choose_code(self, question: str, part: str) -> None:
        """The first choice that says `part`: a choice of a dated list, whose words may change."""
        group = self.group(question)
        if group.count():
            group.get_by_label(re.compile(part, re.I)).first.check()
            return
        box = self.page.get_by_label(re.compile(rf"^{re.escape(question)}", re.I)).first
        words = box.locator("option", has_text=re.compile(part, re.I)).first.inner_text()
        box.select_option(label=words)

    def find(self, name: str, picture: str = "") -> None:
        """A person's page, found by name."""
        self.menu("Children and families")
        self.fill("Name, date of birth", name)
        self.page.get_by_role("main").get_by_role("button", name="Search").click()
        self.follow(name)
        if picture:
            self.look(picture)

    def of(self, reference: str) -> None:
        """A case, found by its reference in the search on every page."""
        self.page.get_by_role("searchbox").or_(self.page.get_by_placeholder("Name or reference")).first.fill(reference)
        self.page.get_by_role("banner").get_by_role("button", name="Search").click()
        self.page.wait_for_url(re.compile(reference))

    def mine(self, reference: str) -> None:
        """A case among what is due in my work."""
        self.page.get_by_role("row", name=reference).get_by_role("link").first.click()
        self.page.wait_for_url(re.compile(reference))

    def by_link(self, reference: str) -> None:
        """A case by its address, as a notice's link leads to it: for people who have no search."""
        assert self.page.goto(f"/case/{reference}/").status == 200, reference

    def asked(self, about: str) -> None:
        """What the agency is asked, opened from its work."""
        self.menu("My work")
        self.follow(re.compile(about, re.I))

    def select(self, question: str, words: str, *, nth: int = 0) -> None:
        self.page.get_by_label(re.compile(rf"^{re.escape(question)}", re.I)).nth(nth).select_option(label=words)

    def when(self, question: str, moment: datetime, *, nth: int = 0) -> None:
        """A date, and a time where the page asks for one."""
        here, boxes = moment.astimezone(ENGLAND), self.group(question, nth)
        for label, value in (("Day", here.day), ("Month", here.month), ("Year", here.year), ("Time", f"{here:%H:%M}")):
            box = boxes.get_by_label(label, exact=True)
            if box.count():
                box.fill(str(value))

    def rest(self, words: str = WORDS) -> None:
        """Something for every question that must be answered and is not; twice, since an answer may open questions."""
        for _ in range(2):
            self.page.evaluate(OPEN_ANSWERS, words)

    def save(self, words: str = "Save and continue") -> None:
        """Send the form; a mistake fails with its words."""
        self.rest()
        self.press(words)
        expect(self.page.locator("h1")).to_be_visible()
        wrong = self.page.locator(".govuk-error-summary")
        assert wrong.count() == 0, f"{self.page.url}: {wrong.inner_text()}"

    def look(self, name: str) -> None:
        """The page is accessible at both widths, and a picture is taken of each, to be looked at."""
        settled(self.page, scripts=True)
        for size in (PHONE, WIDE):
            self.page.set_viewport_size(size)
            screenshot(self.page, f"casework-{name}")
            assert_accessible(self.page)

    def sees(self, words: Any) -> None:
        expect(self.page.get_by_role("main").get_by_text(words).first).to_be_visible()

    def reference(self) -> str:
        found = re.search(r"/case/([A-Z]{2}-[\w-]+)/", self.page.url)
        assert found, self.page.url
        return found[1]
