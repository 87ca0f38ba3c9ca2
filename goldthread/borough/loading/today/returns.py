"""The demo's returns of the last quarter: the police, the hospital and a school name children, most of them plainly.

Some were told in a hurry: with another date of birth, at a former address or one not known here, now and then by a short
name, by the errors of `spelling`. Whether such a one is the child who is known here waits for the analyst, once the worker
has linked them. Through the actions that the pages use.
"""
from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from goldthread.access.actor import acting, system
from goldthread.borough.borough import Borough
from goldthread.borough.loading.loader import Loaded
from goldthread.borough.loading.today.cast import Cast
from goldthread.borough.plan import LONDON
from goldthread.borough.records.people import household_of
from goldthread.borough.spelling import Care, Said, state
from goldthread.dataset import actions
from goldthread.dataset.reading.batches import Source
from goldthread.linkage import tasks as linkage
from goldthread.measure.periods import last_whole
from goldthread.orgs.models import Agency
from goldthread.people.models import Address, Identifier, Person

ANALYST = "analyst"
PLAIN, HURRIED = 39, 140  # children told plainly, and in a hurry: of one in six of these somebody has to be asked
HASTE = Care(spelling=.1, nickname=.15, typing=.05, swapped=.05, given_missing=0, surname_missing=0, birth_wrong=1,
             birth_missing=0, adult_birth_missing=1, sex_missing=.1, sex_wrong=0, old_address=1, address_missing=0,
             postcode_slip=.05, nhs_missing=1, upn_missing=1)
#: Who sends which return, and what its rows say besides who it is about
SENT = (
    ("police", "police-incidents", lambda number, day: {
        "incident_number": f"EX-{number:03}", "happened_at": f"{day} 20:15", "kind": "domestic", "part": "witness",
        "domestic_abuse": "yes"}),
    ("hospital", "health-activity", lambda number, day: {
        "event_number": f"EX-{number:03}", "kind": "emergency", "happened_on": day, "information_shared": "yes"}),
    ("school-lead", "education", lambda number, day: {"standing": "school", "possible": "120", "attended": "111"}),
)
NUMBERS = {"health-activity": ("nhs", "nhs_number"), "education": ("upn", "upn")}


@dataclass(frozen=True)
class Told:
    """A child as known here."""

    person: Person
    postcode: str
    numbers: dict[str, str]
    said: Said | None  # what somebody in haste says, if it was one


def play(cast: Cast, borough: Borough, loaded: Loaded, partnership: int, now: datetime) -> None:
    """Three returns sent and accepted, the linking left to the worker. In the caller's transaction."""
    quarter = last_whole("quarter", now.astimezone(LONDON).date())
    with acting(system(partnership)):
        children = [*_children(borough, loaded.base, partnership, quarter.until)]
    analyst = cast.actor(ANALYST, now)
    with TemporaryDirectory() as folder, acting(analyst):
        for place, (sender, key, more) in enumerate(SENT):
            rows = [{**_row(child, number, key), **more(number, f"{quarter.since + timedelta(days=number % 90):%d/%m/%Y}")}
                    for number, child in enumerate(children) if number % len(SENT) == place]
            agency = Agency.objects.get(pk=cast.agency(sender))
            owed = actions.expect(actor=analyst, agency=agency, key=key, since=quarter.since, until=quarter.until,
                                  due=quarter.until + timedelta(days=21), now=now)
            checked = actions.check(actor=analyst, expectation=owed, now=now, sources=[_file(Path(folder), key, rows)])
            sent = actions.send(actor=analyst, submission=checked, now=now)
            actions.accept(actor=analyst, submission=sent, now=now)
    linkage.begin(actor=analyst, now=now)


def _children(borough: Borough, base: int, partnership: int, until: date) -> Iterator[Told]:
    """Children with an address that is not safe, the oldest records first; those told plainly of as many households."""
    homes = dict(Address.objects.filter(partnership=partnership, until=None, safe=False).exclude(postcode="").order_by(
        "pk").values_list("person_id", "postcode"))
    numbers: dict[int, dict[str, str]] = {}
    for person, scheme, value in Identifier.objects.filter(partnership=partnership, scheme__in=("nhs", "upn")).values_list(
            "person_id", "scheme", "value"):
        numbers.setdefault(person, {})[scheme] = value
    seen: set[int] = set()
    hurried = 0
    people = Person.objects.filter(partnership=partnership, merged_into=None, restricted=False, born_estimated=False,
                                   born_on__gt=date(until.year - 15, 1, 1), born_on__lt=date(until.year - 5, 1, 1))
    for person in people.order_by("pk").iterator(chunk_size=500):
        number = person.pk - base
        if person.pk not in homes:
            continue
        if len(seen) < PLAIN and household_of(number) not in seen:
            seen.add(household_of(number))
            yield Told(person, homes[person.pk], numbers.get(person.pk, {}), None)
        elif hurried < HURRIED:
            hurried += 1
            yield Told(person, homes[person.pk], numbers.get(person.pk, {}), _hurried(borough, number))


def _hurried(borough: Borough, number: int) -> Said:
    """What somebody in haste says of a child."""
    family = borough.family(household_of(number))
    here, *before = (stay.address for stay in family.residences if stay.person_id is None)
    elsewhere = replace(here, line="", postcode=f"ZZ{number % 100} 9ZZ")
    child = next(each for each in family.people if each.person_id == number)
    return state(child, here, (before or [elsewhere])[0], HASTE, borough.plan.today,
                 borough.plan.stream("demo-returns").at(number))


def _row(child: Told, number: int, key: str) -> dict[str, Any]:
    """A child as an agency tells of them."""
    person, said = child.person, child.said
    told = {"person_number": f"EX-{number:03}"}
    if said:
        return {**told, "first_name": said.given, "last_name": said.surname, "sex": said.sex, "postcode": said.postcode,
                "born_on": f"{said.born:%d/%m/%Y}" if said.born else ""}
    scheme, column = NUMBERS.get(key, ("", ""))
    return {**told, "first_name": person.given, "last_name": person.family, "born_on": f"{person.born_on:%d/%m/%Y}",
            "sex": person.sex, "postcode": child.postcode, **({column: child.numbers.get(scheme, "")} if column else {})}


def _file(folder: Path, key: str, rows: list[dict[str, Any]]) -> Source:
    path = folder / f"{key}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return Source(path.name, path)
