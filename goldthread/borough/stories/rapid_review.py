"""A serious incident: notified, reviewed at once, signed by two partners, and what is learnt from it."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from goldthread.borough.stories.telling import Begins, Tale
from goldthread.domains.rapid_review import models as m

if TYPE_CHECKING:
    from goldthread.borough.loading.organisations import Seat


def rapid_review(t: Tale) -> Iterator[Begins]:
    """From the day the council knew, as far as it has got."""
    office, at = t.begins.by, t.begins.at
    child = t.known(t.children[0])
    t.begin(None, [t.line(m.IncidentChild, person=child, capacity="child", status=t.some(("cin", "cp", "none")))],
            harm=t.decide("harm", {"serious": 75, "died": 25}), incident_on=t.hours(at, -40, -12).date())
    decided = t.after(at, 1, 2.5)
    t.did(m.CriteriaDecision, decided, office, decision="notify")
    notified = t.within(decided, 2, late=0.1)
    t.did(m.PanelNotification, notified, office, partners_told=True, ofsted_told=True)
    t.did(m.FamilyTold, t.after(notified, 2, 4), office, told="yes", why_not="")
    asked = t.after(notified, 0.1, 0.6)
    agencies = list(t.scene.partners(t.family, t.children, asked).values())
    t.asked(m.SummaryRequest, m.SummaryAgency, asked, office, agencies, 7, lambda agency, when: _summary(t, agency, when),
            never=0, late=0.1)
    met = t.after(asked, 10, 11)
    t.did(m.RapidReview, met, office)
    local = t.decide("local", {"lcspr": 50, "no": 50})
    t.did(m.ReviewDecision, t.hours(met, 2, 4), office, decision=local)
    signed = t.after(met, 0.8, 1.2)
    partners = [t.scene.seats("lead-partner", agency)[0] for agency in (t.scene.council, t.scene.agency("police"))]
    for place, partner in enumerate(partners[: t.fixed.get("signatures", 2)]):
        t.did(m.PartnerSignOff, t.hours(signed, place * 2.5, place * 2.5 + 1), partner, partner=t.say(f"partner.{place}"))
    if t.fixed.get("signatures", 2) == 2:
        _sent(t, t.after(signed, 1.2, 1.6), local, agencies, office)
    return iter(())


def _summary(t: Tale, agency: int, at: datetime) -> None:
    known = t.draw() < 0.85
    empty = dict.fromkeys(("involvement", "well", "learning", "immediate"), "")
    t.did(m.AgencySummary, at, t.scene.answering(agency), answers=True, known="yes" if known else "nil",
          **({} if known else empty))


def _sent(t: Tale, at: datetime, local: str, agencies: list[int], office: Seat) -> None:
    t.did(m.SentToPanel, at, office, sent="both")
    replied = t.after(at, 8, 12)
    t.did(m.PanelReply, replied, office, reply="agrees")
    if local == "lcspr":
        appointed = t.after(replied, 8, 12)
        t.did(m.ReviewerAppointed, appointed, office)
        for month in range(1, 5):
            t.did(m.ReviewProgress, t.after(appointed, 20 * month, 20 * month + 3), office)
        planned = t.after(appointed, 45, 50)
        publish = t.after(planned, 60, 62)
        t.did(m.PublicationPlan, planned, office, publish_at=publish)
        t.did(m.FinalReportSent, t.after(planned, 48, 50), office)
        t.did(m.Publication, publish, office, result="published", why="", where="https://partnership.example.org/reviews")
    learnt = t.after(replied, 20, 25)
    t.did(m.LearningAgreed, learnt, office, [t.line(m.ReviewFinding) for _ in range(2)], result="actions")
    t.asked(m.ActionsAgreed, m.ReviewAction, t.after(learnt, 2, 5), office, agencies[:2], 60,
            lambda agency, when: _done(t, agency, when), never=0, late=0.3)
    t.did(m.ImpactSeen, t.after(learnt, 150, 170), office)


def _done(t: Tale, agency: int, at: datetime) -> None:
    t.did(m.ReviewActionDone, at, t.scene.answering(agency), answers=True)
