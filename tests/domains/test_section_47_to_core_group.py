"""One family's way through the pages, from a strategy discussion to the first core group."""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import acting, system
from goldthread.people.actions.family import relate
from goldthread.people.actions.identity import add_person
from goldthread.people.models import Person
from goldthread.process.models import Ask, Case, CasePerson, ClockRow
from tests.domains.filling import Form, moment, record, send
from tests.support import client_for, make_actor, make_agency, make_partnership

pytestmark = pytest.mark.django_db


class Borough:
    """A family, the people who work with it, and a browser for each of them."""

    def __init__(self) -> None:
        self.here = make_partnership()
        self.now = timezone.now()
        self.council = council = make_agency("childrens-services", partnership=self.here, name="Exampleton Council")
        self.police = make_agency("police", partnership=self.here, name="Exampleton Police")
        self.health = make_agency("community-trust", partnership=self.here, name="Exampleton Health")
        seats = {"manager": ("team-manager", council), "second": ("team-manager", council),
                 "chair": ("conference-chair", council), "worker": ("social-worker", council),
                 "officer": ("police-partner", self.police), "nurse": ("health-partner", self.health)}
        self.actors = {name: make_actor(role, agency, self.here, now=self.now) for name, (role, agency) in seats.items()}
        self.elder, self.younger = self.child("Testa"), self.child("Toby")
        relate(actor=self.actors["manager"], now=self.now, person=self.younger.pk, other=self.elder.pk, kind="sibling")

    def child(self, given: str) -> Person:
        return add_person(actor=self.actors["manager"], now=self.now, given=given, family="Exampleton")

    def client(self, name: str) -> Any:
        return client_for(self.actors[name])

    def case(self, address: str) -> Case:
        with acting(system(self.here.pk)):
            return Case.objects.get(reference=address.rstrip("/").rsplit("/", 1)[1])

    def weekday(self, days: int) -> datetime:
        """So many days from now, or the working day before."""
        when = self.now + timedelta(days=days)
        return when - timedelta(days=max(0, timezone.localtime(when).weekday() - 4))

    def answer(self, who: str, **given: Any) -> None:
        """The agency's answer to the one thing it is asked now."""
        actor = self.actors[who]
        with acting(actor):
            [ask] = Ask.objects.filter(agency=actor.agency, answered_at=None)
        send(self.client(who), reverse("ask", args=[ask.pk]), given)


def lines(key: str, *each: dict[str, Any]) -> dict[str, Any]:
    return {f"{key}-{at}-{name}": value for at, one in enumerate(each) for name, value in one.items()}


def test_from_a_strategy_discussion_to_the_first_core_group() -> None:
    b = Borough()
    enquiry = begin_enquiry(b)
    discuss_and_enquire(b, enquiry)
    family = hand_over_to_the_conference(b, enquiry)
    hold_the_conference(b, family)
    record(b.client("worker"), family, "core-group", **lines(
        "coregroupattendance", {"agency": b.health.pk, "attended": "attended", "who": "A nurse", "shared": "Doing well"}))
    with acting(system(b.here.pk)):
        met = {c.name: c for c in ClockRow.objects.filter(case=family).exclude(stopped=None)}
        assert not any(met[name].stopped > met[name].due for name in ("Hold the initial conference", "First core group"))
        assert ClockRow.objects.filter(case=family, name="Next core group", stopped=None).count() == 1
        assert Case.objects.get(pk=enquiry.pk).closed_at is not None
        assert set(CasePerson.objects.filter(case=family).values_list("person_id", flat=True)) == {
            b.elder.pk, b.younger.pk}


