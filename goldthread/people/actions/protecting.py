"""Keeping records from people: denials of one person of staff, and restriction to a named few."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from goldthread.access.actor import Actor, Refused
from goldthread.access.policy import May, Reads, user_token
from goldthread.orgs.models import Appointment, User
from goldthread.people.actions.common import NotPossible, as_system, required, seen
from goldthread.people.actions.readers import refresh_readers
from goldthread.people.models import Denial, Person, Restriction


def deny(*, actor: Actor, now: datetime, person: int, user: int, reason: str) -> Denial:
    """Keep one person of staff from one person's records, whatever their role: their own family, a conflict.

    Anyone may declare it of themselves for a record they see; of others, whoever may restrict a record. A privacy
    officer does it without seeing the record. Raises Refused, NotPossible and Person.DoesNotExist.
    """
    reason = required(reason, "why this person must not see the record")
    with as_system(actor):
        found = _governed(actor, person, may=None if user == actor.user.pk else May.RESTRICT)
        if not User.objects.filter(pk=user, appointments__partnership=actor.partnership).exists():
            raise NotPossible("Choose somebody with a seat in this partnership")
        if Denial.objects.filter(person=found, user_id=user, ended_at=None).exists():
            raise NotPossible("This person is already kept from the record")
        denial = Denial.objects.create(person=found, user_id=user, reason=reason, made_by=actor.user, made_at=now,
                                       **_kept_by(actor, denied=[user_token(user)]))
        refresh_readers([found.pk])
    return denial


def lift_denial(*, actor: Actor, now: datetime, denial: int, because: str) -> Denial:
    """End a denial. Never by the person denied. Raises Refused, NotPossible and Denial.DoesNotExist."""
    because = required(because, "why this person may see the record again")
    actor.require(May.RESTRICT)
    with as_system(actor):
        found = Denial.objects.select_for_update().get(pk=denial)
        if found.user_id == actor.user.pk:
            raise Refused("Somebody else must decide that you may see this record again")
        try:
            _governed(actor, found.person_id, may=May.RESTRICT)
        except Person.DoesNotExist as hidden:
            raise Denial.DoesNotExist(f"There is no denial {denial}") from hidden
        _end(found, actor, now, because)
        refresh_readers([found.person_id])
    return found


def restrict_person(*, actor: Actor, now: datetime, person: int, named: Iterable[int], reason: str) -> Restriction:
    """Hide a person and all that is recorded of them, even that they exist, from all but the users named.

    Raises Refused, NotPossible and Person.DoesNotExist.
    """
    reason, users = required(reason, "why the record is restricted"), sorted(set(named))
    with as_system(actor):
        found = _governed(actor, person, may=May.RESTRICT)
        if not users:
            raise NotPossible("Name at least one person who will still see the record")
        seated = Appointment.objects.filter(partnership=actor.partnership, user__in=users).current(now.date())
        if missing := set(users) - set(seated.values_list("user_id", flat=True)):
            raise NotPossible(f"{len(missing)} of the people named have no seat in this partnership")
        if Restriction.objects.filter(person=found, ended_at=None).exists():
            raise NotPossible("The record is already restricted. End that restriction first")
        restriction = Restriction.objects.create(person=found, named=users, reason=reason, made_by=actor.user,
                                                 made_at=now, **_kept_by(actor))
        refresh_readers([found.pk])
        if not Person.objects.get(pk=found.pk).readers:
            raise NotPossible("Nobody would be left to see the record: a record merged with it names other people")
    return restriction


def lift_restriction(*, actor: Actor, now: datetime, person: int, because: str) -> Restriction:
    """Open a restricted record to its readers again. Raises Refused, NotPossible and Person.DoesNotExist."""
    because = required(because, "why the record need not be restricted any more")
    with as_system(actor):
        found = _governed(actor, person, may=May.RESTRICT)
        restriction = Restriction.objects.select_for_update().filter(person=found, ended_at=None).first()
        if restriction is None:
            raise NotPossible("The record is not restricted")
        _end(restriction, actor, now, because)
        refresh_readers([found.pk])
    return restriction


def _governed(actor: Actor, person: int, *, may: May | None) -> Person:
    """The person, for an actor who sees them or is a privacy officer, who governs records without reading them."""
    if may is not None:
        actor.require(may)
        if actor.holds(_privacy(actor)):
            return Person.objects.select_for_update().get(pk=person)
    return seen(actor, person, may=None)[0]


def _privacy(actor: Actor) -> str:
    return Reads.PRIVACY.format(partnership=actor.partnership.pk)


def _kept_by(actor: Actor, denied: Iterable[str] = ()) -> dict[str, object]:
    """Such a line is read by privacy officers and by whoever made it."""
    return {"partnership_id": actor.partnership.pk, "readers": sorted({_privacy(actor), user_token(actor.user.pk)}),
            "denied": list(denied)}


def _end(row: Denial | Restriction, actor: Actor, now: datetime, because: str) -> None:
    if row.ended_at:
        raise NotPossible("This has already been ended")
    row.ended_at, row.ended_by, row.ended_because = now, actor.user, because
    row.save(update_fields=["ended_at", "ended_by", "ended_because"])
