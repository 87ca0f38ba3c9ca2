"""Lines of a chronology that are no step of a process: added, never altered, replaced when wrong."""
from __future__ import annotations

from datetime import datetime

from goldthread.access.actor import Actor, acting
from goldthread.access.policy import May
from goldthread.base.dates import UncertainDate
from goldthread.people.actions.common import NotPossible, as_system, required, rows_access, seen
from goldthread.people.models import Entry, Person


def add_entry(*, actor: Actor, now: datetime, person: int, when: UncertainDate, what: str, significance: str = "",
              source: str = "") -> Entry:
    """Record something that happened, as the actor's agency knows it. Anyone who sees the person may.

    Raises NotPossible, Refused and Person.DoesNotExist.
    """
    if when.date is not None and when.earliest > now.date():
        raise NotPossible("A chronology says what has happened. The date is in the future")
    with as_system(actor):
        found, = seen(actor, person, may=May.START_CONTACT)
        return _write(actor, found, now, when, what, significance, source)


def replace_entry(*, actor: Actor, now: datetime, entry: int, when: UncertainDate, what: str, significance: str = "",
                  source: str = "") -> Entry:
    """Correct an entry of the actor's own agency: the new one takes its place, the old one stays to be seen.

    Raises NotPossible, Refused and Entry.DoesNotExist.
    """
    with as_system(actor):
        with acting(actor):
            old = Entry.objects.select_for_update().get(pk=entry)
        found, = seen(actor, old.person_id, may=May.START_CONTACT)
        if old.agency_id != actor.agency.pk:
            raise NotPossible(f"Only {old.agency} can correct what it recorded. Ask them to")
        if old.replaced_by_id:
            raise NotPossible("This entry has already been corrected. Correct the newer one")
        new = _write(actor, found, now, when, what, significance, source or old.source)
        old.replaced_by = new
        old.save(update_fields=["replaced_by"])
    return new


def _write(actor: Actor, person: Person, now: datetime, when: UncertainDate, what: str, significance: str,
           source: str) -> Entry:
    return Entry.objects.create(
        earliest=when.earliest, latest=when.latest, when_text=when.words(), agency=actor.agency,
        what=required(what, "what happened"), significance=significance.strip(), source=source,
        recorded_by=actor.user, recorded_at=now, **rows_access(person))
