"""Who there is to act in a story: seats by role, agencies by key, and the people of the borough by their numbers there."""
from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from goldthread.borough.borough import Borough
from goldthread.borough.chance import Draw
from goldthread.borough.contacts.referrers import school_of
from goldthread.borough.records.people import Family, Person
from goldthread.domains.exploitation.models import Group, Place

if TYPE_CHECKING:
    from goldthread.borough.loading.organisations import Organisations, Seat

#: Up to this age in years health visitors know a child; above it the school does.
SCHOOL_AGE = 5


@dataclass
class Scene:
    """One partnership as stories are told in it, and the moment nothing has happened after.

    base: a person's id in the database is this and their person_id. stories: how many were begun, by process.
    places, groups: what the exploitation desk keeps; mapped: the children its panel has heard of so far.
    """

    borough: Borough
    key: str
    found: Organisations
    base: int
    now: datetime
    stories: Counter[str] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    mapped: list[Person] = field(default_factory=list)

    @property
    def next_door(self) -> bool:
        """Whether this is the small neighbour."""
        return self.key != self.borough.plan.areas[0].key

    @cached_property
    def council(self) -> int:
        """The number in the database of the area's children's services."""
        return self.found.agencies[self.borough.directory.council(self.key)]

    @cached_property
    def _seats(self) -> dict[tuple[int | None, str], list[Seat]]:
        found: dict[tuple[int | None, str], list[Seat]] = defaultdict(list)
        for person in self.borough.directory.staff:
            if not person.persona and self.key in person.partnerships:
                seat = self.found.staff[person.staff_id]
                found[seat.agency, person.role].append(seat)
                found[None, person.role].append(seat)
        return found

    @cached_property
    def _first(self) -> dict[int, Seat]:
        return {seat.agency: seat for seat in self.found.first_of.values()}

    def next(self, process: str) -> int:
        """The number of the next story of a process, from 0."""
        self.stories[process] += 1
        return self.stories[process] - 1

    def seats(self, role: str, agency: int | None = None) -> list[Seat]:
        """Everybody of a role in the partnership, or at one agency; none of them a persona."""
        return self._seats[agency, role]

    def agency(self, key: str) -> int | None:
        """The number in the database of a service by its key in ``agencies.csv``; None where the area has none."""
        known = self.borough.directory.named(key, self.key)
        return self.found.agencies[known] if known else None

    def answering(self, agency: int) -> Seat:
        """Who answers for an agency by its number in the database."""
        return self._first[agency]

    def partners(self, family: Family, children: list[Person], at: datetime) -> dict[str, int]:
        """The agencies that know a family, by what they are, as numbers in the database; the police always first."""
        found = {"police": self.agency("police")}
        youngest = min((at.date() - child.born).days / 365.25 for child in children if child.born) if any(
            child.born for child in children) else 0
        school = school_of(family, children, at.date())
        if school is not None:
            found["school"] = self.found.agencies[school]
        if youngest < SCHOOL_AGE or school is None:
            found["health"] = self.agency("community")
        practice = next((person.practice_id for person in family.people if person.practice_id), None)
        if practice is not None:
            found["gp"] = self.found.agencies[practice]
        return {kind: agency for kind, agency in found.items() if agency is not None}

    def person(self, true_id: int) -> int:
        """A person's number in the database."""
        return self.base + true_id

    def draw(self, process: str, number: int) -> Draw:
        """Chance of one story, the same every time."""
        return self.borough.plan.stream(f"story-{process}/{self.key}").at(number)
