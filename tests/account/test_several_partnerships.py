"""Pages for several partnerships: adding one, agencies in both, and choosing where one works now."""
from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.orgs.models import Agency, Appointment, Partnership, User
from goldthread.web import demo
from tests.account.conftest import sign_in_fully
from tests.support import make_agency, make_appointment, make_partnership

SOUTH = {"name": "South Borough", "short_name": "South"}
INSTALLATION = ["setup_partnerships", "add_partnership", "add_installation_helper"]


@pytest.fixture
def caretaker(signed_in):
    client, seat = signed_in("administrator")
    User.objects.filter(pk=seat.user_id).update(runs_installation=True)
    return client, seat


def test_a_second_partnership_is_added_and_set_up_from_pages(caretaker):
    client, seat = caretaker
    force = make_agency("police", partnership=seat.partnership, name="Example Police")
    assert reverse("setup_partnerships") in client.get(reverse("setup")).content.decode()
    answer = client.post(reverse("add_partnership"), {**SOUTH, "agency": seat.agency_id})
    assert answer.url == reverse("seats")
    made = Partnership.objects.get(slug="south")
    there = Appointment.objects.get(partnership=made)
    page = client.get(reverse("seats")).content.decode()
    assert "South Borough" in page and str(seat.partnership) in page
    client.post(reverse("choose_seat"), {"seat": there.pk})
    assert client.get(reverse("home")).context["partnership"] == made
    assert "Example Police" not in client.get(reverse("directory")).content.decode()
    assert reverse("shared_agencies") in client.get(reverse("setup_agencies")).content.decode()
    client.post(reverse("shared_agencies"), {"agencies": [force.pk]})
    assert "Example Police" in client.get(reverse("directory")).content.decode()
    assert Agency.objects.filter(name="Example Police").count() == 1
    assert "South Borough" in client.get(reverse("setup_partnerships")).content.decode()


@pytest.mark.parametrize("answers", [{"name": ""}, {"short_name": "taken"}, {"agency": "999999"}])
def test_what_is_wrong_is_said_and_nothing_is_made(caretaker, answers):
    client, seat = caretaker
    Partnership.objects.create(slug="taken", name="Taken", short_name="Taken")
    page = client.post(reverse("add_partnership"), {**SOUTH, "agency": seat.agency_id, **answers}).content.decode()
    assert "There is a problem" in page and not Partnership.objects.filter(slug="south").exists()


def test_an_agency_not_offered_cannot_be_sent(caretaker):
    client, seat = caretaker
    stranger = make_appointment("gp").agency
    page = client.post(reverse("shared_agencies"), {"agencies": [stranger.pk]}).content.decode()
    assert "There is a problem" in page
    assert stranger.partnerships.count() == 1 and "There is none to choose" in page


def test_people_who_look_after_the_installation_are_named_and_removed(caretaker):
    client, seat = caretaker
    other = make_appointment("business-manager", partnership=seat.partnership)
    client.post(reverse("remove_installation_helper", args=[seat.user_id]))
    assert "Somebody must look after" in client.get(reverse("setup_partnerships")).content.decode()
    client.post(reverse("add_installation_helper"), {"user": other.user_id})
    assert str(other.user) in client.get(reverse("setup_partnerships")).content.decode()
    client.post(reverse("remove_installation_helper", args=[seat.user_id]))
    assert client.get(reverse("setup_partnerships")).status_code == 404
    assert reverse("setup_partnerships") not in client.get(reverse("setup")).content.decode()


@pytest.mark.parametrize("role", ["administrator", "business-manager", "mash-manager", "privacy-officer"])
def test_the_installations_pages_are_not_there_for_anybody_else(signed_in, role):
    client, seat = signed_in(role)
    for name in INSTALLATION:
        assert client.get(reverse(name)).status_code == 404, name
    assert client.post(reverse("add_partnership"), {**SOUTH, "agency": seat.agency_id}).status_code == 404
    assert client.post(reverse("remove_installation_helper", args=[seat.user_id])).status_code == 404
    assert Partnership.objects.count() == 1


def test_someone_with_seats_in_two_partnerships_is_asked_once_where_they_work(person):
    seat = person("police-partner")
    other = make_appointment("police-partner", seat.agency, make_partnership("South Borough"), user=seat.user)
    client = sign_in_fully(Client(), seat.user)
    assert client.get(reverse("home")).url == reverse("seats")
    client.post(reverse("choose_seat"), {"seat": other.pk})
    page = client.get(reverse("home"))
    assert page.status_code == 200 and page.context["actor"].appointment == other
    assert f"{seat.agency}, {seat.partnership.short_name}" in page.content.decode(), "the menu tells the two apart"
    assert reverse("seats") in client.get("/nothing-here/").content.decode()


def test_two_seats_in_one_partnership_are_not_asked_about(person):
    seat = person("school-lead")
    make_appointment("gp", make_agency(partnership=seat.partnership), seat.partnership, user=seat.user)
    assert sign_in_fully(Client(), seat.user).get(reverse("home")).status_code == 200


def test_a_persona_of_the_demonstration_begins_in_its_first_partnership(db, settings):
    settings.DEMO = True
    user = User.objects.create_user("police.partner@example.org", "Pat Example")
    first = make_appointment("police-partner", user=user)
    make_appointment("police-partner", first.agency, make_partnership(), user=user)
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")
    links = dict(demo.persona_links("http://localhost:8000"))
    client.get(links["Police partner"].removeprefix("http://localhost:8000"))
    assert client.get(reverse("home")).context["actor"].appointment == first
