"""Work left for later and done in somebody's name: from the seat they asked from, if they hold it still."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from goldthread.access.actor import Actor, Refused, acting, actor_for, system, writing
from goldthread.orgs.models import Appointment

NO_SEAT = "Whoever asked for this no longer has the seat they asked from"
BROKEN = ("This came to nothing, because something went wrong that is not your fault. Nothing of it is out, and nothing is "
          "half done. Try again; if it fails again, tell whoever looks after Goldthread")


def in_their_name(seat: int, partnership: int, work: Callable[[Actor], object], *, now: datetime,
                  forbidden: tuple[type[Exception], ...], failed: Callable[[Sequence[str]], object]) -> None:
    """Do the work as whoever holds the seat today, or say in words why not. Whatever else it raises is raised again, for
    whoever looks after the service; nobody is left waiting for it.

    forbidden: what besides a refusal may keep the work from being done. failed: writes down why, on the system's authority
    in the partnership.
    """
    def say(why: Sequence[str]) -> None:
        with transaction.atomic(), acting(system(partnership)), writing():
            failed(why)

    held = Appointment.objects.current(timezone.localdate(now)).select_related("user", "agency", "partnership", "team")
    appointment = held.filter(pk=seat).first()
    try:
        if appointment is None:
            raise Refused(NO_SEAT)
        actor = actor_for(appointment, now=now)
        with acting(actor):
            work(actor)
    except (Refused, *forbidden) as why:
        say(why.messages if isinstance(why, ValidationError) else [str(why)])
    except Exception:
        say([BROKEN])
        raise


@contextmanager
def told_apart(keep: Callable[..., object]) -> Iterator[Callable[..., None]]:
    """What tells how far some work is, through a connection of its own: what is done is done in one transaction, until whose
    end nobody would see it. keep: writes it down, beside the work; nothing that the work itself keeps from others.
    """
    told: list[Future[object]] = []
    with ThreadPoolExecutor(1) as apart:
        yield lambda *far: told.append(apart.submit(keep, *far))
        told.append(apart.submit(lambda: connection.close()))
    for each in told:
        each.result()
