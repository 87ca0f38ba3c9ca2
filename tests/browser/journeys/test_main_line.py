"""The main line: a school's worry through the front door to a decision and back, each person in a browser of their own."""
from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible
from tests.browser.conftest import expecting, screenshot
from tests.browser.journeys.people import WORRY, Counted
from tests.browser.journeys.telling import VOICE, begin, name_child, rest, send

SECRET = "Officers attended in May: an adult was arrested for an assault at the address."
RATIONALE = "Neglect over a week, an assault known to the police, and a child who is hungry."
RATED = "Hungry over a week; two children."
MOST_CLICKS = 6


def of_contact(page: Page, reference: str) -> None:
    page.goto(f"/case/{reference}/")


def not_there(page: Page, path: str) -> None:
    """The page answers as for something that does not exist."""
    with expecting(page, "404"):
        assert page.goto(path).status == 404, f"{path} is there for somebody who must not see it"


def everything_the_school_sees(page: Page, reference: str) -> str:
    """All text of every page the school has of its contact, with the pages' own links followed."""
    home = f"/case/{reference}/"
    seen, waiting, found = set(), [home], []
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        page.goto(path)
        found.append(page.content())
        links = page.eval_on_selector_all("main a[href]", "all => all.map(each => each.getAttribute('href'))")
        waiting += [each for each in links if each.startswith(home)]
    assert len(seen) >= 4, f"Only {seen} were looked at"
    return "\n".join(found)


def known_to_the_school(page: Page) -> tuple[str, str]:
    """First and last name of a child the school told the front door of before, and was answered about."""
    row = page.locator("table", has_text="Where it stands").locator("tr", has_text="Answered").first
    given, _, family = row.get_by_role("link").first.inner_text().split(" and ")[0].partition(" ")
    return given, family


def school_tells(page: Page, child: tuple[str, str]) -> str:
    person = Counted(page)
    begin(person)
    name_child(person, *child)
    person.press("Add another person")
    page.get_by_role("group", name="Person 2").get_by_label("Brother or sister").check()
    name_child(person, "Juno", child[1], nth=1)
    person.press("Save and come back later")
    expect(page.get_by_role("heading", level=1)).to_have_text("Contact")
    assert_accessible(page)
    page.goto("/drafts/")
    page.get_by_role("link", name="Contact, begun").first.click()
    page.get_by_role("link", name="Who are you worried about?").click()
    assert page.get_by_label("First name (optional)").nth(1).input_value() == "Juno"
    person.press("Continue")
    rest(person)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    answers = page.locator("#answers").inner_text()
    for each in (WORRY, VOICE, "Juno", "Telling the parents first could make it worse.", "Larkfield Primary School"):
        assert each in answers, f"“{each}” is not among the answers"
    assert_accessible(page)
    reference = send(person)
    assert re.fullmatch(r"FD-\w{4}-\w{2}", reference)
    expect(page.locator("main")).to_contain_text(re.compile(r"will answer you (today|tomorrow|on \w+day|\w+day)"))
    assert_accessible(page)
    screenshot(page, "main-line-1-receipt")
    return reference


def worker_identifies_and_rates(page: Page, reference: str, child: tuple[str, str]) -> None:
    of_contact(page, reference)
    expect(page.locator("main")).to_contain_text(WORRY)
    page.get_by_role("link", name="Known already?").first.click()
    known = page.get_by_role("group", name=f"{' '.join(child)}, child")
    expect(known.locator(".gt-candidate").first).to_contain_text("earlier contact")
    known.locator(".gt-candidate input[type=radio]").first.check()
    page.get_by_role("group", name="Juno").get_by_label("Not known before").check()
    assert_accessible(page)
    screenshot(page, "main-line-2-known")
    page.get_by_role("button", name="Save and continue").click()
    page.goto(f"/case/{reference}/record/rating/")
    page.get_by_label("Amber").check()
    page.get_by_label("Why this rating?").fill(RATED)
    page.get_by_role("group", name="Start the time limit again").get_by_label("No").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".gt-identity")).to_contain_text("Amber")


