"""Linkages carried out by the worker in the name of whoever asked. Found by Procrastinate under this name."""
from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from goldthread.access.actor import Actor, acting, system
from goldthread.access.later import in_their_name
from goldthread.files.storing import Damaged
from goldthread.linkage import actions
from goldthread.linkage.models import Run, RunState


def begin(*, actor: Actor, now: datetime, whole: bool = False) -> Run:
    """Ask for a linkage and leave it to the worker. Raises as actions.ask_for_run does."""
    with transaction.atomic():
        made = actions.ask_for_run(actor=actor, now=now, whole=whole)
        link_records.defer(run=made.pk, seat=actor.appointment.pk)
    return made


@app.task(name="goldthread.link_records")
def link_records(run: int, seat: int) -> None:
    """Carry out a run that waits for it, in the name of whoever holds the seat today."""
    now = timezone.now()
    with transaction.atomic(), acting(system()):
        found = Run.objects.filter(pk=run, state=RunState.WAITING).first()
    if found is None:
        return
    in_their_name(seat, found.partnership_id, lambda actor: actions.carry_out(actor=actor, run=found, now=now), now=now,
                  forbidden=(actions.NotReady, Damaged),
                  failed=lambda why: actions.fail(run=found, why=" ".join(why), now=timezone.now()))
