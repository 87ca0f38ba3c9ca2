"""Personas sign in by one click: in the demo, on this machine, and nowhere else."""
from __future__ import annotations

import time

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.orgs.models import User
from goldthread.web import demo
from tests.support import make_appointment

pytestmark = pytest.mark.django_db
LOCAL = {"SERVER_NAME": "localhost", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def persona(settings):
    settings.DEMO = True
    user = User.objects.create_user("mash.worker@example.org", "Mo Worker", "a password never told")
    return make_appointment("mash-worker", user=user)


def link() -> str:
    links = dict(demo.persona_links("http://localhost:8000"))
    return links["MASH worker"].removeprefix("http://localhost:8000")


def test_one_link_for_each_persona(persona):
    links = demo.persona_links("http://127.0.0.1:8000/")
    assert len(links) == len(demo.PERSONAS) == len({address for _, address in links})
    assert all(address.startswith("http://127.0.0.1:8000/demo/") for _, address in links)


def test_a_link_signs_in_without_second_step(persona):
    client = Client(**LOCAL)
    assert client.get(link()).url == reverse("home")
    assert client.get(reverse("home")).context["actor"].user == persona.user


def test_the_page_has_a_button_for_each(persona):
    client = Client(**LOCAL)
    page = client.get(reverse("demo")).content.decode()
    assert page.count('name="persona"') == len(demo.PERSONAS)
    assert client.post(reverse("demo"), {"persona": "mash.worker"}).url == reverse("home")
    assert client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize("elsewhere", [
    {"SERVER_NAME": "gt.example.org"}, {"REMOTE_ADDR": "192.0.2.1"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"SERVER_NAME": "localhost.example.org"}], ids=str)
def test_from_elsewhere_nothing_is_there(persona, settings, elsewhere):
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(**{**LOCAL, **elsewhere})
    assert client.get(link()).status_code == 404 == client.get(reverse("demo")).status_code
    assert client.post(reverse("demo"), {"persona": "mash.worker"}).status_code == 404


def test_outside_the_demo_nothing_is_there_and_a_session_of_it_is_worth_nothing(persona, settings):
    address, client = link(), Client(**LOCAL)
    client.get(address)
    settings.DEMO = False
    assert client.get(address).status_code == 404
    assert client.get(reverse("home")).url == reverse("second_factor")
    with pytest.raises(ValueError, match="in the demo only"):
        demo.persona_links("http://localhost:8000")


@pytest.mark.parametrize("base", ["https://gt.example.org", "http://192.0.2.1:8000", "http://localhost.evil.example.org"])
def test_no_links_to_an_address_others_can_reach(persona, base):
    with pytest.raises(ValueError, match="not an address of this machine"):
        demo.persona_links(base)


def test_a_lapsed_or_made_up_link_leads_to_the_choice(persona, monkeypatch):
    address, client = link(), Client(**LOCAL)
    assert client.get(reverse("demo_link", args=["mash.worker:x:y"])).url == reverse("demo")
    later = time.time() + demo.LINK_LASTS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.get(address).url == reverse("demo")


@pytest.mark.parametrize("key", ["", "nobody", "administrator", "boss@example.org"])
def test_who_is_no_persona_or_not_there_cannot_be_chosen(persona, key):
    User.objects.create_user("boss@example.org", "Boss")
    assert Client(**LOCAL).post(reverse("demo"), {"persona": key}).status_code == 404


def test_choosing_another_persona_leaves_nothing_of_the_first(persona):
    other = make_appointment("gp", user=User.objects.create_user("gp@example.org", "Gil"))
    client = Client(**LOCAL)
    for key, who in (("mash.worker", persona), ("gp", other)):
        client.post(reverse("demo"), {"persona": key})
        assert client.get(reverse("home")).context["actor"].user == who.user
