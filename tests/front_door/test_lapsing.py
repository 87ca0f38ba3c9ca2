"""A request nobody answered ends with the contact, or with what it was asked for; a school's notice is still to be read."""
from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from goldthread.access.actor import acting, system
from goldthread.domains.front_door.process import FRONT_DOOR
from goldthread.process.definition import Process, Step, key_of
from goldthread.process.engine import lapsed
from goldthread.process.models import Ask, Case, ClockRow
from goldthread.process.registry import all_processes
from tests.process.walking import World, begin, do, fresh, walk, wanted_of

pytestmark = pytest.mark.django_db


def test_what_partners_were_asked_lapses_when_the_contact_is_closed_and_a_notice_does_not() -> None:
    world = World(FRONT_DOOR)
    case = begin(world)
    for key in ("identification", "rating", "information-request", "encompass-notice"):
        do(world, case, FRONT_DOOR.step(key))
    asks = Ask.objects
    with acting(system(world.partnership.pk)):
        assert asks.filter(case=case, withdrawn_at=None).count() == 2, "nothing lapses while the contact is open"
    for key in ("decision", "answer-to-referrer"):
        do(world, case, FRONT_DOOR.step(key))
    with acting(system(world.partnership.pk)):
        closed = fresh(world, case).closed_at
        assert asks.get(case=case, step="partner-reply").withdrawn_at == closed
        assert asks.get(case=case, step="encompass-read").withdrawn_at is None
        running = ClockRow.objects.filter(case=case, stopped=None).values_list("name", flat=True)
        assert list(running) == ["School reads the notice"]


ENDS = [(process, step) for process in all_processes() for step in process.steps if isinstance(step.lapses, type)]


def asked_and_come(process: Process, answer: Step) -> tuple[World, Case]:
    """A case on which agencies were asked, none answered, and what they were asked for has come since."""
    world = World(process)
    asking = next(step for step in process.steps if step.asks is answer.record)
    end = process.step(key_of(answer.lapses))  # type: ignore[arg-type]
    case = walk(world, stop_before=end.key)
    with acting(system(world.partnership.pk)):
        asked = case.asks.filter(step=answer.key).exists()
    if not asked:
        do(world, case, asking)
    world.now += timedelta(minutes=7)
    do(world, case, end, **wanted_of(end, {}))
    return world, fresh(world, case)


@pytest.mark.parametrize("process, answer", ENDS, ids=lambda x: x.key)
def test_a_request_ends_with_what_it_was_asked_for(process: Process, answer: Step) -> None:
    """It would be the oldest thing overdue for as long as the case runs, and hide what is due next."""
    world, case = asked_and_come(process, answer)
    with acting(system(world.partnership.pk)):
        [ask] = Ask.objects.filter(case=case, step=answer.key)
        end = case.events.filter(step=key_of(answer.lapses)).latest("pk")  # type: ignore[arg-type]
        assert ask.withdrawn_at == end.happened_at and case.closed_at is None
        [clock] = ClockRow.objects.filter(case=case, ask=ask)
        assert clock.stopped == end.happened_at
        facts = [replace(f, asked=tuple(replace(a, stopped=None) for a in f.asked)) for f in case.facts()]
    assert lapsed(process, facts, None)[ask.pk] == end.happened_at
    alone = replace(process, stages=tuple(replace(stage, steps=tuple(
        replace(step, lapses=bool(step.lapses)) for step in stage.steps)) for stage in process.stages))
    assert ask.pk not in lapsed(alone, facts, None), "the control: where it ends with the case alone, it runs on"
