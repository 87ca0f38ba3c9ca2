"""Families as people's records: names, numbers, homes, relationships, search keys, and work open with teams."""
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from itertools import islice
from typing import Any

from django.db import connection

from goldthread.access.policy import desk_token
from goldthread.base.dates import day_words
from goldthread.borough.borough import Borough
from goldthread.borough.codes import LANGUAGES
from goldthread.borough.loading.installation import check_now
from goldthread.borough.loading.organisations import Organisations
from goldthread.borough.plan import GROUP
from goldthread.borough.records.people import SLOTS, Family, Involvement, Person, Residence
from goldthread.people.bulk import Goes, Home, NewPerson, copy_people, copy_relationships
from goldthread.people.models import Entry
from goldthread.process.bulk import copy_rows

#: Families written at once; relationships across households stay within a group of 45, so both ends are there.
AT_ONCE = GROUP * 40
SOURCE = "Children's services records"
RESPONSIBILITY = {"yes": True, "no": False}
WORK = {"child-in-need": "Child in need plan", "child-protection": "Child protection plan",
        "looked-after": "Looked after by the council", "early-help": "Early help plan"}


def reserve(borough: Borough) -> int:
    """Set numbers aside for everyone of the borough: a person's id is this number and their own person_id."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('people_person', 'id'))")
        base = int(cursor.fetchone()[0])
        cursor.execute("select setval(pg_get_serial_sequence('people_person', 'id'), %s)",
                       [base + (borough.plan.households + 2) * SLOTS])
    return base


def load_people(borough: Borough, key: str, found: Organisations, base: int, done: Callable[[int], None]) -> Counter[str]:
    """Write everybody of one partnership, read by its front door. `done` is told of each lot of households written."""
    area = next(area for area in borough.plan.areas if area.key == key)
    partnership = found.partnerships[key].pk
    access: dict[str, Any] = {"partnership": partnership, "readers": [desk_token("front-door", partnership)]}
    began = datetime.combine(borough.plan.first_day, time(), UTC)
    families = borough.families(area.first_household, area.first_household + area.households)
    counts: Counter[str] = Counter()
    with connection.cursor() as django_cursor:
        cursor = django_cursor.cursor
        while block := list(islice(families, AT_ONCE)):
            people = [pair for family in block for pair in _people(family, base, found.agencies)]
            counts["people"] += copy_people(cursor, people, now=began, source=SOURCE, **access)
            rows = [(base + r.person_id, base + r.to_id, r.kind, RESPONSIBILITY.get(r.responsibility))
                    for family in block for r in family.relationships]
            counts["relationships"] += copy_relationships(cursor, rows, source=SOURCE, **access)
            entries = [_entry(work, base, found, access) for family in block for work in family.involvements]
            if entries:
                copy_rows(Entry, entries)
            counts["entries"] += len(entries)
            counts["households"] += len(block)
            check_now()
            done(len(block))
    return counts


def _people(family: Family, base: int, agencies: dict[int, int]) -> Iterator[tuple[int, NewPerson]]:
    stays: dict[int | None, list[Residence]] = defaultdict(list)
    for stay in family.residences:
        stays[stay.person_id].append(stay)
    schools: dict[int, list[Goes]] = defaultdict(list)
    for time_at in family.schooling:
        if time_at.school_id is not None:
            schools[time_at.person_id].append(Goes("school", agencies[time_at.school_id], time_at.since, time_at.until))
    for each in family.people:
        practice = (Goes("gp", agencies[each.practice_id]),) if each.practice_id else ()
        homes = stays[None] if each.resident else stays[each.person_id]
        yield base + each.person_id, NewPerson(
            given=f"{each.given} {each.middle}".strip(), family=each.surname, known_as=each.known_as,
            born_on=each.born, due_on=each.due, sex=each.sex, adult=each.kind == "adult", ethnicity=each.ethnicity,
            language=LANGUAGES.get(each.language, ""), disabled=None if each.kind == "adult" else bool(each.disabilities),
            names=(("previous", each.given, each.former_surname),) if each.former_surname else (),
            numbers=tuple((scheme, value, True) for scheme, value in (("nhs", each.nhs_number), ("upn", each.upn))
                          if value),
            homes=tuple(_home(stay, base) for stay in homes if _lived_there(each, stay)),
            places=(*practice, *schools[each.person_id]))


def _home(stay: Residence, base: int) -> Home:
    hidden = (base + stay.confidential_from,) if stay.confidential_from else ()
    where = stay.address
    return Home(where.line, where.locality, where.postcode, stay.since, stay.until, bool(hidden), hidden)


def _lived_there(person: Person, stay: Residence) -> bool:
    return stay.until is None or person.born is None or person.born < stay.until


def _entry(work: Involvement, base: int, found: Organisations, access: dict[str, Any]) -> Entry:
    """Work with a team that began before the year, as a line of the chronology."""
    ended = f", ended {day_words(work.until)}" if work.until else ""
    seat = found.staff[work.worker_id]
    return Entry(
        partnership_id=access["partnership"], readers=access["readers"], person_id=base + work.person_id, source=SOURCE,
        earliest=work.since, latest=work.since, when_text=day_words(work.since), agency_id=seat.agency,
        what=f"{WORK[work.kind]} with the {work.team} team{ended}", recorded_by_id=seat.user,
        recorded_at=datetime.combine(work.since, time(12), UTC))
