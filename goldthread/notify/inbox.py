"""A person's own notices, and what they chose to be mailed about."""
from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, acting, writing
from goldthread.notify import timing
from goldthread.notify.models import InboxNotice, MailChoice


def notices(actor: Actor, *, unread: bool = False) -> Any:
    """A person's notices, newest first. Read them while acting as that person."""
    found = InboxNotice.objects.filter(user=actor.user).order_by("-created_at", "-id")
    return found.filter(read_at=None) if unread else found


@transaction.atomic
def mark_read(*, actor: Actor, now: datetime, numbers: Collection[int] | None = None, reference: str = "",
              ask: int | None = None) -> int:
    """Mark a person's own notices as read: those of these numbers, else those about a case or a request, else all.

    Returns how many were unread till now.
    """
    with acting(actor), writing():
        found = notices(actor, unread=True).order_by()
        if numbers is not None:
            found = found.filter(pk__in=numbers)
        elif ask is not None:
            found = found.filter(ask=ask)
        elif reference:
            found = found.filter(reference=reference)
        return int(found.update(read_at=now))


def choices(user: int) -> dict[str, str]:
    """How a person is mailed about each group of notices, by the group's key."""
    made = MailChoice.of([user])
    return {key: made.get((user, key), group.default) for key, group in timing.GROUPS.items()}


@transaction.atomic
def choose(*, actor: Actor, wanted: dict[str, str]) -> None:
    """Set how the actor is mailed. Raises ValidationError naming the group when a choice is not offered for it."""
    faults = {}
    for key, how in wanted.items():
        if key not in timing.GROUPS:
            faults[key] = "There is no such group of notices"
        elif how not in timing.GROUPS[key].choices:
            offered = ", ".join(timing.WORDS[each].lower() for each in timing.GROUPS[key].choices)
            faults[key] = f"For “{timing.GROUPS[key].name}” choose one of: {offered}"
    if faults:
        raise ValidationError(faults)
    for key, how in wanted.items():
        MailChoice.objects.update_or_create(user=actor.user, group=key, defaults={"how": how})
