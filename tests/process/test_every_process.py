"""Everything that must be true of every process. A new process is tested by existing."""
from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from goldthread.access.actor import Refused, acting, system
from goldthread.access.policy import ROLES
from goldthread.process import actions, mending
from goldthread.process.checks import faults
from goldthread.process.definition import Process, Standing, Step
from goldthread.process.models import Case, ClockRow, Event
from goldthread.process.registry import all_processes
from goldthread.process.settling import settle
from goldthread.rules.limits import all_limits
from tests.process.protected import again
from tests.process.walking import (
    World,
    at_desk,
    begin,
    do,
    fresh,
    leading_to,
    todo,
    walk,
    wanted_of,
    writing_of,
)
from tests.support import make_actor, make_partnership

pytestmark = pytest.mark.django_db
every_process = pytest.mark.parametrize("process", all_processes(), ids=lambda p: p.key)
WAYS = [(p, dict(want), [s for s in p.own_steps if leading_to(p, s) == dict(want)]) for p in all_processes()
        for want in dict.fromkeys(tuple(leading_to(p, s).items()) for s in p.own_steps)]  # steps the same decisions lead to
OUTCOMES = [(p, s.key, o) for p in all_processes() for s in p.own_steps if s.outcome and s.required
            for o in s.record.outcomes_of(s.outcome)]


@every_process
def test_definition_is_sound(process: Process) -> None:
    assert faults(process, frozenset(limit.key for limit in all_limits(date(2026, 11, 23)))) == []


@pytest.mark.parametrize("process,key,outcome", OUTCOMES, ids=[f"{p.key}/{k}/{o}" for p, k, o in OUTCOMES])
def test_can_be_worked_from_start_to_close_whatever_is_decided(process: Process, key: str, outcome: str) -> None:
    world = World(process)
    case = walk(world, {**leading_to(process, process.step(key)), key: outcome})
    assert case.closed_at is not None, f"stuck at {case.stage}"
    assert case.next_due is None


@every_process
def test_every_step_can_be_reached(process: Process) -> None:
    reached = _reached(process, {})
    for step in process.own_steps:  # what only another decision leads to
        if step.required and step.key not in reached:
            reached |= _reached(process, leading_to(process, step))
    assert reached >= {s.key for s in process.own_steps if not s.until or s.key in reached}
    assert {s.key for s in process.own_steps if s.required} <= reached


def _reached(process: Process, want: dict[str, str]) -> set[str]:
    world = World(process)
    case = walk(world, want, optional=True)
    with acting(system(world.partnership.pk)):
        return set(Event.objects.filter(case=case).values_list("step", flat=True))


@pytest.mark.parametrize("process,want,steps", WAYS, ids=[f"{p.key}/{steps[0].key}" for p, _, steps in WAYS])
def test_only_the_seats_named_may_record(process: Process, want: dict[str, str], steps: list[Step]) -> None:
    """Somebody of every role, from an agency with no part in the case, and from the desk where the role sits there:
    each step when a case first comes to it, or at the end of one that does not."""
    world, left = World(process), list(steps)
    roles = [make_actor(role, partnership=world.partnership) for role in sorted(ROLES)]
    stranger = make_actor("mash-manager", partnership=make_partnership())
    if process.first in left:
        left.remove(process.first)
        assert _wrongly(world, roles, None, process.first) == []
    case = begin(world, **wanted_of(process.first, want))
    while left:
        following = next(iter(todo(world, case, optional=True)), None)
        for step in [s for s in left if following in (s, None)]:
            left.remove(step)
            assert _wrongly(world, roles, case, step) == [], step.key
            assert not _can(world, stranger, case, step), f"{step.key}: a stranger from the partnership next door"
        if following is not None:
            world.now += timedelta(minutes=7)
            do(world, case, following, **wanted_of(following, want))
            case = fresh(world, case)


def _wrongly(world: World, roles: list[Any], case: Case | None, step: Step) -> list[str]:
    """The roles that may record a step and should not, or should and may not."""
    found = []
    for actor in roles:
        rights = {seat.right for seat in step.by if _stands_by_role(world.process, seat.standing, actor.role)}
        if _can(world, actor, case, step) is not bool(rights & ROLES[actor.role].may):
            found.append(actor.role)
    return found


def _stands_by_role(process: Process, standing: Standing, role: str) -> bool:
    return standing is Standing.PARTNERSHIP or (standing is Standing.DESK and at_desk(process, role))


