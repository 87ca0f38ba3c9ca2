"""People for tests: one call a situation, through the same actions as everyone uses."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from goldthread.access.actor import Actor, acting, system
from goldthread.orgs.models import Partnership
from goldthread.people.actions import add_identifier, add_person
from goldthread.people.models import Person
from tests.support import NOW, make_actor, make_agency, make_partnership

_ordinals = count(1)


@dataclass(frozen=True)
class Borough:
    """One partnership with a MASH worker, a MASH manager and a privacy officer of the council, and a school lead."""

    partnership: Partnership
    worker: Actor
    manager: Actor
    officer: Actor
    school: Actor


def make_borough() -> Borough:
    partnership = make_partnership()
    council = make_agency("council", partnership=partnership)
    school = make_agency("school", partnership=partnership)
    return Borough(partnership, make_actor("mash-worker", council, partnership),
                   make_actor("mash-manager", council, partnership),
                   make_actor("privacy-officer", council, partnership), make_actor("school-lead", school, partnership))


def make_person(actor: Actor, given: str = "Zofia", family: str = "Testcase", *, nhs: str = "", upn: str = "",
                **details: Any) -> Person:
    """A child born 3 May 2016, unless told otherwise, with verified numbers if given."""
    person = add_person(actor=actor, now=NOW, **{"given": given, "family": family, "born_on": date(2016, 5, 3),
                                                 "sex": "F", **details})
    for scheme, value in (("nhs", nhs), ("upn", upn)):
        if value:
            add_identifier(actor=actor, now=NOW, person=person.pk, scheme=scheme, value=value, verified=True)
    return person


def nhs_for_tests(ordinal: int | None = None) -> str:
    """An NHS number of the test range (999), each call another."""
    for number in count(ordinal or next(_ordinals) * 20):
        digits = f"999{number:06d}"
        check = (11 - sum(int(each) * weight for each, weight in zip(digits, range(10, 1, -1), strict=True)) % 11) % 11
        if check < 10:
            return f"{digits}{check}"
    raise AssertionError




def fresh(person: Person) -> Person:
    """The person as the system sees them now."""
    with acting(system(person.partnership_id)):
        return Person.objects.get(pk=person.pk)


def sees(actor: Actor, person: Person) -> bool:
    with acting(actor):
        return Person.objects.filter(pk=person.pk).exists()
