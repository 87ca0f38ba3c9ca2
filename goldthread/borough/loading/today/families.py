"""Families for the day's contacts: true ones of the borough, each used once, that fit what is told of them."""
from __future__ import annotations

from collections.abc import Callable
from datetime import date

from goldthread.borough.borough import Borough
from goldthread.borough.loading.recording import FrontDoor
from goldthread.borough.records.people import SLOTS, Family
from goldthread.process.models import CasePerson

YEAR = 365.25


class Families:
    """Gives out families of one area by what they must be like."""

    def __init__(self, borough: Borough, door: FrontDoor, school: int) -> None:
        self._borough, self._door = borough, door
        self._area = next(area for area in borough.plan.areas if area.key == door.key)
        self._today, self._school = borough.plan.today, school
        self._used: set[int] = set()
        self._seen: list[Family] = []
        self._more = borough.families(self._area.first_household, self._area.first_household + self._area.households)
        self._known: set[int] | None = None

    def like(self, kind: str) -> Family:
        """A family not given out before: at-the-school, baby, young, teenager or again (known from an earlier contact).

        Raises LookupError when the borough has none left.
        """
        fits = {"at-the-school": self._at_the_school, "baby": lambda f: self._youngest(f) < 2,
                "young": lambda f: 2 <= self._youngest(f) < 11, "teenager": lambda f: 13 <= self._youngest(f) < 18,
                "again": self._known_before}[kind]
        family = next((f for f in self._seen if self._free(f, kind) and fits(f)), None) or self._next(kind, fits)
        self._used.add(family.household.household_id)
        return family

    def _next(self, kind: str, fits: Callable[[Family], bool]) -> Family:
        for family in self._more:
            self._seen.append(family)
            if self._free(family, kind) and fits(family):
                return family
        raise LookupError(f"The borough has no family left that is “{kind}”: use a larger scale.")

    def _free(self, family: Family, kind: str) -> bool:
        number = family.household.household_id
        return number not in self._used and (kind == "again" or number not in self._households_known())

    def _known_before(self, family: Family) -> bool:
        return family.household.household_id in self._households_known()

    def _households_known(self) -> set[int]:
        if self._known is None:
            people = CasePerson.objects.filter(partnership=self._door.found.partnerships[self._door.key])
            self._known = {(pk - self._door.base) // SLOTS for pk in people.values_list("person_id", flat=True)}
        return self._known

    def _youngest(self, family: Family) -> float:
        born: list[date] = [p.born for p in family.people if p.kind == "child" and p.born]
        return (self._today - max(born)).days / YEAR

    def _at_the_school(self, family: Family) -> bool:
        return any(stay.school_id == self._school and stay.until is None for stay in family.schooling)
