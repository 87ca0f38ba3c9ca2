"""Where somebody is registered or learns: their GP practice and their school, one of each at a time."""
from __future__ import annotations

from datetime import date, datetime

from goldthread.access.actor import Actor, acting
from goldthread.orgs.models import Agency
from goldthread.people.actions.common import NotPossible, as_system, required, rows_access, seen
from goldthread.people.models import Person, Place

AGENCY_KINDS = {"gp": ("gp-practice",), "school": ("school", "college", "early-years")}


def record_place(*, actor: Actor, now: datetime, person: int, agency: int, since: date | None = None,
                 source: str = "") -> Place:
    """Record a person's GP practice or school, by the kind of the agency. The one before ends the day this begins.

    The one they have already is only given its first day. Raises NotPossible, Refused and Person.DoesNotExist.
    """
    place, kind = _agency(actor, agency, now.date())
    if since and since > now.date():
        raise NotPossible("This starts in the future. Record it on the day it is true")
    with as_system(actor):
        found, = seen(actor, person)
        before = Place.objects.filter(person=found, kind=kind, until=None, withdrawn_at=None).first()
        if before and before.agency_id == place.pk:
            before.since = since or before.since
            before.save(update_fields=["since"])
            return before
        if before:
            _end(before, since or now.date())
        return Place.objects.create(kind=kind, agency=place, since=since, source=source.strip(), **rows_access(found))


def end_place(*, actor: Actor, now: datetime, place: int, until: date) -> Place:
    """The person left a practice or school on a day. Raises NotPossible, Refused and Place.DoesNotExist."""
    with as_system(actor):
        row = _seen_place(actor, place)
        if row.until:
            raise NotPossible(f"This has already ended on {row.until:%d.%m.%Y}")
        if until > now.date():
            raise NotPossible("This ends in the future. Record it on the day it is true")
        _end(row, until)
    return row


def withdraw_place(*, actor: Actor, now: datetime, place: int, because: str) -> Place:
    """The person was never there: the row is kept and shown nowhere. Raises NotPossible and Place.DoesNotExist."""
    because = required(because, "how you know that they were never there")
    with as_system(actor):
        row = _seen_place(actor, place)
        row.withdrawn_at, row.withdrawn_because = now, because[:200]
        row.save(update_fields=["withdrawn_at", "withdrawn_because"])
    return row


def _end(row: Place, until: date) -> None:
    if row.since and until < row.since:
        raise NotPossible(f"{row.agency} began on {row.since:%d.%m.%Y}. Choose a day on or after that")
    row.until = until
    row.save(update_fields=["until"])


def _agency(actor: Actor, agency: int, today: date) -> tuple[Agency, str]:
    """An agency of the partnership and the kind of place it is. NotPossible for any other."""
    found = Agency.objects.taking_part(actor.partnership, today).filter(pk=agency).first()
    kind = next((kind for kind, kinds in AGENCY_KINDS.items() if found and found.kind in kinds), None)
    if found is None or kind is None:
        raise NotPossible("Choose a GP practice or a school from the list")
    return found, kind


def _seen_place(actor: Actor, place: int) -> Place:
    """The row, of a person who is the actor's to see. Place.DoesNotExist otherwise."""
    with acting(actor):
        row: Place = Place.objects.select_related("agency").get(pk=place, withdrawn_at=None)
    try:
        seen(actor, row.person_id)
    except Person.DoesNotExist as hidden:
        raise Place.DoesNotExist(f"There is no place {place}") from hidden
    return row
