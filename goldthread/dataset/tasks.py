"""Large returns, looked through by the worker in the sender's name; reminders; what was never sent is forgotten by night.

Found by Procrastinate under this name. A job is asked for in the transaction that makes the version wait for it.
"""
from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from goldthread.access.actor import Actor, acting, system, writing
from goldthread.access.later import in_their_name, told_apart
from goldthread.dataset import actions
from goldthread.dataset.actions import NotReady
from goldthread.dataset.models import Expectation, State, Submission
from goldthread.dataset.reading.batches import Source
from goldthread.files.storing import Damaged

SO_FAR, AN_HOUR = "returns/{}/rows", 3600  # under what, and for how many seconds, it is known how far a version is
LARGE = 8_000_000   # bytes of CSV that take a second or two to look through
UNPACKS = 20        # times a workbook is slower to read than a CSV file of its size
KEPT = timedelta(hours=20)  # less than the files folder keeps what is nobody's


def check_or_leave(*, actor: Actor, expectation: Expectation, sources: Sequence[Source], now: datetime) -> Submission:
    """Look files through at once; leave those of more than LARGE bytes to the worker. Raises as actions.check does."""
    sizes = (each.path.stat().st_size * (UNPACKS if each.name.lower().endswith(".xlsx") else 1) for each in sources)
    if sum(sizes) <= LARGE:
        return actions.check(actor=actor, expectation=expectation, sources=sources, now=now)
    with transaction.atomic():
        made = actions.take(actor=actor, expectation=expectation, sources=sources, now=now)
        look_through.defer(submission=made.pk, seat=actor.appointment.pk)
    return made


@app.task(name="goldthread.look_through_return")
def look_through(submission: int, seat: int) -> None:
    """Look through the files of a version that waits for it, in the name of whoever holds the seat today."""
    now = timezone.now()
    with transaction.atomic(), acting(system()):
        found = Submission.objects.filter(pk=submission, state=State.LOOKING).first()
    if found is None:
        return
    with told_apart(lambda rows: cache.set(SO_FAR.format(submission), rows, AN_HOUR)) as tell:
        in_their_name(
            seat, found.partnership_id, lambda actor: actions.look_at(actor=actor, submission=found, now=now, tell=tell),
            now=now, forbidden=(NotReady, Damaged),
            failed=lambda why: Submission.objects.filter(pk=submission).update(state=State.FAILED, said=" ".join(why)))


def rows_so_far(submission: Submission) -> int:
    """How many rows of a version were looked through; 0 while nothing is known."""
    return int(cache.get(SO_FAR.format(submission.pk), 0))


@app.periodic(cron="25 3 * * *")
@app.task(name="goldthread.forget_returns", queueing_lock="goldthread.forget_returns")
def forget_returns(timestamp: int) -> None:
    """What was chosen and never sent."""
    forget_unsent(timezone.now())


def forget_unsent(now: datetime) -> int:
    """Forget versions that were looked through, held, and were not sent for a day. Returns how many."""
    with transaction.atomic(), acting(system()), writing():
        many, _ = Submission.objects.filter(state__in=(State.CHECKED, State.FAILED), chosen_at__lt=now - KEPT).delete()
        return int(many)
