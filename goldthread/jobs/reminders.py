"""Remind whoever must stop a clock: once when three quarters of its time have passed, once when it is overdue.

Worked out from the clocks as they stand. Lists and figures never ask whether a reminder went out.
"""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import (
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Value,
)
from django.db.models.functions import Coalesce

from goldthread.access.actor import acting, system, writing
from goldthread.jobs.models import Reminder
from goldthread.notify.actions import Notice, to_agency, to_desk, to_team, to_user
from goldthread.process.models import ClockRow

DUE_SOON, OVERDUE = "due-soon", "overdue"
WORDS = {DUE_SOON: "Due soon", OVERDUE: "Overdue"}
SHARE_PASSED = 0.75
LOOK_BACK = timedelta(days=7)  # after an import or a long standstill nobody wants a year of reminders
MOST_AT_ONCE = 200


def remind(now: datetime) -> int:
    """Send every reminder that is owed at `now`. Returns how many clocks were reminded of."""
    done = 0
    for threshold in (OVERDUE, DUE_SOON):
        while count := _remind_some(threshold, now):
            done += count
    return done


def _remind_some(threshold: str, now: datetime) -> int:
    with transaction.atomic(), acting(system()), writing():
        clocks = list(_owed(threshold, now)[:MOST_AT_ONCE])
        for clock in clocks:
            Reminder.objects.create(
                partnership_id=clock.partnership_id, case_id=clock.case_id, clock=clock.name, started=clock.started,
                due=clock.due, ask=clock.ask_id or 0, threshold=threshold, at=now)
            _tell(clock, threshold, now)
        return len(clocks)


def _owed(threshold: str, now: datetime) -> Any:
    """Running clocks past a threshold of which nobody was reminded yet, the most pressing first."""
    part = ExpressionWrapper((F("due") - F("started")) * Value(SHARE_PASSED, output_field=FloatField()),
                             output_field=DurationField())
    reminded = Reminder.objects.filter(
        case=OuterRef("case"), clock=OuterRef("name"), started=OuterRef("started"), due=OuterRef("due"),
        ask=Coalesce(OuterRef("ask"), 0), threshold=threshold)
    running = ClockRow.objects.filter(~Exists(reminded), stopped=None, paused=False, case__closed_at=None)
    if threshold == OVERDUE:
        running = running.filter(due__lte=now, due__gt=now - LOOK_BACK)
    else:
        soon = ExpressionWrapper(F("started") + part, output_field=DateTimeField())
        running = running.filter(due__gt=now).annotate(soon=soon).filter(soon__lte=now)
    return running.select_related("case").order_by("due", "pk")


def _tell(clock: ClockRow, threshold: str, now: datetime) -> None:
    """Whoever is answerable; of an overdue answer also those who wait for it."""
    kind, _, rest = clock.party.partition(":")
    text = f"{WORDS[threshold]}: {clock.name}"
    notice = Notice(clock.partnership_id, text[:200], kind=threshold, ask=clock.ask_id, due=clock.due,
                    reference="" if clock.ask_id else clock.case.reference,  # an agency asked does not see the case
                    readers=tuple(clock.readers), denied=tuple(clock.denied))
    if kind == "agency":
        to_agency(int(rest.split(":")[0]), notice, now=now)
        if threshold == OVERDUE:
            _tell_those_waiting(clock, now)
    elif kind == "user":
        to_user(int(rest), notice, now=now)
    elif kind == "team":
        to_team(int(rest.split(":")[0]), notice, now=now)
    else:
        to_desk(rest.split(":", 1)[1], notice, now=now)


def _tell_those_waiting(clock: ClockRow, now: datetime) -> None:
    case = clock.case
    notice = Notice(case.partnership_id, f"No answer yet: {clock.name}"[:200], kind=OVERDUE, reference=case.reference,
                    readers=tuple(case.readers), denied=tuple(case.denied))
    if case.allocated_to_id:
        to_user(case.allocated_to_id, notice, now=now)
    else:
        to_desk(case.at_desk, notice, now=now)
