"""What "My work" says of the person alone, in one statement: forms begun, and how far their first tasks are."""
from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists

from goldthread.access.actor import Actor
from goldthread.access.policy import user_token
from goldthread.access.prepared import Prepared
from goldthread.orgs.models import User
from goldthread.process.models import Draft
from goldthread.web.models import FirstTask
from goldthread.web.work.first_tasks import Task, left, tasks_of


@dataclass(frozen=True)
class Own:
    """How many forms somebody has begun and not sent, and their first tasks, each with whether it is done."""

    drafts: int
    tasks: list[tuple[Task, bool]]


def own(actor: Actor) -> Own:
    """What there is of whoever is acting."""
    [(drafts, shown, *done)] = _asked(actor.role).rows(user=actor.user.pk, owner=user_token(actor.user.pk))
    did = {task.key for task, yes in zip(_told(actor.role), done, strict=True) if yes}
    return Own(len(drafts), left(actor, shown, did))


@cache
def _told(role: str) -> list[Task]:
    """The first tasks of a role that are done once there is something of the person, rather than once they were shown."""
    return [task for task in tasks_of(role) if task.done]


@cache
def _asked(role: str) -> Prepared:
    def rows(user: int, owner: str) -> Any:
        begun = Draft.objects.filter(owner=owner, key__startswith="start/")
        done = [Exists(task.done(user)) for task in _told(role) if task.done]
        return User.objects.filter(pk=user).values_list(
            ArraySubquery(begun.values("pk")), ArraySubquery(FirstTask.objects.filter(user=user).values("key")), *done)
    return Prepared(rows, once=True, user=-987_654_321_003, owner="\ue000 owner")
