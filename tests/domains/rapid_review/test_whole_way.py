"""A serious incident from becoming aware to what changed, on pages, with two partners signing."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import Refused, acting
from goldthread.access.models import without_application_filter
from goldthread.domains.rapid_review import models as m
from goldthread.domains.rapid_review.process import RAPID_REVIEW
from goldthread.notify.models import InboxNotice
from goldthread.process import actions, mending
from goldthread.process.actions import Writing
from goldthread.process.models import Ask, Case, ClockRow, Event
from tests.domains.place import Place
from tests.front_door.scene import text, when
from tests.support import client_for


@dataclass
class Scene:
    place: Place

    def __post_init__(self) -> None:
        place = self.place
        self.office = place.seat("business-manager", place.agency("partnership-office", "Northbridge Partnership"))
        self.council = place.agency("childrens-services", "Northbridge Council")
        self.board = place.agency("health-board", "Northbridge Health Board")
        self.force, self.school = place.agency("police", "Northbridge Police"), place.agency("school", "Larkfield School")
        self.partners = [place.seat("lead-partner", agency) for agency in (self.council, self.board, self.force)]
        self.head, self.police = place.seat("school-lead", self.school), place.seat("police-partner", self.force)

    def incident(self, **given) -> Case:
        values = {"incident_on": date(2026, 11, 2), "place": "Northbridge", "harm": "serious", "what": "A fall",
                  "abuse": "Shaken", "agencies": "School", "safeguarding": "In hospital"} | given
        return self.place.begin(self.office, RAPID_REVIEW, m.SeriousIncident(**values),
                                m.IncidentChild(stated="Nemo Fictitious", capacity="child", status="cp"),
                                at=self.place.now - timedelta(days=2))

    def decided(self, decision: str = "no") -> Case:
        case, now = self.incident(), self.place.now
        record = self.place.record
        record(self.office, case, m.CriteriaDecision(decision="notify", consulted="All", reason="Met"))
        record(self.office, case, m.PanelNotification(panel_reference="X1", partners_told=True, ofsted_told=True))
        record(self.office, case, m.FamilyTold(told="yes"))
        record(self.office, case, m.SummaryRequest(about="N. F.", period="Two years", asked="All"),
               m.SummaryAgency(agency=self.school, due=now + timedelta(days=10)))
        record(self.office, case, m.RapidReview(facts="x", child="x", immediate="x", themes="x", adults="x"))
        record(self.office, case, m.ReviewDecision(decision=decision, reason="x", national="No"))
        return self.place.fresh(case)


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene(Place(now=timezone.now()))


def sent(**answers):
    return {"submission": str(uuid4()), **answers}


def step(client, case, record, **answers):
    answers = when("happened_at", timezone.now()) | answers
    found = client.post(reverse("record", args=[case.reference, record.step_key()]), sent(**answers))
    assert found.status_code == 302, text(found)[:4000]


def test_the_whole_way(scene):
    office, head, police = client_for(scene.office), client_for(scene.head), client_for(scene.police)
    now = timezone.now()
    assert "Begin: serious incident" in text(office.get(reverse("work_list", args=["rapid-review"])))
    page = office.get(reverse("begin", args=["rapid-review"]))
    assert "When did the local authority become aware?" in text(page)
    found = office.post(reverse("begin", args=["rapid-review"]), sent(
        place="Northbridge", harm="serious", what="A fall", abuse="Shaken", agencies="School", safeguarding="In hospital",
        parallel="", **when("happened_at", now - timedelta(days=1)), **when("incident_on", (now - timedelta(days=3)).date()),
        **{"incidentchild-0-stated": "Nemo Fictitious", "incidentchild-0-capacity": "child",
           "incidentchild-0-status": "cp"}))
    assert found.status_code == 302, text(found)[:4000]
    with scene.place.system():
        case = Case.objects.get()
    assert case.title == "Nemo Fictitious"
    step(office, case, m.CriteriaDecision, decision="notify", consulted="All three", reason="Serious harm")
    step(office, case, m.PanelNotification, panel_reference="X1", partners_told="yes", ofsted_told="no")
    step(office, case, m.FamilyTold, told="yes", views="They want answers")
    step(office, case, m.SummaryRequest, about="N. F.", period="Two years", asked="What you did",
         **{"summaryagency-0-agency": scene.school.pk}, **when("summaryagency-0-due", now + timedelta(days=10)))
    ask = scene.place.ask_of(case, scene.school)
    seen = text(head.get(reverse("ask", args=[ask.pk])))
    assert "Two years" in seen and "Shaken" not in seen and "Nemo" not in seen
    head.post(reverse("ask", args=[ask.pk]), sent(known="yes", involvement="Taught her", well="Seen daily", learning="Ring",
                                                  immediate=""))
    step(office, case, m.RapidReview, facts="Facts", child="Her day", immediate="Nothing", themes="Bruises", adults="Mother")
    step(office, case, m.ReviewDecision, decision="lcspr", reason="Much to learn", national="No")
    for partner in scene.partners[:2]:
        step(client_for(partner), case, m.PartnerSignOff, partner=partner.agency.name)
    step(office, case, m.SentToPanel, sent="both")
    step(office, case, m.PanelReply, reply="agrees", text="We agree", response="")
    step(office, case, m.ReviewerAppointed, reviewer="R. Viewer", terms="All", method="Talks", involved="By letter")
    step(office, case, m.ReviewProgress, progress="Well", asked="")
    step(office, case, m.PublicationPlan, readied="The family first", **when("publish_at", now + timedelta(days=40)))
    step(office, case, m.FinalReportSent, sent_to="The panel and the Secretary of State")
    step(office, case, m.Publication, result="published", where="https://example.org/report")
    step(office, case, m.LearningAgreed, result="actions", summary="Bruises in babies",
         **{"reviewfinding-0-finding": "Nobody asked", "reviewfinding-0-recommendation": "Ask"})
    step(office, case, m.ActionsAgreed, note="Please report", **{
        "reviewaction-0-agency": scene.force.pk, "reviewaction-0-recommendation": "Ask", "reviewaction-0-what": "Train",
        "reviewaction-0-owner": "An inspector"}, **when("reviewaction-0-due", now + timedelta(days=60)))
    assert scene.place.fresh(case).closed_at is None, "its actions are not done"
    action = scene.place.ask_of(case, scene.force)
    police.post(reverse("ask", args=[action.pk]), sent(evidence="Forty were trained", impact="They ask"))
    step(office, case, m.ImpactSeen, looked_at="Twelve files", more="")
    assert scene.place.fresh(case).closed_at
    with scene.place.system():
        assert not ClockRow.objects.filter(case=case, stopped=None).exists()
        assert Event.objects.filter(case=case, step="partner-sign-off").count() == 2


def test_one_partner_twice_is_not_two(scene):
    case = scene.decided()
    first, second, _ = scene.partners
    for _ in range(2):
        scene.place.record(first, case, m.PartnerSignOff(partner="Council"))
        with pytest.raises(Refused, match="by 2 people"):
            scene.place.record(scene.office, case, m.SentToPanel(sent="both"))
    with pytest.raises(Refused):
        scene.place.record(scene.office, case, m.PartnerSignOff(partner="Council"))
    scene.place.record(second, case, m.PartnerSignOff(partner="NHS"))
    scene.place.record(scene.office, case, m.SentToPanel(sent="both"))


def test_a_partner_who_wants_changes_is_heard_before_it_is_sent(scene):
    case = scene.decided()
    scene.place.record(scene.partners[0], case, m.PartnerComment(wanted="Say more of the father"))
    with scene.place.system():
        assert InboxNotice.objects.filter(kind="partner-comment", user=scene.office.user).exists()


def test_nobody_outside_the_desk_sees_it(scene):
    case = scene.decided()
    outsiders = [scene.head, scene.police, *(scene.place.seat(role, scene.council) for role in (
        "social-worker", "team-manager", "mash-manager", "lado"))]
    for actor in outsiders:
        client = client_for(actor)
        assert client.get(reverse("case", args=[case.reference])).status_code == 404, actor.role
        assert client.get(reverse("work_list", args=["rapid-review"])).status_code == 404
        assert "Nemo" not in client.get(reverse("home")).content.decode()
        with acting(actor):
            assert not m.SeriousIncident.objects.exists() and not Case.objects.exists()
            with without_application_filter():
                assert not m.SeriousIncident.objects.exists(), "row security holds as well"
    for actor in (scene.office, *scene.partners):
        assert client_for(actor).get(reverse("case", args=[case.reference])).status_code == 200
        with acting(actor):
            assert m.SeriousIncident.objects.exists(), "there is something to hide"


def test_an_agency_sees_its_own_request_and_not_another_agencys(scene):
    case = scene.incident()
    for record in (m.CriteriaDecision(decision="notify", consulted="All", reason="Met"),
                   m.PanelNotification(panel_reference="X1", partners_told=True, ofsted_told=True)):
        scene.place.record(scene.office, case, record)
    scene.place.record(scene.office, case, m.SummaryRequest(about="N. F.", period="Two years", asked="All"), *[
        m.SummaryAgency(agency=agency, due=scene.place.now + timedelta(days=10)) for agency in (scene.school, scene.force)])
    for actor in (scene.head, scene.police):
        with acting(actor):
            assert list(Ask.objects.values_list("agency", flat=True)) == [actor.agency.pk]
            assert [line.agency_id for line in m.SummaryAgency.objects.all()] == [actor.agency.pk]


def test_corrected_when_they_became_aware_both_clocks_move(scene):
    case = scene.incident()
    before = scene.place.clock(case, "Notify the panel").due
    old = scene.place.event(case, m.SeriousIncident)
    with acting(scene.office):
        was = m.SeriousIncident.objects.get(case=case)
        values = {name: getattr(was, name) for name in was.own_fields()}
        values["happened_at"] = scene.place.now - timedelta(days=9)
        actions.correct(actor=scene.office, event=old, now=scene.place.now,
                        writing_=Writing(m.SeriousIncident(**values), [m.IncidentChild(stated="Nemo Fictitious")]))
    assert scene.place.clock(case, "Notify the panel").due < before
    assert scene.place.fresh(case).opened_at == values["happened_at"]


def test_a_child_must_be_named_somehow(scene):
    from django.core.exceptions import ValidationError
    with pytest.raises(ValidationError, match="enter a name"):
        scene.place.begin(scene.office, RAPID_REVIEW, m.SeriousIncident(
            incident_on=date(2026, 11, 2), place="x", harm="died", what="x", abuse="x", agencies="x", safeguarding="x"),
            m.IncidentChild(capacity="child"))


def test_all_summaries_are_back_when_all_that_stand_are_answered(scene):
    """An agency asked late is waited for, one taken back is not; an answer taken back is waited for again."""
    place, case = scene.place, scene.incident()
    for record in (m.CriteriaDecision(decision="notify", consulted="All", reason="Met"),
                   m.PanelNotification(panel_reference="X1", partners_told=True, ofsted_told=True)):
        place.record(scene.office, case, record)

    def asked(*agencies):
        place.now += timedelta(hours=1)
        return place.record(scene.office, case, m.SummaryRequest(about="N. F.", period="Two years", asked="All"), *[
            m.SummaryAgency(agency=agency, due=place.now + timedelta(days=9)) for agency in agencies])

    def answers(actor, known="nil"):
        place.now += timedelta(hours=1)
        return place.record(actor, case, m.AgencySummary(known=known), ask=place.ask_of(case, actor.agency))

    def back():
        row = place.clock(case, "All agencies' summaries back")
        assert (row.rule, row.started, row.step) == ("T33a2", place.event(case, m.PanelNotification).happened_at,
                                                     "summary-request")
        return row.stopped

    asked(scene.school, scene.force)
    answers(scene.head)
    assert back() is None
    last = answers(scene.police)
    assert back() == last.happened_at
    late = asked(scene.board)
    assert back() is None
    mending.withdraw(actor=scene.office, event=late, reason="They never knew her", now=place.now)
    assert back() == last.happened_at
    mending.withdraw(actor=scene.office, event=last, reason="Of another child", now=place.now)
    assert back() is None
    assert answers(scene.police).happened_at == back()
