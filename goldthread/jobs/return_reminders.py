"""Remind those who send an agency's data returns: once in the week before one is due, once when it is late.

A return that came, or is not asked for any more, is not reminded of.
"""
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from goldthread.dataset.actions.common import DUE, tell_agency
from goldthread.dataset.models import Expectation
from goldthread.dataset.owed import calendar, owed
from goldthread.jobs.models import ReturnReminder
from goldthread.jobs.reminding import DUE_SOON, OVERDUE, Reminding, past

WORDS = {DUE_SOON: "A data return of your agency is due soon", OVERDUE: "A data return of your agency is late"}


def _owed(threshold: str, now: datetime) -> Any:
    """Returns past a threshold of which nobody was reminded yet, the soonest due first."""
    told = ReturnReminder.objects.filter(expectation=OuterRef("pk"), due=OuterRef("due"), threshold=threshold)
    return owed(calendar()).filter(~Exists(told), past(threshold, timezone.localdate(now)))


def _note(expectation: Expectation) -> ReturnReminder:
    return ReturnReminder(expectation=expectation, due=expectation.due)


def _tell(expectation: Expectation, threshold: str, now: datetime) -> None:
    tell_agency(expectation, WORDS[threshold], now, kind=DUE)


remind = Reminding(_owed, _note, _tell).send
