"""Plays the scene declared in ``data/today.toml`` through the same actions the pages use, each at its moment."""
from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from goldthread.access.actor import acting, system, writing
from goldthread.borough.borough import Borough
from goldthread.borough.contacts.stating import Stating
from goldthread.borough.loading import screening
from goldthread.borough.loading.recording import FrontDoor
from goldthread.borough.loading.today import doings, stories
from goldthread.borough.loading.today.cast import PUBLIC, Cast
from goldthread.borough.loading.today.families import Families
from goldthread.borough.loading.today.gatherings import gather
from goldthread.borough.loading.today.moments import ago
from goldthread.borough.records.contacts import Consent, Contact, Referrer, Stated
from goldthread.borough.records.people import Family
from goldthread.borough.stories.scene import Scene
from goldthread.domains.exploitation.models import Group, Place
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.models import Case
from goldthread.process.registry import get

#: Numbers of the day's contacts begin here, far above those of the year.
FIRST = 900_000
CHANNELS = {"6": "police-notification", "1A": "phone", "1B": "phone"}


@dataclass(frozen=True)
class Stage:
    """What every doing on one contact needs: the case, whom it is about, and who is there to act."""

    case: Case
    family: Family
    contact: Contact
    cast: Cast
    door: FrontDoor
    now: datetime


def declared() -> dict[str, Any]:
    """The scene as it is written down."""
    return tomllib.loads(files("goldthread.borough").joinpath("data", "today.toml").read_text(encoding="utf-8"))


def play(borough: Borough, door: FrontDoor, now: datetime) -> dict[str, str]:
    """Record every contact and story of the scene; the case's reference by the key of the contact or story."""
    cast, scene, made = Cast(borough, door), declared(), {}
    school = borough.personas()["school-lead"].agency_id
    with acting(system(door.found.partnerships[door.key].pk)), writing():
        families = Families(borough, door, school)
        for number, row in enumerate(scene["contact"], FIRST):
            family = families.like(row["family"])
            contact = _contact(row, number, family, borough, cast, now)
            case = _start(contact, row, cast, door)
            made[row["key"]] = case.reference
            stage = Stage(case, family, contact, cast, door, now)
            for doing in row.get("then", ()):
                doings.DOINGS[doing["do"]](stage, _named(doing, contact.people), ago(doing["ago"], now))
        tell = Scene(borough, door.key, door.found, door.base, now, places=list(Place.objects.all()),
                     groups=list(Group.objects.all()))
        told = stories.tell(scene["story"], tell, families, cast)
        gather(scene, told, cast, now)
        made |= {key: case.reference for key, case in told.items()}
        doings.half_written(cast, scene["draft"], now)
    return made


def _contact(row: dict[str, Any], number: int, family: Family, borough: Borough, cast: Cast, now: datetime) -> Contact:
    """The contact as its source states it, with the slips such a source makes."""
    at, source = ago(row["ago"], now), row["source"]
    children = [p for p in family.people if p.kind == "child"]
    children = children[-1:] if row.get("one_child") else children
    people = Stating(borough.directory).people(family, children, [], row["care"], borough.plan.today,
                                               borough.plan.stream("today").at(number))
    who = Referrer(None, None, row.get("name", ""), row.get("part", ""), row.get("phone", ""), "")
    if row["by"] != PUBLIC:
        staff = cast.staff(row["by"])
        who = Referrer(staff.staff_id, staff.agency_id, staff.name, staff.title, staff.phone, staff.email)
    said = _named(row, people)
    return Contact(
        number, "", row.get("partnership", "northbridge"), at, row.get("channel", CHANNELS.get(source, "portal")), source,
        who, row["stream"], tuple(row["concerns"]), said["worry"], said.get("voice", ""), family.household.household_id,
        people, Consent(row["consent"], row.get("why", ""), None), (), None, None, (), None, None, None, (), ())


def _named(row: dict[str, Any], people: tuple[Stated, ...]) -> dict[str, Any]:
    """What is declared, with the first child's name wherever a text speaks of one."""
    child = people[0].known_as or people[0].given or "the child"
    return {key: value.format(child=child) if isinstance(value, str) else value for key, value in row.items()}


def _start(contact: Contact, row: dict[str, Any], cast: Cast, door: FrontDoor) -> Case:
    planned = screening.received(contact, door, [screening.stated_line(said) for said in contact.people])
    actor = cast.actor(row["by"], contact.received_at)
    return actions.start(actor=actor, process=get("front-door"), now=contact.received_at,
                         writing_=Writing(planned.record, planned.lines))