def begin_enquiry(b: Borough) -> Case:
    address = reverse("begin", args=["section-47"]) + f"?person={b.elder.reference}"
    page = b.client("manager").get(address).content.decode()
    assert Form(page).values["enquiryperson-0-person"] == str(b.elder.pk)
    sent = {**moment("happened_at", b.weekday(-12)), "urgency": "ordinary",
            "enquiryperson-1-person": b.younger.pk, "enquiryperson-1-capacity": "sibling"}
    enquiry = b.case(send(b.client("manager"), address, sent))
    record(b.client("manager"), enquiry, "enquiry-worker", worker=b.actors["worker"].user.pk)
    return enquiry


def discuss_and_enquire(b: Borough, enquiry: Case) -> None:
    worker, tomorrow = b.client("worker"), b.now + timedelta(days=1)
    record(worker, enquiry, "strategy-invitation", **moment("planned_for", tomorrow),
           **lines("invitedagency", {"agency": b.police.pk, **moment("due", tomorrow)}))
    b.answer("officer", attending="yes")
    record(b.client("manager"), enquiry, "strategy-discussion", **moment("happened_at", b.weekday(-11)), decision="joint",
           **lines("strategyattendance",
                   {"agency": b.council.pk, "attended": "attended", "who": "The manager", "shared": "Seen twice"},
                   {"agency": b.police.pk, "attended": "attended", "who": "An officer", "shared": "Called twice"},
                   {"agency": b.health.pk, "attended": "attended", "who": "A nurse", "shared": "Weight is well"}),
           **lines("childdecision", {"person": b.younger.pk, "decision": "no-enquiry"}))
    record(worker, enquiry, "enquiry-visit")
    record(worker, enquiry, "enquiry-report")
    record(b.client("second"), enquiry, "enquiry-outcome", outcome="cp-conference")
    record(b.client("chair"), enquiry, "conference-arranged", result="arranged",
           **moment("planned_for", b.weekday(10)))


def hand_over_to_the_conference(b: Borough, enquiry: Case) -> Case:
    """The offer is on the case's page, and its form holds what is known; it is sent as it stands."""
    offered = reverse("begin", args=["child-protection"]) + f"?from={enquiry.reference}"
    client = b.client("manager")
    assert offered in client.get(reverse("case", args=[enquiry.reference])).content.decode()
    held = Form(client.get(offered).content.decode()).values
    began = moment("happened_at", b.weekday(-11))
    assert {name: held[name] for name in began} == began
    assert {held["conferenceperson-0-person"], held["conferenceperson-1-person"]} == {str(b.elder.pk), str(b.younger.pk)}
    assert held["why"] == "section-47" and held["concern"] == "Invented words"
    family = b.case(send(client, offered, {}))
    assert offered not in client.get(reverse("case", args=[enquiry.reference])).content.decode(), "taken up already"
    return family


def hold_the_conference(b: Borough, family: Case) -> None:
    chair, soon = b.client("chair"), b.now + timedelta(days=3)
    record(b.client("manager"), family, "conference-worker", worker=b.actors["worker"].user.pk)
    record(chair, family, "conference-plan", **moment("happened_at", b.weekday(-8)), **moment("planned_for", b.weekday(-2)),
           **lines("conferenceagency", *({"agency": a.pk, **moment("due", soon)} for a in (b.police, b.health))))
    b.answer("officer", answer="known")
    b.answer("nurse", answer="nil")
    record(b.client("worker"), family, "report-shared", **moment("happened_at", b.weekday(-7)))
    record(chair, family, "initial-conference", **moment("happened_at", b.weekday(-2)), outcome="cp-plan", category="NEG",
           previous_plans="", previous_ended_on_day="",
           **lines("conferenceattendance", *(
               {"agency": a.pk, "attended": "attended", "who": "Somebody", "shared": "As in the report"}
               for a in (b.council, b.police, b.health))),
           **lines("childdecision", {"person": b.younger.pk, "outcome": "services", "category": "",
                                     "participation": "PN0"}))
    record(chair, family, "conference-decisions-sent")
    record(chair, family, "conference-record-sent", **lines("recordrecipient", {"agency": b.police.pk,
                                                                               **moment("due", soon)}))
    b.answer("officer", correction="")
