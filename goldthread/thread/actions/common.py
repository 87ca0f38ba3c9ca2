"""What every write on the thread asks first."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, Refused, acting, system_for, writing
from goldthread.access.policy import May, agency_token, user_token
from goldthread.notify.actions import Notice, to_agency, to_user
from goldthread.orgs.models import Agency, Appointment
from goldthread.process.models import Case
from goldthread.thread import readers
from goldthread.thread.models import Action, Turn
from goldthread.thread.standing import may_do

LEADS = (May.RUN_ASSURANCE, May.RUN_REVIEWS, May.RUN_MEETINGS)
KIND = "action"  # of a notice about an action


@contextmanager
def writing_as(actor: Actor) -> Iterator[None]:
    """One transaction on the system's sight, in the actor's name."""
    with transaction.atomic(), acting(system_for(actor)), writing():
        yield


def insist_leads(actor: Actor) -> None:
    """Refused unless the role asks agencies for assurance, runs reviews or runs meetings."""
    if not any(actor.may(right) for right in LEADS):
        raise Refused("Your role cannot say what others are to do")


def insist_may_do(actor: Actor, action: Action) -> None:
    if not may_do(actor, action):
        raise Refused("This is for those who are to do it")


def insist_open(action: Action) -> None:
    if not action.open:
        raise ValidationError("This was closed. Take it up again first")


def required(text: str, field: str, message: str) -> str:
    if not text.strip():
        raise ValidationError({field: message})
    return text.strip()


def see_case(actor: Actor, case: Case | None) -> None:
    """Raises Case.DoesNotExist for a case that is not theirs."""
    if case is not None:
        with acting(actor):
            Case.objects.only("pk").get(pk=case.pk)


def locked(actor: Actor, action: Action) -> Action:
    """The action as it is now, kept from others. Raises Action.DoesNotExist when it is not theirs to read."""
    with acting(actor):
        Action.objects.only("pk").get(pk=action.pk)
    found: Action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    return found


def add(model: Any, action: Action, actor: Actor, now: datetime, **values: Any) -> Any:
    """A row of an action, read by whoever reads the action."""
    return model.objects.create(partnership_id=action.partnership_id, readers=action.readers, denied=action.denied,
                                action=action, by=actor.user, at=now, **values)


def turn(action: Action, actor: Actor, kind: str, reason: str, now: datetime, was: str = "") -> None:
    add(Turn, action, actor, now, kind=kind, reason=reason, was=was[:400])


def check_owner(actor: Actor, agency: Agency, owner: Any, today: date) -> None:
    """The agency takes part, and the person named has a seat there today."""
    if not Agency.objects.taking_part(actor.partnership, today).filter(pk=agency.pk).exists():
        raise ValidationError({"agency": "Choose an agency that takes part in your partnership"})
    if owner is None:
        return
    seats = Appointment.objects.filter(partnership=actor.partnership, agency=agency, user=owner).current(today)
    if not seats.exists():
        raise ValidationError({"owner": f"{owner} has no seat at {agency} today"})


def check_may_know(action: Action) -> None:
    """Nobody is given what they may not read: on a case that only named people read, one of them must be named."""
    told, barred = readers.of_action(action)
    whose = user_token(action.owner_id) if action.owner_id else agency_token(action.agency_id, action.partnership_id)
    if whose not in told or whose in barred:
        raise ValidationError({"owner": "Choose somebody who may read the case this is about"})


def tell_owner(action: Action, text: str, actor: Actor, now: datetime) -> None:
    notice = Notice(action.partnership_id, text, kind=KIND, readers=tuple(action.readers), denied=tuple(action.denied))
    if action.owner_id:
        to_user(action.owner_id, notice, but=actor.user.pk, now=now)
    else:
        to_agency(action.agency_id, notice, but=actor.user.pk, now=now)


def tell_giver(action: Action, text: str, actor: Actor, now: datetime) -> None:
    notice = Notice(action.partnership_id, text, kind=KIND, readers=tuple(action.readers), denied=tuple(action.denied))
    to_user(action.given_by_id, notice, but=actor.user.pk, now=now)
