"""Remind whoever must stop a clock: once when three quarters of its time have passed, once when it is overdue."""
from __future__ import annotations

from datetime import datetime
from typing import Any

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

from goldthread.jobs.models import Reminder
from goldthread.jobs.reminding import DUE_SOON, LOOK_BACK, OVERDUE, Reminding
from goldthread.notify.actions import Notice, to_agency, to_desk, to_team, to_user
from goldthread.process.models import ClockRow

WORDS = {DUE_SOON: "Due soon", OVERDUE: "Overdue"}
SHARE_PASSED = 0.75


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


def _note(clock: ClockRow) -> Reminder:
    return Reminder(case_id=clock.case_id, clock=clock.name, started=clock.started, due=clock.due, ask=clock.ask_id or 0)


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


remind = Reminding(_owed, _note, _tell).send
