"""What a person was told and may still open: a notice of a record since shut to them is not in sight any more."""
from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Window

from goldthread.access.actor import Actor
from goldthread.access.prepared import Prepared
from goldthread.notify.inbox import notices
from goldthread.notify.models import InboxNotice
from goldthread.process.models import Ask, Case

SHOWN = 5
COUNTED = 100  # a badge says no more than "99 or more"


def told(actor: Actor, *, unread: bool = False) -> Any:
    """The acting person's notices, newest first."""
    return _in_sight(notices(actor, unread=unread))


def newest(actor: Actor) -> list[InboxNotice]:
    """The few newest the acting person has not read, for "My work", each with `of`, how many there are (`unread_count`)."""
    return _NEWEST.rows(user=actor.user.pk)


def unread_count(actor: Actor, shown: list[InboxNotice] | None = None) -> int:
    """How many of them the acting person has not read; counted no further than a badge says. Every page asks.

    shown: the `newest`, where the page has read them.
    """
    if shown is not None:
        return next((each.of for each in shown), 0)  # type: ignore[attr-defined]
    return len(_UNREAD.rows(user=actor.user.pk))


def _in_sight(rows: Any) -> Any:
    case = Exists(Case.objects.filter(reference=OuterRef("reference")))
    ask = Exists(Ask.objects.filter(pk=OuterRef("ask")))
    return rows.filter(Q(reference="") | case, Q(ask=None) | ask)


_UNREAD = Prepared(lambda user: _in_sight(InboxNotice.objects.filter(user=user, read_at=None)).values_list("pk")[:COUNTED],
                   user=-987_654_321_003)


def _newest(user: int) -> Any:
    counted = _in_sight(InboxNotice.objects.filter(user=user, read_at=None)).order_by("-created_at", "-id")[:COUNTED]
    rows = InboxNotice.objects.filter(pk__in=counted.values("pk")).annotate(of=Window(Count("pk")))
    return rows.order_by("-created_at", "-id")[:SHOWN]


_NEWEST = Prepared(_newest, user=-987_654_321_014)