def _can(world: World, actor: Any, case: Case | None, step: Step) -> bool:
    from django.db import transaction
    try:
        with acting(actor), transaction.atomic():
            writing = writing_of(step, world, case)
            if case is None:
                actions.start(actor=actor, process=world.process, writing_=writing, now=world.now)
            else:
                actions.record(actor=actor, case=case, step=step, writing_=writing, now=world.now)
            transaction.set_rollback(True)
    except (Refused, Case.DoesNotExist):  # from next door the case does not even exist
        return False
    return True


@every_process
def test_a_stranger_and_a_role_without_part_see_no_row_but_in_an_emergency(process: Process) -> None:
    world = World(process)
    case = walk(world, optional=True)
    for who in (make_actor("mash-manager"), make_actor("board-member", partnership=world.partnership),
                make_actor("school-lead", partnership=world.partnership)):
        with acting(who):
            assert not Case.objects.filter(pk=case.pk).exists()
            assert not Event.objects.filter(case_id=case.pk).exists()
            for step in process.steps:
                for model in (step.record, *step.lines):
                    assert not model.objects.filter(case_id=case.pk).exists(), f"{who.role} sees {model.__name__}"
    desk = next(a for s, a in world.seats.items() if s.standing is Standing.DESK)
    with acting(desk):
        assert Event.objects.filter(case_id=case.pk).exists()
    helper = make_actor("early-help-worker", partnership=world.partnership)
    mending.break_glass(actor=helper, reference=case.reference, reason="A child is at the door", now=world.now)
    with acting(again(helper, world.now)):
        assert Event.objects.filter(case_id=case.pk).exists() is process.in_emergency, "as its declaration says"


@every_process
def test_what_is_derived_can_be_derived_again(process: Process) -> None:
    world = World(process)
    case = walk(world, optional=True)
    columns = ("name", "cycle", "started", "due", "stopped", "party", "readers", "denied")
    with acting(system(world.partnership.pk)):
        from goldthread.access.actor import writing
        before = list(ClockRow.objects.filter(case=case).values_list(*columns).order_by("name", "cycle"))
        was = {f.name: getattr(case, f.name) for f in Case._meta.fields}
        with writing():
            settle(case, world.now)
        again = Case.objects.get(pk=case.pk)
        assert list(ClockRow.objects.filter(case=case).values_list(*columns).order_by("name", "cycle")) == before
        assert {f.name: getattr(again, f.name) for f in Case._meta.fields} == was


@every_process
def test_what_is_recorded_cannot_be_changed_even_by_the_system(process: Process) -> None:
    world = World(process)
    begin(world)
    table = process.first.record._meta.db_table
    with acting(system(world.partnership.pk)):
        for sql in (f"update {table} set happened_at = now()", f"delete from {table}"):
            with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
                try:
                    cursor.execute("savepoint before")
                    cursor.execute(sql)
                finally:
                    cursor.execute("rollback to savepoint before")


@every_process
def test_a_correction_replaces_and_the_old_record_stays(process: Process) -> None:
    world = World(process)
    case = begin(world)
    with acting(system(world.partnership.pk)):
        old = Event.objects.get(case=case)
    world.now += timedelta(hours=1)
    actor = world.actor(process.first)
    with acting(actor):
        new = actions.correct(actor=actor, event=old, now=world.now,
                              writing_=writing_of(process.first, world, case))
    with acting(system(world.partnership.pk)):
        old.refresh_from_db()
        assert old.replaced_by_id == new.pk
        assert [f.id for f in fresh(world, case).facts()] == [new.pk]
        assert process.first.record.objects.filter(case=case).count() == 2
    outsider = make_actor("school-lead", partnership=world.partnership)
    with pytest.raises(Refused), acting(outsider):
        actions.correct(actor=outsider, event=new, now=world.now, writing_=writing_of(process.first, world, case))


@every_process
def test_sent_twice_is_recorded_once(process: Process) -> None:
    from dataclasses import replace
    from uuid import uuid4
    world = World(process)
    actor, number = world.actor(process.first), uuid4()
    made = []
    for _ in range(2):
        with acting(actor):
            w = replace(writing_of(process.first, world, None), submission=number)
            made.append(actions.start(actor=actor, process=process, writing_=w, now=world.now).pk)
    assert made[0] == made[1]


@every_process
def test_a_disagreement_has_a_running_clock_after_the_case_is_closed(process: Process) -> None:
    from goldthread.process.models import Disagreement
    world = World(process)
    case = walk(world)
    assert case.closed_at is not None
    world.now += timedelta(hours=1)
    do(world, case, process.step(Disagreement.step_key()))
    with acting(system(world.partnership.pk)):
        again = Case.objects.get(pk=case.pk)
        assert again.closed_at == case.closed_at
        running = {*ClockRow.objects.filter(case=case, stopped=None).values_list("name", flat=True)}
        assert running == {"Answer the disagreement", "Settle the disagreement"}
