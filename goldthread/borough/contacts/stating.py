"""What the source says about the people: children, brothers and sisters, mother, father, other adults."""
from datetime import date, timedelta

from goldthread.borough.agencies.directory import Directory
from goldthread.borough.chance import Draw
from goldthread.borough.contacts.referrers import school_of
from goldthread.borough.records.contacts import Stated
from goldthread.borough.records.people import Address, Family, Person
from goldthread.borough.spelling import CARE, Care, state

ALL_CHILDREN = 0.72
CARRIED = timedelta(days=266)
#: How often each adult is named when the source knows the family through the children.
NAMED = {"mother": 0.93, "father": 0.72, "step-father": 0.5, "second-mother": 0.8, "grandmother": 0.45,
         "grandfather": 0.45, "carer": 0.9}
ABSENT_NAMED = 0.38
SIBLING_MENTIONED = 0.5


def due_date(born: date) -> date:
    """When a child who has since been born had been expected: four days before the day it was born."""
    return born - timedelta(days=4)


def subjects(family: Family, on: date, draw: Draw) -> tuple[list[Person], list[Person]]:
    """The children the contact is about, born or on the way ``on`` that day, and the rest of them.

    A baby born since is left out unless it was already expected.
    """
    known = [person for person in family.people if person.kind != "adult" and _known(person, on)]
    if draw() < ALL_CHILDREN or len(known) == 1:
        return known, []
    one = known[int(draw() * len(known))]
    return [one], [person for person in known if person is not one]


def _known(person: Person, on: date) -> bool:
    if person.born is not None:
        return person.born - on < CARRIED - timedelta(days=60)
    assert person.due is not None
    return person.due - on < CARRIED - timedelta(days=50)


class Stating:
    """Puts together the stated people of a contact."""

    def __init__(self, directory: Directory):
        self._directory = directory

    def people(self, family: Family, children: list[Person], others: list[Person], care_key: str, on: date,
               draw: Draw) -> tuple[Stated, ...]:
        """Subjects first, then siblings who were mentioned, then adults. Someone unnamed is left out."""
        care = CARE[care_key]
        here, before = _addresses(family, on)
        parts = [(child, "subject") for child in children]
        parts += [(child, "sibling") for child in others if draw() < SIBLING_MENTIONED]
        for adult in family.people:
            if adult.kind == "adult":
                named = NAMED.get(adult.role, 0.5) if adult.resident else ABSENT_NAMED
                if draw() < named:
                    parts.append((adult, adult.role if adult.role in ("mother", "father") else "other-adult"))
        return tuple(self._stated(person, part, here if person.resident else None, before, care, on, family, draw)
                     for person, part in parts)

    def _stated(self, person: Person, part: str, here: Address | None, before: Address | None, care: Care,
                on: date, family: Family, draw: Draw) -> Stated:
        said = state(person, here, before if here else None, care, on, draw)
        born, due, given, sex = said.born, person.due, said.given, said.sex
        if person.born is not None and person.born > on:
            born, due, given, sex = None, due_date(person.born), "", "U"
            said.errors = [error for error in said.errors if error in ("address-missing", "old-address")]
            said.nhs_number = said.upn = ""
        age = None
        if "birth-missing" in said.errors and person.kind == "child" and person.born and draw() < 0.6:
            age = (on - person.born).days * 4 // 1461
            said.errors[said.errors.index("birth-missing")] = "age-only"
        school = self._school(person, family, on) if care.upn_missing < 1 or draw() < 0.5 else ""
        return Stated(person.person_id, part, given, said.surname, said.known_as, sex, born, due, age, said.line,
                      said.postcode, school, said.nhs_number, said.upn, tuple(said.errors))

    def _school(self, person: Person, family: Family, on: date) -> str:
        school_id = school_of(family, [person], on)
        return self._directory.school_by_id[school_id].name if school_id is not None else ""


def _addresses(family: Family, on: date) -> tuple[Address | None, Address | None]:
    """The household's address on the day, and the one before it."""
    stays = [stay for stay in family.residences if stay.person_id is None and stay.since <= on]
    here = stays[0].address if stays else None
    return here, stays[1].address if len(stays) > 1 else None
