"""Accounts closed: by an administrator, or by nobody having used them. A closed account's sessions end at once."""
from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from goldthread.access.actor import Actor, Refused, acting, system
from goldthread.access.organisation.common import running
from goldthread.orgs.models import Appointment, AppointmentQuerySet, User

DORMANT_AFTER = timedelta(days=45)  # the Hackney breach of 2020 came in through a forgotten account


def close_account(*, actor: Actor, user: User, why: str, today: date) -> None:
    """Close an account that has seats in the actor's partnership only; else its seats here are ended instead."""
    with running(actor):
        if user.pk == actor.user.pk:
            raise Refused("You cannot close your own account. Ask another administrator")
        here = Appointment.objects.filter(user=user, partnership=actor.partnership)
        if not here.exists():
            raise Refused("There is nobody like that in your partnership")
        elsewhere = Appointment.objects.filter(user=user).exclude(partnership=actor.partnership)
        if elsewhere.current(today).exists():
            _end_seats(here, today)
        else:
            _close(user, why, today)


def close_dormant(now: datetime) -> int:
    """Close accounts nobody has used for 45 days; returns how many. For the daily job."""
    with acting(system()), transaction.atomic():
        idle = User.objects.annotate(used=Coalesce("last_seen_at", "created_at")).filter(
            is_active=True, used__lt=now - DORMANT_AFTER)
        found = list(idle.select_for_update(of=("self",)))
        for user in found:
            _close(user, f"Not used for {DORMANT_AFTER.days} days", now.date())
        return len(found)


def _close(user: User, why: str, today: date) -> None:
    """The password goes as well, so that sessions and reset links die for good even if the account opens again."""
    user.is_active, user.closed_because = False, why[:200]
    user.set_unusable_password()
    user.save(update_fields=["is_active", "closed_because", "password"])
    if User.objects.filter(runs_installation=True, is_active=True).exclude(pk=user.pk).exists():
        User.objects.filter(pk=user.pk).update(runs_installation=False)  # the last one takes it up when invited again
    _end_seats(Appointment.objects.filter(user=user), today)


def _end_seats(seats: AppointmentQuerySet, today: date) -> None:
    """Yesterday is the last day, so that the next request finds no seat."""
    yesterday = today - timedelta(days=1)
    for seat in seats.filter(Q(ends=None) | Q(ends__gte=today)):
        seat.starts, seat.ends = min(seat.starts, yesterday), yesterday
        seat.save(update_fields=["starts", "ends"])
