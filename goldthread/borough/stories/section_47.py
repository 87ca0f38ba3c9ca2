"""Harm that may be done to a child: the agencies discuss it, an enquiry is made, a conference is arranged or not."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from goldthread.borough.stories.telling import Begins, Tale
from goldthread.domains.section_47 import models as m

if TYPE_CHECKING:
    from goldthread.borough.loading.organisations import Seat

URGENCY = {"ordinary": 76, "immediate": 22, "complex": 2}
DISCUSSED_WITHIN = {"ordinary": 3, "immediate": 0.6, "complex": 5}
LATE_DISCUSSION, LATE_ENQUIRY = 0.1, 0.15
DECISIONS = {"joint": 55, "single": 32, "no-enquiry": 13}
ENQUIRY_DAYS = 15
OUTCOMES = {"cp-conference": 41, "services": 23, "continue-assessment": 17, "nfa": 16, "monitor": 2, "legal-action": 1}
HARM = {"cp-conference": "likely", "services": "not-likely", "continue-assessment": "not-likely", "legal-action": "likely"}


def section_47(t: Tale) -> Iterator[Begins]:
    """From the concern to what the enquiry leads to."""
    council = t.scene.council
    manager = t.some(t.scene.seats("team-manager", council))
    urgency = t.decide("urgency", URGENCY)
    t.begin(m.EnquiryPerson, urgency=urgency)
    told = t.begins.told_at or t.begins.at
    given = t.given(t.some(t.scene.seats("social-worker", council)), t.after(told, 0.02, 0.1), manager)
    held = max(t.within(t.begins.at, DISCUSSED_WITHIN[urgency], late=LATE_DISCUSSION), t.after(given, 0.1, 0.15))
    agencies = t.scene.partners(t.family, t.children, held)
    _invite(t, given, held, list(agencies.values()))
    decision = t.decide("decision", DECISIONS)
    medical = decision == "joint" and t.draw() < 0.35
    quorate = t.draw() < 0.9
    t.did(m.StrategyDiscussion, held, manager, _there(t, agencies, quorate), decision=decision, medical=medical,
          quorate=quorate, not_quorate_reason="" if quorate else t.say("not-quorate"))
    if decision != "no-enquiry":
        yield from _enquiry(t, held, manager, medical)


def _there(t: Tale, agencies: dict[str, int], quorate: bool) -> list[Any]:
    """Social care, police and health; where not all of them could come, health sent what it knows."""
    health = {"health": t.scene.agency("community")} if quorate and not {"health", "gp"} & agencies.keys() else {}
    return [t.line(m.StrategyAttendance, agency_id=agency,
                   attended="attended" if quorate or part not in ("health", "gp") else "report")
            for part, agency in {"care": t.scene.council, **agencies, **health}.items()]


def _invite(t: Tale, given: datetime, held: datetime, agencies: list[int]) -> None:
    assert t.worker
    at = t.hours(given, 0.05, 0.3)
    days = max(0.1, (held - at).total_seconds() / 86400 * 0.5)
    t.asked(m.StrategyInvitation, m.InvitedAgency, at, t.worker, agencies, days,
            lambda agency, when: _reply(t, agency, when), until=held, planned_for=held)


def _reply(t: Tale, agency: int, at: datetime) -> None:
    attending = t.decide(f"attending {agency % 3}", {"yes": 70, "by-report": 20, "nil": 10})
    t.did(m.StrategyReply, at, t.scene.answering(agency), answers=True, attending=attending,
          **({"information": ""} if attending == "nil" else {}))


def _enquiry(t: Tale, held: datetime, manager: Seat, medical: bool) -> Iterator[Begins]:
    assert t.worker
    done = t.within(held, ENQUIRY_DAYS, late=LATE_ENQUIRY, soonest=0.55)
    seen, alone = t.after(held, 0.2, 1.5), t.draw() < 0.85
    t.did(m.EnquiryVisit, seen, t.worker, child_seen=True, seen_alone=alone,
          not_seen_reason="" if alone else t.say("not-alone"))
    if medical:
        t.did(m.Medical, t.after(seen, 0.3, 1), t.worker, person_id=t.scene.person(t.children[0].person_id),
              result=t.decide("medical", {"harm": 30, "no-harm": 40, "unclear": 25, "refused": 5}))
    outcome = t.decide("outcome", OUTCOMES)
    written = max(t.after(seen, 1.1, 1.6), t.hours(done, -50, -26))
    t.did(m.EnquiryReport, written, t.worker, harm=HARM.get(outcome, "not-found"))
    t.did(m.EnquiryOutcome, done, manager, outcome=outcome)
    people = (t.family, tuple(t.children))
    if outcome == "cp-conference":
        yield _conference(t, held, done, manager)
    elif outcome in ("services", "continue-assessment", "legal-action"):
        follows = {"services": "child-in-need", "continue-assessment": "assessment", "legal-action": "pre-proceedings"}
        yield Begins(follows[outcome], t.after(done, 0.05, 0.2), manager, *people, came_from=t.case)


def _conference(t: Tale, held: datetime, done: datetime, manager: Seat) -> Begins:
    """A day is set; the limit counts from the discussion, and a few conferences are held after it."""
    day = t.after(held, 15.2, 18) if t.draw() < 0.16 else t.after(held, 12.5, 14.6)
    meets = max(day, t.after(done, 3, 4)).replace(hour=10, minute=0, second=0)
    arranged = t.after(done, 0.05, 0.2)
    t.did(m.ConferenceArranged, arranged, manager, result="arranged", planned_for=meets, reason="")
    return Begins("child-protection", held, manager, t.family, tuple(t.children),
                  told_at=t.after(arranged, 0.02, 0.1), values={"why": "section-47"}, fixed={"meets": meets},
                  came_from=t.case)
