"""What is missing or new on a contact, in words: guidance for whoever decides, never a gate."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goldthread.access.organisation.public import is_public
from goldthread.domains.front_door.identifying import contact_of, stated_people
from goldthread.domains.front_door.models import (
    Contact,
    EncompassNotice,
    IdentifiedPerson,
    Message,
    NewInformation,
    PartnerReply,
    Rating,
    ReferrerCheck,
)
from goldthread.process.models import Case, Event
from goldthread.process.rights import Work

NEW = (NewInformation, PartnerReply)


@dataclass(frozen=True)
class Missing:
    """Something to think of: `key` says what kind, `words` what to show."""

    key: str
    words: str


def before_deciding(case: Case, now: datetime) -> list[Missing]:
    """All that is worth knowing before a decision. Read as whoever works the case."""
    contact = contact_of(case)
    return [*_people(case, contact), *_consent(case, contact), *_referrer(case), *_replies(case, now), *_rating(case)]


def _people(case: Case, contact: Contact) -> list[Missing]:
    stated, known = stated_people(case), {line.stated_id for line in case.lines(IdentifiedPerson)}
    found = []
    left = [person.name for person in stated if person.pk not in known]
    if left and known:
        found.append(Missing("people", f"Not identified yet: {', '.join(left)}."))
    if not contact.father.strip() and not any(person.capacity == "father" for person in stated):
        found.append(Missing("father", "Nothing is recorded of the father."))
    if not contact.child_voice.strip():
        found.append(Missing("voice", "Nothing is recorded of what the child has said or shown."))
    return found


def consent_missing(contact: Contact) -> bool:
    """The family was not asked, and no reason was given for not asking that would let the front door go on."""
    return contact.consent in ("", "not-sought")


def _consent(case: Case, contact: Contact) -> list[Missing]:
    if not consent_missing(contact):
        return []
    asked = asked_about_consent(case)
    if asked is None:
        return [Missing("consent", "The family has not been asked whether they agree.")]
    answered = any(each.pk > asked.pk and each.agency_id == case.started_by_id for each in case.recorded(Message.step_key()))
    said = "has answered" if answered else "has not answered yet"
    return [Missing("consent-asked", f"The referrer was asked about the family's consent and {said}.")]


def asked_about_consent(case: Case) -> Event | None:
    """When the referrer was last asked about consent; None when they were not."""
    asked = [each for each in case.recorded(Message.step_key())
             if each.outcome == "consent" and each.agency_id != case.started_by_id]
    return asked[-1] if asked else None


def unverified(case: Case) -> bool:
    """The contact came from somebody without an account, and nobody has found yet that they are who they say."""
    checked = case.last(ReferrerCheck.step_key())
    return is_public(case.started_by) and (checked is None or checked.outcome != "verified")


def _referrer(case: Case) -> list[Missing]:
    return [Missing("referrer", "The referrer is not yet verified.")] if unverified(case) else []


def _replies(case: Case, now: datetime) -> list[Missing]:
    waiting = [ask for ask in Work.on(case).asks if ask.step == PartnerReply.step_key() and not ask.answered]
    names = [f"{ask.name}{' (overdue)' if ask.due < now else ''}" for ask in waiting]
    return [Missing("replies", f"Not answered yet: {', '.join(sorted(names))}.")] if names else []


def _rating(case: Case) -> list[Missing]:
    new = since_rating(case)
    return [Missing("rating", f"New since the last rating: {new}.")] if new else []


def since_rating(case: Case) -> str:
    """What has come in since the last rating, in words; "" for nothing, or when nothing is rated."""
    rated = case.last(Rating.step_key())
    if rated is None:
        return ""
    keys = {model.step_key(): model for model in NEW}
    counts: dict[str, int] = {}
    for event in (each for each in case.recorded(*keys) if each.pk > rated.pk):
        counts[event.step] = counts.get(event.step, 0) + 1
    words = {"new-information": ("new information", "new information"),
             "partner-reply": ("a partner's reply", "partners' replies")}
    return " and ".join(words[key][0] if n == 1 else f"{n} {words[key][1]}" for key, n in sorted(counts.items()))


def school_not_told(case: Case) -> bool:
    """Police were called to domestic abuse and no school has been told."""
    return contact_of(case).domestic_abuse and not case.recorded(EncompassNotice.step_key())
