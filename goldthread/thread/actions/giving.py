"""Giving somebody something to do, giving it to another, giving more time."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from goldthread.access.actor import Actor, acting
from goldthread.orgs.models import Agency
from goldthread.process.models import Case
from goldthread.thread import readers
from goldthread.thread.actions.common import (
    check_may_know,
    check_owner,
    insist_leads,
    insist_open,
    locked,
    required,
    see_case,
    tell_owner,
    turn,
    writing_as,
)
from goldthread.thread.models import Action, Recommendation


def give(*, actor: Actor, what: str, agency: Agency, due: date, now: datetime, owner: Any = None, source: str = "",
         recommendation: Recommendation | None = None, case: Case | None = None, shared: Iterable[str] = ()) -> Action:
    """Give an agency, or one person of it, something to do by a day. shared: tokens of those before whom it is given.

    Raises Refused; DoesNotExist for a case or recommendation not theirs; ValidationError naming the field.
    """
    insist_leads(actor)
    return given(actor=actor, what=what, agency=agency, due=due, now=now, owner=owner, source=source,
                 recommendation=recommendation, case=case, shared=shared)


def given(*, actor: Actor, what: str, agency: Agency, due: date, now: datetime, owner: Any, source: str,
          recommendation: Recommendation | None = None, case: Case | None = None, shared: Iterable[str] = ()) -> Action:
    """As `give`, for an action that has asked whether the actor may: a chair gives actions whatever their role."""
    see_case(actor, case)
    today = timezone.localdate(now)
    if recommendation is not None:
        with acting(actor):
            Recommendation.objects.only("pk").get(pk=recommendation.pk)
    with writing_as(actor):
        check_owner(actor, agency, owner, today)
        _check_due(due, today)
        made = Action(partnership=actor.partnership, recommendation=recommendation, case=case, source=source[:200],
                      shared=sorted(set(shared)), what=required(what, "what", "Say what is to be done"), agency=agency,
                      owner=owner, due=due, given_by=actor.user, given_at=now)
        check_may_know(made)
        made.readers, made.denied = readers.of_action(made)
        made.save()
        tell_owner(made, "You are given an action", actor, now)
        return made


def reassign(*, actor: Actor, action: Action, agency: Agency, owner: Any, reason: str, now: datetime) -> Action:
    """Give an action to another agency or person. Raises Refused, ValidationError, Action.DoesNotExist."""
    insist_leads(actor)
    with writing_as(actor):
        found = locked(actor, action)
        insist_open(found)
        check_owner(actor, agency, owner, timezone.localdate(now))
        reason = required(reason, "reason", "Say why somebody else does it")
        was = f"{found.agency}, {found.owner}" if found.owner_id else str(found.agency)
        found.agency, found.owner = agency, owner
        check_may_know(found)
        found.save(update_fields=["agency", "owner"])
        readers.rewrite(found)
        turn(found, actor, "reassigned", reason, now, was)
        tell_owner(found, "You are given an action", actor, now)
        return found


def extend(*, actor: Actor, action: Action, due: date, reason: str, now: datetime) -> Action:
    """Give more time. Raises Refused, Action.DoesNotExist; ValidationError without a reason or a later day."""
    insist_leads(actor)
    with writing_as(actor):
        found = locked(actor, action)
        insist_open(found)
        _check_due(due, timezone.localdate(now))
        if due <= found.due:
            raise ValidationError({"due": "Enter a day after the one it is due now"})
        reason = required(reason, "reason", "Say why more time is needed")
        was, found.due = found.due.isoformat(), due
        found.save(update_fields=["due"])
        turn(found, actor, "extended", reason, now, was)
        tell_owner(found, "An action of yours has more time", actor, now)
        return found


def _check_due(due: date, today: date) -> None:
    if due < today:
        raise ValidationError({"due": "Enter a day that is not past"})
