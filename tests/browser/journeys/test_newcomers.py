"""A newcomer's first five minutes: each persona signs in by the demo's link and does the first task of their list.

Every press, every choice and every field filled counts as one interaction; so does following the link that signs in.
What was measured is written to .run/newcomers.json.
"""
from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from goldthread.web.demo import PERSONAS
from tests.browser.checks import assert_accessible
from tests.browser.conftest import PHONE, ROOT, WIDE
from tests.browser.journeys.people import Counted
from tests.browser.journeys.telling import tell_shortly

MOST_INTERACTIONS, MOST_SECONDS = 12, 60.0
SAMPLES = ROOT / "tests" / "reports" / "wordings" / "elmsworth-2021-22"


def reads_notice(person: Counted) -> None:
    person.fill("What will you do to support the child today? (optional)", "A quiet start with her key worker.")
    person.press("I have read this")
    expect(person.page.get_by_role("heading", name="Sent. Thank you")).to_be_visible()


def answers(person: Counted) -> None:
    person.choose("Yes, we know something")
    person.fill("What do you know?", "Seen twice this year, both times well and in good spirits.")
    person.press("Send")
    expect(person.page.get_by_role("heading", name="Sent. Thank you")).to_be_visible()


def reads_contact(person: Counted) -> None:
    expect(person.page.locator(".gt-identity")).to_be_visible()
    person.follow("Timeline")
    expect(person.page.get_by_role("heading", name="Contact")).to_be_visible()


def rates(person: Counted) -> None:
    person.choose("Amber: serious worry")
    person.fill("Why this rating?", "More than one sign of neglect; a partner should be asked.")
    person.press("Save and continue")
    expect(person.page.locator(".gt-identity")).to_contain_text("Amber")


def decides(person: Counted) -> None:
    person.choose("Level 3: complex need")
    person.select("What happens next?", "Child and family assessment")
    person.fill("Why?", "Neglect over weeks; housing and health visitor both worry.")
    if (why_not := person.page.get_by_label("If not, why not?")).is_visible():
        person.interactions += 1
        why_not.fill("What the referrer told us was enough to decide.")
    person.press("Record the decision")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Tell the referrer")


def authorises(person: Counted) -> None:
    person.select("What happens next?", "Services (section 17)")
    person.select("What is the main need?", "Family in acute stress")
    person.fill("Why?", "The parents ask for help with the evenings, and the children need it.")
    person.fill("How will the family and the child be told?", "The social worker visits on Thursday.")
    person.press("Save and continue")
    expect(person.page.locator(".gt-identity")).to_be_visible()


def sends_decisions(person: Counted) -> None:
    person.fill("To whom were they sent?", "Both parents by hand, the agencies by the portal.")
    person.press("Save and continue")
    expect(person.page.locator(".gt-identity")).to_be_visible()


def hears(person: Counted) -> None:
    person.choose("Take it on")
    person.fill("Why?", "Two signs are known for certain, and the child wants somebody to stay.")
    person.press("Save and continue")
    expect(person.page.locator(".gt-identity")).to_be_visible()


def weighs(person: Counted) -> None:
    person.choose("Concern: advice is enough")
    person.fill("What did you advise?", "Speak with the adult about it, and write it down.")
    person.fill("Why did you decide so?", "Nobody was harmed, and it happened once.")
    person.press("Save and continue")
    expect(person.page.locator(".gt-identity")).to_be_visible()


def reads_what_is_asked(person: Counted) -> None:
    expect(person.page.locator(".gt-identity")).to_contain_text("Section 11 round")


def signs(person: Counted) -> None:
    person.press("Save and continue")
    expect(person.page.locator(".gt-identity")).to_be_visible()


def signs_review(person: Counted) -> None:
    person.fill("For which safeguarding partner do you sign?", "Bridgelands Integrated Care Board")
    person.press("Save and continue")
    expect(person.page.locator(".gt-identity")).to_be_visible()


def tells_family(person: Counted) -> None:
    person.choose("Yes")
    person.press("Save and continue")
    expect(person.page.locator(".gt-identity")).to_be_visible()


def builds_report(person: Counted) -> None:
    for name, file in (("training", "training-courses.csv"), ("budget", "budget.csv"), ("indicators", "indicators.csv")):
        person.interactions += 1
        person.page.locator(f"input[type=file][name={name}]").set_input_files(SAMPLES / file)
    person.press("Make the report")
    person.press("Read the report")
    expect(person.page.get_by_role("heading", level=1)).to_be_visible()
    person.page.goto("/")


