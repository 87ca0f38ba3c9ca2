"""From a contact's arrival to the partners' answers, as records."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from goldthread.base.dates import day_words
from goldthread.borough.loading import recording as r
from goldthread.borough.loading.recording import FrontDoor
from goldthread.borough.records.contacts import Contact, Request, SchoolNotice, Stated
from goldthread.borough.stories.planning import recorded
from goldthread.domains.front_door import models as m
from goldthread.domains.front_door.models.contact import ANONYMOUS
from goldthread.domains.front_door.outcomes import words as usual
from goldthread.process.bulk import Planned
from goldthread.process.rows import made

PARTS = {"subject": "child", "sibling": "sibling", "mother": "mother", "father": "father", "other-adult": "adult"}
NO_NAME, NO_NUMBER = "Name not given", "Number not given"
NOT_SAID = "The referrer did not say."
SOON = timedelta(minutes=40)
#: Not every contact is identified at once when nobody was asked yet: one in so many still waits.
WAITING = 3
DOMESTIC_ABUSE = "domestic-abuse"


def stated_line(said: Stated) -> m.ContactPerson:
    """One person as the source stated them."""
    return made(
        m.ContactPerson,
        capacity=PARTS[said.part], given=said.given, family=said.surname, known_as=said.known_as, born_on=said.born,
        age_stated="" if said.age is None else f"{said.age} years", due_on=said.due, sex=said.sex or "U",
        setting=said.school, nhs=said.nhs_number, upn=said.upn)


def received(contact: Contact, door: FrontDoor, lines: list[m.ContactPerson]) -> Planned:
    """The contact itself."""
    who, home = contact.referrer, next((p for p in contact.people if p.line), None)
    told = who.agency_id is not None or contact.source == ANONYMOUS
    fathers = [f"{p.given} {p.surname}".strip() for p in contact.people if p.part == "father"]
    consent = contact.consent.status or "not-sought"
    return recorded(
        m.Contact, contact.received_at, door.referrer(contact), lines, stream=contact.stream,
        line1=home.line if home else "", postcode=home.postcode if home else "",
        father=f"{fathers[0]} is the father." if fathers else "", concern=contact.concerns[0], worry=contact.narrative,
        child_voice=contact.child_said, consent=consent,
        consent_reason="" if consent == "given" else contact.consent.reason or NOT_SAID, source=contact.source,
        channel=contact.channel, referrer_name=who.name or ("" if told else NO_NAME), referrer_role=who.title,
        referrer_agency=door.found.names[who.agency_id] if who.agency_id else "",
        referrer_phone=who.phone or ("" if told or who.email else NO_NUMBER), referrer_email=who.email,
        domestic_abuse=DOMESTIC_ABUSE in contact.concerns and contact.source == "6")


def steps(contact: Contact, door: FrontDoor, lines: list[m.ContactPerson]) -> Iterator[Planned]:
    """Allocation, ratings, who the people are, the question about consent, partners and schools."""
    if contact.worker_id is not None and contact.allocated_at is not None:
        worker = door.hub(contact.worker_id, contact)
        yield recorded(m.Allocation, contact.allocated_at, door.hub(None, contact), worker_id=worker.user,
                         reason=r.words("allocated", contact) if contact.previous else "")
    for rating in contact.ratings:
        yield recorded(m.Rating, rating.at, door.hub(rating.staff_id, contact), rag=rating.rating,
                         reason=rating.reason)
    if at := identified_at(contact):
        found = [made(m.IdentifiedPerson, stated=line, person_id=door.person(said.true_id), capacity=line.capacity,
                                    reason=_found_by(said, contact))
                 for said, line in zip(contact.people, lines, strict=True)]
        yield recorded(m.Identification, at, door.hub(contact.worker_id, contact), found)
    if contact.consent.challenged_at:
        yield recorded(m.Message, contact.consent.challenged_at, door.hub(contact.worker_id, contact),
                         about="consent", text=usual()["consent"])
    yield from _requests(contact, door)
    for notice in contact.school_notices:
        yield from _notice(notice, contact, door)


def identified_at(contact: Contact) -> datetime | None:
    """When the hub found out who the people are: soon after the first rating, not in the night that follows it, and before
    anybody was asked or decided.
    """
    if not contact.ratings:
        return None
    first = contact.ratings[0].at
    later = [request.asked_at for request in contact.requests]
    if contact.decision:
        later.append(contact.decision.at)
    if not later and contact.contact_id % WAITING == 0:
        return None
    until = min(later, default=first + timedelta(minutes=25))
    return (first + min(max(until - first, timedelta()) * 0.6, SOON)).replace(microsecond=0)


def _found_by(said: Stated, contact: Contact) -> str:
    if said.nhs_number and "nhs-slip" not in said.errors:
        return r.words("identified.number", contact)
    if said.born and not {"year-wrong", "day-wrong", "day-month-swapped", "first-of-january"} & set(said.errors):
        return r.words("identified.born", contact)
    return r.words("identified.address" if said.line else "identified.family", contact)


def _requests(contact: Contact, door: FrontDoor) -> Iterator[Planned]:
    """One request to all partners asked, and what each answered."""
    if not contact.requests:
        return
    first = contact.requests[0]
    asked = [made(m.RequestedAgency, agency_id=door.found.agencies[q.agency_id], due=q.due_at) for q in contact.requests]
    yield recorded(m.InformationRequest, first.asked_at, door.hub(first.asked_by, contact), asked,
                     purpose=first.purpose, lawful_basis=first.basis, about=about(contact),
                     needed=usual()["needed"]["screening"])
    for request in contact.requests:
        if request.answered_at is not None and request.answered_by is not None:
            yield _reply(request, contact, door)


def _reply(request: Request, contact: Contact, door: FrontDoor) -> Planned:
    known = request.answer == "information"
    assert request.answered_at is not None and request.answered_by is not None
    return recorded(m.PartnerReply, request.answered_at, door.found.staff[request.answered_by], answers=True,
                      answer="known" if known else "nil", information=request.text,
                      may_share=r.words("share", contact) if known else "desk")


def about(contact: Contact) -> str:
    """Whom partners look for: the children's names and dates of birth, no address."""
    lines = []
    for said in contact.people:
        if said.part in ("subject", "sibling"):
            born = f", born {day_words(said.born)}" if said.born else f", due {day_words(said.due)}" if said.due else ""
            lines.append((f"{said.given} {said.surname}".strip() or "Unborn child") + born)
    return "\n".join(lines)


def _notice(notice: SchoolNotice, contact: Contact, door: FrontDoor) -> Iterator[Planned]:
    """A child's school told, and read; nothing for one that was never told: that is the gap to be seen."""
    if notice.sent_at is None:
        return
    said = next(person for person in contact.people if person.true_id == notice.child_id)
    name = f"{said.given} {said.surname}".strip()
    school = made(m.EncompassSchool, agency_id=door.found.agencies[notice.school_id], child_name=name, born_on=said.born,
                               due=notice.due_at)
    yield recorded(m.EncompassNotice, notice.sent_at, door.referrer(contact), [school],
                     incident_at=contact.received_at, child_present="yes",
                     circumstances=r.words("circumstances", contact, child=said.given or "The child"))
    if notice.read_at is not None:
        reader = door.found.first_of[notice.school_id]
        yield recorded(m.EncompassRead, notice.read_at, reader, answers=True, support=r.words("support", contact))
