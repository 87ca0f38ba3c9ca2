"""A contact of the borough as a case of the front door: each thing that was done about it as a record of its step."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from goldthread.borough.contacts.desk import DAY, after
from goldthread.borough.loading import outcome, screening
from goldthread.borough.loading.recording import FrontDoor
from goldthread.borough.records.contacts import Contact
from goldthread.borough.stories.planning import by_now
from goldthread.domains.front_door.models import ContactPerson
from goldthread.process.bulk import Planned, PlannedCase

#: What was asked and never answered is let go so long after the last thing that was done about a closed contact.
LET_GO = timedelta(days=14)


def planned_case(contact: Contact, door: FrontDoor) -> tuple[PlannedCase, list[ContactPerson]]:
    """The case to be, and the lines of the people the contact states, in the order of ``contact.people``."""
    lines = [screening.stated_line(person) for person in contact.people]
    steps = by_now(_steps(contact, door, lines), door.now)
    return PlannedCase(door.referrer(contact).agency, steps, _let_go(steps, door)), lines


def _steps(contact: Contact, door: FrontDoor, lines: list[ContactPerson]) -> Iterator[Planned]:
    yield screening.received(contact, door, lines)
    yield from screening.steps(contact, door, lines)
    yield from outcome.steps(contact, door)


def _let_go(steps: list[Planned], door: FrontDoor) -> datetime | None:
    """When unanswered requests of a closed contact were no longer waited for; None while they are."""
    if not outcome.closes(steps):
        return None
    at = after(steps[-1].record.happened_at + LET_GO, DAY / 2)
    return at if at <= door.now else None
