"""Who is asking. Every query on a child's record and every action needs an actor; there is no default."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from goldthread.access import authority, policy
from goldthread.access.authority import Authority
from goldthread.access.policy import May
from goldthread.orgs.models import Appointment

SYSTEM_TOKEN = "system"


class NoActor(RuntimeError):
    """A query ran with nobody's authority."""


class Refused(PermissionError):
    """An action the actor may not take; the message says why, in words for the person."""


class NotThroughActions(RuntimeError):
    """Something tried to write a guarded row without going through an action."""


@dataclass(frozen=True)
class Actor:
    """A person in one seat: what they hold and may do, worked out afresh on every request."""

    appointment: Appointment
    authority: Authority
    extra: frozenset[str] = field(default=frozenset())

    @property
    def user(self) -> Any:
        return self.appointment.user

    @property
    def agency(self) -> Any:
        return self.appointment.agency

    @property
    def partnership(self) -> Any:
        return self.appointment.partnership

    @property
    def role(self) -> str:
        return self.appointment.role

    @property
    def agency_token(self) -> str:
        return policy.agency_token(self.appointment.agency_id, self.appointment.partnership_id)

    def may(self, what: May) -> bool:
        return what in policy.allowed(self.role)

    def holds(self, token: str) -> bool:
        return token in self.authority.tokens

    def require(self, what: May) -> None:
        """Refused unless the role may do it."""
        if not self.may(what):
            raise Refused(f"Your role, {policy.ROLES[self.role].name}, cannot {what.value}")


def actor_for(appointment: Appointment, *, now: datetime) -> Actor:
    """The actor of an appointment at `now`, break-glass grants in force and cover included.

    Takes them from the appointment when it came with them (`access.seats`).
    """
    user, partnership = appointment.user_id, appointment.partnership_id
    given: Any = appointment
    if not hasattr(appointment, "grants"):
        from goldthread.access.seats import with_given
        given = with_given(Appointment.objects.filter(pk=appointment.pk), now).get()
    own = appointment.team_on(now.date())
    held = policy.tokens(role=appointment.role, user=user, agency=appointment.agency_id, partnership=partnership,
                         teams=[*([own.pk] if own else ()), *given.covered_teams])
    if May.BREAK_GLASS in policy.allowed(appointment.role):  # a role since changed takes the open door with it
        held |= {policy.glass_token(grant) for grant in given.grants}
    held |= {policy.user_token(other) for other in given.covered}
    return Actor(appointment, Authority(partnership, frozenset(held), user))


def system(partnership: int | None = None) -> Authority:
    """The system's own authority, in one partnership or (None) in all: for jobs and inside checked actions."""
    return Authority(partnership, frozenset({SYSTEM_TOKEN}))


def system_for(actor: Actor) -> Authority:
    """The system's sight of the actor's partnership, for writing inside a checked action; history names the actor."""
    return Authority(actor.partnership.pk, frozenset({SYSTEM_TOKEN}), actor.user.pk)


def current() -> Authority:
    """The authority in force. Raises NoActor when nobody is acting."""
    found = authority.current()
    if found is None:
        raise NoActor("Wrap this in `with acting(actor):`")
    return found


@contextmanager
def acting(who: Actor | Authority) -> Iterator[None]:
    """Act on somebody's authority within the block, for the application's filter and the database's alike."""
    wanted = who.authority if isinstance(who, Actor) else who
    if wanted == authority.current():
        yield  # the database has been told, by whoever began to act so
        return
    token = authority._current.set(wanted)
    try:
        _tell()
        yield
    finally:
        authority._current.reset(token)
        _tell()


def _tell() -> None:
    if connection.connection is not None and connection.in_atomic_block:
        connection.push_authority()


@contextmanager
def writing() -> Iterator[None]:
    """Open guarded tables for writing; used by actions only, which import-linter sees to."""
    token = authority._writing.set(True)
    try:
        yield
    finally:
        authority._writing.reset(token)


def check_writing() -> None:
    if not authority._writing.get():
        raise NotThroughActions("Guarded rows are written by actions only")
