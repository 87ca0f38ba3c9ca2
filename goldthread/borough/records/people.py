"""Households and the people in and around them, as they truly are.

Identity: ``household_id`` counts from 1; ``person_id`` is ``household_id * 32 + slot``, so the household
of any person follows from the number alone. Slots 0 to 11 are children, oldest first; 12 an unborn baby;
16 the mother, 17 the father, 18 a step-parent or second mother, 19 and 20 grandparents, 21 another carer.
A parent who lives in another household of the borough keeps that household's number.
"""
from dataclasses import dataclass
from datetime import date

SLOTS = 32
UNBORN, MOTHER, FATHER, STEP_PARENT, GRANDMOTHER, GRANDFATHER, CARER = 12, 16, 17, 18, 19, 20, 21


def household_of(person_id: int) -> int:
    """The household_id under which a person is kept (for an absent parent, the family they left)."""
    return person_id // SLOTS


@dataclass(frozen=True, slots=True)
class Address:
    """A made-up address. ``area`` is a partnership key, empty outside both; ``district`` its number there."""

    line: str
    locality: str
    postcode: str
    area: str
    district: int


@dataclass(frozen=True, slots=True)
class Person:
    """One true person.

    ``kind`` is child, unborn or adult; ``role`` what an adult is in this household (mother, father,
    step-father, step-mother, second-mother, grandmother, grandfather, carer), empty for children.
    ``born`` is None for the unborn, who have ``due`` instead, sex U and no given name. ``resident`` is
    false for a parent who lives elsewhere. ``known_as`` is empty when people use the given name;
    ``former_surname`` empty unless it changed. ``ethnicity`` is a national census code such as WBRI,
    ``language`` a school-census language code such as ENG; ``interpreter`` whether one is needed.
    ``disabilities`` are national codes, empty for none and for adults. ``nhs_number`` and ``upn`` are empty
    when the person has none. ``practice_id`` is the agency_id of the GP practice, None if not registered.
    """

    person_id: int
    household_id: int
    kind: str
    role: str
    given: str
    middle: str
    surname: str
    known_as: str
    former_surname: str
    sex: str
    born: date | None
    due: date | None
    resident: bool
    ethnicity: str
    language: str
    interpreter: bool
    disabilities: tuple[str, ...]
    nhs_number: str
    upn: str
    practice_id: int | None


@dataclass(frozen=True, slots=True)
class Relationship:
    """``person_id`` is the ``kind`` of ``to_id``.

    Kinds: mother, father, parent (a second mother), step-parent, grandparent, private-foster-carer, twin,
    sibling, half-sibling, partner, former-partner. Those between children and between adults are given once,
    from the lower number to the higher.
    ``responsibility`` is whether an adult holds parental responsibility for the child: yes, no, unknown;
    empty between children and between adults. ``together`` is whether both live in one household.
    """

    person_id: int
    to_id: int
    kind: str
    responsibility: str
    together: bool


@dataclass(frozen=True, slots=True)
class Residence:
    """A stay at an address, of the whole household, or of one parent who lives elsewhere (``person_id``).

    ``until`` is None while it lasts. ``confidential_from`` is the person_id of a parent who must not learn
    the address, None where it is no secret.
    """

    household_id: int
    person_id: int | None
    address: Address
    since: date
    until: date | None
    confidential_from: int | None


@dataclass(frozen=True, slots=True)
class Schooling:
    """A child's time at a school or nursery (``school_id`` is an agency_id), or out of school.

    ``status`` is enrolled, or when ``school_id`` is None: home-educated, missing-education, elsewhere (a
    school outside the borough), left (over 16).
    """

    person_id: int
    school_id: int | None
    status: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Involvement:
    """A child's work that was already open with a team before the year's contacts began.

    ``kind`` is child-in-need, child-protection, looked-after or early-help. ``until`` is None while open.
    """

    person_id: int
    agency_id: int
    team: str
    worker_id: int
    kind: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Household:
    """A household: ``form`` is couple, lone-mother, lone-father, step-family, three-generation,
    mother-and-grandmother, kinship, two-mothers or private-fostering; ``area`` the partnership key;
    ``children`` how many are born; ``linked_id`` another household where a parent of these children lives,
    or None.
    """

    household_id: int
    area: str
    form: str
    children: int
    married: bool
    linked_id: int | None


@dataclass(frozen=True, slots=True)
class Family:
    """A household with everything known of it: the unit the borough is made and read in.

    ``people`` are the born children, oldest first, then any unborn baby, then the adults.
    """

    household: Household
    people: tuple[Person, ...]
    relationships: tuple[Relationship, ...]
    residences: tuple[Residence, ...]
    schooling: tuple[Schooling, ...]
    involvements: tuple[Involvement, ...]
