"""A child goes missing and comes back: graded, looked for, spoken with, and what follows."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from goldthread.borough.stories.telling import Begins, Tale
from goldthread.domains.missing import models as m

if TYPE_CHECKING:
    from goldthread.borough.loading.organisations import Seat

KINDS = {"M": 84, "A": 16}
LIVES = {"home": 68, "looked-after": 18, "placed-here": 12, "placed-out": 2}
GRADES = {"medium": 62, "high": 16, "low": 18, "none-apparent": 4}
ENDINGS = {"returned": 58, "police": 24, "family": 14, "other": 4}
HARMS = {"none": 72, "not-known": 15, "criminal": 4, "physical": 4, "emotional": 3, "sexual": 2}
#: Hours until the child was found.
GONE = {(2, 9): 62, (10, 26): 26, (27, 70): 9, (80, 200): 3}
INTERVIEW_HOURS, IN_TIME = 72, 0.63
OFFERS = {"accepted": 64, "refused": 28, "not-offered": 8}
RESULTS = {"nothing-more": 45, "plan": 25, "help": 14, "exploitation": 8, "strategy": 8}
FACTORS = ("push-conflict", "pull-friends", "push-school", "pull-family", "pull-exploited", "push-placement", "pull-online",
           "pull-gang", "push-change")


def missing(t: Tale) -> Iterator[Begins]:
    """One episode, from the report to its outcome."""
    lead = t.some(t.scene.seats("exploitation-lead", t.scene.council))
    lives = t.decide("lives", LIVES)
    t.begin(m.MissingChild, kind=t.decide("kind", KINDS), lives=lives, trigger_plan=t.draw() < 0.3,
            last_seen_at=t.hours(t.begins.at, -6, -1),
            other_council=t.say("missing-report.other_council") if lives.startswith("placed") else "")
    graded = t.hours(t.begins.at, 0.3, 2)
    t.did(m.RiskGrade, graded, t.begins.by, grade=t.decide("grade", GRADES))
    t.given(t.some(t.scene.seats("exploitation-worker", t.scene.council)), t.after(t.begins.at, 0.1, 0.5), lead)
    found = t.hours(t.begins.at, *t.decide("gone", GONE))
    found = max(found, t.hours(graded, 0.5, 1))
    hours = (found - t.begins.at).total_seconds() / 3600
    if hours > 20:
        _looked_for(t, found, hours)
    harm = t.decide("harm", HARMS)
    t.did(m.MissingFound, found, t.begins.by, ending=t.decide("ending", ENDINGS), harm=harm,
          harm_words="" if harm in ("none", "not-known") else t.say("missing-found.harm"))
    t.did(m.PreventionInterview, t.hours(found, 0.5, 20), t.begins.by, result=t.decide("safe", {"done": 80, "refused": 12,
                                                                                                "not-done": 8}))
    yield from _back(t, found, lead)


def _looked_for(t: Tale, found: datetime, hours: float) -> None:
    """Agencies are asked; those who look for the child meet when it goes on."""
    assert t.worker
    allocated = next(step.recorded_at for step in t.steps if isinstance(step.record, m.MissingWorker))
    assert allocated
    at = t.hours(allocated, 0.2, 1)
    if at < found:
        agencies = [agency for kind, agency in t.scene.partners(t.family, t.children, at).items() if kind != "police"]
        t.asked(m.AgencyCheck, m.CheckedAgency, at, t.worker, agencies, 0.5, lambda agency, when: _know(t, agency, when),
                until=found)
        if hours > 40 or t.draw() < 0.2:
            met = t.hours(at, 3, 20)
            if met < found:
                t.did(m.MissingMeeting, met, t.worker)


def _know(t: Tale, agency: int, at: datetime) -> None:
    known = t.draw() < 0.3
    t.did(m.AgencyCheckReply, at, t.scene.answering(agency), answers=True, answer="known" if known else "nil",
          information=t.say("agency-check-reply.known") if known else "")


def _back(t: Tale, found: datetime, lead: Seat) -> Iterator[Begins]:
    """The return home interview, offered and held or not, and what the lead makes of the episode."""
    assert t.worker
    offered, answer = t.after(found, 0.1, 0.8), t.decide("offer", OFFERS)
    offered = max(offered, t.hours(found, 0.6, 0.9), _given(t))
    t.did(m.InterviewOffer, offered, t.worker, answer=answer,
          reason="" if answer == "accepted" else t.say(f"interview-offer.{answer}"))
    spoken = offered
    if answer == "accepted":
        low, high = (8, INTERVIEW_HOURS - 4) if t.draw() < IN_TIME else (INTERVIEW_HOURS + 3, INTERVIEW_HOURS * 3)
        spoken = max(t.hours(found, low, high), t.hours(offered, 0.3, 0.5))
        factors = [t.line(m.Factor, factor=each) for each in dict.fromkeys((t.some(FACTORS), t.some(FACTORS)))]
        t.did(m.ReturnInterview, spoken, t.worker, factors, seen_alone=t.draw() < 0.9, harm="no")
        agencies = [agency for kind, agency in t.scene.partners(t.family, t.children, spoken).items() if kind == "school"]
        if agencies:
            t.asked(m.FindingsShared, m.SharedAgency, t.after(spoken, 0.1, 0.4), t.worker, agencies, 2,
                    lambda agency, at: _read(t, agency, at), never=0, late=0.05)
    result, ended = t.decide("result", RESULTS), t.after(spoken, 4, 8)
    if result == "exploitation" and any(child.person_id == t.children[0].person_id for child in t.scene.mapped):
        result = "plan"  # the panel knows this child already
    safe = max(step.record.happened_at for step in t.steps)
    ended = max(ended, t.hours(safe, 0.2, 1))
    t.did(m.EpisodeOutcome, ended, lead, result=result)
    if result == "exploitation":
        yield Begins("exploitation", t.after(ended, 0.1, 0.5), lead, t.family, tuple(t.children), came_from=t.case,
                     fixed={"subject": "child", "harm": "missing"})


def _given(t: Tale) -> datetime:
    at = next(step.recorded_at for step in t.steps if isinstance(step.record, m.MissingWorker))
    assert at
    return t.hours(at, 0.1, 0.3)


def _read(t: Tale, agency: int, at: datetime) -> None:
    t.did(m.FindingsRead, at, t.scene.answering(agency), answers=True)
