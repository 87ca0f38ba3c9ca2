"""Cases loaded at once are row for row what recording them one by one makes."""
from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import TextField

from goldthread.access.actor import acting, system, writing
from goldthread.process.bulk import Bulk, Planned, PlannedCase
from goldthread.process.definition import Process
from goldthread.process.fields import CodeField
from goldthread.process.models import Ask, Case, CasePerson, ClockRow, Event
from goldthread.process.registry import all_processes
from goldthread.process.settling import settle
from tests.process.walking import World, filled, fresh, walk

pytestmark = pytest.mark.django_db
every_process = pytest.mark.parametrize("process", all_processes(), ids=lambda p: p.key)
NOT_COMPARED = {"id", "reference", "last_event", "case", "event", "record_id", "ask", "submission", "recorded_at",
                "seen_at", "stated"}


def replanned(world: World, case: Case) -> PlannedCase:
    """The case, as it would be loaded."""
    steps = []
    for event in Event.objects.filter(case=case).order_by("pk"):
        step = world.process.step(event.step)
        copy = {n: getattr(event.record, n) for n in step.record.own_fields()}
        lines = [m(**{n: getattr(line, n) for n in m.own_fields()})
                 for m in step.lines for line in m.objects.filter(event=event).order_by("pk")]
        steps.append(Planned(step.record(**copy), event.recorded_by_id, event.agency_id, lines,
                             answers=event.ask_id is not None, about=event.about, restarts=event.restarts))
    return PlannedCase(case.started_by_id, steps)


def columns(row: Any) -> dict[str, Any]:
    return {f.name: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in NOT_COMPARED}


def rows_of(model: Any, case: Case) -> list[dict[str, Any]]:
    return [columns(row) for row in model.objects.filter(case=case).order_by("pk")]


@every_process
def test_loaded_at_once_is_what_recording_one_by_one_makes(process: Process) -> None:
    world = World(process)
    case = walk(world, optional=True)
    with acting(system(world.partnership.pk)), writing():
        planned = replanned(world, case)
        [pk] = Bulk(process, world.partnership, world.now).store([planned])
        loaded, case = Case.objects.get(pk=pk), fresh(world, case)
        assert columns(loaded) == columns(case)
        tables = [Event, Ask, CasePerson, ClockRow, *(m for s in process.steps for m in (s.record, *s.lines))]
        for model in tables:
            assert rows_of(model, loaded) == rows_of(model, case), model.__name__
        before = list(ClockRow.objects.filter(case=loaded).values("name", "cycle", "due", "stopped", "party", "readers"))
        settle(loaded, world.now)
        after = list(ClockRow.objects.filter(case=loaded).values("name", "cycle", "due", "stopped", "party", "readers"))
        assert sorted(after, key=str) == sorted(before, key=str)


def _wrong(process: Process) -> dict[str, str]:
    """A value that the first record refuses: a code there is not, or nothing where something must be said."""
    fields = [process.first.record._meta.get_field(n) for n in process.first.record.own_fields()]
    coded = process.first.outcome or next((f.name for f in fields if isinstance(f, CodeField)), "")
    said = (f.name for f in fields if isinstance(f, TextField) and not f.blank)
    return {coded: "no such thing"} if coded else {next(said): ""}


@every_process
def test_one_bad_row_and_nothing_is_loaded(process: Process) -> None:
    world = World(process)
    record = process.first.record
    good = filled(record, world, happened_at=world.now)
    bad = filled(record, world, happened_at=world.now, **_wrong(process))
    starter = next(iter(world.seats.values()))
    cases = [PlannedCase(starter.agency.pk, [Planned(r, starter.user.pk, starter.agency.pk)]) for r in (good, bad)]
    with acting(system(world.partnership.pk)), writing():
        with pytest.raises(ValidationError) as wrong:
            Bulk(process, world.partnership, world.now).store(cases)
        assert wrong.value.place == 1
        assert not Case.objects.exists()
