"""Contacts from a file: choose, mend, save and undo; at a desk, on a telephone, without scripts."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, go_back
from tests.browser.conftest import PHONE, screenshot
from tests.exchange.making import csv_bytes, many

WAYS = {"desk": {}, "phone": {"viewport": PHONE}, "no script": {"java_script_enabled": False}}


def file_of(start: int, **changes: Any) -> bytes:
    """Three contacts of a year ago, different for each way of working."""
    table = [row for number, row in enumerate(many(start + 3, **changes)) if number == 0 or number > start]
    place = table[0].index("Date of contact")
    for row in table[1:]:
        row[place] = "02/11/2025"
    return csv_bytes(table)


@pytest.mark.parametrize("way", WAYS)
def test_choose_mend_save_and_undo(way: str, signed_in: Callable[..., Page]) -> None:
    page, start, checked = signed_in(**WAYS[way]), 3 * list(WAYS).index(way), way != "no script"

    def look(name: str, heading: str = "") -> None:
        expect(page.get_by_role("heading", level=1, name=heading or None)).to_be_visible()
        if checked:
            assert_accessible(page)
            screenshot(page, f"import-{name}")

    def choose(name: str, data: bytes) -> None:
        page.goto("/front-door/files/choose/")
        chosen = {"name": name, "mimeType": "text/csv", "buffer": data}
        page.locator("input[type=file][name=contacts]").set_input_files(chosen)
        page.get_by_role("button", name="Look through the file").click()

    page.goto("/front-door/files/")
    look("history-before", "Contacts from files")
    page.get_by_role("button", name="Choose a file").click()
    look("choose", "Choose a file of contacts")
    page.get_by_role("button", name="Look through the file").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    look("nothing-chosen")
    choose("bad.csv", file_of(start, Source="2Z"))
    expect(page.get_by_role("cell", name="This is not in the list of codes").first).to_be_visible()
    look("findings")
    choose(f"good-{start}.csv", file_of(start))
    expect(page.get_by_role("button", name="Save all 3 contacts")).to_be_visible()
    look("checked")
    page.get_by_role("button", name="Save all 3 contacts").click()
    expect(page.get_by_role("link", name="See the contacts")).to_be_visible()
    look("saved")
    page.get_by_role("link", name="See the contacts").click()
    expect(page.get_by_role("link", name=f"Child{start} Exampleton")).to_be_visible()
    look("contacts", "Contacts of")
    go_back(page)
    page.get_by_role("link", name="Undo this import").click()
    look("undo", "Undo good")
    page.get_by_label("Why is this import undone?").fill("Wrong month")
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("Wrong month")).to_be_visible()
    look("undone")
    page.goto("/front-door/files/")
    look("history-after", "Contacts from files")
