"""The people a form may offer: those a case is about, those it came from, and their families."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goldthread.people.family import relatives
from goldthread.people.models import Person
from goldthread.process.models import Case, CasePerson


def near_case(case: Case, today: date) -> frozenset[int]:
    """The ids of the people of a case and of the one it came from, with their families, whom the acting person sees."""
    cases = [pk for pk in (case.pk, case.came_from_id) if pk]
    return near_people(CasePerson.objects.filter(case__in=cases).values_list("person_id", flat=True), today)


def near_people(people: Iterable[int], today: date) -> frozenset[int]:
    """These people and their families, whom the acting person sees."""
    found = set()
    for person in Person.objects.filter(pk__in=set(people)):
        found |= {person.pk, *(relative.person.pk for relative in relatives(person, today=today))}
    return frozenset(found)
