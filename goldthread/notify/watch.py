"""What waits in the outbox and what was given up, for `doctor`; and another try by hand."""
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Min

from goldthread.access.actor import Actor, acting, system, writing
from goldthread.access.policy import May
from goldthread.notify.models import MailState, OutboxMail

LOST = (MailState.FAILED, MailState.UNCERTAIN)


@dataclass(frozen=True)
class Outbox:
    """How many mails are past their time, since when the oldest, and those given up, newest first.

    lost: rows of id, state, queued_at, settled_at, attempts, error, user and agency (ids).
    """

    late: int
    since: datetime | None
    lost: list[dict[str, Any]]


def pending_outbox(now: datetime, *, most: int = 100) -> Outbox:
    """The outbox of the whole installation."""
    with transaction.atomic(), acting(system()):
        late = OutboxMail.objects.filter(state__in=(MailState.WAITING, MailState.SENDING), not_before__lt=now)
        lost = OutboxMail.objects.filter(state__in=LOST).order_by("-settled_at", "-pk")
        rows = lost.values("id", "state", "queued_at", "settled_at", "attempts", "error", "user", "agency")[:most]
        return Outbox(late.count(), late.aggregate(oldest=Min("not_before"))["oldest"], list(rows))


@transaction.atomic
def try_again(*, actor: Actor, numbers: Collection[int], now: datetime) -> int:
    """Send given-up mails of the actor's partnership afresh. Returns how many. Raises Refused."""
    actor.require(May.RUN_PARTNERSHIP)
    with acting(system(actor.partnership.pk)), writing():
        return int(OutboxMail.objects.filter(pk__in=numbers, state__in=LOST).update(
            state=MailState.WAITING, not_before=now, attempts=0, doubts=0, message_id="", settled_at=None, error=""))
