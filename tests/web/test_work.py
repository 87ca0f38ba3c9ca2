"""My work, notices and how they are mailed."""
from __future__ import annotations

import pytest
from django.urls import reverse

from goldthread.notify.inbox import choices
from goldthread.process.registry import all_processes
from tests.process.walking import World, begin
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db


def test_an_empty_home_teaches_the_next_step() -> None:
    page = client_for(make_actor("administrator")).get(reverse("home")).content.decode()
    assert "Nothing waits for you" in page and "First things to try" in page


def test_the_first_list_can_be_put_away_and_brought_back() -> None:
    client = client_for(make_actor("analyst"))
    client.post(reverse("first_tasks"))
    assert "First things to try" not in client.get(reverse("home")).content.decode()
    client.post(reverse("first_tasks"), {"again": "1"})
    assert "First things to try" in client.get(reverse("home")).content.decode()


def test_a_new_contact_is_due_at_the_desk_and_followed_by_who_sent_it() -> None:
    world = World(all_processes()[0])
    seat = world.process.first.by[0]
    world.seats[seat] = make_actor("school-lead", world.seats[seat].agency, world.partnership)
    case = begin(world)
    desk = next(a for a in world.seats.values() if a.role.startswith("mash"))
    assert case.reference in client_for(desk).get(reverse("home")).content.decode()
    starter = world.seats[seat]
    page = client_for(starter).get(reverse("home")).content.decode()
    assert case.reference in page and "Being looked at" in page and ">Done<" in page
    other = client_for(make_actor("school-lead", partnership=world.partnership)).get(reverse("home")).content.decode()
    assert case.reference not in other and "Tell the front door" in other and ">Done<" not in other


def test_choosing_how_to_be_mailed() -> None:
    actor = make_actor("school-lead")
    client = client_for(actor)
    wanted = {"asked": "daily", "recorded": "never", "reminder": "now"}
    assert client.post(reverse("notice_settings"), wanted).status_code == 302
    assert choices(actor.user.pk) == wanted
    refused = client.post(reverse("notice_settings"), wanted | {"asked": "never"}).content.decode()
    assert "There is a problem" in refused and choices(actor.user.pk) == wanted


def test_the_menu_of_the_account_names_only_pages_that_let_one_in() -> None:
    for role, may in (("administrator", True), ("school-lead", False), ("business-manager", True)):
        client = client_for(make_actor(role))
        found = client.get(reverse("home")).context["account_links"]()
        assert [client.get(link.url).status_code for link in found] == [200] * len(found)
        assert ("Set up" in [link.title for link in found]) == may


def test_what_was_read_is_called_as_people_call_it_and_names_nobody() -> None:
    world = World(all_processes()[0])
    case = begin(world)
    desk = next(a for a in world.seats.values() if a.role.startswith("mash"))
    client_for(desk).get(reverse("case", args=[case.reference]))
    officer = client_for(make_actor("privacy-officer", partnership=world.partnership))
    reviewed = officer.get(reverse("readings"), {"person": desk.user.pk}).content.decode()
    for page in (client_for(desk).get(reverse("my_readings")).content.decode(), reviewed):
        assert case.reference in page and f"Case {case.pk}" not in page
        assert case.title and case.title not in page


def test_a_form_that_was_only_looked_at_is_not_one_to_send() -> None:
    client = client_for(make_actor("school-lead"))
    first = client.get(reverse("start", args=["front-door"]), follow=True).request["PATH_INFO"]
    assert "not sent yet" not in client.get(reverse("home")).content.decode()
    assert "begun" not in client.get(reverse("drafts")).content.decode()
    client.post(first, {"immediate_danger": "no"})
    assert "1 form not sent yet" in client.get(reverse("home")).content.decode()
    assert "begun" in client.get(reverse("drafts")).content.decode()
