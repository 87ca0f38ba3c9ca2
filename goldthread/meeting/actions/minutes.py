"""Approving minutes: by the chair, never by who wrote them; the copy that is kept changes no more."""
from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor, Refused, acting
from goldthread.meeting.actions.common import KIND, insist_on, run_meeting, theirs, writing_as
from goldthread.meeting.minutes import Part, attendance_text, draft, presence
from goldthread.meeting.models import ItemMinute, Meeting, Minutes, MinutesPart
from goldthread.meeting.readers import like
from goldthread.meeting.rights import chairs
from goldthread.notify.actions import Notice, to_user


def ask_approval(*, actor: Actor, meeting: Meeting, now: datetime) -> None:
    """Tell the chair that there are minutes to approve. Raises Refused, Meeting.DoesNotExist, ValidationError."""
    with writing_as(actor):
        found = run_meeting(actor, meeting.pk)
        insist_on(found)
        notice = Notice(found.partnership_id, "There are minutes to approve", kind=KIND, readers=tuple(found.readers))
        to_user(found.body.chair.user_id, notice, but=actor.user.pk, now=now)


def approve(*, actor: Actor, meeting: Meeting, now: datetime) -> Minutes:
    """Keep a copy of the minutes as they read now, of every item the chair may read.

    Raises Refused for anybody but the chair, and for a chair who wrote any of it; ValidationError where there is nothing
    to approve; Meeting.DoesNotExist.
    """
    theirs(actor, Meeting, meeting.pk)
    with writing_as(actor):
        found = Meeting.objects.select_for_update(of=("self",)).select_related("body", "body__chair").get(pk=meeting.pk)
        if not chairs(actor, found.body):
            raise Refused("Only the chair approves the minutes")
        insist_on(found)
        with acting(actor):
            parts = draft(found)
            wrote = ItemMinute.objects.filter(item__meeting=found, replaced_by=None, by=actor.user).exists()
        if wrote:
            raise Refused("You wrote some of these minutes, so somebody else must approve them")
        if all(part.empty for part in parts):
            raise ValidationError("Nothing was minuted yet")
        return _keep(actor, found, parts, now)


def _keep(actor: Actor, meeting: Meeting, parts: list[Part], now: datetime) -> Minutes:
    there = attendance_text(presence(meeting))
    made: Minutes = Minutes.objects.create(
        partnership_id=meeting.partnership_id, readers=meeting.readers, meeting=meeting, approved_by=actor.user,
        number=Minutes.objects.filter(meeting=meeting).count() + 1, approved_at=now, attendance=there,
        digest=digest_of(there, [(p.item.order, p.item.title, p.said, p.decision, p.actions) for p in parts]))
    MinutesPart.objects.bulk_create([
        MinutesPart(**like(p.item), minutes=made, item=p.item, order=p.item.order, title=p.item.title, said=p.said,
                    decision=p.decision, actions=p.actions) for p in parts])
    return made


def digest_of(attendance: str, parts: list[tuple[int, str, str, str, str]]) -> str:
    """SHA-256 over who came and every part in its order, in hex."""
    return hashlib.sha256(json.dumps([attendance, sorted(parts)], ensure_ascii=False).encode()).hexdigest()
