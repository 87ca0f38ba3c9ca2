"""The secret in a person's calendar address: made anew when they ask, and only its hash kept."""
from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goldthread.access.actor import Actor, acting, actor_for, system
from goldthread.access.policy import May, user_token
from goldthread.meeting.actions.common import writing_as
from goldthread.meeting.models import CalendarKey
from goldthread.orgs.models import Appointment


def renew_key(*, actor: Actor, now: datetime) -> str:
    """A new secret for the actor's calendar address; the old address is no more. It cannot be shown again."""
    secret = secrets.token_urlsafe(32)
    with writing_as(actor):
        CalendarKey.objects.filter(user=actor.user).delete()
        CalendarKey.objects.create(partnership=actor.partnership, readers=[user_token(actor.user.pk)], user=actor.user,
                                   secret_hash=_hash(secret), made_at=now)
    return secret


@transaction.atomic
def holder(secret: str, *, now: datetime) -> list[Actor]:
    """Whose calendar a secret opens: their seats of today that may sit at meetings; none for a secret that is unknown."""
    with acting(system()):
        key = CalendarKey.objects.filter(secret_hash=_hash(secret)).first()
    if key is None:
        return []
    seats = Appointment.objects.current(timezone.localdate(now)).filter(user=key.user_id, partnership=key.partnership_id)
    found = [actor_for(seat, now=now) for seat in seats.select_related("user", "agency", "partnership").order_by("pk")]
    return [actor for actor in found if actor.may(May.ATTEND_MEETINGS) or actor.may(May.RUN_MEETINGS)]


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
