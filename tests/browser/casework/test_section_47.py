"""A section 47 enquiry, from the strategy discussion to the first core group: six people, two children, a month."""
from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.casework.clock import Clock
from tests.browser.casework.person import Person
from tests.browser.casework.world import CARE, HEALTH, POLICE

MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
MET, HELD = MONDAY + DAY, MONDAY + 14 * DAY  # the strategy discussion, and the conference within its 15 working days
SAID = "Testa said: “I hide when he shouts.”"


def test_from_a_strategy_discussion_to_the_first_core_group(sign_in: Callable[[str], Person], clock: Clock) -> None:
    clock.set(MONDAY)
    manager = sign_in("manager")
    enquiry = begin(manager)
    invite(sign_in("worker"), enquiry)
    answer(sign_in("constable"), "strategy discussion", "s47-06-asked")
    clock.set(MET + timedelta(hours=2))
    discuss(sign_in("manager"), enquiry)
    clock.set(MONDAY + 4 * DAY)
    enquire(sign_in("worker"), enquiry)
    decide(sign_in("second"), enquiry)
    arrange(sign_in("chair"), enquiry)
    family = hand_over(sign_in("manager"), enquiry)
    plan(sign_in("chair"), family)
    answer(sign_in("constable"), "child protection", "s47-13-report-asked")
    share(sign_in("worker"), family)
    clock.set(HELD + timedelta(hours=3))
    hold(sign_in("chair"), family)
    clock.set(HELD + 9 * DAY)
    core_group(sign_in("worker"), family)


def begin(manager: Person) -> str:
    """From the child's page: her family is offered, and nobody types a name again."""
    manager.find("Testa Exampleton", "s47-01-child")
    manager.follow("Section 47")
    manager.choose("How urgent", "A child may be suffering significant harm")
    manager.fill("What is the worry", "The school saw marks on her arm and she was afraid to go home")
    for at, (who, part) in enumerate((("Toby", "Brother or sister"), ("Mara", "Mother"), ("Fenn", "Father")), 2):
        manager.press("Add another person")
        one = manager.group(f"Person {at}")
        one.get_by_label("Who?").select_option(label=f"{who} Exampleton")
        one.get_by_label(part).check()
    manager.look("s47-02-begin")
    manager.save("Save and begin")
    manager.look("s47-03-begun")
    manager.follow("Enquiry worker")
    manager.select("Who will work on this", "Wren Worker")
    manager.save()
    return manager.reference()


def invite(worker: Person, enquiry: str) -> None:
    worker.look("s47-04-my-work")
    worker.mine(enquiry)
    worker.follow("Strategy invitation")
    worker.when("When will it be held", MET)
    worker.press("Add agency")
    worker.select("Agency", POLICE)
    worker.when("Answer by", MET - timedelta(hours=2))
    worker.look("s47-05-invite")
    worker.save()


def answer(partner: Person, about: str, picture: str) -> None:
    """The one thing asked of the agency, found in its work and answered on one page."""
    partner.asked(about)
    partner.look(picture)
    partner.save("Send")
    partner.sees("Thank you")


def discuss(manager: Person, enquiry: str) -> None:
    manager.of(enquiry)
    manager.follow("Strategy discussion")
    manager.when("When", MET)
    manager.choose("Did social care, police and health", "Yes")
    manager.choose("What was decided", "Section 47 enquiry with the police")
    manager.press("Add agency there")
    manager.select("Agency", POLICE)
    manager.press("Add another agency there")
    manager.select("Agency", HEALTH, nth=1)
    manager.press("Add another agency there")
    manager.select("Agency", CARE, nth=2)
    manager.look("s47-07-discussion")
    manager.save()
    manager.look("s47-08-decided")


def enquire(worker: Person, enquiry: str) -> None:
    worker.of(enquiry)
    worker.follow("Enquiry visit")
    worker.choose("Was the child seen", "Yes")
    worker.choose("Did you speak with the child alone", "Yes")
    worker.fill("What did the child say", SAID)
    worker.save()
    worker.follow("Report of the enquiry")
    worker.look("s47-09-report")
    worker.fill("What does the child say", SAID)
    worker.save()


def decide(second: Person, enquiry: str) -> None:
    """A manager who did not write the report."""
    second.of(enquiry)
    second.follow("Decision on the enquiry")
    second.choose_code("What happens next", "conference")
    second.save()


def arrange(chair: Person, enquiry: str) -> None:
    chair.of(enquiry)
    chair.follow("Conference arranged")
    chair.choose("Will there be a conference", "Yes, a day is set")
    chair.when("When will it be held", HELD)
    expect(chair.group("When will it be held")).not_to_contain_text("optional")
    chair.look("s47-10-arrange")
    chair.save()


def hand_over(manager: Person, enquiry: str) -> str:
    """The offer is on the page, and its form holds what is known."""
    manager.of(enquiry)
    manager.look("s47-11-offer")
    manager.follow("Begin child protection")
    family = [manager.group(f"Person {at}").get_by_label("Who?").locator("option:checked").inner_text()
              for at in range(1, 5)]
    assert family == [f"{given} Exampleton" for given in ("Testa", "Toby", "Mara", "Fenn")], "children first, then adults"
    manager.look("s47-12-carried")
    manager.save("Save and begin")
    manager.follow("Conference worker")
    manager.select("Who will work on this", "Wren Worker")
    manager.save()
    return manager.reference()


def plan(chair: Person, family: str) -> None:
    chair.of(family)
    chair.follow("Plan the conference")
    chair.when("When will the conference be held", HELD)
    chair.press("Add agency asked")
    chair.select("Agency", POLICE)
    chair.when("Answer by", HELD - 2 * DAY)
    chair.save()


def share(worker: Person, family: str) -> None:
    worker.of(family)
    worker.follow("Report shared with the family")
    worker.save()


def hold(chair: Person, family: str) -> None:
    chair.of(family)
    chair.follow("Initial conference")
    chair.when("When", HELD)
    chair.choose("Were enough agencies there", "Yes")
    chair.choose_code("What was decided", "plan")
    chair.choose("Under which category", "Neglect")
    for at, agency in enumerate((CARE, POLICE, HEALTH)):
        chair.press("Add another agency there" if at else "Add agency there")
        chair.select("Agency", agency, nth=at)
    chair.look("s47-14-conference")
    chair.save()
    chair.look("s47-15-on-a-plan")


def core_group(worker: Person, family: str) -> None:
    """Within ten working days of the conference, and nothing of it late."""
    worker.of(family)
    worker.follow("Core group")
    worker.press("Add agency there")
    worker.select("Agency", HEALTH)
    worker.fill("What does the child say", SAID)
    worker.look("s47-16-core-group")
    worker.save()
    worker.page.get_by_role("link", name="To do").click()
    worker.look("s47-17-to-do")
    expect(worker.page.locator(".gt-law").first).to_contain_text("Overdue")  # what runs comes before what is done
    expect(worker.page.locator("dl")).not_to_contain_text("You cannot")
    first = worker.page.locator(".gt-law", has_text="First core group")
    expect(first).to_contain_text("Done")
    expect(first).not_to_contain_text("Late")
    expect(worker.page.locator(".gt-law", has_text="Next core group")).to_contain_text("Due")
    worker.page.get_by_role("link", name="Timeline").first.click()
    worker.look("s47-18-timeline")
