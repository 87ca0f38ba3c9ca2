"""An allegation against an adult who works with children: reported, weighed, met on, looked into, concluded."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from goldthread.borough.contacts.desk import opens
from goldthread.borough.names import given_name, surname
from goldthread.borough.plan import LONDON
from goldthread.borough.stories.telling import Begins, Tale
from goldthread.domains.allegations import models as m
from goldthread.domains.allegations.models.report import EARLY_YEARS

if TYPE_CHECKING:
    from goldthread.borough.loading.organisations import Seat

#: Kind of work -> how often, and the role of whoever reports it.
SECTORS = {"school": 34, "nursery": 14, "foster-carer": 10, "health": 8, "childminder": 6, "sport": 6, "faith": 5,
           "residential": 5, "transport": 5, "youth-group": 4, "other": 3}
REPORTERS = {"school": "school-lead", "nursery": "school-lead", "childminder": "early-help-worker",
             "foster-carer": "social-worker", "health": "health-partner", "residential": "social-worker"}
DECISIONS = {"allegation": 58, "advice": 42}
CRITERIA = {"harmed": 44, "unsuitable": 26, "risk": 20, "offence": 10}
OUTCOMES = {"unsubstantiated": 34, "substantiated": 32, "unfounded": 16, "false": 14, "malicious": 4}
WAYS = {"none": 42, "no-formal": 28, "hearing": 16, "gone": 14}
#: Calendar days from the report to the outcome, by how often: most within a month, few for longer than three.
LASTS = {(12, 29): 70, (35, 85): 20, (100, 300): 10}


def allegations(t: Tale) -> Iterator[Begins]:
    """From the report to what the employer does, or to today."""
    officer = t.some(t.scene.seats("lado", t.scene.council))
    sector, at = str(t.fixed["sector"]), t.begins.at
    knew = t.hours(at, -20, -2) if t.draw() < 0.78 else t.hours(at, -150, -60)
    sex = "F" if t.draw() < 0.6 else "M"
    t.begin(sector=sector, given=given_name("english", sex, t.draw), family=surname("Testerby", sex), knows=t.draw() < 0.3,
            known_at=knew, job=t.say(f"job.{sector}"))
    given = t.given(officer, opens((at + timedelta(minutes=20)).astimezone(LONDON)), officer)
    t.did(m.EmployerKnew, knew, officer, told_at=t.hours(given, 0.2, 0.4),
          why_late="" if (at - knew).days < 2 else t.say("employer-knew.late"))
    weighed, decision = max(t.within(at, 1, late=0.1), t.hours(given, 0.5, 0.7)), t.decide("decision", DECISIONS)
    allegation = decision == "allegation"
    t.did(m.Threshold, weighed, officer, decision=decision, advice="" if allegation else t.say("threshold.advised"),
          criterion=t.decide("criterion", CRITERIA) if allegation else "",
          category=t.some(("PHY", "EMO", "SAB", "")) if allegation else "")
    t.did(m.AnswerToReporter, t.hours(weighed, 0.2, 3), officer)
    if allegation:
        _looked_into(t, weighed, officer, sector)
    return iter(())


def _looked_into(t: Tale, weighed: datetime, officer: Seat, sector: str) -> None:
    meets = t.within(weighed, 5, late=0.15).replace(minute=0, second=0)
    meets = max(meets, t.after(weighed, 1.2, 1.5))
    police = t.scene.agency("police")
    assert police
    t.did(m.MeetingPlan, t.hours(weighed, 0.4, 3.5), officer, meets_at=meets)
    t.did(m.AllegationMeeting, meets, officer, [t.line(m.MeetingAttendance, agency_id=each)
                                               for each in (police, t.scene.council)])
    if sector in EARLY_YEARS:
        t.did(m.OfstedTold, t.after(weighed, 1, 7), officer)
    done = max(t.hours(t.begins.at, *(24 * each for each in t.decide("lasts", LASTS))), t.after(meets, 4, 6))
    leads = [agency for agency in (police, t.scene.council) if t.scene.seats("agency-lead", agency)]
    t.asked(m.StrandRequest, m.StrandAgency, t.after(meets, 0.1, 0.6), officer, leads, 8,
            lambda agency, at: _strand(t, agency, at), until=done,
            line_values=lambda agency: {"strand": "police" if agency == police else "social-care"})
    if t.happens("meanwhile", 0.55):
        way = t.decide("way", {"working": 40, "changed": 35, "suspended": 25})
        t.did(m.Suspension, t.after(meets, 0.2, 1), officer, way=way)
    if t.happens("police", 0.3):
        begun = t.after(meets, 1, 2)
        t.did(m.PoliceInvestigation, begun, officer)
        t.did(m.PoliceReview, t.within(begun, 20, late=0.2, soonest=0.7), officer)
    looked = t.within(weighed, 20, late=0.15, soonest=0.8)
    while looked < done and looked < t.now:
        t.did(m.AllegationReview, looked, officer)
        looked = t.within(looked, 21, late=0.15, soonest=0.8)
    _concluded(t, done, officer)


def _strand(t: Tale, agency: int, at: datetime) -> None:
    t.did(m.StrandReport, at, t.scene.seats("agency-lead", agency)[0], answers=True,
          state=t.decide(f"state {agency % 3}", {"done": 50, "looking": 30, "none": 20}))


def _concluded(t: Tale, done: datetime, officer: Seat) -> None:
    outcome, way = t.decide("outcome", OUTCOMES), t.decide("employer", WAYS)
    t.did(m.AllegationOutcome, done, officer, outcome=outcome)
    t.did(m.OutcomeTold, t.hours(done, 0.3, 3), officer)
    way = way if outcome == "substantiated" else "none"
    decided = t.after(done, 0.5, 2)
    t.did(m.EmployerDecision, decided, officer, way=way)
    if way == "no-formal":
        t.did(m.EmployerAction, t.within(decided, 3, late=0.15), officer)
    if way == "hearing":
        t.did(m.DisciplinaryHearing, t.within(decided, 15, late=0.2), officer)
    refer = way in ("gone", "hearing")
    removed = t.after(decided, 1, 2) if refer else t.after(decided, 0.1, 0.3)
    t.did(m.ReferralDuty, removed, officer, needed="yes" if refer else "no")
    if refer:
        body = "teaching" if t.fixed["sector"] == "school" else "barring"
        t.did(m.Referral, t.within(removed, 20, late=0.2), officer, body=body)