def sees_figures(person: Counted) -> None:
    expect(person.page.get_by_role("figure", name="Contacts received")).to_be_visible()
    person.follow("13 weeks")
    expect(person.page.get_by_role("figure", name="Contacts received")).to_be_visible()


def sees_what_is_owed(person: Counted) -> None:
    expect(person.page.get_by_role("heading", level=1, name="Data returns")).to_be_visible()


def closes_alert(person: Counted) -> None:
    person.on(person.page.locator("main tbody").get_by_role("link").first)
    person.choose("Proper use")
    person.fill("What did you look at, and what did you find?", "Rang the hospital; the reason holds.")
    person.press("Close the alert")
    expect(person.page.locator("main")).to_contain_text("Proper use")


def looks_over_set_up(person: Counted) -> None:
    person.on(person.page.locator("main .govuk-task-list__link").first)
    expect(person.page.get_by_role("button", name="Save")).to_be_visible()


FIRST: dict[str, Callable[[Counted], None]] = {
    "school.lead": reads_notice, "gp": answers, "health.visitor": answers, "police.partner": answers,
    "social.worker": reads_contact, "team.manager": authorises, "conference.chair": sends_decisions,
    "exploitation.lead": hears, "lado": weighs, "agency.lead": reads_what_is_asked, "agency.senior": signs,
    "agency.analyst": sees_what_is_owed,
    "lead.partner": signs_review, "case.reviewer": tells_family, "mash.worker": rates,
    "mash.manager": decides, "business.manager": builds_report,
    "analyst": sees_figures, "scrutineer": sees_figures, "privacy.officer": closes_alert,
    "administrator": looks_over_set_up,
}


@pytest.fixture
def what_to_load() -> str:
    """A service of its own: whoever has looked around before is no newcomer."""
    return "tests.browser.journeys.conftest:load#newcomers"


@pytest.fixture(scope="module")
def measured() -> Iterator[list[dict[str, Any]]]:
    found: list[dict[str, Any]] = []
    yield found
    (ROOT / ".run" / "newcomers.json").write_text(json.dumps(found, indent=1))
    print("\nWho                        task                                              px  interactions  seconds")
    for row in found:
        print(f"{row['who']:<26} {row['task']:<49} {row['width']:>4} {row['interactions']:>8} {row['seconds']:>12.1f}")


def first_task(page: Page) -> Any:
    lines = page.locator("section[aria-labelledby=first] li")
    assert lines.count() == 3, f"{lines.count()} first tasks"
    return lines.first


@pytest.mark.parametrize(("key", "width"), [(each.key, PHONE if at % 2 else WIDE) for at, each in enumerate(PERSONAS)])
def test_a_newcomer_does_the_first_task(key: str, width: dict[str, int], signed_in: Callable[..., Page],
                                        measured: list[dict[str, Any]]) -> None:
    person = Counted(signed_in(key, viewport=width))
    person.interactions += 1
    task = first_task(person.page)
    words = task.get_by_role("link").inner_text()
    expect(task).to_contain_text("To do")
    assert_accessible(person.page)
    person.on(task.get_by_role("link"))
    FIRST[key](person)
    seconds = person.seconds
    person.page.goto("/")
    expect(first_task(person.page)).to_contain_text("Done")
    measured.append({"who": next(each.name for each in PERSONAS if each.key == key), "task": words,
                     "width": width["width"], "interactions": person.interactions, "seconds": round(seconds, 1)})
    assert person.interactions <= MOST_INTERACTIONS, f"{person.interactions} interactions"
    assert seconds <= MOST_SECONDS, f"{seconds:.0f} seconds for a script"


def test_the_shortest_whole_contact(signed_in: Callable[..., Page], measured: list[dict[str, Any]]) -> None:
    """What a worry told from nothing takes when only what must be answered is answered."""
    person = Counted(signed_in("school.lead"))
    person.interactions += 1
    reference = tell_shortly(person)
    assert reference.startswith("FD-")
    measured.append({"who": "School safeguarding lead", "task": "Tell the front door about a worry, from nothing",
                     "width": 1280, "interactions": person.interactions, "seconds": round(person.seconds, 1)})
    assert person.interactions <= 20
