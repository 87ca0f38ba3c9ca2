"""Telling people within a test, as an action would."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction

from goldthread.access.actor import acting, system, writing
from goldthread.notify.actions import Notice
from goldthread.notify.models import InboxNotice, OutboxMail
from goldthread.orgs.models import Partnership
from tests.support import NOW


@contextmanager
def as_system() -> Iterator[None]:
    with transaction.atomic(), acting(system()), writing():
        yield


def tell(how: Callable[..., int], whom: Any, partnership: Partnership, *, but: int | None = None,
         now: Any = NOW, text: str = "Something was recorded", **notice: Any) -> int:
    """Call one of the three ways of telling inside a transaction of its own."""
    with as_system():
        return how(whom, Notice(partnership.pk, text, **notice), but=but, now=now)


def told() -> list[InboxNotice]:
    with as_system():
        return list(InboxNotice.objects.order_by("pk"))


def mails() -> list[OutboxMail]:
    with as_system():
        return list(OutboxMail.objects.order_by("pk"))


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
