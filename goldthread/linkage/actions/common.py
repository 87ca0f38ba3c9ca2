"""What every write here shares."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.access.policy import May


class NotReady(Exception):
    """What was asked cannot be done as things are now; the message says why."""


@contextmanager
def writing_as(actor: Actor) -> Iterator[None]:
    """One transaction on the system's sight, in the actor's name, for those who may link. Raises Refused."""
    actor.require(May.LINK_RECORDS)
    with transaction.atomic(), acting(system_for(actor)), writing():
        yield


def in_sight(actor: Actor, kind: Any, pk: int) -> Any:
    """A row kept from others, for whoever may see it. Raises DoesNotExist of its kind."""
    with acting(actor):
        kind.objects.only("pk").get(pk=pk)
    return kind.objects.select_for_update().get(pk=pk)
