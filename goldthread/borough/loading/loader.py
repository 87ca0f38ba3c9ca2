"""The whole borough in one transaction: all of it is there and marked, or nothing is."""
from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import connection, transaction

from goldthread.access.actor import acting, system, writing
from goldthread.borough.borough import Borough
from goldthread.borough.loading import casework, installation
from goldthread.borough.loading.cases import planned_case
from goldthread.borough.loading.organisations import Organisations, Seat, load_organisations
from goldthread.borough.loading.people import load_people, reserve
from goldthread.borough.loading.recording import FrontDoor
from goldthread.borough.loading.truth import Truth
from goldthread.borough.loading.wards import load_wards
from goldthread.borough.records.contacts import Contact
from goldthread.borough.stories.from_contacts import after_contact
from goldthread.borough.stories.scene import Scene
from goldthread.process.bulk import Bulk
from goldthread.process.registry import get

AT_ONCE = 500
#: what is being written, how many are done, of how many
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Loaded:
    """What was written: rows by kind, how long each part took in seconds, and where the truth is kept."""

    counts: dict[str, int]
    seconds: dict[str, float]
    truth: Path | None
    found: Organisations
    base: int


def load(borough: Borough, *, now: datetime, progress: Progress | None = None, people_only: bool = False) -> Loaded:
    """Put a borough into an installation that holds nothing yet. For the owner of the tables.

    now: not before the plan's own present. Raises CannotLoad where there is anything already, ValueError for a `now`
    the plan's contacts are ahead of.
    """
    if now < borough.plan.now:
        raise ValueError(f"The borough's present is {borough.plan.now}, which is after {now}.")
    tell = progress or (lambda what, done, of: None)
    counts: Counter[str] = Counter()
    seconds: dict[str, float] = {}
    with transaction.atomic(), acting(system()), writing():
        installation.insist_on_room()
        began = time.perf_counter()
        found = load_organisations(borough)
        counts |= {"agencies": len(found.agencies), "staff": len(found.staff), "partnerships": len(found.partnerships)}
        seconds["organisations"], began = time.perf_counter() - began, time.perf_counter()
        base = reserve(borough)
        counts += _people(borough, found, base, tell)
        counts["wards"] = load_wards(borough, found)
        seconds["people"], began = time.perf_counter() - began, time.perf_counter()
        truth = None
        if not people_only:
            with Truth(borough.plan) as truth:
                counts += _contacts(borough, found, base, truth, now, tell)
            seconds["contacts"] = time.perf_counter() - began
        _analyse()
        plan = borough.plan
        installation.set_mark({"scale": plan.scale, "seed": plan.seed, "today": plan.today.isoformat(),
                               "people_only": people_only})
    return Loaded(dict(counts), seconds, truth.place if truth else None, found, base)


def _people(borough: Borough, found: Organisations, base: int, tell: Progress) -> Counter[str]:
    counts: Counter[str] = Counter()
    written = 0

    def done(more: int) -> None:
        nonlocal written
        written += more
        tell("households", written, borough.plan.households)

    for area in borough.plan.areas:
        counts += load_people(borough, area.key, found, base, done)
    _analyse()
    return counts


def _analyse() -> None:
    """Let the planner know of what was just loaded; it would read whole tables for a few rows."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _contacts(borough: Borough, found: Organisations, base: int, truth: Truth, now: datetime,
              tell: Progress) -> Counter[str]:
    counts: Counter[str] = Counter()
    written, every = 0, sum(area.contacts for area in borough.plan.areas)
    for area in borough.plan.areas:
        door = FrontDoor.of(borough, area.key, found, base)
        scene = Scene(borough, area.key, found, base, borough.plan.now)
        casework.add_subjects(scene)
        bulk = Bulk(get("front-door"), found.partnerships[area.key], now, check=False)
        contacts = borough.contacts(area.key)
        while block := list(islice(contacts, AT_ONCE)):
            made = [planned_case(contact, door) for contact in block]
            bulk.store([case for case, _ in made])
            begun = (after_contact(scene, contact, case, _decided(door, contact))
                     for contact, (case, _) in zip(block, made, strict=True))
            counts += casework.store(scene, filter(None, begun), now)
            for contact, (case, lines) in zip(block, made, strict=True):
                truth.add(contact, case.reference, lines, base)
                counts["records"] += len(case.steps)
            counts["contacts"] += len(block)
            written += len(block)
            installation.check_now()
            if (written // AT_ONCE).bit_count() == 1:  # as often as there are twice as many
                _analyse()
            tell("contacts", written, every)
        for stored in casework.store_year(scene, now):
            counts += stored
            installation.check_now()
    return counts


def _decided(door: FrontDoor, contact: Contact) -> Seat | None:
    return door.hub(contact.decision.staff_id, contact) if contact.decision else None
