"""The pre-proceedings block of the children in need census, read from what was recorded."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from goldthread.domains.pre_proceedings import models as m

# What the census asks for, with the record whose day it is. The outcomes of a record narrow it.
DAYS: tuple[tuple[str, Any, frozenset[str]], ...] = (
    ("PPStartDate", m.LegalGateway, frozenset({"B"})),
    ("LBPSentDate", m.LetterBeforeProceedings, frozenset()),
    ("FGDMOfferDate", m.FamilyGroupOffer, frozenset()),
    ("FGDMFacilitatedDate", m.FamilyGroupMeeting, frozenset()),
    ("InitialPPMeetingDate", m.PreProceedingsMeeting, frozenset()),
    ("StepDecisionDate", m.StepDecision, frozenset()),
    ("LetterInitCPDate", m.LetterOfIntent, frozenset()),
    ("CourtAppDate", m.CourtApplication, frozenset()),
)


def block(case: Any) -> dict[str, date | int | str | None]:
    """The days (local dates, None for what did not happen), the number of review meetings and the outcome of one case,
    as far as the acting person may see them. Of what happened more than once, the first."""
    events = list(case.standing_events())
    found: dict[str, date | int | str | None] = {}
    for name, record, outcomes in DAYS:
        first = next((e for e in events if e.step == record.step_key() and (not outcomes or e.outcome in outcomes)), None)
        found[name] = timezone.localdate(first.happened_at) if first else None
    found["ReviewMeetingsCount"] = sum(e.step == m.PreProceedingsReview.step_key() for e in events)
    found["PPOutcome"] = next((e.outcome for e in reversed(events) if e.step == m.StepDecision.step_key()), None)
    return found
