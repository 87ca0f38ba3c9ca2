"""Partnerships, seats and actors for tests of every room. Each call makes a new one unless given what to use."""
from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from goldthread.access.actor import Actor, actor_for
from goldthread.orgs.models import Agency, Appointment, Participation, Partnership, User
from goldthread.web.account.rules import READY
from goldthread.web.middleware import SEAT

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday
TODAY = NOW.date()
_numbers = count(1)


def make_partnership(name: str | None = None) -> Partnership:
    """A partnership such as "Borough 7"."""
    number = next(_numbers)
    name = name or f"Borough {number}"
    return Partnership.objects.create(slug=f"borough-{number}", name=name, short_name=name[:40])


def make_agency(kind: str = "council", *, partnership: Partnership, name: str | None = None) -> Agency:
    """An agency taking part in `partnership`."""
    agency = Agency.objects.create(name=name or f"{kind.capitalize()} {next(_numbers)}", kind=kind)
    Participation.objects.create(partnership=partnership, agency=agency)
    return agency


def make_appointment(role: str, agency: Agency | None = None, partnership: Partnership | None = None, *,
                     user: User | None = None, starts: date = date(2020, 1, 1)) -> Appointment:
    """A seat in force; makes the partnership, the agency (and its part in the partnership) and the user it needs."""
    partnership = partnership or make_partnership()
    agency = agency or make_agency(partnership=partnership)
    Participation.objects.get_or_create(partnership=partnership, agency=agency)
    number = next(_numbers)
    user = user or User.objects.create_user(f"person{number}@example.org", f"Person {number}")
    return Appointment.objects.create(user=user, partnership=partnership, agency=agency, role=role, starts=starts)


def make_actor(role: str, agency: Agency | None = None, partnership: Partnership | None = None, *,
               user: User | None = None, now: datetime = NOW) -> Actor:
    """Somebody who acts: `make_actor("mash-worker", partnership=borough)`."""
    return actor_for(make_appointment(role, agency, partnership, user=user), now=now)


def client_for(actor: Actor) -> Client:
    """A browser of somebody signed in with a second factor, in that seat."""
    client, user = Client(), actor.user
    session = client.session
    session.update({SESSION_KEY: str(user.pk), HASH_SESSION_KEY: user.get_session_auth_hash(), READY: user.pk,
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1], SEAT: actor.appointment.pk})
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
