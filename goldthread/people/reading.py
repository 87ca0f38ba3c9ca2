"""Opening one person's record: the only way to, and always written down."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import JSONObject

from goldthread.access.actor import Actor, acting
from goldthread.access.audit import log_reading
from goldthread.access.prepared import Among, Prepared
from goldthread.base.identifiers import BadIdentifier, check_reference
from goldthread.people.models import Address, Person, Place, SearchKey


def open_person(*, actor: Actor, reference: str, why: str, now: datetime) -> Person:
    """The person with this reference, with one line in the reading log saying who read it and `why`. `kept_safe` says
    whether they have, or had, a safe address that the actor may see.

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


def _alike() -> Any:
    """The ids of all records of the person asked for in the query around it, merged into one another."""
    return SearchKey.objects.filter(kept__keys__person=OuterRef("pk")).values("person_id")


def _addresses() -> Any:
    """The addresses of all those records."""
    return Address.objects.filter(person__search_key__kept__keys__person=OuterRef("pk"))


def with_homes(rows: Any) -> Any:
    """People with `homes`, their current addresses as the acting person may see them, the latest first: each whether it
    is safe, and its postcode."""
    homes = _addresses().filter(until=None).order_by("-pk").values_list(JSONObject(safe="safe", postcode="postcode"))
    return rows.annotate(homes=ArraySubquery(homes))


_CALLED = Prepared(lambda reference: Person.objects.filter(reference=reference).annotate(
    alike=ArraySubquery(_alike()), kept_safe=Exists(_addresses().filter(safe=True))), reference="\ue000 reference")
_SAME = Among(lambda people: SearchKey.objects.filter(kept__keys__person__in=people).values_list("person_id"))


def kept_person(person: Person) -> Person:
    """The record that stands for this one after merges, if the acting person may see it; else this one."""
    if person.merged_into_id is None:
        return person
    kept = SearchKey.objects.filter(person=person).values_list("kept_id", flat=True).first()
    return Person.objects.filter(pk=kept).first() or person


_EVER = Among(lambda people: Address.objects.filter(person__in=people).order_by("-pk"))


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
