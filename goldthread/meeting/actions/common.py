"""What every write on meetings asks first."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.meeting.models import AgendaItem, Body, BodyMember, Meeting
from goldthread.meeting.models.body import member_on
from goldthread.meeting.rights import insist_runs
from goldthread.notify.actions import Notice, to_agency, to_user

KIND = "meeting"  # of a notice about a meeting


@contextmanager
def writing_as(actor: Actor) -> Iterator[None]:
    """One transaction on the system's sight, in the actor's name."""
    with transaction.atomic(), acting(system_for(actor)), writing():
        yield


def theirs(actor: Actor, model: Any, pk: int) -> None:
    """Raises the model's DoesNotExist for a row the actor may not read, as for none."""
    with acting(actor):
        model.objects.only("pk").get(pk=pk)


def run_body(actor: Actor, pk: int) -> Body:
    """A group kept from others while it is changed, for somebody who runs it. Raises Body.DoesNotExist, Refused."""
    theirs(actor, Body, pk)
    found: Body = Body.objects.select_for_update(of=("self",)).select_related("chair", "secretary").get(pk=pk)
    insist_runs(actor, found)
    return found


def run_meeting(actor: Actor, pk: int) -> Meeting:
    """A meeting kept from others while it is changed, for somebody who runs it. Raises Meeting.DoesNotExist, Refused."""
    theirs(actor, Meeting, pk)
    found: Meeting = Meeting.objects.select_for_update(of=("self",)).select_related(
        "body", "body__chair", "body__secretary").get(pk=pk)
    insist_runs(actor, found.body)
    return found


def run_item(actor: Actor, pk: int) -> AgendaItem:
    """An item of a meeting that is not cancelled, for somebody who runs it. Raises AgendaItem.DoesNotExist, Refused."""
    theirs(actor, AgendaItem, pk)
    item: AgendaItem = AgendaItem.objects.get(pk=pk)
    item.meeting = run_meeting(actor, item.meeting_id)
    insist_on(item.meeting)
    return item


def insist_on(meeting: Meeting) -> None:
    if meeting.cancelled_at:
        raise ValidationError("This meeting was cancelled")


def required(text: str, field: str, message: str) -> str:
    if not text.strip():
        raise ValidationError({field: message})
    return text.strip()


def checked(row: Any, **values: Any) -> Any:
    """Set and check what a person filled in; nothing else of the row. Raises ValidationError naming the fields."""
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean(exclude={f.name for f in row._meta.fields} - set(values), validate_unique=False,
                   validate_constraints=False)
    return row


def tell_members(body: Body, text: str, actor: Actor, now: datetime) -> None:
    """Tell everyone who sits: those named, and whoever answers for an agency that names nobody."""
    notice = Notice(body.partnership_id, text, kind=KIND, readers=tuple(body.readers))
    seated = BodyMember.objects.filter(member_on(now.date()), body=body)
    people = {body.chair.user_id, *seated.exclude(person=None).values_list("person", flat=True)}
    for person in sorted(people):
        to_user(person, notice, but=actor.user.pk, now=now)
    for agency in sorted(set(seated.filter(person=None).values_list("agency", flat=True))):
        to_agency(agency, notice, but=actor.user.pk, now=now)
