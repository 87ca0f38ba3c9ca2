"""The set-up tasks of a partnership and how far each is; worked out afresh from what is there."""
from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db.models import Q

from goldthread.access.organisation.invitations import waiting
from goldthread.orgs.models import Appointment, LocalLimit, Participation, Partnership

BACKUP_TOO_OLD = timedelta(hours=50)
DONE, STARTED, TO_DO, BY_CHOICE, WRONG = "Completed", "In progress", "Not started", "Optional", "Look at this"
COLOURS = {STARTED: "govuk-tag--light-blue", TO_DO: "govuk-tag--blue", BY_CHOICE: "govuk-tag--grey", WRONG: "govuk-tag--red"}
Age = Callable[[datetime], timedelta | None]


@dataclass(frozen=True)
class Task:
    """One task: its name, the page where it is done, how far it is, and that in words."""

    title: str
    address: str
    status: str
    detail: str

    @property
    def colour(self) -> str:
        return COLOURS.get(self.status, "")

    @property
    def open(self) -> bool:
        return self.status not in (DONE, BY_CHOICE)


def backup_age(now: datetime) -> timedelta | None:
    """How old the last good backup is, by the file it touches (`goldthread doctor` reads the same); None if none."""
    stamp = os.environ.get("GOLDTHREAD_BACKUP_STAMP", "")
    if not stamp or not Path(stamp).exists():
        return None
    return now - datetime.fromtimestamp(Path(stamp).stat().st_mtime, UTC)


def tasks(partnership: Partnership, now: datetime, age: Age = backup_age) -> list[Task]:
    """Every task in the order to do them."""
    return [_name(partnership), _agencies(partnership, now), _people(partnership, now), _contacts(partnership),
            _threshold(partnership), _districts(partnership), _limits(partnership, now), _backup(age(now))]


def _name(partnership: Partnership) -> Task:
    status = DONE if partnership.area else STARTED
    return Task("Name and colours", "setup_theme", status, "" if partnership.area else "Say which area you cover")


def _agencies(partnership: Partnership, now: datetime) -> Task:
    rows = Participation.objects.of_organisations().filter(
        Q(until=None) | Q(until__gte=now.date()), partnership=partnership)
    count, partners = rows.count(), rows.filter(statutory_partner=True).count()
    status = DONE if partners >= 3 else STARTED if count > 1 or partners else TO_DO
    return Task("Safeguarding partners and agencies", "setup_agencies", status,
                f"{count} {'agency' if count == 1 else 'agencies'}, {partners} of 3 safeguarding partners")


def _people(partnership: Partnership, now: datetime) -> Task:
    seats = Appointment.objects.filter(partnership=partnership).current(now.date()).values("user").distinct().count()
    offers = waiting(now).filter(partnership=partnership).count()
    status = DONE if seats > 1 else STARTED if offers else TO_DO
    words = f"{seats} {'person' if seats == 1 else 'people'}"
    return Task("People", "setup_people", status, words + (f", {offers} invited" if offers else ""))


def _contacts(partnership: Partnership) -> Task:
    told = [partnership.front_door_phone, partnership.out_of_hours_phone, partnership.front_door_email]
    missing = told.count("")
    status = DONE if not missing else TO_DO if missing == len(told) else STARTED
    return Task("Contact numbers and hours", "setup_contacts", status, f"{missing} missing" if missing else "")


def _threshold(partnership: Partnership) -> Task:
    return Task("Threshold document", "setup_threshold", DONE if partnership.threshold_document else TO_DO, "")


def _districts(partnership: Partnership) -> Task:
    count = len(partnership.districts.split())
    return Task("Postcodes of your area", "setup_districts", DONE if count else BY_CHOICE,
                f"{count} {'district' if count == 1 else 'districts'}" if count else "Moves out of it cannot be told apart")


def _limits(partnership: Partnership, now: datetime) -> Task:
    count = LocalLimit.objects.filter(partnership=partnership).exclude(valid_to__lt=now.date()).count()
    return Task("Local time limits and closed days", "setup_limits", DONE if count else BY_CHOICE,
                f"{count} of your own" if count else "Usual limits apply")


def _backup(age: timedelta | None) -> Task:
    if age is None:
        return Task("Backup", "setup_backup", TO_DO, "None known yet")
    hours = f"{age / timedelta(hours=1):.0f} hours old"
    return Task("Backup", "setup_backup", WRONG if age > BACKUP_TOO_OLD else DONE, hours)
