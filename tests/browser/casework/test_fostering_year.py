"""A private fostering year: a visit every 6 weeks until the first year is over, then every 12, and a monthly audit."""
from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.casework.clock import Clock
from tests.browser.casework.person import Person

TOLD = datetime(2025, 10, 6, 9, 0, tzinfo=UTC)  # a Monday
WEEK = timedelta(weeks=1)
FIRST, LAST_OF_YEAR, IN_SECOND_YEAR = TOLD + WEEK, TOLD + 49 * WEEK, TOLD + 55 * WEEK


def test_a_year_of_private_fostering(sign_in: Callable[[str], Person], clock: Clock) -> None:
    clock.set(TOLD)
    case = begin(sign_in("manager"))
    clock.set(FIRST)
    visit(sign_in("worker"), case, "First visit", "fostering-02-first-visit")
    assess(sign_in("worker"), case)
    clock.set(FIRST + timedelta(days=1))
    decide(sign_in("manager"), case)
    for week in range(7, 50, 6):
        clock.set(TOLD + week * WEEK)
        visit(sign_in("worker"), case, "Regular visit")
    worker = sign_in("worker")
    worker.of(case)
    expect(due(worker, "Regular visit")).to_contain_text("Monday 26 October")  # 6 weeks from 14 September 2026
    clock.set(IN_SECOND_YEAR)
    worker = sign_in("worker")
    visit(worker, case, "Regular visit")
    expect(due(worker, "Regular visit")).to_contain_text("Monday 18 January 2027")  # 12 weeks from 26 October
    worker.look("fostering-05-second-year")
    audited(sign_in("manager"), case)


def due(person: Person, name: str) -> object:
    return person.page.locator(".gt-clock", has_text=name).first


def begin(manager: Person) -> str:
    manager.find("Fia Fictionby")
    manager.follow("Private fostering arrangement")
    manager.choose("Does the child live there already", "The child lives there already")
    manager.fill("Who looks after the child", "Aunt Invented")
    manager.look("fostering-01-notice")
    manager.save("Save and begin")
    manager.follow("Name the social worker")
    manager.select("Who will work on this", "Wren Worker")
    manager.save()
    return manager.reference()


def visit(worker: Person, case: str, kind: str, picture: str = "") -> None:
    worker.of(case)
    worker.follow("Fostering visit")
    worker.choose("What kind of visit", kind)
    worker.choose("Did you speak with the child alone", "Yes")
    worker.fill("What did the child say", "I miss my mother, and I like my room.")
    if picture:
        worker.look(picture)
    worker.save()


def assess(worker: Person, case: str) -> None:
    worker.of(case)
    worker.follow("Assessment of suitability")
    worker.look("fostering-03-suitability")
    worker.save()


def decide(manager: Person, case: str) -> None:
    manager.of(case)
    manager.follow("Suitability decision")
    manager.choose("What do you decide", "Suitable")
    manager.save()
    manager.look("fostering-04-suitable")


def audited(manager: Person, case: str) -> None:
    """The audit runs every month beside the visits; the first was never made, and the page says so until it is."""
    manager.of(case)
    expect(due(manager, "Monthly audit")).to_contain_text("Overdue")
    manager.follow("Monthly audit")
    manager.choose("How is the work on this case", "Good")
    manager.look("fostering-06-audit")
    manager.save()
    expect(due(manager, "Monthly audit")).to_contain_text("Thursday 26 November")
    manager.page.get_by_role("link", name="To do").click()
    manager.look("fostering-07-to-do")
    visits = manager.page.locator(".gt-law", has_text="Regular visit")
    expect(visits).to_have_count(11)
    assert not any("Late" in words for words in visits.all_inner_texts()), "every visit was in time"
    expect(manager.page.locator(".gt-law", has_text="Monthly audit").filter(has_text="Late")).to_have_count(1)
