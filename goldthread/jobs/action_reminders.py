"""Remind whoever owns an action: once in the week before it is due, once when it is overdue."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from goldthread.jobs.models import ActionReminder
from goldthread.jobs.reminding import DUE_SOON, OVERDUE, Reminding, past
from goldthread.notify.actions import Notice, to_agency, to_user
from goldthread.thread.models import Action

WORDS = {DUE_SOON: "An action is due soon", OVERDUE: "An action is overdue"}


def _owed(threshold: str, now: datetime) -> Any:
    """Open actions past a threshold of which their owner was not reminded yet, the most pressing first."""
    person = Concat(Value("user:"), Cast("owner_id", CharField()))
    agency = Concat(Value("agency:"), Cast("agency_id", CharField()))
    rows = Action.objects.filter(past(threshold, timezone.localdate(now)), done_at=None, dropped_at=None).annotate(
        whose=Case(When(owner=None, then=agency), default=person, output_field=CharField()))
    told = ActionReminder.objects.filter(action=OuterRef("pk"), owner=OuterRef("whose"), due=OuterRef("due"),
                                         threshold=threshold)
    return rows.filter(~Exists(told)).order_by(F("due"), "pk")


def _note(action: Any) -> ActionReminder:
    return ActionReminder(action=action, owner=action.whose, due=action.due)


def _tell(action: Action, threshold: str, now: datetime) -> None:
    notice = Notice(action.partnership_id, WORDS[threshold], kind=threshold, readers=tuple(action.readers),
                    denied=tuple(action.denied))
    if action.owner_id:
        to_user(action.owner_id, notice, now=now)
    else:
        to_agency(action.agency_id, notice, now=now)


remind = Reminding(_owed, _note, _tell).send
