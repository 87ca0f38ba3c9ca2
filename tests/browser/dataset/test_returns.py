"""A school on a telephone and a police analyst at a desk each send a return with mistakes and mend it."""
from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible
from tests.browser.conftest import PHONE, screenshot
from tests.dataset.place import many, rows_csv

SCHOOL = ("person_number,first_name,last_name,born_on,sex,postcode,upn,school_urn,standing,possible,attended,plan\n"
          "P1,Testa,Exampleton,{born},F,ZZ1 1AA,,999001,{standing},120,110,no\n")


def look(page: Page, name: str, heading: str) -> None:
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    assert_accessible(page)
    screenshot(page, f"returns-{name}")


def choose(page: Page, name: str, data: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
    page.get_by_role("button", name="Look through the files").click()


def test_a_school_mends_its_return_on_a_telephone(signed_in: Callable[..., Page]) -> None:
    page = signed_in("school.lead", viewport=PHONE)
    page.goto("/data/")
    look(page, "school-owed", "Data returns")
    page.get_by_role("link", name="Education: attendance, exclusion and education elsewhere").click()
    look(page, "school-return", "Education")
    page.get_by_role("button", name="Look through the files").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    look(page, "school-nothing-chosen", "Education")
    choose(page, "pupils.csv", SCHOOL.format(born="31/02/2015", standing="at home").encode())
    expect(page.get_by_role("cell", name="There is no such day in that month").first).to_be_visible()
    look(page, "school-findings", "pupils.csv")
    page.get_by_role("button", name="Choose the mended files").click()
    expect(page.get_by_role("heading", level=1, name="Education")).to_be_visible()
    choose(page, "pupils.csv", SCHOOL.format(born="28/02/2015", standing="At school").encode())
    expect(page.get_by_role("button", name="Send this return")).to_be_visible()
    look(page, "school-checked", "pupils.csv")
    page.get_by_role("button", name="Send this return").click()
    expect(page.get_by_text("The partnership's data desk was told")).to_be_visible()
    look(page, "school-sent", "Education")


def test_a_police_analyst_mends_and_sends_and_it_is_accepted(signed_in: Callable[..., Page]) -> None:
    page = signed_in("agency.analyst", java_script_enabled=False)
    page.goto("/data/")
    page.get_by_role("link", name="Police: incidents with children").click()
    choose(page, "q2.csv", rows_csv({"kind": "burglary", "happened_at": "14/13/2026"}))
    expect(page.get_by_text("2 things must be mended first")).to_be_visible()
    expect(page.get_by_role("cell", name="There is no month 13").first).to_be_visible()
    page.get_by_role("button", name="Choose the mended files").click()
    choose(page, "q2.csv", rows_csv(*many(3), {"incident_number": "EX-9", "born_on": "", "postcode": ""}))
    expect(page.get_by_text("Please look at what is worth asking about")).to_be_visible()
    page.get_by_role("button", name="Send this return").click()
    expect(page.get_by_text("The partnership's data desk was told")).to_be_visible()
    page.goto("/data/quality/?return=police-incidents")
    expect(page.get_by_role("heading", level=1, name="How good the data is")).to_be_visible()
    page.goto("/scorecard/")
    expect(page.get_by_text("Counts of 1 to 7 are not shown")).to_be_visible()
    analyst = signed_in("analyst")
    analyst.goto("/data/?show=in")
    analyst.get_by_role("link", name="Police: incidents with children").click()
    look(analyst, "analyst-return", "Police")
    analyst.get_by_role("link", name="Version 1").click()
    look(analyst, "analyst-version", "Police")
    analyst.get_by_role("button", name="Accept this version").click()
    expect(analyst.get_by_text("This version now counts for the period")).to_be_visible()
    analyst.goto("/data/quality/?return=police-incidents")
    look(analyst, "quality", "How good the data is")
    analyst.get_by_role("link", name="to look at").first.click()
    look(analyst, "quality-rows", "rows to look at")
    for address, heading in (("/data/ask/", "Ask for a return"), ("/data/specifications/", "What returns are made of"),
                             ("/data/specifications/police-incidents/", "Police"),
                             ("/data/specifications/define/", "Define a return of our own")):
        analyst.goto(address)
        look(analyst, heading.lower().replace(" ", "-"), heading)
