"""What one statement says of several people, kept in step with it: who is related to whom, and where they go."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from goldthread.access.actor import check_writing
from goldthread.people.models import Person, Place, Relationship, SearchKey

NOT_SAID = "Not said of these people after all"
MUTUAL = ("sibling", "half-sibling", "step-sibling", "twin", "cousin", "partner", "former-partner", "household-member")


@dataclass(frozen=True)
class Kin:
    """`person` is `kind` of `other`, all by their ids and code."""

    person: int
    other: int
    kind: str


@dataclass(frozen=True)
class Goes:
    """A person's practice ("gp") or school ("school"), by their ids."""

    person: int
    kind: str
    agency: int


def follow_statement(origin: str, *, kin: set[Kin], goes: set[Goes], source: str, now: datetime) -> None:
    """Record what a statement says now, and withdraw what was recorded of it before and is not said any more.

    What is known already from elsewhere is left alone, and so is what a person withdrew. For actions of the rooms
    above, within `writing()` on the system's authority, after they have asked whether the actor may.
    """
    check_writing()
    _follow_kin(origin, kin, source, now)
    _follow_places(origin, goes, source, now)


def _follow_kin(origin: str, wanted: set[Kin], source: str, now: datetime) -> None:
    rows = {Kin(row.person_id, row.other_id, row.kind): row for row in Relationship.objects.filter(origin=origin)}
    for said, row in rows.items():
        _keep_in_step(row, said in wanted, now)
    new = [said for said in sorted(wanted, key=str) if said not in rows and not _related(said)]
    people = Person.objects.in_bulk({pk for said in new for pk in (said.person, said.other)})
    for said in new:
        one, other = people[said.person], people[said.other]
        Relationship.objects.create(
            partnership_id=one.partnership_id, person=one, other=other, kind=said.kind, source=source, origin=origin,
            readers=sorted(set(one.readers) & set(other.readers)), denied=sorted({*one.denied, *other.denied}))


def _follow_places(origin: str, wanted: set[Goes], source: str, now: datetime) -> None:
    rows = {Goes(row.person_id, row.kind, row.agency_id): row for row in Place.objects.filter(origin=origin)}
    for said, row in sorted(rows.items(), key=lambda each: each[0] in wanted):  # those that go make room
        if said not in wanted or not _has_one(said):
            _keep_in_step(row, said in wanted, now)
    new = [said for said in sorted(wanted, key=str) if said not in rows and not _has_one(said)]
    people = Person.objects.in_bulk({said.person for said in new})
    for said in new:
        who = people[said.person]
        Place.objects.create(partnership_id=who.partnership_id, person=who, kind=said.kind, agency_id=said.agency,
                             source=source, origin=origin, readers=who.readers, denied=who.denied)


def _keep_in_step(row: Relationship | Place, said: bool, now: datetime) -> None:
    if said and row.withdrawn_because == NOT_SAID:
        row.withdrawn_at, row.withdrawn_because = None, ""
    elif not said and row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_because = now, NOT_SAID
    else:
        return
    row.save(update_fields=["withdrawn_at", "withdrawn_because"])


def _related(said: Kin) -> bool:
    """Whether that is known already, of these records or of those merged with them."""
    ones, others = _merged(said.person), _merged(said.other)
    if ones & others:
        return True
    pairs = Q(person__in=ones, other__in=others)
    if said.kind in MUTUAL:
        pairs |= Q(person__in=others, other__in=ones)
    return bool(Relationship.objects.filter(pairs, kind=said.kind, until=None, withdrawn_at=None).exists())


def _has_one(said: Goes) -> bool:
    return bool(Place.objects.filter(person__in=_merged(said.person), kind=said.kind, until=None,
                                     withdrawn_at=None).exists())


def _merged(person: int) -> set[int]:
    return {person, *SearchKey.objects.filter(kept__keys__person=person).values_list("person_id", flat=True)}
