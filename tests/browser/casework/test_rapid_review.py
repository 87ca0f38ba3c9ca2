"""A rapid review, from the day the council knew to the national panel's reply; signed by two different partners."""
from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.casework.clock import Clock
from tests.browser.casework.person import Person
from tests.browser.casework.world import SCHOOL

AWARE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)  # a Monday; 15 working days on is 22 June
DAY = timedelta(days=1)


def test_from_the_incident_to_the_panels_reply(sign_in: Callable[[str], Person], clock: Clock) -> None:
    clock.set(AWARE + timedelta(hours=3))
    case = notify(sign_in("office"))
    clock.set(AWARE + DAY)
    ask(sign_in("office"), case)
    answer(sign_in("head"))
    clock.set(AWARE + 14 * DAY)
    review(sign_in("office"), case)
    sign(sign_in("council-partner"), case, "Northbridge Council", "review-09-first-signature")
    one_partner_is_not_two(sign_in("council-deputy"), sign_in("office"), case)
    sign(sign_in("police-partner"), case, "Northbridge Police", "review-11-second-signature")
    send(sign_in("office"), case)
    clock.set(AWARE + 30 * DAY)
    reply(sign_in("office"), case)


def notify(office: Person) -> str:
    office.menu("Assurance")
    office.follow("Serious incidents")
    office.look("review-01-list")
    office.follow("Begin")
    office.when("When did the local authority become aware", AWARE)
    office.when("When did it happen", AWARE - DAY)
    office.choose("What harm was done", "A child was seriously harmed")
    office.press("Add child")
    office.fill("Name, if they are not known yet", "Rio Neverwas")
    office.look("review-02-incident")
    office.save("Save and begin")
    office.look("review-03-begun")
    office.follow("Decide on the criteria")
    office.choose("Are the criteria met", "Notify: abuse or neglect, and death or serious harm")
    office.save()
    office.follow("Notify the national panel")
    office.save()
    return office.reference()


def ask(office: Person, case: str) -> None:
    office.by_link(case)
    office.follow("Tell the family")
    office.choose("Was the family told", "Yes")
    office.save()
    office.follow("Ask agencies for their summaries")
    office.press("Add agency asked")
    office.select("Agency", SCHOOL)
    office.when("Answer by", AWARE + 10 * DAY)
    office.look("review-04-ask")
    office.save()


def answer(head: Person) -> None:
    head.asked("summary")
    head.look("review-05-asked")
    head.choose("Did your agency know the child", "Yes")
    head.save("Send")


def review(office: Person, case: str) -> None:
    office.by_link(case)
    office.follow("Write the rapid review")
    office.look("review-06-review")
    office.save()
    office.follow("Decide on a local review")
    office.choose("Is there to be a local review", "No local review")
    office.save()
    office.look("review-07-to-be-signed")


def sign(partner: Person, case: str, name: str, picture: str) -> None:
    partner.look(f"{picture}-my-work")
    partner.by_link(case)
    partner.follow("Sign as a lead partner")
    partner.fill("For which safeguarding partner do you sign", name)
    partner.look(picture)
    partner.save()


def one_partner_is_not_two(deputy: Person, office: Person, case: str) -> None:
    sign(deputy, case, "Northbridge Council", "review-10-same-partner")
    office.by_link(case)
    office.page.get_by_role("link", name="To do").click()
    row = office.page.locator("dl", has_text="Sending to the national panel")
    expect(row).to_contain_text("Signature of a lead partner by 2 people of different agencies")
    office.look("review-10-one-partner-is-not-two")


def send(office: Person, case: str) -> None:
    office.by_link(case)
    office.follow("Send it to the national panel")
    office.choose("What was sent", "The review with the decision and its reasons")
    office.save()
    office.look("review-12-sent")


def reply(office: Person, case: str) -> None:
    office.by_link(case)
    office.follow("Record the panel's reply")
    office.choose("What does the panel say", "It agrees with the decision")
    office.look("review-13-reply")
    office.save()
    office.look("review-14-replied")
    office.page.get_by_role("link", name="To do").click()
    for limit in ("Notify the panel", "Send the rapid review, from becoming aware"):
        shown = office.page.locator(".gt-law", has_text=limit)
        expect(shown).to_contain_text("Done")
        expect(shown).not_to_contain_text("Late")
