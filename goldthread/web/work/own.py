"""What "My work" says of the person alone, in one statement: forms begun, meetings today, and their first tasks."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists
from django.db.models.functions import JSONObject
from django.utils import timezone

from goldthread.access.actor import Actor
from goldthread.access.policy import user_token
from goldthread.access.prepared import Prepared
from goldthread.meeting.models import Meeting
from goldthread.orgs.models import User
from goldthread.process.drafts import begun
from goldthread.web.models import FirstTask
from goldthread.web.work.first_tasks import Task, left, tasks_of


@dataclass(frozen=True)
class Own:
    """How many forms somebody has begun and not sent; today's meetings (pk, name, at, place), the first one first; and
    their first tasks, each with whether it is done."""

    drafts: int
    meetings: list[dict[str, Any]]
    tasks: list[tuple[Task, bool]]


def own(actor: Actor, now: datetime) -> Own:
    """What there is of whoever is acting."""
    begins = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    [(drafts, meetings, shown, *done)] = _asked(actor.role).rows(
        user=actor.user.pk, owner=user_token(actor.user.pk), begins=begins, ends=begins + timedelta(days=1))
    did = {task.key for task, yes in zip(_told(actor.role), done, strict=True) if yes}
    today = [each | {"at": datetime.fromisoformat(each["at"])} for each in meetings]
    return Own(len(drafts), today, left(actor, shown, did))


@cache
def _told(role: str) -> list[Task]:
    """The first tasks of a role that are done once there is something of the person, rather than once they were shown."""
    return [task for task in tasks_of(role) if task.done]


@cache
def _asked(role: str) -> Prepared:
    def rows(user: int, owner: str, begins: datetime, ends: datetime) -> Any:
        done = [Exists(task.done(user)) for task in _told(role) if task.done]
        return User.objects.filter(pk=user).values_list(
            ArraySubquery(begun(owner).values("pk")), ArraySubquery(_meetings(begins, ends)),
            ArraySubquery(FirstTask.objects.filter(user=user).values("key")), *done)
    return Prepared(rows, once=True, user=-987_654_321_003, owner="\ue000 owner", begins=datetime(1, 1, 6, tzinfo=UTC),
                    ends=datetime(1, 1, 7, tzinfo=UTC))


def _meetings(begins: datetime, ends: datetime) -> Any:
    """Those the acting person may read, which only who sits at one does."""
    found = Meeting.objects.filter(planned_at__gte=begins, planned_at__lt=ends, cancelled_at=None)
    said = JSONObject(pk="pk", name="body__name", at="planned_at", place="place")
    return found.order_by("planned_at", "pk").values_list(said)
