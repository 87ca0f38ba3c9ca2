"""The offers on the way from a referral to a plan: assessment, enquiry, conference, plan, court, and moves between areas."""
from __future__ import annotations

from typing import Any

from goldthread.flows.offer import Offer
from goldthread.process.models import Case

ASSESS, ENQUIRE, CONFERENCE = "Begin an assessment", "Begin a strategy discussion", "Begin child protection"
PLAN, GATEWAY, MOVE = "Begin a child in need plan", "Ask for a legal gateway meeting", "Begin a move to another area"
CARE = "Begin being looked after"


def said(case: Case, step: str, name: str) -> Any:
    """What the last standing record of a step says in a field; "" when there is none."""
    event = case.last(step)
    return getattr(event.record, name) if event else ""


def from_contact(case: Case) -> dict[str, Any]:
    """The statutory limit counts from when the referral was received."""
    to = said(case, "hand-over", "to")
    return {"happened_at": case.opened_at, "why": said(case, "contact", "worry"),
            "kind": "pre-birth" if to == "pre-birth-assessment" else "family"}


def harm_at_the_front_door(case: Case) -> dict[str, Any]:
    """Harm was thought of when the front door decided."""
    return {"happened_at": said(case, "decision", "happened_at"), "concern": said(case, "contact", "worry"),
            "child_voice": said(case, "contact", "child_voice")}


def harm_in_assessment(case: Case) -> dict[str, Any]:
    """Harm was thought of when the manager decided so."""
    return {"happened_at": said(case, "assessment-outcome", "happened_at"),
            "concern": said(case, "assessment-outcome", "rationale"),
            "child_voice": said(case, "assessment-report", "child_voice")}


def harm_at_review(case: Case) -> dict[str, Any]:
    """Harm was thought of at the review of a child in need plan."""
    return {"happened_at": said(case, "need-review", "happened_at"), "concern": said(case, "need-review", "reasons"),
            "child_voice": said(case, "need-review", "child_voice")}


def after_enquiry(case: Case) -> dict[str, Any]:
    """The conference's limit counts from the strategy discussion that began the enquiry."""
    begun = next((e for e in case.recorded("strategy-discussion") if e.outcome in ("joint", "single")), None)
    return {"happened_at": begun.happened_at if begun else None, "why": "section-47",
            "concern": said(case, "enquiry-outcome", "rationale")}


def moved_in(case: Case) -> dict[str, Any]:
    """The transfer-in conference's limit counts from when we were told of the move."""
    return {"happened_at": case.opened_at, "why": "transfer-in", "concern": said(case, "move-notice", "risks")}


def need_assessed(case: Case) -> dict[str, Any]:
    return {"primary_need": said(case, "assessment-outcome", "primary_need"),
            "why": said(case, "assessment-outcome", "rationale")}


def reasons_of(step: str, name: str = "why") -> Any:
    """Carries the reasons that a step gives into the first record's `name`."""
    return lambda case: {name: said(case, step, "reasons")}


def care_asked_for(case: Case) -> dict[str, Any]:
    """Nobody has decided when the child moves: only what they need is known."""
    return {"need": said(case, "assessment-outcome", "primary_need"), "why": said(case, "assessment-outcome", "rationale")}


def by_order(case: Case) -> dict[str, Any]:
    """Looked after from the order on."""
    order = case.last("final-order")
    status = {"care": "C2", "placement": "E1"}.get(order.outcome, "") if order else ""
    return {"happened_at": said(case, "final-order", "happened_at"), "status": status,
            "why": said(case, "final-order", "note")}


def after(process: str, step: str, *outcomes: str) -> Any:
    """Offers of one outcome: `after(…)(starts, words, carry)`."""
    def offer(starts: str, words: str, carry: Any = None) -> Offer:
        return Offer(process, step, frozenset(outcomes), starts, words, carry)
    return offer


REFERRAL_TO_PLAN: tuple[Offer, ...] = (
    after("front-door", "hand-over", "assessment", "pre-birth-assessment")("assessment", ASSESS, from_contact),
    after("front-door", "hand-over", "strategy-discussion")("section-47", ENQUIRE, harm_at_the_front_door),
    after("front-door", "hand-over", "other-council")("transfer", MOVE),
    after("assessment", "assessment-outcome", "strategy-discussion")("section-47", ENQUIRE, harm_in_assessment),
    after("assessment", "assessment-outcome", "services", "short-break")("child-in-need", PLAN, need_assessed),
    after("assessment", "assessment-outcome", "legal-action")("pre-proceedings", GATEWAY),
    after("assessment", "assessment-outcome", "cla-request")("looked-after", CARE, care_asked_for),
    after("section-47", "conference-arranged", "arranged")("child-protection", CONFERENCE, after_enquiry),
    after("section-47", "enquiry-outcome", "services", "short-break")("child-in-need", PLAN),
    after("section-47", "enquiry-outcome", "continue-assessment")("assessment", ASSESS),
    after("section-47", "enquiry-outcome", "legal-action")("pre-proceedings", GATEWAY),
    after("child-protection", "initial-conference", "services")("child-in-need", PLAN, reasons_of("initial-conference")),
    after("child-protection", "initial-conference", "single-assessment")("assessment", ASSESS,
                                                                        reasons_of("initial-conference")),
    after("child-protection", "review-conference", "legal")("pre-proceedings", GATEWAY, reasons_of("review-conference")),
    after("child-protection", "review-conference", "end")("child-in-need", PLAN, reasons_of("review-conference")),
    after("child-in-need", "need-review", "strategy-discussion")("section-47", ENQUIRE, harm_at_review),
    after("pre-proceedings", "step-decision", "child-in-need")("child-in-need", PLAN, reasons_of("step-decision")),
    after("pre-proceedings", "final-order", "care", "placement")("looked-after", CARE, by_order),
    after("transfer", "move-in-arranged", "conference")("child-protection", CONFERENCE, moved_in),
    after("transfer", "move-in-arranged", "child-in-need")("child-in-need", PLAN),
    after("transfer", "move-in-arranged", "assessment")("assessment", ASSESS),
)
