"""Two boroughs made once: a small one whose every record is looked at, and one large enough for shares."""
from dataclasses import dataclass
from datetime import date

import pytest

from goldthread.borough import Borough, Plan
from goldthread.borough.records.contacts import Contact
from goldthread.borough.records.people import Family, Person

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Made:
    """A borough with its families and contacts in lists."""

    borough: Borough
    families: list[Family]
    contacts: list[Contact]

    @property
    def people(self) -> list[Person]:
        return [person for family in self.families for person in family.people]

    @property
    def children(self) -> list[Person]:
        return [person for person in self.people if person.kind == "child"]

    @property
    def north(self) -> list[Contact]:
        return [contact for contact in self.contacts if contact.partnership == "northbridge"]


def made(scale: float) -> Made:
    borough = Borough(Plan(scale, 7, TODAY))
    return Made(borough, list(borough.families()), list(borough.contacts()))


@pytest.fixture(scope="session")
def small() -> Made:
    return made(0.02)


@pytest.fixture(scope="session")
def larger() -> Made:
    return made(0.12)
