"""Reminders: once when something is due soon and once when it is overdue, and nobody twice.

Worked out from what is owed as it stands. Lists and figures never ask whether a reminder went out.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from goldthread.access.actor import acting, system, writing
from goldthread.access.models import Guarded

DUE_SOON, OVERDUE = "due-soon", "overdue"
LOOK_BACK = timedelta(days=7)  # after an import or a long standstill nobody wants a year of reminders
WEEK_BEFORE = timedelta(days=7)
MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Reminding:
    """Of what kind of thing people are reminded. owed: the rows past a threshold of which nobody was reminded yet, the most
    pressing first. note: what is written down so that nobody is reminded of a row twice, but for threshold and time. tell:
    tells whoever is answerable for a row.
    """

    owed: Callable[[str, datetime], Any]
    note: Callable[[Any], Guarded]
    tell: Callable[[Any, str, datetime], None]

    def send(self, now: datetime) -> int:
        """Send every reminder that is owed at `now`, some at a time until none is left. Returns of how many rows."""
        done = 0
        for threshold in (OVERDUE, DUE_SOON):
            while count := self._some(threshold, now):
                done += count
        return done

    def _some(self, threshold: str, now: datetime) -> int:
        with transaction.atomic(), acting(system()), writing():
            rows = list(self.owed(threshold, now)[:MOST_AT_ONCE])
            for row in rows:
                said: Any = self.note(row)
                said.partnership_id, said.threshold, said.at = row.partnership_id, threshold, now
                said.save()
                self.tell(row, threshold, now)
            return len(rows)


def past(threshold: str, today: date) -> Q:
    """What is due on a day and past a threshold: the week before it, or that day gone."""
    if threshold == OVERDUE:
        return Q(due__lt=today, due__gte=today - LOOK_BACK)
    return Q(due__gte=today, due__lte=today + WEEK_BEFORE)
