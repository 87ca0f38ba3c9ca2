"""A loaded case recorded again through the actions, and what differs between the two."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from goldthread.borough.loading.replay import play
from goldthread.process.bulk import Planned, PlannedCase
from goldthread.process.models import Ask, Case, CasePerson, ClockRow, Event
from goldthread.process.settling import settle

#: Numbers of rows, and where a case came from, which another test looks at.
NOT_COMPARED = {"id", "reference", "last_event", "case", "event", "record_id", "ask", "seen_at", "came_from", "action"}


def planned_again(case: Case) -> PlannedCase:
    """The case as it was planned, read back from its rows."""
    steps, lines_by_pk = [], {}
    for event in Event.objects.filter(case=case).order_by("pk"):
        step = case.process.step(event.step)
        values = {name: getattr(event.record, name) for name in step.record.own_fields()}
        lines = []
        for model in step.lines:
            for row in model.objects.filter(event=event).order_by("pk"):
                copy = model(**{name: getattr(row, name) for name in model.own_fields()})
                lines_by_pk[model, row.pk] = copy
                lines.append(copy)
        values = {name: lines_by_pk.get((type(value), getattr(value, "pk", None)), value) for name, value in values.items()}
        steps.append(Planned(step.record(**values), event.recorded_by_id, event.agency_id, lines,
                             answers=event.ask_id is not None, recorded_at=event.recorded_at))
    return PlannedCase(case.started_by_id, steps)


def differences(case: Case, now: datetime) -> list[str]:
    """What recording the case through the actions leaves that differs from the case as it was loaded."""
    with transaction.atomic():
        again = play(case.process, planned_again(case), case.partnership, campaign=case.campaign)
        settle(again, now)
        case, again = Case.objects.get(pk=case.pk), Case.objects.get(pk=again.pk)
        found = [f"case: {columns(case)} is not {columns(again)}"] if columns(case) != columns(again) else []
        steps = case.process.steps
        for model in [Event, Ask, CasePerson, ClockRow, *(m for step in steps for m in (step.record, *step.lines))]:
            one, other = _rows(model, case), _rows(model, again)
            if one != other:
                found.append(f"{model.__name__}: " + "; ".join(
                    f"{_only(a, b)} is not {_only(b, a)}" for a, b in zip(one, other, strict=False) if a != b)
                    + f" ({len(one)} and {len(other)})")
        transaction.set_rollback(True)
    return found


def columns(row: Any) -> dict[str, Any]:
    return {f.name: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in NOT_COMPARED}


def _rows(model: Any, case: Case) -> list[dict[str, Any]]:
    order = ("name", "cycle", "due", "party") if model is ClockRow else ("pk",)
    return [columns(row) for row in model.objects.filter(case=case).order_by(*order)]


def _only(a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in a.items() if b.get(name) != value}
