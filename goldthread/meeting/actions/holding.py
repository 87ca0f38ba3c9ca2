"""Holding a meeting: who is here, what is said and decided, what is given to whom."""
from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from goldthread.access.actor import Actor, Refused, acting
from goldthread.meeting.actions.common import insist_on, run_item, run_meeting, theirs, writing_as
from goldthread.meeting.models import AgendaItem, Attendance, ItemAction, ItemMinute, Meeting
from goldthread.meeting.readers import like
from goldthread.orgs.models import Agency
from goldthread.process.models import Event
from goldthread.thread.actions.giving import given
from goldthread.thread.models import Action


def mark_attendance(*, actor: Actor, meeting: Meeting, agency: Agency, attended: str, who: str, now: datetime) -> Attendance:
    """Whether an agency is there, and by whom; marked again, the last word holds. Raises Refused, ValidationError."""
    with writing_as(actor):
        found = run_meeting(actor, meeting.pk)
        insist_on(found)
        if attended not in dict(Attendance.ATTENDED):
            raise ValidationError({"attended": "Select whether they attended"})
        if not Agency.objects.taking_part(actor.partnership, timezone.localdate(found.planned_at)).filter(
                pk=agency.pk).exists():
            raise ValidationError({"agency": "Choose an agency that takes part in your partnership"})
        row, _ = Attendance.objects.update_or_create(
            meeting=found, agency=agency, create_defaults={
                "partnership_id": found.partnership_id, "readers": found.readers, "attended": attended,
                "who": who.strip()[:200], "at": now},
            defaults={"attended": attended, "who": who.strip()[:200], "at": now})
        return row


def minute(*, actor: Actor, item: AgendaItem, said: str, decision: str, now: datetime, event: Event | None = None,
           submission: UUID | None = None) -> ItemMinute:
    """What was said and decided on an item. event: what was recorded on its case at the same time.

    The same submission twice records once. Raises Refused, AgendaItem.DoesNotExist, ValidationError.
    """
    with writing_as(actor):
        if submission and (earlier := ItemMinute.objects.filter(submission=submission, by=actor.user).first()):
            return earlier
        found = run_item(actor, item.pk)
        return _write(actor, found, said, decision, now, event=event, submission=submission)


def correct_minute(*, actor: Actor, was: ItemMinute, said: str, decision: str, now: datetime) -> ItemMinute:
    """Replace what was minuted; the old words stay in sight, marked as replaced. Raises Refused, ValidationError."""
    theirs(actor, ItemMinute, was.pk)
    with writing_as(actor):
        old = ItemMinute.objects.get(pk=was.pk)
        found = run_item(actor, old.item_id)
        old.refresh_from_db()
        if old.replaced_by_id:
            raise ValidationError("This was already replaced; correct what replaced it")
        made = _write(actor, found, said, decision, now, event=old.event)
        ItemMinute.objects.filter(pk=old.pk).update(replaced_by=made)
        return made


def _write(actor: Actor, item: AgendaItem, said: str, decision: str, now: datetime, *, event: Event | None,
           submission: UUID | None = None) -> ItemMinute:
    if timezone.localdate(item.meeting.planned_at) > timezone.localdate(now):
        raise Refused("This meeting has not taken place yet")
    if event is not None and event.case_id != item.case_id:
        raise ValidationError("What was recorded belongs to another case")
    if not said.strip() and not decision.strip():
        raise ValidationError({"said": "Write what was said, or what was decided"})
    made: ItemMinute = ItemMinute.objects.create(
        **like(item), item=item, by=actor.user, at=now, said=said.strip(), decision=decision.strip(), event=event,
        submission=submission)
    return made


def give_action(*, actor: Actor, item: AgendaItem, what: str, agency: Agency, due: date, now: datetime,
                owner: Any = None, submission: UUID | None = None) -> Action:
    """Give somebody something to do, at an item. About a case, it is read as the case is, and by who is to do it.

    The same submission twice gives it once. Raises Refused, AgendaItem.DoesNotExist, ValidationError naming the field.
    """
    with writing_as(actor):
        if submission and (earlier := ItemAction.objects.filter(submission=submission, by=actor.user).first()):
            return earlier.action
        found = run_item(actor, item.pk)
        meeting = found.meeting
        day = timezone.localdate(meeting.planned_at)
        with acting(actor):
            case = found.case  # as the actor sees it, who was just shown the item
        made = given(actor=actor, what=what, agency=agency, due=due, now=now, owner=owner, case=case,
                     source=f"{meeting.body}, {day:%-d %B %Y}", shared=meeting.readers)
        ItemAction.objects.create(**like(found), item=found, action=made, by=actor.user, at=now, submission=submission)
        return made
