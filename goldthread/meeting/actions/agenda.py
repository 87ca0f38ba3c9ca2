"""The agenda: items added, changed, moved and taken off, and their papers."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from goldthread.access.actor import Actor, acting
from goldthread.files.storing import store
from goldthread.meeting.actions.common import checked, insist_on, required, run_item, run_meeting, writing_as
from goldthread.meeting.models import AgendaItem, ItemAction, ItemMinute, Meeting, Paper
from goldthread.meeting.readers import like, of_item
from goldthread.process.models import Case


def add_item(*, actor: Actor, meeting: Meeting, title: str, kind: str, now: datetime, case: Case | None = None,
             presenter: str = "") -> AgendaItem:
    """Put something on the agenda. A case must be one the actor may read; its item is read by those who may read it
    and sit. Raises Refused, Meeting.DoesNotExist, Case.DoesNotExist, ValidationError.
    """
    if case is not None:
        with acting(actor):
            Case.objects.only("pk").get(pk=case.pk)
    with writing_as(actor):
        found = run_meeting(actor, meeting.pk)
        insist_on(found)
        if (kind == AgendaItem.CASE) != (case is not None):
            raise ValidationError({"case": "Say which case this item is about"} if case is None else
                                  {"kind": "An item about a case is of the kind “Case”"})
        if case is not None and AgendaItem.objects.filter(meeting=found, case=case).exists():
            raise ValidationError({"case": "This case is on the agenda already"})
        last = AgendaItem.objects.filter(meeting=found).aggregate(last=Max("order"))["last"] or 0
        made: AgendaItem = checked(AgendaItem(partnership_id=found.partnership_id, meeting=found, case=case, order=last + 1),
                                   title=title.strip(), kind=kind, presenter=presenter.strip())
        for name, value in of_item(made, found.readers).items():
            setattr(made, name, value)
        made.save()
        return made


def change_item(*, actor: Actor, item: AgendaItem, title: str, presenter: str, now: datetime) -> AgendaItem:
    """Another title, before anything was recorded on it. Raises Refused, AgendaItem.DoesNotExist, ValidationError."""
    with writing_as(actor):
        found = run_item(actor, item.pk)
        _insist_untouched(found)
        checked(found, title=title.strip(), presenter=presenter.strip())
        found.save(update_fields=["title", "presenter"])
        return found


def move_item(*, actor: Actor, item: AgendaItem, up: bool, now: datetime) -> None:
    """Exchange an item with the one before or after it, of those the actor sees. Raises Refused."""
    with acting(actor):
        seen = list(AgendaItem.objects.filter(meeting=item.meeting_id).order_by("order", "pk"))
    with writing_as(actor):
        found = run_item(actor, item.pk)
        at = [each.pk for each in seen].index(found.pk)
        other = at - 1 if up else at + 1
        if 0 <= other < len(seen):
            AgendaItem.objects.filter(pk=found.pk).update(order=seen[other].order)
            AgendaItem.objects.filter(pk=seen[other].pk).update(order=seen[at].order)


def remove_item(*, actor: Actor, item: AgendaItem, now: datetime) -> None:
    """Take an item off the agenda, before anything was recorded on it or put with it. Raises Refused, ValidationError."""
    with writing_as(actor):
        found = run_item(actor, item.pk)
        _insist_untouched(found)
        if Paper.objects.filter(item=found).exists():
            raise ValidationError("There are papers with this item, so it stays")
        found.delete()


def add_paper(*, actor: Actor, item: AgendaItem, title: str, upload: Any, now: datetime) -> Paper:
    """A document for an item, read by whoever reads the item. Raises Refused, BadFile, ValidationError."""
    with writing_as(actor):
        found = run_item(actor, item.pk)
        title = required(title, "title", "Say what it is")
        document = store(actor=actor, upload=upload, readers=found.readers, denied=found.denied, within=found.within,
                         now=now)
        made: Paper = Paper.objects.create(**like(found), item=found, title=title, document=document, by=actor.user, at=now)
        return made


def _insist_untouched(item: AgendaItem) -> None:
    if ItemMinute.objects.filter(item=item).exists() or ItemAction.objects.filter(item=item).exists():
        raise ValidationError("Something was recorded on this item, so it stays as it is")
