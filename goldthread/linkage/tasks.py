"""Linkages carried out by the worker in the name of whoever asked. Found by Procrastinate under this name."""
from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from goldthread.access.actor import Actor, Refused, acting, actor_for, system
from goldthread.files.storing import Damaged
from goldthread.linkage import actions
from goldthread.linkage.models import Run, RunState
from goldthread.orgs.models import Appointment

NO_SEAT = "Whoever asked for this linkage no longer has the seat they asked from"


def begin(*, actor: Actor, now: datetime) -> Run:
    """Ask for a linkage and leave it to the worker. Raises as actions.ask_for_run does."""
    with transaction.atomic():
        made = actions.ask_for_run(actor=actor, now=now)
        link_records.defer(run=made.pk, seat=actor.appointment.pk)
    return made


@app.task(name="goldthread.link_records")
def link_records(run: int, seat: int) -> None:
    """Carry out a run that waits for it, in the name of whoever holds the seat today."""
    appointment = Appointment.objects.current(timezone.localdate()).select_related(
        "user", "agency", "partnership").filter(pk=seat).first()
    with transaction.atomic(), acting(system()):
        found = Run.objects.filter(pk=run, state=RunState.WAITING).first()
    if found is None:
        return
    try:
        if appointment is None:
            raise Refused(NO_SEAT)
        actions.carry_out(actor=actor_for(appointment, now=timezone.now()), run=found, now=timezone.now())
    except (Refused, actions.NotReady, Damaged) as why:
        actions.fail(run=found, why=f"{why}", now=timezone.now())
