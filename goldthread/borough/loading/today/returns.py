"""The demo's returns of the last quarter: the police, the hospital and a school name children, most of them plainly.

Of some the day of birth is not quite the same and the address is another: whether they are the child who is known
here waits for the analyst, once the worker has linked them. Through the actions that the pages use.
"""
from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from goldthread.access.actor import acting, system
from goldthread.borough.loading.today.cast import Cast
from goldthread.borough.plan import LONDON
from goldthread.dataset import actions
from goldthread.dataset.reading.batches import Source
from goldthread.linkage import tasks as linkage
from goldthread.measure.periods import last_whole
from goldthread.orgs.models import Agency
from goldthread.people.models import Address, Identifier, Person

ANALYST = "analyst"
PLAIN, DOUBTFUL = 39, 20  # children told plainly, and so that somebody has to look
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


def play(cast: Cast, partnership: int, now: datetime) -> None:
    """Three returns sent and accepted, the linking left to the worker. In the caller's transaction."""
    quarter = last_whole("quarter", now.astimezone(LONDON).date())
    with acting(system(partnership)):
        children = list(_children(partnership, quarter.until))
    analyst = cast.actor(ANALYST, now)
    with TemporaryDirectory() as folder, acting(analyst):
        for place, (sender, key, more) in enumerate(SENT):
            rows = [{**_row(child, number, key), **more(number, f"{quarter.since + timedelta(days=number):%d/%m/%Y}")}
                    for number, child in enumerate(children) if number % len(SENT) == place]
            agency = Agency.objects.get(pk=cast.agency(sender))
            owed = actions.expect(actor=analyst, agency=agency, key=key, since=quarter.since, until=quarter.until,
                                  due=quarter.until + timedelta(days=21), now=now)
            checked = actions.check(actor=analyst, expectation=owed, now=now, sources=[_file(Path(folder), key, rows)])
            sent = actions.send(actor=analyst, submission=checked, now=now)
            actions.accept(actor=analyst, submission=sent, now=now)
    linkage.begin(actor=analyst, now=now)


def _children(partnership: int, until: date) -> Iterator[Told]:
    """Children of as many families, with an address that is not safe; the oldest records first."""
    homes = dict(Address.objects.filter(partnership=partnership, until=None, safe=False).exclude(postcode="").order_by(
        "pk").values_list("person_id", "postcode"))
    numbers: dict[int, dict[str, str]] = {}
    for person, scheme, value in Identifier.objects.filter(partnership=partnership, scheme__in=("nhs", "upn")).values_list(
            "person_id", "scheme", "value"):
        numbers.setdefault(person, {})[scheme] = value
    seen: set[str] = set()
    people = Person.objects.filter(partnership=partnership, merged_into=None, restricted=False, born_estimated=False,
                                   born_on__gt=date(until.year - 15, 1, 1), born_on__lt=date(until.year - 5, 1, 1))
    for person in people.order_by("pk").iterator(chunk_size=500):
        if person.pk in homes and person.family not in seen and len(seen) < PLAIN + DOUBTFUL:
            seen.add(person.family)
            yield Told(person, homes[person.pk], numbers.get(person.pk, {}))


def _row(child: Told, number: int, key: str) -> dict[str, Any]:
    """A child as an agency tells of them: plainly, or with another day of birth and no number."""
    person, plain = child.person, number < PLAIN
    scheme, column = NUMBERS.get(key, ("", ""))
    born = person.born_on if plain else person.born_on.replace(day=person.born_on.day % 28 + 1)
    elsewhere = f"ZZ{number} 9ZZ"
    return {"person_number": f"EX-{number:03}", "first_name": person.given, "last_name": person.family,
            "born_on": f"{born:%d/%m/%Y}", "sex": person.sex, "postcode": child.postcode if plain else elsewhere,
            **({column: child.numbers.get(scheme, "")} if column and plain else {})}


def _file(folder: Path, key: str, rows: list[dict[str, Any]]) -> Source:
    path = folder / f"{key}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return Source(path.name, path)
