"""A planned case recorded step by step through the actions of the casework, as people at pages would."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from goldthread.access.actor import Actor, actor_for
from goldthread.orgs.models import Appointment, Partnership
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.bulk import Planned, PlannedCase
from goldthread.process.definition import Process
from goldthread.process.models import Ask, Campaign, Case


def play(process: Process, planned: PlannedCase, partnership: Partnership, campaign: Campaign | None = None) -> Case:
    """Record every step at the moment it was written down, by whoever wrote it.

    Raises Refused where somebody may not, ValidationError where a record does not hold. Within `acting` and `writing()`.
    """
    first, *rest = planned.steps
    came_from = Case.objects.get(pk=planned.came_from.pk) if planned.came_from else None
    case = actions.start(actor=_actor(first, partnership), process=process, writing_=Writing(first.record, first.lines),
                         now=_when(first), came_from=came_from, campaign=campaign)
    planned.pk, planned.reference = case.pk, case.reference
    for step in rest:
        if step.record._state.fields_cache:
            step.record._prepare_related_fields_for_save("record")  # it may name a line that got its number only now
        key = type(step.record).step_key()
        ask = Ask.objects.filter(case=case, agency=step.agency, step=key, answered_at=None).first() if step.answers else None
        actions.record(actor=_actor(step, partnership), case=case, step=process.step(key), ask=ask, now=_when(step),
                       writing_=Writing(step.record, step.lines, about=step.about, restarts=step.restarts))
    return Case.objects.get(pk=case.pk)


def _when(step: Planned) -> datetime:
    return step.recorded_at or step.record.happened_at


def _actor(step: Planned, partnership: Any) -> Actor:
    seats = Appointment.objects.select_related("user", "agency", "partnership")
    return actor_for(seats.get(user=step.user, agency=step.agency, partnership=partnership), now=_when(step))
