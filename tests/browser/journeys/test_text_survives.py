"""What people type survives: an expired session, the back button, two tabs, a refresh, a second press."""
from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, go_back
from tests.browser.conftest import screenshot
from tests.browser.journeys.conftest import link_of
from tests.browser.journeys.people import Counted
from tests.browser.journeys.telling import begin, name_child, rest, send
from tests.browser.service import Service

TIMES = 20
KEPT = "What you wrote is still here"


def expire(service: Service, page: Page) -> None:
    """End the session at the server, as time would."""
    session = next(each["value"] for each in page.context.cookies() if each["name"] == "session")
    with psycopg.connect(service.owner_address(), autocommit=True) as connection:
        gone = connection.execute("delete from django_session where session_key = %s", [session])
        assert gone.rowcount == 1


def contacts(service: Service, reference: str) -> int:
    """How many contacts say what the contact of that reference says."""
    with psycopg.connect(service.owner_address(), autocommit=True) as connection:
        row = connection.execute("select count(*) from front_door_contact where worry = (select worry from "
                                 "front_door_contact c join process_case p on p.id = c.case_id where p.reference = %s)",
                                 [reference]).fetchone()
    assert row is not None
    return int(row[0])


def new_form(page: Page) -> str:
    """A long form on its question about the worry, its danger question answered. Gives the question's address."""
    begin(Counted(page))
    page.goto(page.url.replace("who-are-you-worried-about", "what-has-the-child-said-or-shown"))
    return page.url


def back_in(service: Service, page: Page, persona: str, address: str) -> None:
    page.goto(link_of(service, persona))
    page.goto(address)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_text_sent_after_the_session_ended_is_given_back(scripts: bool, service: Service,
                                                         signed_in: Callable[..., Page]) -> None:
    page = signed_in("gp", java_script_enabled=scripts)
    address = new_form(page)
    for at in range(TIMES // 2):
        text = f"Said for the {at + 1}. time: 'It is dark & I'm \"cold\" <at night>.'\nThen nothing more."
        page.get_by_label("What has the child said").fill(text)
        expire(service, page)
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url("**/login/**")
        back_in(service, page, "gp", address)
        expect(page.get_by_role("heading", level=1)).to_have_text(KEPT)
        if at == 0 and scripts:
            assert_accessible(page)
            screenshot(page, "survives-kept")
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url("**/does-the-family-know/")
        page.goto(address)
        assert page.get_by_label("What has the child said").input_value().replace("\r\n", "\n") == text


def test_what_one_person_wrote_is_not_offered_to_the_next(service: Service, signed_in: Callable[..., Page]) -> None:
    page = signed_in("gp")
    address = new_form(page)
    page.get_by_label("What has the child said").fill("Told to the doctor and to nobody else.")
    expire(service, page)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/login/**")
    page.goto(link_of(service, "police.partner"))
    page.goto(address)
    assert page.get_by_label("What has the child said").input_value() == ""
    assert "Told to the doctor" not in page.content() and KEPT not in page.content()
    back_in(service, page, "gp", address)
    assert KEPT not in page.content()


def test_a_second_tab_signed_in_again_does_not_lose_the_first(service: Service, signed_in: Callable[..., Page]) -> None:
    page = signed_in("gp")
    address = new_form(page)
    page.get_by_label("What has the child said").fill("Typed in the first tab, quite a while ago.")
    other = page.context.new_page()
    other.goto(link_of(service, "gp"))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(KEPT)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/does-the-family-know/")
    page.goto(address)
    assert page.get_by_label("What has the child said").input_value() == "Typed in the first tab, quite a while ago."


def test_back_refresh_and_a_second_press_make_one_contact(service: Service, signed_in: Callable[..., Page]) -> None:
    page = signed_in("health.visitor")
    person = Counted(page)
    begin(person)
    name_child(person, "Ned", "Twicewell")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    page.reload()
    assert page.get_by_label("First name (optional)").input_value() == "Ned"
    person.press("Continue")
    page.wait_for_url("**/where-do-they-live/")
    go_back(page)
    assert page.get_by_label("First name (optional)").input_value() == "Ned"
    page.go_forward()
    rest(person, worry=f"Ned waits at the gate every evening until the caretaker rings somebody ({uuid4()}).")
    go_back(page)
    page.go_forward()
    page.reload()
    checked = page.url
    twin = page.context.new_page()
    twin.goto(checked)
    page.get_by_role("button", name="Send to the front door").dblclick()
    reference = page.locator(".gt-confirmation strong").inner_text().strip()
    twin.get_by_role("button", name="Send to the front door").click()
    expect(twin.locator(".gt-confirmation")).to_contain_text(reference)
    go_back(page)
    page.goto(checked)
    expect(page.locator(".gt-confirmation")).to_contain_text(reference)
    page.reload()
    assert contacts(service, reference) == 1


def test_the_count_of_contacts_would_notice_a_second_one(service: Service, signed_in: Callable[..., Page]) -> None:
    """Negative control: the same worry told in two forms is two contacts."""
    found, worry = [], f"Una fell asleep in assembly on three days of this week ({uuid4()})."
    for _ in range(2):
        person = Counted(signed_in("health.visitor"))
        begin(person)
        name_child(person, "Una", "Twicewell")
        person.press("Continue")
        rest(person, worry=worry)
        found.append(send(person))
    assert found[0] != found[1] and contacts(service, found[0]) == 2
