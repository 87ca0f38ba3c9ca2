"""Asking partners: whom first, by when, and the least they need to find the right records."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from goldthread.base.dates import day_words
from goldthread.domains.front_door.history import agencies_that_knew
from goldthread.domains.front_door.identifying import CHILDREN, contact_of, people_of, stated_people
from goldthread.domains.front_door.models import Contact, ContactPerson
from goldthread.domains.front_door.naming import school_named
from goldthread.orgs.models import Agency, Appointment
from goldthread.people.models import SearchKey
from goldthread.people.reading import places_of
from goldthread.process.models import Case
from goldthread.process.settling import law_of
from goldthread.rules.codes import codes
from goldthread.rules.limits import Limit

LIMITS = {"red": "T04", "amber": "T05", "green": "T06"}
LEARNING = ("school", "college", "early-years")
KNEW_WITHIN = timedelta(days=3 * 365)  # how far back an agency's having known the child makes it one to ask first
NEVER_ASKED = ("other", "partnership-office", "scrutiny", "regulator")
ORDER = ("police", "community-trust", "acute-trust", "mental-health-trust", "gp-practice", "health-board", "school",
         "college", "early-years", "housing", "probation", "youth-justice", "adult-social-care", "childrens-services")


@dataclass(frozen=True)
class Group:
    """Agencies of one kind, to choose from; `open`: shown at once."""

    name: str
    agencies: list[Agency]
    open: bool = False


def limits(case: Case, now: datetime) -> dict[str, Limit]:
    """By rating, the partnership's time limit in force today; a rating without a limit is left out."""
    law, today = law_of(case.partnership), now.date()
    return {rag: law.limit(rule, today) for rag, rule in LIMITS.items()}


def due_if_rated(case: Case, now: datetime) -> dict[str, datetime]:
    """By rating, when the decision would be due if a first rating were made now."""
    law = law_of(case.partnership)
    return {rag: law.due(rule, now, (), now)[0] for rag, rule in LIMITS.items()}


def proposed_due(case: Case, now: datetime) -> datetime | None:
    """When answers are wanted: by the rating's limit from now, never after the decision itself is due.

    None for a case not rated, or rated so that no limit runs: then whoever asks says when.
    """
    found = due_if_rated(case, now).get(case.mark)
    running = case.clockrows.filter(name=f"Decide: {case.mark}", stopped=None, paused=False, due__gt=now).first()
    return min(found, running.due) if found and running else found


def about(case: Case) -> str:
    """Whom partners should look for: names and dates of birth, no address."""
    return "\n".join(_line(person) for person in stated_people(case))


def _line(person: ContactPerson) -> str:
    known = f" (also {person.given} {person.family})" if person.known_as and person.given else ""
    born = f", born {day_words(person.born_on)}" if person.born_on else ""
    due = f", due {day_words(person.due_on)}" if person.due_on else ""
    age = f", aged about {person.age_stated}" if person.age_stated and not person.born_on else ""
    return f"{person.name}{known}{born}{due}{age}, {person.get_capacity_display().lower()}"


def address_of(case: Case) -> str:
    """The stated address in one line; "" when there is none or it is kept from anyone."""
    contact = contact_of(case)
    return "" if contact.address_safe else ", ".join(part for part in (contact.line1, contact.postcode) if part)


def schools_of(case: Case, today: datetime) -> dict[int, Agency]:
    """By stated child, the school they are said to be at, where it is one of the partnership's."""
    schools = list(Agency.objects.taking_part(case.partnership, today.date()).filter(kind__in=LEARNING))
    found = {p.pk: school_named(p.setting, schools) for p in stated_people(case) if p.capacity in CHILDREN}
    return {pk: school for pk, school in found.items() if school}


def current_places(people: Iterable[int]) -> dict[int, dict[str, int]]:
    """By person, the agency of their school and practice of now, as far as the acting person may see it."""
    found: dict[int, dict[str, int]] = {person: {} for person in people}
    kept = SearchKey.objects.filter(person__in=found).values("kept")
    stands_for = dict(SearchKey.objects.filter(kept__in=kept).values_list("person_id", "kept_id"))
    asked_as = {stands_for.get(person, person): person for person in found}
    for row in places_of({*found, *stands_for}).filter(until=None).order_by("-kind", "pk"):
        person = asked_as.get(stands_for.get(row.person_id, row.person_id), row.person_id)
        found.setdefault(person, {}).setdefault(row.kind, row.agency_id)
    return found


def to_ask(case: Case, now: datetime) -> list[Group]:
    """The agencies that may be asked, those who know the children first, then by kind in the order they are used."""
    rows = list(Agency.objects.taking_part(case.partnership, now.date()).exclude(kind__in=NEVER_ASKED))
    by_id = {row.pk: row for row in rows}
    first = dict.fromkeys([school.pk for school in schools_of(case, now).values()])
    children = [person.pk for person in people_of(case, children=True)]
    theirs = current_places(children)
    first |= dict.fromkeys(agency for agencies in theirs.values() for agency in agencies.values())
    first |= dict.fromkeys(agencies_that_knew(children, since=KNEW_WITHIN, at=now))
    if not children or any("gp" not in theirs[child] for child in children):
        first |= dict.fromkeys(row.pk for row in rows if row.kind == "gp-practice" and _near(row, contact_of(case)))
    chosen = [by_id[pk] for pk in first if pk in by_id]
    names = {code.code: code.label for code in codes("agency-kinds", now.date())}
    groups = [Group("Likely to know these children", chosen, open=True)] if chosen else []
    kinds = sorted({row.kind for row in rows}, key=lambda k: (ORDER.index(k) if k in ORDER else 99, names.get(k, k)))
    for kind in kinds:
        members = [row for row in rows if row.kind == kind and row not in chosen]
        if members:
            groups.append(Group(names.get(kind, kind), members, open=len(members) <= 3))
    return groups


def _near(agency: Agency, contact: Contact) -> bool:
    """A practice in the part of town where the child lives, by the first half of the postcode and one more."""
    if contact.address_safe or not contact.postcode or not agency.postcode:
        return False
    return contact.postcode.replace(" ", "")[:-2].upper() == agency.postcode.replace(" ", "")[:-2].upper()


def without_account(agencies: Iterable[int], case: Case, now: datetime) -> set[int]:
    """Of these agencies, those where nobody can sign in to answer."""
    ids = set(agencies)
    seats = Appointment.objects.filter(Q(partnership=case.partnership), agency__in=ids).current(now.date())
    return ids - set(seats.values_list("agency_id", flat=True))
