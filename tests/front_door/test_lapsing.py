"""A request nobody answered ends with the contact, or with what it was asked for; a school's notice is still to be read."""
from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from goldthread.access.actor import acting, system
from goldthread.domains.front_door.process import FRONT_DOOR
from goldthread.process.checks import faults
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


def asked_and_come(process: Process, answer: Step, after: timedelta) -> tuple[World, Case]:
    """A case on which agencies were asked, none answered, and what they were asked for has come so long after."""
    world = World(process)
    asking = next(step for step in process.steps if step.asks is answer.record)
    end = process.step(key_of(answer.lapses))  # type: ignore[arg-type]
    case = walk(world, stop_before=end.key)
    with acting(system(world.partnership.pk)):
        asked = case.asks.filter(step=answer.key).exists()
    if not asked:
        do(world, case, asking)
    world.now += after
    do(world, case, end, **wanted_of(end, {}))
    return world, fresh(world, case)


@pytest.mark.parametrize("days", [0, 60])
@pytest.mark.parametrize("process, answer", ENDS, ids=lambda x: x.key)
def test_a_request_ends_with_what_it_was_asked_for(process: Process, answer: Step, days: int) -> None:
    """It would be the oldest thing overdue for as long as the case runs, and hide what is due next. It was late where its
    time was up by then; whoever was let off before was neither in time nor late."""
    world, case = asked_and_come(process, answer, timedelta(days=days, minutes=7))
    with acting(system(world.partnership.pk)):
        [ask] = Ask.objects.filter(case=case, step=answer.key)
        end = case.events.filter(step=key_of(answer.lapses)).latest("pk")  # type: ignore[arg-type]
        assert ask.withdrawn_at == end.happened_at and case.closed_at is None
        clocks = ClockRow.objects.filter(case=case, ask=ask)
        assert [clock.stopped for clock in clocks] == ([end.happened_at] if days else [])
        assert not clocks.filter(stopped__lte=F("due")).exists(), "nobody is said to have answered who did not"
        assert (end.happened_at > ask.due) is bool(days)
        facts = [replace(f, asked=tuple(replace(a, stopped=None, let_off=False) for a in f.asked)) for f in case.facts()]
    assert lapsed(process, facts, None)[ask.pk] == end.happened_at
    alone = replace(process, stages=tuple(replace(stage, steps=tuple(
        replace(step, lapses=bool(step.lapses)) for step in stage.steps)) for stage in process.stages))
    assert ask.pk not in lapsed(alone, facts, None), "the control: where it ends with the case alone, it runs on"


@pytest.mark.parametrize("lapses, words", [
    (Ask, "lapses with Ask, which is not a step here"), (None, "lapses, but no step asks")])
def test_a_request_that_would_end_with_nothing_stops_the_start(lapses: Any, words: str) -> None:
    def wrong(changed: Step, by: Step) -> list[str]:
        stages = tuple(replace(stage, steps=tuple(by if each is changed else each for each in stage.steps))
                       for stage in FRONT_DOOR.stages)
        return faults(replace(FRONT_DOOR, stages=stages), frozenset())
    changed = FRONT_DOOR.step("partner-reply" if lapses else "rating")
    assert any(words in fault for fault in wrong(changed, replace(changed, lapses=lapses or True)))
    assert not any("lapses" in fault for fault in wrong(changed, changed)), "the control: as it is declared"
