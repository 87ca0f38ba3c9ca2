"""A yearly report: somebody writes for a partner on one page, the scrutineer comments, three leads sign, the worker puts
it out and it stays so; readers follow a figure to what it means. Arrangements go the same way, and stay in force."""
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.casework.clock import Clock
from tests.browser.casework.person import Person
from tests.browser.casework.world import HEALTH
from tests.browser.service import Service

START = datetime(2026, 4, 20, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
REPORT, ARRANGEMENTS = "Yearly report 2025-2026", "How the invented partners work together"
COMMENT = "It says plainly what was done; it could say more of what changed"
VOICE = """## What you said

> They listened to me.
> — a young person

## What changed

- Letters are short."""
OTHERS = """# Marlpit Safeguarding Children Partnership Annual Report 2023-24

## 1.0 Audits

In 42 of 50 cases (99%) there was a plan. Visits in time are up by 9% at 71%, having been 62% before.

> Zebedee came every Tuesday and my mum stopped crying.
> — a young person
"""
PARTNERS = ("council-partner", "police-partner", "board-partner")
COUNTED = "Exploitation cases"


def test_from_the_first_question_to_everybody_reading_it(
        sign_in: Callable[[str], Person], new_page: Callable[..., Page], clock: Clock, service: Service) -> None:
    clock.set(START)
    commission(sign_in("office"))
    clock.set(START + 20 * DAY)
    contribute(sign_in("writer"))
    clock.set(START + 40 * DAY)
    office = sign_in("office")
    assemble(office)
    comment(sign_in("scrutineer"), REPORT)
    for who in PARTNERS:
        sign(sign_in(who), REPORT)
    publish(office, REPORT, service)
    nothing_changes_it(office)
    checks_any_report(office)
    anybody_reads_it(Person(new_page()))
    follows_a_figure(sign_in("lead"), rows=True)
    follows_a_figure(sign_in("board-partner"), rows=False)


def test_arrangements_from_the_draft_to_being_in_force(
        sign_in: Callable[[str], Person], clock: Clock, service: Service) -> None:
    clock.set(START)
    office = sign_in("office")
    office.menu("Reports")
    office.follow("Write the arrangements anew")
    office.fill("What are they called", ARRANGEMENTS)
    office.when("When are they meant to be published", START + 60 * DAY)
    office.save("Begin")
    office.follow("Say that the draft is ready")
    office.save()
    comment(sign_in("scrutineer"), ARRANGEMENTS)
    for who in PARTNERS:
        sign(sign_in(who), ARRANGEMENTS)
    publish(office, ARRANGEMENTS, service)
    office.follow("Its text")
    office.sees("Version 1, published")
    office.look("arrangements-01-versions")
    scrutineer = sign_in("scrutineer")
    of_the_menu(scrutineer, ARRANGEMENTS)
    scrutineer.follow("Scrutinise the arrangements")
    scrutineer.save()
    expect(scrutineer.page.get_by_role("row", name="Scrutinise the arrangements").first).to_be_visible()


def of_the_menu(person: Person, title: str) -> None:
    person.menu("Reports")
    person.follow(title)
    expect(person.page.locator("h1")).to_contain_text(title)


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


def contribute(writer: Person) -> None:
    """One page, in words of their own, by somebody appointed to write it who sees nothing else of their agency's."""
    writer.asked("part of the yearly report")
    writer.choose("Does your agency contribute", "Yes")
    writer.fill("What went well", "A mother said: they listened to me")
    writer.look("yearly-04-contribution")
    writer.save("Send our contribution")
    writer.sees("Sent. Thank you")


def assemble(office: Person) -> None:
    of_the_menu(office, REPORT)
    owes(office, "Returned")
    office.follow("Its text")
    office.follow("Load the year's courses")
    office.look("yearly-05-courses")
    of_the_menu(office, REPORT)
    office.follow("Freeze the figures")
    office.look("yearly-05-freeze")
    office.save("Freeze the figures")
    voice(office)
    of_the_menu(office, REPORT)
    office.follow("Say that the draft is ready")
    office.save()
    expect(office.page.get_by_role("main").get_by_role("link", name="Publish or hold back")).to_have_count(0)


def voice(office: Person) -> None:
    """What children said, in the editor, and what the figures give away together."""
    office.follow("Its text")
    office.follow("What its figures give away together")
    office.sees("Nothing small can be worked out from them")
    office.look("yearly-05-together")
    office.page.go_back()
    office.follow("What children and families told us")
    office.fill("Text", VOICE)
    office.save("Save")


def comment(scrutineer: Person, title: str) -> None:
    of_the_menu(scrutineer, title)
    scrutineer.follow("Comment on the draft")
    scrutineer.choose("Do you support what the draft says", "I support it with reservations")
    scrutineer.fill("What is your comment", COMMENT)
    scrutineer.save()
    scrutineer.sees(COMMENT)


def sign(lead: Person, title: str) -> None:
    of_the_menu(lead, title)
    lead.sees(COMMENT)
    lead.follow("Sign the draft")
    lead.save()
    lead.sees(re.compile("of 3 lead safeguarding partners have signed"))


def publish(office: Person, title: str, service: Service) -> None:
    """Asked for at once; the worker lays it out, and until it has nobody outside sees anything of it."""
    of_the_menu(office, title)
    office.sees("3 of 3 lead safeguarding partners have signed")
    office.follow("Publish or hold back")
    office.choose("Is it published", "It is published")
    office.save("Publish or hold back")
    office.sees("It is being laid out to be published")
    expect(office.page.get_by_role("main").get_by_role("link", name="Publish or hold back")).to_have_count(0)
    office.look(f"yearly-07-{'laid-out' if title == REPORT else 'arrangements'}")
    service.run("-m", "goldthread.commands", "worker", "--once", **service.more)
    office.follow("Look again")
    office.sees("It changes no more")
    office.look(f"yearly-08-{'published' if title == REPORT else 'in-force'}")


def nothing_changes_it(office: Person) -> None:
    """Neither is it offered, nor does the address of it take anything."""
    for step in ("Freeze the figures", "Say that the draft is ready", "Publish or hold back"):
        expect(office.page.get_by_role("main").get_by_role("link", name=step)).to_have_count(0)
    for name in ("freeze", "publish"):
        assert office.page.request.get(f"{office.page.url}{name}/").status == 403, name


def checks_any_report(office: Person) -> None:
    """A file of anybody's, held against itself: where, stated, worked out and how, how sure; and nothing of it is kept."""
    office.menu("Reports")
    office.follow("Check a finished report")
    office.page.locator("input[type=file][name=report]").set_input_files(
        {"name": "invented.md", "mimeType": "text/markdown", "buffer": OTHERS.encode()})
    office.choose("Keep the files", "No")
    office.save("Check")
    office.sees("What was found in invented.md")
    office.sees("2 things do not hold, and 1 may give somebody away")
    tables = office.page.get_by_role("main").locator("table")
    share = tables.get_by_role("row").filter(has_text="In 42 of 50")
    for told in ("1.0 Audits", "99%", "84%", "42 ÷ 50 × 100 = 84%", re.compile(r"\b(?:8|9)\d%")):
        expect(share).to_contain_text(told)
    points = tables.get_by_role("row").filter(has_text="having been 62%")
    expect(points).to_contain_text("9 percentage points, or 14.5%")
    expect(tables.get_by_role("row").filter(has_text="Zebedee")).to_have_count(1)
    office.look("yearly-09-checked")


def anybody_reads_it(anybody: Person) -> None:
    anybody.page.goto("/public/reports/")
    anybody.sees(re.compile("yearly report 2025-26"))
    anybody.sees("They listened to me.")
    anybody.look("yearly-09-public")
    anybody.follow("Read it as a page")
    expect(anybody.page.locator("h1").first).to_contain_text("yearly report 2025-26")


def follows_a_figure(reader: Person, *, rows: bool) -> None:
    """From the report to what a figure means; to the records it counts only for who works on them."""
    reader.page.goto("/reports/documents/")
    reader.follow(re.compile("yearly report 2025-26"))
    reader.follow("Read the report")
    reader.follow(COUNTED)
    reader.sees(re.compile("begun from 1 April 2025 to 31 March 2026"))
    expect(reader.page.get_by_role("main").locator("dd", has_text=re.compile("^c: a number from 1 to 7"))).to_be_visible()
    expect(reader.page.get_by_role("link", name=re.compile("^EX-"))).to_have_count(1 if rows else 0)
    if not rows:
        reader.sees("read by those who work on them")
    reader.look(f"yearly-10-figure-{'rows' if rows else 'alone'}")
