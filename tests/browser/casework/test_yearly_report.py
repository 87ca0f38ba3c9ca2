"""A yearly report: a partner writes on one page, the scrutineer comments, three leads sign, it is out and stays so."""
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.casework.clock import Clock
from tests.browser.casework.person import Person
from tests.browser.casework.world import HEALTH

START = datetime(2026, 4, 20, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DRAWN = 120_000  # milliseconds: every form of the report is drawn while the page is waited for
REPORT = "Yearly report 2025-2026"
COMMENT = "It says plainly what was done; it could say more of what changed"


def test_from_the_first_question_to_everybody_reading_it(
        sign_in: Callable[[str], Person], new_page: Callable[..., Page], clock: Clock) -> None:
    clock.set(START)
    commission(sign_in("office"))
    clock.set(START + 20 * DAY)
    contribute(sign_in("health-lead"))
    clock.set(START + 40 * DAY)
    office = sign_in("office")
    assemble(office)
    comment(sign_in("scrutineer"))
    for who in ("council-partner", "police-partner", "board-partner"):
        sign(sign_in(who))
    publish(office)
    nothing_changes_it(office)
    anybody_reads_it(Person(new_page()))


def of_the_menu(person: Person) -> None:
    person.menu("Reports")
    person.follow(REPORT)
    expect(person.page.locator("h1")).to_contain_text(REPORT)


def owes(office: Person, state: str) -> None:
    expect(office.page.get_by_role("row", name=HEALTH)).to_contain_text(state)


def commission(office: Person) -> None:
    office.menu("Reports")
    office.look("yearly-01-reports")
    office.follow("Commission a yearly report")
    office.choose("Which year is it about", "2025-2026")
    office.when("By when must agencies send", START + 30 * DAY)
    office.when("When are the figures frozen", START + 35 * DAY)
    office.when("When is it meant to be published", START + 120 * DAY)
    office.page.get_by_label(HEALTH).check()
    office.look("yearly-02-commission")
    office.save("Ask these agencies")
    owes(office, "Has time")
    office.look("yearly-03-who-owes-what")


def contribute(lead: Person) -> None:
    """One page, in words of their own."""
    lead.asked("part of the yearly report")
    lead.choose("Does your agency contribute", "Yes")
    lead.fill("What went well", "A mother said: they listened to me")
    lead.look("yearly-04-contribution")
    lead.save("Send our contribution")
    lead.sees("Sent. Thank you")


def assemble(office: Person) -> None:
    of_the_menu(office)
    owes(office, "Returned")
    office.follow("Freezing of the figures")
    office.look("yearly-05-freeze")
    office.save("Freeze the figures")
    office.follow("Draft ready")
    office.save()
    expect(office.page.get_by_role("main").get_by_role("link", name="Publication")).to_have_count(0)


def comment(scrutineer: Person) -> None:
    of_the_menu(scrutineer)
    scrutineer.follow("Scrutineer's comment")
    scrutineer.choose("Do you support what the draft says", "I support it with reservations")
    scrutineer.fill("What is your comment", COMMENT)
    scrutineer.save()
    scrutineer.sees(COMMENT)
    scrutineer.look("yearly-06-commented")


def sign(lead: Person) -> None:
    of_the_menu(lead)
    lead.sees(COMMENT)
    lead.follow("Sign-off by a lead partner")
    lead.save()
    lead.sees(re.compile("of 3 lead safeguarding partners have signed"))


def publish(office: Person) -> None:
    of_the_menu(office)
    office.sees("3 of 3 lead safeguarding partners have signed")
    office.follow("Publication")
    office.choose("Is it published", "It is published")
    office.look("yearly-07-publish")
    office.page.set_default_timeout(DRAWN)
    office.save("Publish or hold back")
    office.sees("It changes no more")
    office.look("yearly-08-published")


def nothing_changes_it(office: Person) -> None:
    """Neither is it offered, nor does the address of it take anything."""
    for step in ("Freezing of the figures", "Draft ready", "Publication"):
        expect(office.page.get_by_role("main").get_by_role("link", name=step)).to_have_count(0)
    for name in ("freeze", "publish"):
        assert office.page.request.get(f"{office.page.url}{name}/").status == 403, name


def anybody_reads_it(anybody: Person) -> None:
    anybody.page.goto("/public/reports/")
    anybody.sees(re.compile("yearly report 2025-26"))
    anybody.look("yearly-09-public")
    anybody.follow("Read it as a page")
    expect(anybody.page.locator("h1").first).to_contain_text("yearly report 2025-26")