def worker_asks_police(page: Page, reference: str, child: tuple[str, str]) -> None:
    of_contact(page, reference)
    page.get_by_role("link", name="Request for information").first.click()
    page.get_by_label("Bridgelands Police").first.check()
    assert_accessible(page)
    page.get_by_role("button", name="See what they will see").click()
    seen = page.locator("main").inner_text()
    assert " ".join(child) in seen and WORRY not in seen
    screenshot(page, "main-line-3-preview")
    page.get_by_role("button", name="Send to 1 agency").click()
    expect(page.locator("main")).to_contain_text("Not opened yet")


def police_answer(page: Page, reference: str, child: tuple[str, str]) -> int:
    """From the notice to done; gives how many presses and choices it took."""
    person = Counted(page)
    person.follow("Notices", exact=False)
    person.on(page.locator("main li", has_text="request for information").first.get_by_role("link"))
    assert " ".join(child) in page.locator("main").inner_text() and WORRY not in page.content()
    assert_accessible(page)
    screenshot(page, "main-line-4-request")
    person.choose("Yes, we know something")
    person.fill("What do you know?", SECRET)
    person.press("Send")
    expect(page.get_by_role("heading", name="Sent. Thank you")).to_be_visible()
    assert_accessible(page)
    not_there(page, f"/case/{reference}/")
    return person.interactions


def manager_decides(page: Page, reference: str) -> None:
    of_contact(page, reference)
    page.get_by_role("link", name="Decision").first.click()
    expect(page.get_by_text(SECRET)).to_be_visible()
    page.get_by_label("Level 3: complex need").check()
    page.get_by_label("What happens next?", exact=True).select_option(index=2)
    page.get_by_label("Why?", exact=True).fill(RATIONALE)
    assert_accessible(page)
    screenshot(page, "main-line-5-decision")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tell the referrer")


def manager_answers(page: Page, reference: str) -> str:
    told = page.get_by_label("What will you tell them?")
    words = told.input_value()
    assert words and SECRET not in words and RATIONALE not in words
    told.fill(f"{words} {SECRET}")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("it was not given to be passed on")
    told.fill(words)
    page.get_by_role("button", name="Send", exact=True).click()
    of_contact(page, reference)
    expect(page.locator("main")).to_contain_text("Answer to the referrer")
    return words


def school_reads_and_disagrees(page: Page, reference: str, words: str) -> None:
    page.goto("/notices/")
    page.locator("main li a[href]").first.click()
    expect(page.locator("main")).to_contain_text("Our answer")
    for line in filter(None, (each.strip() for each in words.splitlines())):
        expect(page.locator("main")).to_contain_text(line)
    assert_accessible(page)
    screenshot(page, "main-line-6-answer")
    page.get_by_role("link", name="I do not agree").click()
    page.get_by_label("What do you disagree with, and why?").fill("Two children have been hungry for weeks.")
    page.get_by_label("What do you want to happen?").fill("Please see the children this week.")
    assert_accessible(page)
    page.get_by_role("button", name="Send", exact=True).click()
    of_contact(page, reference)
    expect(page.locator("main")).to_contain_text("Please see the children this week.")


def test_a_school_s_worry_is_decided_and_answered_and_nobody_sees_more_than_they_may(
        signed_in: Callable[..., Page]) -> None:
    school, worker = signed_in("school.lead"), signed_in("mash.worker")
    police, manager, gp = signed_in("police.partner"), signed_in("mash.manager"), signed_in("gp")
    child = known_to_the_school(school)
    reference = school_tells(school, child)
    for other in (police, gp):
        not_there(other, f"/case/{reference}/")
    worker_identifies_and_rates(worker, reference, child)
    before = everything_the_school_sees(school, reference)
    assert WORRY in before and "Amber" not in before and RATED not in before
    worker_asks_police(worker, reference, child)
    clicks = police_answer(police, reference, child)
    assert clicks <= MOST_CLICKS, f"Answering took {clicks} presses, choices and fields"
    not_there(gp, f"/case/{reference}/")
    manager_decides(manager, reference)
    words = manager_answers(manager, reference)
    school_reads_and_disagrees(school, reference, words)
    after = everything_the_school_sees(school, reference)
    for each in (SECRET, RATIONALE, RATED, "Bridgelands Police", "Amber"):
        assert each not in after, f"The school can read “{each}”"
    of_contact(worker, reference)
    assert "disagree" in worker.content().lower()
