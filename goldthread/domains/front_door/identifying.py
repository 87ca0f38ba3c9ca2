"""Known already? What a person decided about everybody a contact names, recorded at once or not at all."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, acting, system_for
from goldthread.domains.front_door.models import Contact, ContactPerson, Identification, IdentifiedPerson
from goldthread.people import actions as people
from goldthread.people.actions.common import NotPossible
from goldthread.people.comparing import Stated
from goldthread.people.models import Address, DifferentPeople, Person
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.models import Case, Event

CHILDREN = ("child", "sibling")


@dataclass(frozen=True)
class Choice:
    """What was decided about one stated person.

    person: the record they are, None for somebody not known before. different: records they were found not to be.
    address: whether the stated address is recorded as theirs.
    """

    stated: ContactPerson
    person: int | None
    reason: str = ""
    different: tuple[int, ...] = ()
    address: bool = False


def contact_of(case: Case) -> Contact:
    """The contact as it stands, for the acting person."""
    found: Contact = case.last(Contact.step_key()).record
    return found


def stated_people(case: Case) -> list[ContactPerson]:
    """Everybody the contact names, as it stands: children, then brothers and sisters, then adults."""
    order = {"child": 0, "sibling": 1, "mother": 2, "father": 3}
    return sorted(case.lines(ContactPerson), key=lambda p: order.get(p.capacity, 4))


def tied(case: Case) -> dict[int, IdentifiedPerson]:
    """Who has been identified so far, by stated person."""
    if not case.recorded(Identification.step_key()):
        return {}
    rows: Any = IdentifiedPerson.objects.filter(case=case, event__replaced_by=None).select_related("person", "event")
    return {row.stated_id: row for row in rows.order_by("pk")}


def description(stated: ContactPerson, contact: Contact) -> Stated:
    """A stated person as matching knows them; a kept address takes no part in matching."""
    home = contact if stated.capacity in CHILDREN and not contact.address_safe else None
    return Stated(given=stated.given, family=stated.family, known_as=stated.known_as, born_on=stated.born_on,
                  sex=stated.sex, adult=stated.capacity not in CHILDREN, line=home.line1 if home else "",
                  postcode=home.postcode if home else "", nhs=stated.nhs, upn=stated.upn)


@transaction.atomic
def identify(*, actor: Actor, case: Case, choices: Sequence[Choice], note: str, now: datetime,
             submission: UUID | None = None, seen: int | None = None,
             corrects: Event | None = None) -> tuple[Event, list[str]]:
    """Record who each person is, making records of those not known before with what the contact states of them.

    Returns the event and, in words, what could not be kept of what was stated (a number that fails its check).
    Raises Refused, ValidationError, ChangedMeanwhile, Person.DoesNotExist.
    """
    with acting(system_for(actor)):
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        sent = Event.objects.filter(submission=submission).first() if submission else None
    if sent:
        return sent, []
    _check(choices, note)
    _insist_seen(actor, [choice.person for choice in choices if choice.person])
    contact, lost, lines = contact_of(case), [], []
    for choice in choices:
        person = choice.person or _make(actor, choice.stated, contact, now, lost)
        _settle_one(actor, person, choice, contact, now, lost)
        lines.append(IdentifiedPerson(
            stated=choice.stated, person_id=person, capacity=choice.stated.capacity,
            newly_made=choice.person is None, reason=choice.reason))
    writing = Writing(Identification(note=note), lines, seen=seen, submission=submission)
    if corrects is not None:
        return actions.correct(actor=actor, event=corrects, writing_=writing, now=now), lost
    step = case.process.step(Identification.step_key())
    return actions.record(actor=actor, case=case, step=step, writing_=writing, now=now), lost


def _insist_seen(actor: Actor, ids: Sequence[int]) -> None:
    """Nobody is tied to a record that whoever decides cannot see. Raises Person.DoesNotExist."""
    with acting(actor):
        for pk in ids:
            Person.objects.get(pk=pk)


def _check(choices: Sequence[Choice], note: str) -> None:
    if not choices and not note.strip():
        raise ValidationError({"note": "Decide about at least one person, or write why nobody can be identified yet"})
    chosen: dict[int, str] = {}
    for choice in choices:
        if choice.person is None:
            continue
        if choice.person in chosen:
            raise ValidationError(f"{choice.stated.name} and {chosen[choice.person]} cannot both be the same person")
        if choice.person in choice.different:
            raise ValidationError(f"{choice.stated.name} cannot both be this person and be different from them")
        chosen[choice.person] = choice.stated.name


def _make(actor: Actor, stated: ContactPerson, contact: Contact, now: datetime, lost: list[str]) -> int:
    """A record of somebody not known before."""
    try:
        made = people.add_person(
            actor=actor, now=now, given=stated.given, family=stated.family, known_as=stated.known_as,
            born_on=stated.born_on, due_on=stated.due_on, sex=stated.sex, adult=stated.capacity not in CHILDREN)
    except NotPossible as wrong:
        raise ValidationError(f"{stated.name}: {wrong}") from wrong
    for scheme, value in (("nhs", stated.nhs), ("upn", stated.upn)):
        if value:
            try:
                people.add_identifier(actor=actor, now=now, person=made.pk, scheme=scheme, value=value,
                                      source=contact.referrer_agency)
            except NotPossible as wrong:
                lost.append(f"{stated.name}: {wrong}")
    return made.pk


def _settle_one(actor: Actor, person: int, choice: Choice, contact: Contact, now: datetime, lost: list[str]) -> None:
    """What else was decided of one person: who they are not, and where they live."""
    for other in choice.different:
        if not DifferentPeople.objects.filter(one__in=(person, other), other__in=(person, other)).exists():
            people.mark_different(actor=actor, now=now, one=person, other=other,
                                  reason=choice.reason or "Looked at together at the front door")
    if not choice.address or not contact.line1:
        return
    here = Address.objects.filter(person=person, line1__iexact=contact.line1.strip(), until=None)
    if here.exists():
        return
    try:
        people.add_address(actor=actor, now=now, person=person, line1=contact.line1, postcode=contact.postcode,
                           source=contact.referrer_agency, safe=contact.address_safe)
    except NotPossible as wrong:
        lost.append(f"{choice.stated.name}: {wrong}")


def people_of(case: Case, *, children: bool = False) -> list[Person]:
    """The people a case is about; the children only when asked."""
    rows = case.casepersons.select_related("person").order_by("pk")
    return [row.person for row in rows if not children or row.capacity in CHILDREN]
