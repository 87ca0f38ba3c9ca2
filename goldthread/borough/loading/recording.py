"""What every record of a loaded contact is made with: who is who at the front door, set sentences, a planned step."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldthread.borough.borough import Borough
from goldthread.borough.files import sections
from goldthread.borough.loading.organisations import Organisations, Seat
from goldthread.borough.records.contacts import Contact
from goldthread.process.bulk import Planned
from goldthread.process.rows import made


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


def recorded(model: Any, at: datetime, seat: Seat, lines: list[Any] | None = None, *, answers: bool = False,
             **values: Any) -> Planned:
    """A record of a step, made at `at` by whoever holds `seat`."""
    return Planned(made(model, happened_at=at, **values), seat.user, seat.agency, lines or [], answers=answers)
