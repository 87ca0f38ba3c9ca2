"""Sealed cases, which two people open again and no emergency does; and a request corrected after somebody answered it."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from goldthread.access.actor import Refused, acting
from goldthread.access.models import BreakGlass
from goldthread.domains.front_door import models as m
from goldthread.process import actions, confining, mending
from goldthread.process.actions import Writing
from goldthread.process.models import Ask, Case
from tests.process.protected import Place, again, everything, make_place, seen
from tests.support import NOW, client_for, make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def case(place: Place) -> Case:
    return place.full()


def restrict(place: Place, case: Case) -> None:
    confining.restrict(actor=place.manager, case=case, named=[place.manager.user.pk], reason="A colleague's child", now=NOW)


# --- sealed

def seal(place: Place, case: Case, *named: Any) -> Case:
    return confining.restrict(actor=place.manager, case=case, named=[a.user.pk for a in (place.manager, *named)], seal=True,
                              reason="The court's order", now=NOW)


def test_no_emergency_opens_a_sealed_case_and_what_one_opened_is_shut(place: Place, case: Case) -> None:
    def open_in_emergency() -> BreakGlass:
        return mending.break_glass(actor=place.social_worker, reference=case.reference, reason="I must know", now=NOW)
    restrict(place, case)
    open_in_emergency()
    assert seen(again(place.social_worker), case), "what is only restricted opens in an emergency"
    confining.lift_restriction(actor=again(place.manager), case=case, reason="To be sealed", now=NOW)
    seal(place, case, place.worker)
    assert not seen(again(place.social_worker), case)
    assert not open_in_emergency().found and not seen(again(place.social_worker), case)
    assert BreakGlass.objects.filter(closed_at=None).count() == 2, "the privacy officer is told all the same"


def test_negative_control_an_emergency_that_asks_for_no_seal_opens_it(place: Place, case: Case, monkeypatch: Any) -> None:
    seal(place, case, place.worker)
    monkeypatch.setattr(mending, "opens_in_emergency", lambda case, actor: True)
    mending.break_glass(actor=place.social_worker, reference=case.reference, reason="I must know", now=NOW)
    assert seen(again(place.social_worker), case)


def test_two_people_open_a_sealed_case_again(place: Place, case: Case) -> None:
    second = make_actor("mash-manager", place.manager.agency, place.manager.partnership)
    whole = everything(case, place.scene)
    with pytest.raises(ValidationError, match="two people or more"):
        seal(place, case)
    seal(place, case, second)
    manager, second = again(place.manager), again(second)
    with pytest.raises(ValidationError, match="This record is sealed"):
        confining.lift_restriction(actor=manager, case=case, reason="I want to", now=NOW)
    with pytest.raises(ValidationError, match="must first ask"):
        confining.unseal(actor=manager, case=case, reason="I want to", now=NOW)
    with pytest.raises(ValidationError, match="Say why"):
        confining.ask_to_unseal(actor=manager, case=case, reason=" ", now=NOW)
    confining.ask_to_unseal(actor=manager, case=case, reason="The order has ended", now=NOW)
    with pytest.raises(Refused, match="Somebody else must agree"):
        confining.unseal(actor=manager, case=case, reason="I agree with myself", now=NOW)
    with pytest.raises(Refused):
        confining.unseal(actor=place.worker, case=case, reason="No right to", now=NOW)
    assert not seen(place.worker, case)
    confining.unseal(actor=second, case=case, reason="I have seen the order", now=NOW)
    assert seen(place.worker, case) == whole


def test_the_page_seals_and_two_unseal(place: Place, case: Case) -> None:
    second = make_actor("mash-manager", place.manager.agency, place.manager.partnership)
    first, other = client_for(place.manager), client_for(second)
    url = reverse("restrict", args=[case.reference])
    answer = first.post(url, {"reason": "Adopted", "how": "seal", "named": [place.manager.user.pk, second.user.pk]})
    assert answer.status_code == 302
    assert client_for(place.worker).get(reverse("case", args=[case.reference])).status_code == 404
    assert "Sealed" in first.get(reverse("case_sharing", args=[case.reference])).content.decode()
    assert first.post(url, {"reason": "It is known now"}).status_code == 302
    page = first.post(url, {"reason": "I agree with myself"}).content.decode()
    assert "Somebody else must agree" in page
    asked = other.get(url).content.decode()
    assert "It is known now" in asked and "Agree that this record is opened again" in asked
    other.post(url, {"reason": "Yes"})
    assert client_for(place.worker).get(reverse("case", args=[case.reference])).status_code == 200


# --- a request corrected after somebody answered it

def test_who_answered_is_not_asked_again_when_the_request_is_corrected(place: Place, case: Case, monkeypatch: Any) -> None:
    """Police have answered, health have not; what police were asked and answered stays theirs to read, and no more."""
    def correct() -> None:
        with place.scene.system():
            event = case.events.get(step="information-request", replaced_by=None)
        due = NOW + timedelta(hours=4)
        record = m.InformationRequest(purpose="To find out more", lawful_basis="public-task", about="Amira Sample",
                                      needed="What you know", happened_at=event.happened_at)
        lines = [m.RequestedAgency(agency=agency, due=due) for agency in (place.scene.police, place.scene.health)]
        with acting(place.manager):
            actions.correct(actor=place.manager, event=event, writing_=Writing(record, lines), now=NOW)

    def open_asks() -> list[str]:
        with place.scene.system():
            asks = Ask.objects.filter(case=case, answered_at=None, withdrawn_at=None)
            return sorted(asks.values_list("agency__name", flat=True))
    assert open_asks() == ["Northbridge Health"]
    before = seen(place.police, case)
    correct()
    kept = seen(place.police, case)
    assert open_asks() == ["Northbridge Health"]
    assert kept | {"ClockRow": 1} == before, "the clock of a replaced request is gone"
    restrict(place, case)
    assert not seen(place.worker, case), "no line of the new request is left behind for the desk"
    confining.lift_restriction(actor=again(place.manager), case=case, reason="Over", now=NOW)
    monkeypatch.setattr(actions, "_to_ask", lambda step, lines, replaces: {line.agency_id for line in lines if step.asks})
    correct()
    assert open_asks() == ["Northbridge Health", "Northbridge Police"], "the negative control"
