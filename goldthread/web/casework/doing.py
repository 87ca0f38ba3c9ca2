"""What somebody may do on a case now, and what of its way is left to others or has been done."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from goldthread.process.common import SET_RIGHT
from goldthread.process.definition import Step
from goldthread.process.engine import State
from goldthread.process.models import Case, ClockRow, Reopening
from goldthread.process.rights import Work


def doing(request: Any, case: Case, work: Work, clocks: Iterable[ClockRow]) -> dict[str, Any]:
    """The steps this person may record on the case: `next`, as (step, when it is due or None), what is due soonest first and
    then what must be done anyway; `more`, as (step, whether it is done already), what may be.

    Of a closed case nothing is to do: there is what may still be added to it, what may be recorded late of before it was
    closed, and whether it may be taken up again.
    """
    mine = [(step, work.where.states[step.key] is State.DONE) for step in case.process.steps if _may(request, work, step)]
    if not case.closed_at:
        return {"todo": _next(mine, clocks)}
    own = case.process.own_steps
    reopening = case.process.step(Reopening.step_key())
    return {"todo": {"added": [each for each in mine if each[0] not in own],
                     "late": [each for each in mine if each[0] in own]},
            "may_reopen": bool(work.may_record(request.actor, reopening))}


def _next(mine: list[tuple[Step, bool]], clocks: Iterable[ClockRow]) -> dict[str, Any]:
    """What is next, apart from what is only possible. clocks: those running, soonest first."""
    due: dict[str, datetime] = {}
    for clock in clocks:
        if clock.ask_id is None and not clock.stopped and not clock.paused:
            due.setdefault(clock.step, clock.due)
    waits = {step.key for step, again in mine if step.key in due or step.required and not again}
    first = sorted((step for step, _ in mine if step.key in waits),
                   key=lambda step: (step.key not in due, due[step.key].timestamp() if step.key in due else 0))
    return {"next": [(step, due.get(step.key)) for step in first],
            "more": [each for each in mine if each[0].key not in waits]}


def left_to_others(request: Any, work: Work) -> list[tuple[Step, str]]:
    """The process's own steps this person may not record now, and why not."""
    found = []
    for step in work.case.process.own_steps:
        state = work.where.states[step.key]
        if step.required and not _may(request, work, step):
            found.append((step, "Done" if state is State.DONE else waits_for(work, step) if state is State.WAITING
                          else "For somebody else" if state is State.OPEN else "Not needed"))
    return found


def waits_for(work: Work, step: Step) -> str:
    """What must come before a step, for whoever looks."""
    return f"Waits for: {', '.join(work.where.waits[step.key])}"


def _may(request: Any, work: Work, step: Step) -> bool:
    """Whether this person may record the step on its own page."""
    if step.record in SET_RIGHT or work.case.process.answered_by(step.key):
        return False
    return bool(work.may_record(request.actor, step))
