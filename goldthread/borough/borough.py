"""The synthetic borough: every part of it as an iterator, the same for the same plan."""
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain, islice

from goldthread.borough.agencies.directory import Directory
from goldthread.borough.contacts.stream import Contacts
from goldthread.borough.households.families import Families
from goldthread.borough.linkage import extracts
from goldthread.borough.plan import Plan
from goldthread.borough.records.agencies import Agency, Partnership, School, Staff
from goldthread.borough.records.contacts import Contact
from goldthread.borough.records.linkage import ExtractRow
from goldthread.borough.records.people import (
    Family,
    Household,
    Involvement,
    Person,
    Relationship,
    Residence,
    Schooling,
    household_of,
)

PARTS = ("partnerships", "agencies", "schools", "staff", "families", "contacts", "agency_extracts")


class Borough:
    """An invented borough and its small neighbour.

    Agencies, schools and staff are held in memory. Families and contacts are made as they are asked for and
    not kept, so a borough of any scale runs in bounded memory: a full pass over ``families()`` and one over
    ``contacts()`` is the quickest way to have everything. ``households()``, ``people()``, ``relationships()``,
    ``residences()``, ``schooling()`` and ``involvements()`` each make the families again.
    """

    def __init__(self, plan: Plan):
        self.plan = plan
        self.directory = Directory(plan)
        self._families = Families(plan, self.directory)

    # -- agencies -----------------------------------------------------------------------------------

    def partnerships(self) -> Iterator[Partnership]:
        """Northbridge and Southbridge."""
        return iter(self.directory.partnerships())

    def agencies(self) -> Iterator[Agency]:
        """Every agency, those of several partnerships once."""
        return iter(self.directory.agencies)

    def schools(self) -> Iterator[School]:
        """Schools and nurseries; each is an agency as well."""
        return iter(self.directory.schools)

    def staff(self) -> Iterator[Staff]:
        """Everyone who works for an agency, personas included."""
        return iter(self.directory.staff)

    def personas(self) -> dict[str, Staff]:
        """The people the demo signs in as, by persona key such as school-lead."""
        return {person.persona: person for person in self.directory.staff if person.persona}

    # -- people -------------------------------------------------------------------------------------

    def families(self, start: int = 0, stop: int | None = None) -> Iterator[Family]:
        """Families by household index, all unless a range is given; ranges may be made in several processes."""
        for index in range(start, self.plan.households if stop is None else stop):
            yield self._families.family(index)

    def family(self, household_id: int) -> Family:
        """One family. Raises ``LookupError`` for a household that the plan does not have."""
        if not 1 <= household_id <= self.plan.households:
            raise LookupError(f"There is no household {household_id}: the plan has 1 to {self.plan.households}.")
        return self._families.family(household_id - 1)

    def person(self, person_id: int) -> Person:
        """One person by number. Raises ``LookupError`` if there is none."""
        for person in self.family(household_of(person_id)).people:
            if person.person_id == person_id:
                return person
        raise LookupError(f"There is no person {person_id} in household {household_of(person_id)}.")

    def households(self) -> Iterator[Household]:
        """Every household."""
        return (family.household for family in self.families())

    def people(self) -> Iterator[Person]:
        """Everyone: children, unborn babies, adults in the household and parents who left it."""
        return chain.from_iterable(family.people for family in self.families())

    def relationships(self) -> Iterator[Relationship]:
        """Every relationship, those across households given with the household the parent left."""
        return chain.from_iterable(family.relationships for family in self.families())

    def residences(self) -> Iterator[Residence]:
        """Every stay at an address, newest first for each household."""
        return chain.from_iterable(family.residences for family in self.families())

    def schooling(self) -> Iterator[Schooling]:
        """Every stay at a school, newest first for each child."""
        return chain.from_iterable(family.schooling for family in self.families())

    def involvements(self) -> Iterator[Involvement]:
        """Work open with children before the year's contacts began."""
        return chain.from_iterable(family.involvements for family in self.families())

    # -- contacts and lists ---------------------------------------------------------------------------

    def contacts(self, partnership: str | None = None) -> Iterator[Contact]:
        """Contacts oldest first, of one partnership by key, or of Northbridge and then Southbridge."""
        for area in self.plan.areas:
            if partnership in (None, area.key):
                yield from Contacts(self.plan, area, self.directory, self._families)

    def agency_extracts(self, households: int | None = None) -> Iterator[ExtractRow]:
        """Five agencies' lists of people with errors, of the first so many households or of all."""
        return extracts(self.plan, islice(self.families(), households))

    def digest(self, parts: tuple[str, ...] = PARTS) -> str:
        """A fingerprint of everything in the named parts; equal for equal plans in every process."""
        seal = sha256()
        for part in parts:
            for record in getattr(self, part)():
                seal.update(repr(record).encode())
        return seal.hexdigest()
