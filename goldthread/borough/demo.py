"""The demo's installation: the borough of the past year and the front door as it is today, or nothing at all."""
from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from goldthread.access.actor import acting, system, writing
from goldthread.borough.borough import Borough
from goldthread.borough.loading import load
from goldthread.borough.loading.installation import mark, set_mark
from goldthread.borough.loading.recording import FrontDoor
from goldthread.borough.loading.today import play, published, reporting, returns
from goldthread.borough.loading.today.cast import Cast
from goldthread.borough.plan import LONDON, Plan
from goldthread.exchange.facts import scorecard
from goldthread.notify.models import MailState, OutboxMail

AREA = "northbridge"


def plan_at(scale: float, seed: int, now: datetime) -> Plan:
    """The plan whose own present is the last half past ten before `now`."""
    today = now.astimezone(LONDON).date()
    plan = Plan(scale, seed, today)
    return plan if plan.now <= now else Plan(scale, seed, today - timedelta(days=1))


def load_demo(*, scale: float, seed: int, now: datetime) -> None:
    """Invent the partnership and the open work of its front door, in one transaction. For the owner of the tables.

    Raises CannotLoad where there is anything already, LookupError for a scale too small for the day's families.
    """
    borough = Borough(plan_at(scale, seed, now))
    with transaction.atomic():
        loaded = load(borough, now=now)
        door = FrontDoor.of(borough, AREA, loaded.found, loaded.base)
        play(borough, door, now)
        published.play(Cast(borough, door), loaded.found.partnerships[AREA].pk, now)
        reporting.play(Cast(borough, door), loaded.found.partnerships[AREA].pk, now)
        returns.play(Cast(borough, door), borough, loaded, loaded.found.partnerships[AREA].pk, now)
        # as the worker does every hour, so that the board is not empty until then; last, since a freeze lies in the past
        scorecard.update_all(now, whole=True)
        no_letters_leave(now)
        set_mark({**(mark() or {}), "demo": True})


def no_letters_leave(now: datetime) -> None:
    """Notices stay in the inboxes; the letters that told of them are not for anybody outside."""
    with acting(system()), writing():
        OutboxMail.objects.filter(state=MailState.WAITING).update(state=MailState.NOT_NEEDED, settled_at=now)


def demo_ready() -> bool:
    """Whether the whole demo is there: the mark is saved with the data, so a start that was cut short leaves neither."""
    return bool((mark() or {}).get("demo"))
