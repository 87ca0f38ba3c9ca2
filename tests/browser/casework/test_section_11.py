"""A section 11 return by an agency's lead, signed by a senior who did not write it, and its one gap closed."""
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.casework.clock import Clock
from tests.browser.casework.person import Person
from tests.browser.casework.world import HEALTH

START = datetime(2026, 2, 2, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_return_by_an_agency_lead(sign_in: Callable[[str], Person], clock: Clock) -> None:
    clock.set(START)
    launch(sign_in("office"))
    clock.set(START + 7 * DAY)
    lead = sign_in("health-lead")
    case = write(lead)
    sign(sign_in("health-senior"), case)
    send(lead, case)
    moderate(sign_in("office"), case)
    plan(lead, case)
    clock.set(START + 60 * DAY)
    done(sign_in("health-lead"), case)
    close(sign_in("office"), case)


def launch(office: Person) -> None:
    office.menu("Assurance")
    office.look("s11-01-assurance")
    office.follow("Section 11 returns")
    office.follow("Rounds")
    office.press("Start a round")
    office.look("s11-02-start-round")
    office.fill("What is this round called", "Section 11 return 2026")
    office.page.get_by_label(HEALTH).check()
    office.when("By when", START + 60 * DAY)
    office.save("Ask these agencies")
    office.look("s11-03-round")


def write(lead: Person) -> str:
    lead.look("s11-04-lead-my-work")
    lead.page.get_by_role("banner").get_by_role("link", name="Notices").click()
    lead.follow("Your agency is asked for its section 11 return")
    case = lead.reference()
    lead.look("s11-05-asked")
    lead.follow("Section 11 return")
    expect(lead.page.get_by_label("Who wrote this return")).to_have_value(re.compile("Hal Lead"))
    lead.rest("We do this, and the file shows it")
    lead.page.evaluate("document.querySelectorAll('input[name$=\"-score\"][value=\"3\"]').forEach(each => each.click())")
    lead.page.locator("input[name='standardanswer-4-score'][value='1']").check()
    lead.look("s11-06-return")
    lead.press("Save and continue")
    expect(lead.page.locator(".govuk-error-summary")).to_contain_text("what you will do")
    lead.look("s11-07-mistake")
    lead.page.locator("textarea[name='standardanswer-4-action']").fill("Train everybody who meets children")
    lead.save()
    lead.look("s11-08-waits-for-signature")
    return case


def sign(senior: Person, case: str) -> None:
    """The senior is told that a signature waits, and reads all of it before signing."""
    senior.look("s11-09-senior-my-work")
    senior.page.get_by_role("banner").get_by_role("link", name="Notices").click()
    senior.look("s11-10-senior-notices")
    senior.follow(re.compile("waits for a senior to sign"), nth=0)
    assert senior.reference() == case
    senior.follow("Sign the return")
    senior.look("s11-11-sign")
    senior.save()


def send(lead: Person, case: str) -> None:
    lead.by_link(case)
    lead.follow("Send the return")
    lead.save()
    lead.look("s11-12-sent")


def moderate(office: Person, case: str) -> None:
    office.by_link(case)
    office.look("s11-13-office-reads")
    office.follow("Moderate the return")
    office.choose("What is the result", "There are gaps to close")
    office.look("s11-14-moderate")
    office.save()


def plan(lead: Person, case: str) -> None:
    lead.by_link(case)
    lead.follow("Plan for the gaps")
    lead.when("By when will all of it be done", START + 90 * DAY)
    lead.press("Add action")
    lead.when("By when?", START + 80 * DAY)
    lead.look("s11-15-gaps")
    lead.save()


def done(lead: Person, case: str) -> None:
    lead.by_link(case)
    lead.follow("Say that an action is done")
    lead.look("s11-16-action-done")
    lead.save()


def close(office: Person, case: str) -> None:
    office.by_link(case)
    office.follow("Close the actions")
    office.save()
    office.look("s11-17-closed")
    expect(office.page.get_by_text("Closed").first).to_be_visible()
