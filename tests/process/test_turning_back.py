"""Taken up again, withdrawn, corrected: what follows is what would have followed, on a case of every process."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused, acting, system
from goldthread.process import actions, mending
from goldthread.process.definition import Process, Step
from goldthread.process.engine import Fact, Position, State, position
from goldthread.process.models import Case, ClockRow, Event
from goldthread.process.registry import all_processes
from tests.process import by_law
from tests.process.walking import World, begin, do, fresh, manager_of, todo, walk, walk_on, writing_of
from tests.process.watching import derived, settled, supposing

pytestmark = pytest.mark.django_db
every_process = pytest.mark.parametrize("process", all_processes(), ids=lambda p: p.key)
DAY = timedelta(days=1)


def _events(world: World, case: Case) -> list[Event]:
    with acting(system(world.partnership.pk)):
        return list(Event.objects.filter(case=case).order_by("pk"))


def _stands(world: World, case: Case) -> Position:
    with acting(system(world.partnership.pk)):
        return position(world.process, case.facts())


def _reopened(world: World) -> tuple[Case, Step]:
    """A closed case taken up again a day later from its second required step that was recorded."""
    case = walk(world)
    done = {e.step for e in _events(world, case)}
    again = [s for s in world.process.own_steps if s.required and s.key in done and s is not world.process.first]
    world.now += DAY
    mending.reopen(actor=manager_of(world), case=case, from_step=again[0].key, reason="Something new", now=world.now)
    return fresh(world, case), again[0]


@every_process
def test_taken_up_again_what_follows_is_to_be_done_again_and_nothing_is_lost(process: Process) -> None:
    world = World(process)
    case, step = _reopened(world)
    before = [e for e in _events(world, case) if e.step != "reopening"]
    assert case.closed_at is None and case.stage != "Closed"
    states, at = _stands(world, case).states, process.order(step.key)
    for each in process.own_steps:
        done = any(e.step == each.key for e in before)
        if process.order(each.key) < at and each.required and not each.repeats and not process.answered_by(each.key):
            assert (states[each.key] is State.DONE) == done, f"{each.key} came before"
        elif done and process.order(each.key) >= at and not process.answered_by(each.key):
            assert states[each.key] is not State.DONE, f"{each.key} comes after"
    _runs_anew(world, case, at)
    settled(world, case)
    again = walk_on(world, case)
    assert again.closed_at == world.now and again.closed_at > before[-1].happened_at
    assert [e.pk for e in _events(world, case)][:len(before)] == [e.pk for e in before]
    with acting(system(world.partnership.pk)):
        running = ClockRow.objects.filter(case=case, stopped=None, ask=None)
        assert not running.exists(), "a closed case has no running time limit"
    settled(world, case)


def _runs_anew(world: World, case: Case, at: int) -> None:
    """A limit that had ended with a step set aside runs again from the hour it was taken up, beside the one that ended."""
    process, facts = world.process, {e.step for e in _events(world, case)}
    with acting(system(world.partnership.pk)):
        rows = list(ClockRow.objects.filter(case=case))
    for clock in process.clocks:
        start, stop = process.order(clock.starts.key), process.order(clock.stop_keys[0])
        if not clock.rule or clock.planned or clock.only_while or not start < at <= stop or clock.stop_keys[0] not in facts:
            continue
        mine = [r for r in rows if r.name == clock.name]
        if any(r.stopped for r in mine):
            [running] = [r for r in mine if r.stopped is None]
            assert running.started == world.now and running.due.astimezone(UTC) == by_law.due(clock.rule, world.now)


@every_process
def test_only_a_manager_takes_it_up_again_and_says_why(process: Process) -> None:
    world = World(process)
    case = walk(world)
    given: dict[str, Any] = {"case": case, "from_step": process.own_steps[1].key, "now": world.now}
    for actor in {a.user.pk: a for a in world.seats.values() if not a.may(process.manager)}.values():
        with pytest.raises(Refused):
            mending.reopen(actor=actor, reason="Why", **given)
    with pytest.raises(ValidationError):
        mending.reopen(actor=manager_of(world), reason=" ", **given)
    assert fresh(world, case).closed_at is not None


def _correct(world: World, event: Event, step: Step, **given: Any) -> Event:
    manager = manager_of(world)
    case = event.case
    writing = writing_of(step, world, case, happened_at=event.happened_at, **given)
    with acting(manager):
        return actions.correct(actor=manager, event=event, now=world.now + world.behind,
                               writing_=replace(writing, about=event.about, restarts=event.restarts))


def _corrected_after_reopening(process: Process) -> None:
    """What was set aside and is then put right stays set aside."""
    world = World(process)
    case, step = _reopened(world)
    with acting(system(world.partnership.pk)):
        old = Event.objects.select_related("case").filter(case=case, step=step.key, replaced_by=None).last()
    before = case.stage, _stands(world, case).states
    again = _correct(world, old, step, **({step.outcome: old.outcome} if step.outcome else {}))
    now = fresh(world, case)
    assert (now.stage, _stands(world, now).states) == before
    _correct(world, again, step, **({step.outcome: old.outcome} if step.outcome else {}))
    now = fresh(world, case)
    assert (now.stage, _stands(world, now).states) == before, "nor when it is corrected once more"


@every_process
def test_a_correction_of_what_was_set_aside_does_not_revive_it(process: Process) -> None:
    _corrected_after_reopening(process)


def test_a_correction_counted_when_it_was_written_would_revive_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Fact, "order", property(lambda self: self.id))
    for process in all_processes()[:3]:
        process.positions.clear()
        with pytest.raises(AssertionError):
            _corrected_after_reopening(process)
        process.positions.clear()


def _decisions(world: World) -> Iterator[tuple[Case, Step]]:
    """The case just before each step that comes out one way or another, as a walk meets them."""
    case = begin(world)
    for _ in range(60):
        left = todo(world, case, optional=True)
        if not left:
            return
        world.now += timedelta(minutes=7)
        if left[0].outcome and not left[0].asks and not world.process.answered_by(left[0].key):
            yield case, left[0]
        do(world, case, left[0])


def _corrections_follow(process: Process) -> int:
    world, count = World(process), 0
    for case, step in _decisions(world):
        outcomes = step.record.outcomes_of(step.outcome)
        for right in outcomes[-1:]:
            with supposing():
                do(world, case, step, **{step.outcome: right})
                wanted = derived(world, case)
            with supposing():
                event = do(world, case, step, **{step.outcome: outcomes[0]})
                _correct(world, event, step, **{step.outcome: right})
                assert derived(world, case) == wanted, f"{step.key}: {outcomes[0]} put right as {right}"
                count += 1
    return count


@every_process
def test_what_is_put_right_leads_where_it_would_have_led(process: Process) -> None:
    expected = sum(bool(s.outcome) for s in process.own_steps[1:])
    assert _corrections_follow(process) >= bool(expected)


def test_a_correction_nothing_follows_from_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    real = actions.settling.settle
    monkeypatch.setattr(actions.settling, "settle", lambda case, now: None if Event.objects.filter(
        case=case, replaced_by__isnull=False).exists() else real(case, now))
    with pytest.raises(AssertionError):
        _corrections_follow(all_processes()[0])


def _withdrawals_undo(process: Process) -> None:
    """Every record withdrawn again, last first: each time the case stands as it stood before that record."""
    world = World(process)
    case, before = begin(world), []
    for _ in range(60):
        left = todo(world, case, optional=True)
        if not left:
            break
        before.append(derived(world, case))
        world.now += timedelta(minutes=7)
        do(world, case, left[0])
    manager = manager_of(world)
    recorded = _events(world, case)
    for event, was in zip(reversed(recorded[1:]), reversed(before), strict=True):
        mending.withdraw(actor=manager, event=event, reason="In error", now=world.now)
        now = derived(world, case)
        assert {k: v for k, v in now.items() if was[k] != v} == {}, f"after {event.step} was withdrawn"
    with pytest.raises(ValidationError):
        mending.withdraw(actor=manager, event=recorded[0], reason="In error", now=world.now)
    with pytest.raises(ValidationError):
        mending.withdraw(actor=manager, event=_events(world, case)[-1], reason="In error", now=world.now)
    assert len(_events(world, case)) == len(recorded) * 2 - 1
    settled(world, case)


@every_process
def test_withdrawn_a_record_counts_for_nothing(process: Process) -> None:
    _withdrawals_undo(process)


def test_a_withdrawal_that_left_its_answer_standing_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "_answer_again", lambda *a, **k: None)
    with pytest.raises(AssertionError):
        _withdrawals_undo(all_processes()[0])
