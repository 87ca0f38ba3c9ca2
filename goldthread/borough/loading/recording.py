"""What every record of a loaded contact is made with: who is who at the front door, and set sentences."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goldthread.borough.borough import Borough
from goldthread.borough.files import sections
from goldthread.borough.loading.organisations import Organisations, Seat
from goldthread.borough.records.contacts import Contact


@dataclass(frozen=True)
class FrontDoor:
    """One partnership's front door as contacts are loaded: who is who, and the moment nothing has happened after.

    base: a person's id in the database is this and their person_id.
    """

    key: str
    found: Organisations
    base: int
    council: int
    managers: tuple[Seat, ...]
    now: datetime

    @classmethod
    def of(cls, borough: Borough, key: str, found: Organisations, base: int) -> FrontDoor:
        council = found.agencies[borough.directory.council(key)]
        return cls(key, found, base, council, found.managers[key], borough.plan.now)

    def hub(self, staff_id: int | None, contact: Contact) -> Seat:
        """The seat of somebody of the hub, else of one of its managers."""
        if staff_id is None:
            return self.managers[contact.contact_id % len(self.managers)]
        return self.found.staff[staff_id]

    def referrer(self, contact: Contact) -> Seat:
        """Who recorded the contact: the professional, or the seat of people without an account."""
        staff = contact.referrer.staff_id
        return self.found.public[self.key] if staff is None else self.found.staff[staff]

    def person(self, true_id: int) -> int:
        return self.base + true_id


def words(heading: str, contact: Contact, **filled: str) -> str:
    """One of the sentences under a heading of ``data/record.txt``, the same for the same contact every time."""
    known = sections("record.txt")[heading]
    return known[contact.contact_id % len(known)].format(**filled)
