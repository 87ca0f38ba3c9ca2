"""A return home interview at the edge of 72 hours, over the night when the clocks go back."""
from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.casework.clock import Clock
from tests.browser.casework.person import Person

FOUND = datetime(2026, 10, 23, 13, 0, tzinfo=UTC)  # Friday, 2 pm in summer time; 72 hours on it is Monday, 1 pm
SAID = "I stayed with a man who says he is my friend. He hit me."


@pytest.mark.parametrize(("child", "minutes", "late"), [("Una", -1, False), ("Milo", 1, True)], ids=["71:59", "72:01"])
def test_seventy_two_hours_are_seventy_two_hours(
        sign_in: Callable[[str], Person], clock: Clock, child: str, minutes: int, late: bool) -> None:
    clock.set(FOUND - timedelta(hours=20))
    episode = report(sign_in("lead"), child)
    clock.set(FOUND + timedelta(minutes=10))
    found(sign_in("lead"), episode, f"missing-{child}")
    clock.set(FOUND + timedelta(hours=72, minutes=minutes))
    youth = sign_in("youth")
    interview(youth, episode, child, late)
    youth.page.get_by_role("link", name="To do").click()
    youth.look(f"missing-{child}-5-to-do")
    limit = youth.page.locator(".gt-law", has_text="Return home interview")
    expect(limit).to_contain_text("Done")
    assert ("Late" in limit.inner_text()) is late
    hand_over(sign_in("lead"), sign_in("manager"), episode, child)


def report(lead: Person, child: str) -> str:
    lead.find(f"{child} Madeupton")
    lead.follow("Missing episode")
    lead.when("When did a responsible adult last see", FOUND - timedelta(hours=22))
    lead.choose_code("Missing, or away", "missing")
    lead.look(f"missing-{child}-1-report")
    lead.save("Save and begin")
    lead.follow("Risk grade")
    lead.choose_code("How high is the risk", "high")
    lead.save()
    return lead.reference()


def found(lead: Person, episode: str, picture: str) -> None:
    """Found, and offered the interview, on the Friday before the clocks go back."""
    lead.of(episode)
    lead.follow("Found")
    lead.when("When was the child found", FOUND)
    lead.choose_code("How did it end", "came back")
    lead.choose_code("Did the child come to harm", "not known")
    lead.look(f"{picture}-2-found")
    lead.save()
    lead.follow("Return home interview offered")
    lead.choose_code("Was", "accepted")
    lead.save()
    lead.look(f"{picture}-3-offered")


def interview(youth: Person, episode: str, child: str, late: bool) -> None:
    """By somebody who did not report the child missing. The page says the time by the clock on the wall."""
    youth.of(episode)
    youth.look(f"missing-{child}-4-before-interview")
    due = youth.page.locator(".gt-clock", has_text="Return home interview")
    expect(due).to_contain_text("1 minute late" if late else "today at 1 pm")
    expect(youth.page.get_by_text("High risk")).to_be_visible()
    youth.follow("Return home interview")
    youth.choose("Did the child speak alone", "Yes")
    youth.fill("What did the child say", SAID)
    youth.choose("May the child be suffering significant harm",
                 "Significant harm is feared: a strategy discussion is needed")
    youth.save()


def hand_over(lead: Person, manager: Person, episode: str, child: str) -> None:
    """Harm found in the interview goes to social care at once, in the child's own words."""
    lead.of(episode)
    lead.look(f"missing-{child}-6-offer")
    lead.follow("Begin a strategy discussion")
    expect(lead.page.get_by_label("What has the child said, or shown")).to_have_value(SAID)
    lead.look(f"missing-{child}-7-carried")
    lead.save("Save and begin")
    lead.sees("is with children's social care now")
    lead.look(f"missing-{child}-8-with-social-care")
    manager.page.get_by_role("banner").get_by_role("link", name="Notices").click()
    manager.follow("A strategy discussion is needed")
    manager.sees(SAID)
    manager.look(f"missing-{child}-9-social-care")
