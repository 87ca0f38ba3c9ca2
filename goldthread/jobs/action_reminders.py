"""Remind whoever owns an action: once in the week before it is due, once when it is overdue.

Worked out from the actions as they stand. Lists and figures never ask whether a reminder went out.
"""
from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, CharField, Exists, F, OuterRef, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from goldthread.access.actor import acting, system, writing
from goldthread.jobs.models import ActionReminder
from goldthread.jobs.reminders import DUE_SOON, LOOK_BACK, MOST_AT_ONCE, OVERDUE
from goldthread.notify.actions import Notice, to_agency, to_user
from goldthread.thread.models import Action

WORDS = {DUE_SOON: "An action is due soon", OVERDUE: "An action is overdue"}
BEFORE = timedelta(days=7)


def remind(now: datetime) -> int:
    """Send every reminder that is owed at `now`. Returns how many actions were reminded of."""
    return in_portions(_remind_some, now)


def in_portions(some: Callable[[str, datetime], int], now: datetime) -> int:
    """What is overdue and then what is due soon, some at a time until none is left. Returns how many there were."""
    done = 0
    for threshold in (OVERDUE, DUE_SOON):
        while count := some(threshold, now):
            done += count
    return done


def _remind_some(threshold: str, now: datetime) -> int:
    with transaction.atomic(), acting(system()), writing():
        rows = list(_owed(threshold, timezone.localdate(now))[:MOST_AT_ONCE])
        for row in rows:
            ActionReminder.objects.create(partnership_id=row.partnership_id, action=row, owner=row.whose, due=row.due,
                                          threshold=threshold, at=now)
            _tell(row, threshold, now)
        return len(rows)


def _owed(threshold: str, today: date) -> Any:
    """Open actions past a threshold of which their owner was not reminded yet, the most pressing first."""
    person = Concat(Value("user:"), Cast("owner_id", CharField()))
    agency = Concat(Value("agency:"), Cast("agency_id", CharField()))
    rows = Action.objects.filter(done_at=None, dropped_at=None).annotate(
        whose=Case(When(owner=None, then=agency), default=person, output_field=CharField()))
    if threshold == OVERDUE:
        rows = rows.filter(due__lt=today, due__gte=today - LOOK_BACK)
    else:
        rows = rows.filter(due__gte=today, due__lte=today + BEFORE)
    told = ActionReminder.objects.filter(action=OuterRef("pk"), owner=OuterRef("whose"), due=OuterRef("due"),
                                         threshold=threshold)
    return rows.filter(~Exists(told)).order_by(F("due"), "pk")


def _tell(action: Action, threshold: str, now: datetime) -> None:
    notice = Notice(action.partnership_id, WORDS[threshold], kind=threshold, readers=tuple(action.readers),
                    denied=tuple(action.denied))
    if action.owner_id:
        to_user(action.owner_id, notice, now=now)
    else:
        to_agency(action.agency_id, notice, now=now)
