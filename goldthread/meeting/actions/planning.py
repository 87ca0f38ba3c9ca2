"""The forward plan: meetings planned, moved and cancelled."""
from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from goldthread.access.actor import Actor
from goldthread.meeting.actions.bodies import insist_alive
from goldthread.meeting.actions.common import (
    checked,
    insist_on,
    required,
    run_body,
    run_meeting,
    tell_members,
    writing_as,
)
from goldthread.meeting.models import AgendaItem, Body, Meeting
from goldthread.meeting.readers import of_item

LAST_TIME = "Actions from last time"


def plan_meeting(*, actor: Actor, body: Body, planned_at: datetime, now: datetime, minutes_long: int = 120,
                 place: str = "", link: str = "", plan: str = "") -> Meeting:
    """A meeting of a group, with the actions from last time on its agenda; those who sit are told.

    Raises Refused, Body.DoesNotExist, ValidationError.
    """
    with writing_as(actor):
        found = run_body(actor, body.pk)
        insist_alive(found, timezone.localdate(planned_at))
        made: Meeting = checked(Meeting(partnership_id=found.partnership_id, readers=found.readers, body=found),
                                planned_at=planned_at, minutes_long=minutes_long, place=place.strip(), link=link,
                                plan=plan.strip())
        made.save()
        first = AgendaItem(partnership_id=found.partnership_id, meeting=made, order=1, title=LAST_TIME,
                           kind=AgendaItem.LAST_TIME)
        for name, value in of_item(first, found.readers).items():
            setattr(first, name, value)
        first.save()
        if planned_at > now:
            tell_members(found, "A meeting you sit at is planned", actor, now)
        return made


def change_meeting(*, actor: Actor, meeting: Meeting, planned_at: datetime, minutes_long: int, place: str, link: str,
                   plan: str, now: datetime) -> Meeting:
    """Another time or place. Raises Refused, Meeting.DoesNotExist; ValidationError once it was cancelled."""
    with writing_as(actor):
        found = run_meeting(actor, meeting.pk)
        insist_on(found)
        moved = found.planned_at != planned_at
        checked(found, planned_at=planned_at, minutes_long=minutes_long, place=place.strip(), link=link, plan=plan.strip())
        found.save()
        if moved and planned_at > now:
            tell_members(found.body, "A meeting you sit at has another time", actor, now)
        return found


def cancel_meeting(*, actor: Actor, meeting: Meeting, reason: str, now: datetime) -> Meeting:
    """A meeting does not take place. Raises Refused; ValidationError without a reason or once something was minuted."""
    with writing_as(actor):
        found = run_meeting(actor, meeting.pk)
        insist_on(found)
        if found.items.filter(itemminutes__isnull=False).exists():  # type: ignore[attr-defined]
            raise ValidationError("Something was minuted at this meeting, so it was held")
        found.cancelled_at, found.cancelled_because = now, required(reason, "reason", "Say why it is cancelled")
        found.save(update_fields=["cancelled_at", "cancelled_because"])
        tell_members(found.body, "A meeting you sit at was cancelled", actor, now)
        return found
