"""A contact told on the long form, as a school's safeguarding lead tells it."""
from __future__ import annotations

from tests.browser.journeys.people import WORRY, Counted

START = "Tell the front door about a worry"
FATHER = "Not known to us. Grandmother brings the children in."
VOICE = "Marlo said: 'There was nothing for tea.'"


def begin(person: Counted) -> None:
    """From the home page to the people: nobody is in danger now."""
    person.press(START)
    person.choose("No")
    person.press("Continue")


def name_child(person: Counted, given: str, family: str, *, nth: int = 0) -> None:
    person.fill("First name (optional)", given, nth=nth)
    person.fill("Last name (optional)", family, nth=nth)


def rest(person: Counted, *, worry: str = WORRY) -> None:
    """From where they live to the answers, leaving nothing out that has to be answered."""
    person.choose("No")
    person.press("Continue")
    person.fill("Who is the child's father, and what part does he play? (optional)", FATHER)
    person.press("Continue")
    person.select("What is your main worry?", "Neglect")
    person.fill("What has happened, and what are you worried about?", worry)
    person.choose("No")
    person.press("Continue")
    person.fill("What has the child said, or shown? (optional)", VOICE)
    person.press("Continue")
    person.choose("Not needed or not safe to ask")
    person.fill("Why?", "Telling the parents first could make it worse.")
    person.press("Continue")
    person.choose("Safeguarding: a child is being harmed, or may be")
    person.press("Continue")
    person.press("Continue")


def send(person: Counted) -> str:
    """Send, and give the reference of the receipt."""
    person.press("Send to the front door")
    return person.page.locator(".gt-confirmation strong").inner_text().strip()


def tell(person: Counted, given: str = "Marlo", family: str = "Testwick", *, worry: str = WORRY) -> str:
    """The whole form for one child. Gives the reference."""
    begin(person)
    name_child(person, given, family)
    person.press("Continue")
    rest(person, worry=worry)
    return send(person)


def tell_shortly(person: Counted) -> str:
    """Only what must be answered. Gives the reference."""
    begin(person)
    person.fill("First name (optional)", "Marlo")
    person.press("Continue")
    person.choose("No")
    person.press("Continue")
    person.press("Continue")
    person.select("What is your main worry?", "Neglect")
    person.fill("What has happened, and what are you worried about?", WORRY)
    person.choose("No")
    person.press("Continue")
    person.press("Continue")
    person.choose("Asked and given")
    person.press("Continue")
    person.choose("Safeguarding: a child is being harmed, or may be")
    person.press("Continue")
    person.press("Continue")
    return send(person)
