"""A database of the synthetic borough's people, and descriptions of them with errors, for `people_match`."""
from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

TODAY = date(2026, 11, 20)
PER_SCALE = 172_000  # people in the borough at scale 1
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Case:
    """A person described, who it truly is, and what is wrong in the description."""

    stated: Any
    truth: int
    errors: tuple[str, ...]


# -- the database -------------------------------------------------------------------------------------


def database(people: int) -> Any:
    """A server of our own with Django set up on the database of this size, as its owner."""
    from goldthread.commands.postgres import Server
    server = Server(ROOT / ".run" / "bench-postgres", ephemeral=True).start()
    name = f"people_{people}_{_edition(people)}"
    import psycopg
    with psycopg.connect(server.url(), autocommit=True) as connection:
        known = {row[0] for row in connection.execute("select datname from pg_database")}
        for old in sorted(each for each in known if each.startswith(f"people_{people}_") and each != name):
            connection.execute(f"drop database {old}")
        if name not in known:
            connection.execute(f"create database {name}")
    os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"] = server.url(db=name)
    os.environ["GOLDTHREAD_DATABASE_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    import django
    django.setup()
    return server


def _edition(people: int) -> str:
    """Changes with the people the borough makes and with the code of their keys, so that no stale database is measured."""
    from goldthread.borough import Borough
    borough = Borough(_plan(people))
    some = [repr(borough.family(number)) for number in range(1, borough.plan.households, borough.plan.households // 300)]
    names = ("people/keys.py", "people/bulk.py", "base/text.py", "base/data/nicknames.txt")
    files = [ROOT / "goldthread" / name for name in names] + sorted((ROOT / "goldthread/people/migrations").glob("*.py"))
    return sha256("".join(some).encode() + b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _plan(people: int) -> Any:
    from goldthread.borough import Plan
    return Plan(scale=people / PER_SCALE, seed=7, today=TODAY)


def load(people: int) -> tuple[Any, dict[int, int]]:
    """Fill the database unless it is filled already. Returns the borough and true id to our id."""
    from django.core.management import call_command
    from django.db import connection

    from goldthread.borough import Borough
    borough = Borough(_plan(people))
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("create table if not exists bench_truth (true_id bigint primary key, id bigint)")
        cursor.execute("select true_id, id from bench_truth")
        if known := dict(cursor.fetchall()):
            return borough, known
    started = time.perf_counter()
    known = _fill(borough)
    print(f"{'people loaded':46} {len(known):,} in {time.perf_counter() - started:.0f} s")
    return borough, known


def _fill(borough: Any) -> dict[int, int]:
    from django.db import connection, transaction

    from goldthread.access.policy import desk_token
    from goldthread.orgs.models import Partnership
    from goldthread.people.bulk import copy_people, new_ids
    from tests.support import NOW
    north, south = (Partnership.objects.create(slug=area.key, name=area.name, short_name=area.name)
                    for area in borough.plan.areas)
    with transaction.atomic(), connection.cursor() as django_cursor:
        cursor = django_cursor.cursor
        cursor.execute("set local session_replication_role = replica")  # history is measured elsewhere
        truth = [each.person_id for each in borough.people()]
        known = dict(zip(truth, new_ids(cursor, len(truth)), strict=True))
        for place, area in ((north, borough.plan.areas[0]), (south, borough.plan.areas[1])):
            rows = _new_people(borough, area, known)
            copy_people(cursor, rows, partnership=place.pk, readers=[desk_token("front-door", place.pk)], now=NOW)
        with cursor.copy("copy bench_truth from stdin") as copy:
            for row in known.items():
                copy.write_row(row)
    connection.cursor().execute("vacuum analyze")
    return known


def _new_people(borough: Any, area: Any, known: dict[int, int]) -> Iterator[tuple[int, Any]]:
    from goldthread.people.bulk import Home, NewPerson
    for family in borough.families(area.first_household, area.first_household + area.households):
        stays: dict[int | None, list[Home]] = defaultdict(list)
        for stay in family.residences:
            hidden = (known[stay.confidential_from],) if stay.confidential_from else ()
            stays[stay.person_id].append(Home(stay.address.line, stay.address.locality, stay.address.postcode,
                                              stay.since, stay.until, bool(hidden), hidden))
        for each in family.people:
            homes = stays[None] if each.resident else stays[each.person_id]
            both = ("nhs", each.nhs_number, True), ("upn", each.upn, True)
            former = (("previous", each.given, each.former_surname),) if each.former_surname else ()
            yield known[each.person_id], NewPerson(
                given=f"{each.given} {each.middle}".strip(), family=each.surname, known_as=each.known_as,
                born_on=each.born, due_on=each.due, sex=each.sex, adult=each.kind == "adult", names=former,
                numbers=tuple(number for number in both if number[1]), homes=tuple(homes))


# -- what is looked for -------------------------------------------------------------------------------


def from_contacts(borough: Any, known: dict[int, int], most: int) -> list[Case]:
    """People as contacts of the year describe them, from all through the year, with the errors that happen."""
    every = max(1, borough.plan.areas[0].contacts * 2 // most)
    cases = []
    for number, contact in enumerate(borough.contacts("northbridge")):
        if number % every == 0:
            cases += [_case(each, known, contact) for each in contact.people if each.true_id in known]
        if len(cases) >= most:
            break
    return cases[:most]


def _case(said: Any, known: dict[int, int], contact: Any) -> Case:
    from goldthread.people.matching import Stated
    born, estimated = said.born, False
    if born is None and said.age is not None:
        born, estimated = contact.received_at.date() - timedelta(days=round((said.age + 0.5) * 365.25)), True
    return Case(Stated(given=said.given, family=said.surname, known_as=said.known_as, born_on=born,
                       born_estimated=estimated, sex=said.sex or "U",
                       adult=said.part not in ("subject", "sibling"), line=said.line, postcode=said.postcode,
                       nhs=said.nhs_number, upn=said.upn), known[said.true_id], said.errors)


def one_error_each(borough: Any, known: dict[int, int], most: int) -> list[Case]:
    """Children described with name, birth, sex and postcode, one part of it wrong or two exchanged."""
    from goldthread.borough.spelling import slip, wrong_birth
    from goldthread.people.matching import Stated
    chance, cases = Random(11), []
    step = max(1, borough.plan.areas[0].households * len(_SPOILT) // (most * 2))
    for family in (borough.family(1 + n) for n in range(0, borough.plan.areas[0].households, step)):
        children = [each for each in family.people if each.born and each.kind == "child"]
        if not children or family.residences[0].confidential_from:
            continue  # a confidential address cannot be looked for
        child, home = chance.choice(children), family.residences[0].address
        whole = Stated(given=child.given, family=child.surname, born_on=child.born, sex=child.sex,
                       postcode=home.postcode)
        for error, spoil in _SPOILT.items():
            stated = spoil(whole, chance.random, slip, wrong_birth)
            if stated != whole:
                cases.append(Case(stated, known[child.person_id], (error,)))
    return cases[:most]


Spoil = Callable[[Any, Callable[[], float], Any, Any], Any]
_SPOILT: dict[str, Spoil] = {
    "given slip": lambda s, draw, slip, _: replace(s, given=slip(s.given, draw)),
    "family slip": lambda s, draw, slip, _: replace(s, family=slip(s.family, draw)),
    "given another": lambda s, *_: replace(s, given="Quentin" if s.sex == "M" else "Quenta"),
    "family another": lambda s, *_: replace(s, family="Zimmerhoff"),
    "birth wrong": lambda s, draw, _, wrong: replace(s, born_on=wrong(s.born_on, TODAY, draw)[0]),
    "birth another": lambda s, draw, *_: replace(s, born_on=s.born_on - timedelta(days=int(400 + 900 * draw()))),
    "sex wrong": lambda s, *_: replace(s, sex="M" if s.sex == "F" else "F"),
    "postcode another": lambda s, *_: replace(s, postcode="ZZ99 9ZZ"),
    "names swapped": lambda s, *_: replace(s, given=s.family, family=s.given),
}
