"""Opening one person's record: the only way to, and always written down."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import F, OuterRef

from goldthread.access.actor import Actor, acting
from goldthread.access.audit import log_reading
from goldthread.access.prepared import Among, Prepared
from goldthread.base.identifiers import BadIdentifier, check_reference
from goldthread.people.models import Address, Person, Place, SearchKey


def open_person(*, actor: Actor, reference: str, why: str, now: datetime) -> Person:
    """The person with this reference, with one line in the reading log saying who read it and `why`.

    Raises Person.DoesNotExist when there is none, or none the actor may see: the two cannot be told apart.
    """
    try:
        wanted = check_reference(reference)
    except BadIdentifier as wrong:
        raise Person.DoesNotExist(f"There is no person {reference}") from wrong
    with transaction.atomic(savepoint=False), acting(actor):
        person = next(iter(_CALLED.rows(reference=wanted)), None)
        if person is not None:
            person.known_ids = frozenset({person.pk, *person.alike})
            log_reading(kind="person", ref=person.pk, why=why, people=sorted(person.known_ids), agency=actor.agency.pk)
    if person is None:
        raise Person.DoesNotExist(f"There is no person {reference}")
    return person


def same_person_ids(person: Person | int) -> frozenset[int]:
    """The ids of all records of one person, merged into one another, that the acting person may see; itself too.

    A person opened by `open_person` knows them already, as they were then.
    """
    if isinstance(person, Person) and (known := getattr(person, "known_ids", None)):
        return known
    pk = person.pk if isinstance(person, Person) else person
    return frozenset({pk, *(row[0] for row in _SAME.rows([pk]))})


_CALLED = Prepared(lambda reference: Person.objects.filter(reference=reference).annotate(alike=ArraySubquery(
    SearchKey.objects.filter(kept__keys__person=OuterRef("pk")).values("person_id"))), reference="\ue000 reference")
_SAME = Among(lambda people: SearchKey.objects.filter(kept__keys__person__in=people).values_list("person_id"))


def kept_person(person: Person) -> Person:
    """The record that stands for this one after merges, if the acting person may see it; else this one."""
    if person.merged_into_id is None:
        return person
    kept = SearchKey.objects.filter(person=person).values_list("kept_id", flat=True).first()
    return Person.objects.filter(pk=kept).first() or person


def homes_of(people: Iterable[Person]) -> dict[int, list[Address]]:
    """The current addresses of several people by their id, as `addresses_of` gives those of one, however many they are."""
    wanted = [person.pk for person in people]
    stands_for = dict(_ALIKE.rows(wanted))
    found: dict[int, list[Address]] = {}
    for row in _HOMES.rows({*wanted, *stands_for}):
        found.setdefault(stands_for.get(row.person_id, row.person_id), []).append(row)
    return {pk: found.get(stands_for.get(pk, pk), []) for pk in wanted}


_ALIKE = Among(lambda people: SearchKey.objects.filter(
    kept__in=SearchKey.objects.filter(person__in=people).values("kept")).values_list("person_id", "kept_id"))
_EVER = Among(lambda people: Address.objects.filter(person__in=people).order_by("-pk"))
_HOMES = Among(lambda people: Address.objects.filter(person__in=people, until=None).order_by("-pk"))


def places_of(people: Iterable[int]) -> Any:
    """The practices and schools of these records, for the acting person: those of now first, then the latest."""
    rows = Place.objects.filter(person__in=set(people), withdrawn_at=None).select_related("agency")
    return rows.order_by(F("until").desc(nulls_first=True), "kind", "-pk")


def addresses_of(person: Person, *, going_to: Iterable[int] = ()) -> list[Address]:
    """A person's addresses for the acting person, current ones first.

    going_to: ids of the people whom the letter, page or plan will reach; safe addresses hidden from any of them, or
    from a record merged with theirs, are left out.
    """
    parties = frozenset().union(*(same_person_ids(party) for party in going_to))
    shown = [row for row in _EVER.rows(same_person_ids(person)) if not parties & set(row.hidden_from)]
    return sorted(shown, key=lambda row: row.until is not None)
