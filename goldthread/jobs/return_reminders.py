"""Remind those who send an agency's data returns: once in the week before one is due, once when it is late.

Worked out from the calendar as it stands: a return that came, or is not asked for any more, is not reminded of.
"""
from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from goldthread.access.actor import acting, system, writing
from goldthread.dataset.actions.common import DUE, tell_agency
from goldthread.dataset.owed import calendar, owed
from goldthread.jobs.action_reminders import in_portions
from goldthread.jobs.models import ReturnReminder
from goldthread.jobs.reminders import DUE_SOON, LOOK_BACK, MOST_AT_ONCE, OVERDUE

WORDS = {DUE_SOON: "A data return of your agency is due soon", OVERDUE: "A data return of your agency is late"}
BEFORE = timedelta(days=7)


def remind(now: datetime) -> int:
    """Send every reminder that is owed at `now`. Returns of how many returns."""
    return in_portions(_remind_some, now)


def _remind_some(threshold: str, now: datetime) -> int:
    with transaction.atomic(), acting(system()), writing():
        rows = list(_due(threshold, timezone.localdate(now))[:MOST_AT_ONCE])
        for row in rows:
            ReturnReminder.objects.create(partnership_id=row.partnership_id, expectation=row, due=row.due,
                                          threshold=threshold, at=now)
            tell_agency(row, WORDS[threshold], now, kind=DUE)
        return len(rows)


def _due(threshold: str, today: date) -> Any:
    """Returns past a threshold of which nobody was reminded yet, the soonest due first."""
    rows = owed(calendar())
    if threshold == OVERDUE:
        rows = rows.filter(due__lt=today, due__gte=today - LOOK_BACK)
    else:
        rows = rows.filter(due__gte=today, due__lte=today + BEFORE)
    told = ReturnReminder.objects.filter(expectation=OuterRef("pk"), due=OuterRef("due"), threshold=threshold)
    return rows.filter(~Exists(told))
