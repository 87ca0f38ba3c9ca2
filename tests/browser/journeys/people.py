"""What people do on pages, once for all journeys, and how often they have to press, choose or type for it."""
from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Locator, Page

WORRY = "Marlo has come in hungry every day this week and fell asleep in two lessons."


class Counted:
    """A person at a page: each press, choice and field filled counts as one interaction, and time is taken."""

    def __init__(self, page: Page) -> None:
        self.page, self.interactions, self.began = page, 0, time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def press(self, words: Any, role: str = "button", *, exact: bool = True) -> None:
        self.on(self.page.get_by_role(role, name=words, exact=exact).first)  # type: ignore[arg-type]

    def follow(self, words: Any, *, exact: bool = True) -> None:
        self.press(words, "link", exact=exact)

    def choose(self, words: str, *, within: str = "") -> None:
        """A radio button or a box to tick, in the group of that name."""
        place: Any = self.page.get_by_role("group", name=within) if within else self.page
        self.interactions += 1
        place.get_by_label(words, exact=True).first.check()

    def fill(self, label: str, text: str, *, nth: int = 0) -> None:
        self.interactions += 1
        self.page.get_by_label(label, exact=True).nth(nth).fill(text)

    def select(self, label: str, words: str) -> None:
        self.interactions += 1
        self.page.get_by_label(label, exact=True).select_option(label=words)

    def on(self, what: Locator) -> None:
        self.interactions += 1
        what.click()
