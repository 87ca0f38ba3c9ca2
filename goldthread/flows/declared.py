"""Every offer: after which outcome of which step of one process another may be started.

There is none from the front door's hand-over to the designated officer: what is reported of an adult is typed anew, by one
person who then alone reads it, and no child or adult goes along from the front door's records.
"""
from __future__ import annotations

from typing import Any

from goldthread.domains.front_door.models import Contact, HandOver
from goldthread.domains.missing.models import EpisodeOutcome, MissingReport
from goldthread.flows.offer import Offer
from goldthread.flows.referral_to_plan import REFERRAL_TO_PLAN
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


OFFERS: tuple[Offer, ...] = (
    Offer("front-door", HandOver.step_key(), frozenset({"private-fostering"}), "private-fostering",
          "Begin private fostering", carry=_fostering),
    Offer("front-door", HandOver.step_key(), frozenset({"exploitation-panel"}), "exploitation",
          "Refer to the exploitation panel", carry=_risk_outside),
    Offer("missing", EpisodeOutcome.step_key(), frozenset({"exploitation"}), "exploitation",
          "Refer to the exploitation panel", carry=_missing_risk),
    *REFERRAL_TO_PLAN,
)
