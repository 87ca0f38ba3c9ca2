"""Work left for later and done in somebody's name: from the seat they asked from, if they hold it still."""
from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goldthread.access.actor import Actor, Refused, acting, actor_for, system, writing
from goldthread.orgs.models import Appointment

NO_SEAT = "Whoever asked for this no longer has the seat they asked from"


def in_their_name(seat: int, partnership: int, work: Callable[[Actor], object], *, now: datetime,
                  forbidden: tuple[type[Exception], ...], failed: Callable[[str], object]) -> None:
    """Do the work as whoever holds the seat today, or say in words why not.

    forbidden: what besides a refusal may keep the work from being done. failed: writes down why, on the system's authority
    in the partnership.
    """
    held = Appointment.objects.current(timezone.localdate(now)).select_related("user", "agency", "partnership", "team")
    appointment = held.filter(pk=seat).first()
    try:
        if appointment is None:
            raise Refused(NO_SEAT)
        actor = actor_for(appointment, now=now)
        with acting(actor):
            work(actor)
    except (Refused, *forbidden) as why:
        with transaction.atomic(), acting(system(partnership)), writing():
            failed(str(why))
