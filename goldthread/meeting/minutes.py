"""Minutes that write themselves: from the agenda, who came, what was minuted and the actions given. Reads only."""
from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from goldthread.meeting.models import (
    AgendaItem,
    Attendance,
    ItemAction,
    ItemMinute,
    Meeting,
    Minutes,
    MinutesPart,
    Quorum,
)
from goldthread.thread.models import Action


@dataclass(frozen=True)
class Part:
    """One item of the minutes as it reads now. changed: since it was last approved, or never approved."""

    item: AgendaItem
    said: str
    decision: str
    actions: str
    changed: bool = True

    @property
    def empty(self) -> bool:
        return not (self.said or self.decision or self.actions)


@dataclass(frozen=True)
class Presence:
    """Who is there, and whether they are enough. needed: how many agencies must be, None where nothing is set."""

    rows: tuple[Attendance, ...]
    needed: int | None
    words: str = ""

    @property
    def here(self) -> int:
        return sum(row.attended in Attendance.HERE for row in self.rows)

    @property
    def quorate(self) -> bool | None:
        return None if self.needed is None else self.here >= self.needed


def presence(meeting: Meeting) -> Presence:
    rows = tuple(Attendance.objects.filter(meeting=meeting).select_related("agency").order_by("agency__name", "pk"))
    rule = quorum_on(meeting.body_id, timezone.localdate(meeting.planned_at))
    return Presence(rows, rule.agencies if rule else None, rule.words if rule else "")


def quorum_on(body: int, day: date) -> Quorum | None:
    """The quorum a group had on a day."""
    found: Quorum | None = Quorum.objects.filter(body=body, valid_from__lte=day).order_by("-valid_from").first()
    return found


def attendance_text(found: Presence) -> str:
    lines = [f"{row.agency}: {row.get_attended_display().lower()}{f' ({row.who})' if row.who else ''}" for row in found.rows]
    if found.needed is not None:
        lines.append(f"{'Quorate' if found.quorate else 'Not quorate'}: {found.here} of {found.needed} agencies needed")
    return "\n".join(lines)


def draft(meeting: Meeting) -> list[Part]:
    """The minutes as they read now, as far as the acting person may see them."""
    last = approved(meeting)
    parts = set(MinutesPart.objects.filter(minutes=last).values_list("item", flat=True)) if last else set()
    notes, given = notes_of(meeting), actions_of(meeting)
    found = []
    for item in AgendaItem.objects.filter(meeting=meeting).order_by("order", "pk"):
        mine, theirs = notes[item.pk], given[item.pk]
        since = last is None or item.pk not in parts or any(each.at > last.approved_at for each in (*mine, *theirs))
        found.append(Part(item, _joined(n.said for n in mine), _joined(n.decision for n in mine),
                          "\n".join(action_words(each.action) for each in theirs), since))
    return found


def notes_of(meeting: Meeting) -> dict[int, list[ItemMinute]]:
    """What was minuted and still stands, by item."""
    found: dict[int, list[ItemMinute]] = defaultdict(list)
    for note in ItemMinute.objects.filter(item__meeting=meeting, replaced_by=None).select_related("by").order_by("pk"):
        found[note.item_id].append(note)
    return found


def actions_of(meeting: Meeting) -> dict[int, list[ItemAction]]:
    """Actions given at a meeting, by item."""
    found: dict[int, list[ItemAction]] = defaultdict(list)
    rows = ItemAction.objects.filter(item__meeting=meeting, action__in=Action.objects.all()).order_by("pk")
    for row in rows.select_related("action__agency", "action__owner"):
        found[row.item_id].append(row)
    return found


def action_words(action: Action) -> str:
    who = f"{action.agency}, {action.owner}" if action.owner_id else str(action.agency)
    return f"{action.what} ({who}, by {action.due:%-d %B %Y})"


def approved(meeting: Meeting) -> Minutes | None:
    """The minutes last approved."""
    found: Minutes | None = Minutes.objects.filter(meeting=meeting).select_related("approved_by").order_by("-number").first()
    return found


def settled(meeting: Meeting, parts: list[Part]) -> bool:
    """Whether all the acting person sees of a meeting is as it was approved."""
    last = approved(meeting)
    if last is None:
        return False
    later = Attendance.objects.filter(meeting=meeting, at__gt=last.approved_at).exists()
    return not later and not any(part.changed for part in parts)


def last_time(meeting: Meeting) -> Any:
    """Actions given at earlier meetings of the same group that the acting person may read: open ones, soonest due first."""
    from goldthread.thread.standing import open_actions
    earlier = ItemAction.objects.filter(item__meeting__body=meeting.body_id,
                                        item__meeting__planned_at__lt=meeting.planned_at).values("action")
    return open_actions().filter(pk__in=earlier)


def _joined(texts: Any) -> str:
    return "\n\n".join(text for text in texts if text)
