"""The seat on which contacts from people without an account are recorded: it may start a contact and reads nothing."""
from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goldthread.access.actor import Actor, acting, actor_for, system
from goldthread.access.policy import PUBLIC_ROLE
from goldthread.orgs.models import PUBLIC, Agency, Appointment, Participation, Partnership, User

PUBLIC_NAME = "People without an account"


def public_actor(partnership: Partnership, *, now: datetime) -> Actor:
    """Whoever fills in the public form of a partnership. The seat is made when it is first needed, once."""
    with transaction.atomic(), acting(system(partnership.pk)):
        seat = _seat(partnership) or _make(partnership, now)
    return actor_for(seat, now=now)


def is_public(agency: Agency) -> bool:
    """Whether this stands for people without an account, and is no organisation."""
    return {"kind": agency.kind, "code": agency.code} == PUBLIC


def _seat(partnership: Partnership) -> Appointment | None:
    found = Appointment.objects.filter(partnership=partnership, role=PUBLIC_ROLE)
    seat: Appointment | None = found.select_related("user", "agency", "partnership").first()
    return seat


def _make(partnership: Partnership, now: datetime) -> Appointment:
    """The agency, its part in the partnership, and a user who can never sign in."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    if seat := _seat(partnership):
        return seat
    agency, _ = Agency.objects.get_or_create(**PUBLIC, defaults={"name": PUBLIC_NAME})
    Participation.objects.get_or_create(partnership=partnership, agency=agency, defaults={"since": now.date()})
    user = User.objects.create_user(f"public.{partnership.slug}@nobody.invalid", PUBLIC_NAME, is_active=False,
                                    closed_because="Stands for people without an account; nobody signs in with it")
    return Appointment.objects.create(user=user, partnership=partnership, agency=agency, role=PUBLIC_ROLE,
                                      starts=now.date(), title="")
