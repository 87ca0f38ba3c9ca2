"""Every offer: after which outcome of which step of one process another may be started.

There is none from the front door's hand-over to the designated officer: what is reported of an adult is typed anew, by one
person who then alone reads it, and no child or adult goes along from the front door's records.
"""
from __future__ import annotations

from typing import Any

from goldthread.domains.front_door.models import Contact, HandOver
from goldthread.domains.looked_after.models import Placement
from goldthread.domains.missing.models import EpisodeOutcome, MissingFound, MissingReport, ReturnInterview
from goldthread.flows.moves import MOVES
from goldthread.flows.offer import Offer
from goldthread.flows.referral_to_plan import ENQUIRE, REFERRAL_TO_PLAN
from goldthread.process.models import Case


def _fostering(case: Case) -> dict[str, Any]:
    """What the contact said of the arrangement, and who said it. The council knew when the contact came in."""
    contact = case.last(Contact.step_key())
    found = {"happened_at": contact.happened_at, "told_by": contact.record.referrer_name, "about": contact.record.worry}
    return {**found, "carer": contact.record.others_at_home[:200]}


def _risk_outside(case: Case) -> dict[str, Any]:
    """The worry and the child's own words, as the contact gave them."""
    said = case.last(Contact.step_key()).record
    return {"subject": "child", "worry": said.worry, "child_voice": said.child_voice, "strengths": said.strengths,
            "referred_by": ", ".join(part for part in (said.referrer_name, said.referrer_agency) if part)[:200]}


def _missing_risk(case: Case) -> dict[str, Any]:
    """Why the episode points to exploitation."""
    last, report = case.last(EpisodeOutcome.step_key()).record, case.last(MissingReport.step_key()).record
    worry = "\n\n".join(part for part in (last.reason, last.pattern) if part)
    return {"subject": "child", "harm": "missing", "worry": worry,
            "referred_by": f"Missing episode {case.reference}, {report.reported_by}"[:200]}


def _missing_harm(case: Case) -> dict[str, Any]:
    """Harm was thought of when the child spoke of it, or when the episode was looked at as a whole."""
    spoken, decided = case.last(ReturnInterview.step_key()), case.last(EpisodeOutcome.step_key())
    thought = [spoken.happened_at] if spoken and spoken.outcome == "yes" else []
    thought += [decided.happened_at] if decided and decided.outcome == "strategy" else []
    found = case.last(MissingFound.step_key())
    harm = found.record.harm_words if found else ""
    why = decided.record.reason if decided else "What the child said in the return home interview"
    return {"happened_at": min(thought, default=None), "child_voice": spoken.record.child_voice if spoken else "",
            "concern": "\n\n".join(part for part in (f"Missing episode {case.reference}: {why}", harm) if part)}


def _from_placement(case: Case) -> dict[str, Any]:
    """Where the child was living, and with which council's area."""
    lives = case.last(Placement.step_key()).record
    return {"lives": "placed-out" if lives.council else "looked-after", "other_council": lives.council}


OFFERS: tuple[Offer, ...] = (
    Offer("front-door", HandOver.step_key(), frozenset({"private-fostering"}), "private-fostering",
          "Begin private fostering", carry=_fostering),
    Offer("front-door", HandOver.step_key(), frozenset({"exploitation-panel"}), "exploitation",
          "Refer to the exploitation panel", carry=_risk_outside),
    Offer("looked-after", Placement.step_key(), frozenset({"shorter", "to-18"}), "missing", "Report the child missing",
          carry=_from_placement),
    Offer("missing", EpisodeOutcome.step_key(), frozenset({"exploitation"}), "exploitation",
          "Refer to the exploitation panel", carry=_missing_risk),
    Offer("missing", ReturnInterview.step_key(), frozenset({"yes"}), "section-47", ENQUIRE, carry=_missing_harm),
    Offer("missing", EpisodeOutcome.step_key(), frozenset({"strategy"}), "section-47", ENQUIRE, carry=_missing_harm),
    *MOVES,
    *REFERRAL_TO_PLAN,
)
