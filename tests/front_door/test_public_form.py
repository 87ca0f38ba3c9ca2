"""Telling the front door without an account: nothing about anybody in addresses, nothing lost, nothing let through."""
from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from goldthread.access.actor import writing
from goldthread.access.organisation.public import is_public
from goldthread.domains.front_door import models as m
from goldthread.process.models import Case, Draft
from goldthread.web.public import limits, visitor
from tests.front_door.scene import Scene, address, form, text, when
from tests.support import make_partnership

ANSWERS = {
    "danger-now": {"immediate_danger": "no"},
    "who": {"contactperson-0-there": "1", "contactperson-0-capacity": "child", "contactperson-0-given": "Amira",
            "contactperson-0-family": "Sample", "contactperson-0-sex": "F"},
    "home": {"line1": "4 Test Street", "postcode": "ZZ99 3CZ", "address_safe": "no"},
    "family": {"father": "", "others_at_home": "Her gran"},
    "worry": {"worry": "Shouting every night", "concern": "not-sure", "strengths": ""},
    "voice": {"child_voice": ""}, "knows": {"consent": "not-sought"},
    "you": {"source": "1B", "referrer_name": "N. Neighbour", "referrer_role": "", "referrer_phone": "01632 960123",
            "referrer_email": ""}}


@pytest.fixture(autouse=True)
def no_counts(db: None) -> None:
    cache.clear()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the visitor had taken their time."""
    monkeypatch.setattr(limits, "LEAST_SECONDS", 0)


def begun(scene: Scene, client: Client) -> str:
    """A form begun; returns its number."""
    response = client.post(reverse("public_begin", args=[scene.partnership.slug]))
    return re.search(r"tell-us/([0-9a-f-]{36})/", response["Location"])[1]


def at(name: str, scene: Scene, token: str, *more: str) -> str:
    return reverse(name, args=[scene.partnership.slug, token, *more])


def filled(scene: Scene, client: Client, **changed: dict[str, str]) -> str:
    token = begun(scene, client)
    for page, said in (ANSWERS | changed).items():
        response = client.post(at("public_page", scene, token, page), said)
        assert response.status_code == 302, (page, text(response)[-2500:])
    return token


def test_the_landing_page_gives_999_and_telephones_first(scene):
    page = text(Client().get(reverse("public_landing", args=[scene.partnership.slug])))
    assert page.index("call 999") < page.index("Tell us online")
    assert "020 7946 0100" in page and "020 7946 0101" in page and "Exit this page" in page
    assert Client().get(reverse("worried")).status_code == 302
    make_partnership()
    assert "Where does the child live?" in text(Client().get(reverse("worried")))


def test_a_neighbour_tells_and_gets_a_receipt(scene, slow):
    client = Client()
    token = filled(scene, client)
    check = text(client.get(at("public_check", scene, token)))
    assert "Shouting every night" in check and "Some questions still need" not in check
    response = client.post(at("public_check", scene, token))
    assert response["Location"] == reverse("public_sent", args=[scene.partnership.slug])
    with scene.system():
        case = Case.objects.get()
        contact = m.Contact.objects.get(case=case)
        assert (contact.stream, contact.channel, contact.referrer_name) == ("safeguarding", "portal", "N. Neighbour")
        assert is_public(case.started_by) and not Draft.objects.exists()
    receipt = text(client.get(response["Location"]))
    assert case.reference in receipt and "decided what to do" in receipt
    for page in (at("public_check", scene, token), at("public_tasks", scene, token)):
        assert client.get(page)["Location"].endswith("/sent/"), "back again leads to the receipt"
    desk = text(scene.client("mash-worker").get(address("case", case)))
    assert "The referrer is not yet verified" in desk
    scene.record(case, m.ReferrerCheck(result="verified", how="Rung back"), by="mash-worker")
    assert "not yet verified" not in text(scene.client("mash-worker").get(address("case", case)))


def test_danger_leads_to_999_before_anything_else(scene):
    client = Client()
    token = begun(scene, client)
    response = client.post(at("public_page", scene, token, "danger-now"), {"immediate_danger": "yes"})
    assert response["Location"] == at("public_danger", scene, token)
    page = text(client.get(response["Location"]))
    assert "Ring 999 now" in page and "press 55" in page and at("public_page", scene, token, "who") in page


def test_nobody_has_to_say_who_they_are(scene, slow):
    client = Client()
    token = filled(scene, client, you={"source": "9", "referrer_name": "", "referrer_phone": "", "referrer_email": ""})
    assert client.post(at("public_check", scene, token)).status_code == 302
    with scene.system():
        assert m.Contact.objects.get().referrer_name == ""
    refused = begun(scene, client)
    page = client.post(at("public_page", scene, refused, "you"), {**ANSWERS["you"], "referrer_phone": ""})
    assert "telephone number or an e-mail" in text(page), "who gives a name must be reachable"


def test_addresses_hold_nothing_about_anybody(scene):
    client = Client()
    token = filled(scene, client)
    for name in ("public_tasks", "public_check", "public_return"):
        assert not re.search("amira|sample|neighbour|zz99", at(name, scene, token), re.IGNORECASE)
    assert client.get(at("public_tasks", scene, token))["Cache-Control"] == "no-store"


def test_a_form_is_taken_up_again_on_another_device_with_its_code_only(scene):
    first, second = Client(), Client()
    token = filled(scene, first)
    code = re.search(r"Code <strong>([A-Z2-9]{4}-[A-Z2-9]{4})", text(first.get(at("public_tasks", scene, token))))[1]
    for page in ("public_tasks", "public_check"):
        assert second.get(at(page, scene, token))["Location"] == at("public_return", scene, token)
    assert second.get(at("public_page", scene, token, "worry"))["Location"] == at("public_return", scene, token)
    for wrong in ("AAAA-AAAA", "", "x" * 20, "' or 1=1"):
        page = second.post(at("public_return", scene, token), {"code": wrong})
        assert page.status_code == 200 and "Shouting" not in text(page)
    response = second.post(at("public_return", scene, token), {"code": code.lower().replace("-", " ")})
    assert response["Location"] == at("public_tasks", scene, token)
    assert "Shouting every night" in text(second.get(at("public_check", scene, token)))


def test_a_cookie_that_was_tampered_with_opens_nothing(scene):
    client = Client()
    token = filled(scene, client)
    client.cookies[visitor.COOKIE] = client.cookies[visitor.COOKIE].value[:-1] + "x"
    assert client.get(at("public_tasks", scene, token))["Location"] == at("public_return", scene, token)


def test_codes_cannot_be_tried_for_ever(scene):
    token, client = begun(scene, Client()), Client()
    answers = [client.post(at("public_return", scene, token), {"code": "AAAA-AAAA"}).status_code
               for _ in range(limits.TRIES + 1)]
    assert answers == [200] * limits.TRIES + [429]


def test_a_form_not_kept_any_longer_is_gone(scene):
    client = Client()
    token = filled(scene, client)
    assert client.get(at("public_tasks", scene, token)).status_code == 200
    with scene.system(), writing():
        Draft.objects.update(saved_at=scene.now - visitor.KEPT - timedelta(minutes=1))
    for page in ("public_tasks", "public_check"):
        assert client.get(at(page, scene, token))["Location"] == at("public_return", scene, token)


def test_sent_twice_is_one_contact(scene, slow):
    client = Client()
    token = filled(scene, client)
    for _ in range(2):
        assert client.post(at("public_check", scene, token)).status_code == 302
    with scene.system():
        assert Case.objects.count() == 1


def test_a_machine_is_stopped_and_told_whom_to_ring(scene, slow):
    client = Client()
    token = filled(scene, client)
    response = client.post(at("public_check", scene, token), {"website": "http://spam.example"})
    assert response.status_code == 400 and "020 7946 0100" in text(response)
    with scene.system():
        assert not Case.objects.exists()
    assert client.post(at("public_check", scene, token)).status_code == 302, "nothing was lost"


def test_a_form_filled_in_an_instant_is_looked_over_once_more(scene, monkeypatch):
    client = Client()
    token = filled(scene, client)
    assert "very quick" in text(client.post(at("public_check", scene, token)))
    monkeypatch.setattr(limits, "LEAST_SECONDS", 0)
    assert client.post(at("public_check", scene, token)).status_code == 302


def test_the_number_of_forms_from_one_place_is_limited(scene, slow, monkeypatch):
    monkeypatch.setattr(limits, "SENDS", 1)
    answers = []
    for _ in range(2):
        client = Client()
        token = filled(scene, client)
        answers.append(client.post(at("public_check", scene, token)).status_code)
    assert answers == [302, 429]
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    token = filled(scene, elsewhere)
    assert elsewhere.post(at("public_check", scene, token)).status_code == 302


def test_forms_cannot_be_begun_without_end(scene, monkeypatch):
    monkeypatch.setattr(limits, "STARTS", 2)
    answers = [Client().post(reverse("public_begin", args=[scene.partnership.slug])).status_code for _ in range(3)]
    assert answers == [302, 302, 429]


def test_more_than_a_page_holds_is_not_taken(scene):
    client = Client()
    token = begun(scene, client)
    huge = {**ANSWERS["worry"], "worry": "x" * (limits.MOST_BYTES + 1)}
    assert client.post(at("public_page", scene, token, "worry"), huge).status_code == 413
    assert client.post(at("public_page", scene, token, "worry"), ANSWERS["worry"]).status_code == 302


@pytest.mark.parametrize("worry", ["<script>alert(1)</script>", "{{ 7*7 }}", "‮evil", "'; drop table x; --"])
def test_what_is_typed_is_shown_as_typed_and_never_run(scene, slow, worry):
    client = Client()
    token = filled(scene, client, worry={**ANSWERS["worry"], "worry": worry})
    page = client.get(at("public_check", scene, token)).content.decode()
    assert "<script>alert" not in page and "{{" not in page.replace("{{ 7*7 }}", "")
    client.post(at("public_check", scene, token))
    with scene.system():
        assert m.Contact.objects.get().worry == worry


def test_what_is_not_asked_cannot_be_slipped_in(scene, slow):
    client = Client()
    more: dict[str, Any] = {"stream": "early-help", "channel": "police-notification", "outside_reference": "X",
                            "referrer_agency": "The King"}
    token = filled(scene, client, you={**ANSWERS["you"], **more})
    client.post(at("public_check", scene, token), more)
    with scene.system():
        contact = m.Contact.objects.get()
        assert (contact.stream, contact.channel, contact.outside_reference, contact.referrer_agency) == (
            "safeguarding", "portal", "", "")


def test_unknown_forms_pages_and_partnerships_do_not_exist(scene):
    client = Client()
    token = begun(scene, client)
    assert client.get(at("public_page", scene, token, "nothing")).status_code == 404
    assert client.get(reverse("public_landing", args=["nowhere"])).status_code == 404
    assert client.get(reverse("public_clear", args=[scene.partnership.slug])).status_code == 404


def test_clearing_leaves_nothing_on_the_device(scene):
    client = Client()
    token = filled(scene, client)
    client.post(reverse("public_clear", args=[scene.partnership.slug]))
    assert client.get(at("public_tasks", scene, token)).status_code == 302


def test_typing_is_kept_before_the_page_is_sent(scene):
    client = Client()
    token = begun(scene, client)
    assert client.post(at("public_autosave", scene, token, "worry"), {"worry": "Half a sen"}).status_code == 200
    assert "Half a sen" in text(client.get(at("public_page", scene, token, "worry")))
    assert Client().post(at("public_autosave", scene, token, "worry"), {"worry": "x"}).status_code == 404


def test_whoever_has_no_account_is_answered_by_telephone(scene, slow):
    client = Client()
    client.post(at("public_check", scene, filled(scene, client)))
    with scene.system():
        case = Case.objects.get()
    case = scene.rated(scene.identified(case))
    scene.record(case, m.Decision(level="1", detail="advice", outcome="advice", rationale="r", partners_asked=True))
    page = text(scene.client("mash-worker").get(address("record", case, "answer-to-referrer")))
    assert "They have no account" in page and "01632 960123" in page
    sent = form(told="Told by telephone", **when("happened_at", scene.now))
    assert scene.client("mash-worker").post(address("record", case, "answer-to-referrer"), sent).status_code == 302
