"""A person's family and household, as far as the acting person may see them."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from goldthread.base.dates import Precision, UncertainDate, age_words
from goldthread.people.models import Address, Person, Relationship, SearchKey
from goldthread.people.reading import addresses_of, same_person_ids
from goldthread.rules.codes import label

FORWARD, REVERSE = "relationships", "relationships-reverse"


@dataclass(frozen=True)
class Relative:
    """Somebody related to the person. `kind` says what they are to the person ("Mother", "Child"); `row` is the
    relationship's id."""

    person: Person
    kind: str
    age: str
    parental_responsibility: bool | None
    since: date | None
    until: date | None
    row: int


@dataclass(frozen=True)
class Housemate:
    """Somebody whose current address is the same. `kind`: what they are to the person, empty when not recorded."""

    person: Person
    kind: str
    age: str
    address: str


def relatives(person: Person, *, today: date, ended: bool = False) -> list[Relative]:
    """Everyone related to a person, all records merged with it taken together; those that ended when asked for."""
    mine = same_person_ids(person)
    rows = Relationship.objects.filter(Q(person__in=mine) | Q(other__in=mine), withdrawn_at=None).order_by("pk")
    if not ended:
        rows = rows.filter(Q(until=None) | Q(until__gt=today))
    pairs = [(row, row.person_id if row.other_id in mine else row.other_id) for row in rows]
    people = _kept({pk for _, pk in pairs})
    found: dict[tuple[int, str, date | None], Relative] = {}
    for row, pk in pairs:
        if pk not in people or people[pk].pk in mine:
            continue
        kind = label(FORWARD if row.other_id in mine else REVERSE, row.kind)
        relative = Relative(people[pk], kind, age(people[pk], today), row.parental_responsibility, row.since,
                            row.until, row.pk)
        found.setdefault((people[pk].pk, kind, row.until), relative)
    return list(found.values())


def household(person: Person, *, today: date, kin: list[Relative] | None = None,
              addresses: list[Address] | None = None) -> list[Housemate]:
    """Everyone else at one of the person's current addresses, the same building and postcode, safe ones as visible.

    kin, addresses: the person's `relatives` and `addresses_of`, where they have been read already.
    """
    mine = same_person_ids(person)
    now = (each for each in (addresses_of(person) if addresses is None else addresses)
           if each.until is None or each.until > today)
    homes = {(row.line1.casefold(), row.postcode): row for row in now}
    codes = {postcode for _, postcode in homes}
    if not homes:
        return []
    others = [row for row in _current(today).filter(postcode__in=codes).exclude(person__in=mine).order_by("pk")
              if (row.line1.casefold(), row.postcode) in homes]
    people = _kept({row.person_id for row in others})
    kin = relatives(person, today=today) if kin is None else kin
    kinds = {each.person.pk: each.kind for each in reversed(kin)}
    found = {people[row.person_id].pk: Housemate(people[row.person_id], kinds.get(people[row.person_id].pk, ""),
                                                 age(people[row.person_id], today), str(row))
             for row in others if row.person_id in people}
    return list(found.values())


def age(person: Person, today: date) -> str:
    """A person's age in words: "4 months", "about 7 years", "unborn, due 3 March 2027"."""
    if person.born_on and person.born_estimated:
        return age_words(UncertainDate(person.born_on, Precision.YEAR), today)
    return age_words(person.born_on, today, person.due_on)


def _current(today: date) -> object:
    return Address.objects.filter(Q(until=None) | Q(until__gt=today))


def _kept(people: set[int]) -> dict[int, Person]:
    """Each id's person, the one kept where records were merged; ids of people not to be seen are left out."""
    folded = SearchKey.objects.filter(kept=OuterRef("pk"), person__in=people).values("person_id")
    rows = Person.objects.filter(Q(pk__in=people) | Q(pk__in=SearchKey.objects.filter(person__in=people).values("kept")))
    chosen: dict[int, Person] = {}
    for person in rows.annotate(stands_for=ArraySubquery(folded)):
        chosen |= dict.fromkeys((*person.stands_for, *({person.pk} & people - chosen.keys())), person)
    return chosen
