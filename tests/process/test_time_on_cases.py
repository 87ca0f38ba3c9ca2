"""Time stood still, time given and time that passed before anybody wrote it down: on a case of every process."""
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused, acting, system
from goldthread.process import mending
from goldthread.process.actions import CLOCK_SKEW
from goldthread.process.definition import Clock, Process
from goldthread.process.engine import EXTENSION, PAUSE, RESUME
from goldthread.process.models import Case, ClockRow, Event
from goldthread.process.registry import all_processes
from goldthread.rules.calendar import Calendar, england
from tests.process import by_law
from tests.process.clockwork import CLOCKS, IDS, all_counted, reading, started, stopped, then, wanted
from tests.process.test_clock_edges import EDGES, LATER
from tests.process.walking import World, begin, do, manager_of, todo, walk, wanted_of
from tests.process.watching import derived, settled

every_process = pytest.mark.parametrize("process", all_processes(), ids=lambda p: p.key)
every_clock = pytest.mark.parametrize("process,clock", CLOCKS, ids=IDS)
LAW = all_counted(england())
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAUSES = {"over a weekend": (HOUR, 4 * DAY), "for an hour": (HOUR, HOUR), "from the first instant": (timedelta(), 9 * DAY)}


def rule_of(clock: Clock) -> str:
    return "" if clock.planned or clock.each_ask else clock.every(0) if clock.every else clock.rule


def own(rule: str) -> bool:
    """Whether the partnership sets this limit for itself, as the data files say."""
    return bool(rule) and bool(by_law.limits()[rule].get("local")) and not by_law.limits()[rule].get("before")


def fixed(rule: str) -> bool:
    """Whether the law sets this limit and leaves none of it to the partnership, as the data files say."""
    return bool(rule) and not by_law.limits()[rule].get("local")


def moved_wrongly(process: Process, clock: Clock) -> list[str]:
    """The pauses after which the product and days counted one by one do not agree."""
    found = []
    for name, at in EDGES.items():
        facts, rule = started(process, clock, at, planned=at), rule_of(clock)
        for length, (after, lasting) in PAUSES.items():
            begun, ended = at + after, at + after + lasting
            if begun > by_law.due(rule, at):
                continue
            given = then(then(facts, PAUSE, begun, about=clock.name), RESUME, ended, about=clock.name)
            got = reading(process, clock, given, LAW, LATER).due.astimezone(UTC)
            if got != by_law.paused(rule, at, begun, ended):
                found.append(f"{name}, {length}: {got}")
    return found


@every_clock
def test_a_pause_moves_what_is_due_by_its_own_length(process: Process, clock: Clock) -> None:
    if rule_of(clock):
        assert moved_wrongly(process, clock) == []
    else:  # a time promised stays as promised, whatever is said of pauses
        at = EDGES["a Friday afternoon"]
        facts = started(process, clock, at, planned=at + 20 * DAY)
        given = then(then(facts, PAUSE, at + HOUR, about=clock.name), RESUME, at + 5 * DAY, about=clock.name)
        assert reading(process, clock, given, LAW, LATER).due == reading(process, clock, facts, LAW, LATER).due


def test_a_pause_that_moves_nothing_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = [(p, c) for p, c in CLOCKS if rule_of(c)]
    monkeypatch.setattr(Calendar, "_push", lambda self, due, *a: due)
    for process, clock in counted:
        assert moved_wrongly(process, clock), f"{process.key}: {clock.name}"


@every_clock
def test_more_time_lasts_to_the_instant_given_and_is_never_less(process: Process, clock: Clock) -> None:
    at = EDGES["Christmas Eve, Boxing Day a Saturday"]
    facts = started(process, clock, at, planned=at + 20 * DAY)
    due = reading(process, clock, facts, LAW, LATER).due
    for until in (due + 3 * DAY, due - 3 * DAY):
        longer = then(facts, EXTENSION, at + HOUR, about=clock.name, planned=until)
        given = reading(process, clock, longer, LAW, LATER)
        if clock.each_ask:  # asked anew instead
            assert given.due == due
            continue
        assert given.due == max(due, until)
        counted = due if fixed(rule_of(clock) or clock.rule) else given.due
        assert given.due_by_law == counted, "what the law fixes stays late by law, whatever time was given"
        assert not given.late(counted) and given.late(counted + timedelta(microseconds=1))
    if not clock.each_ask:
        over = stopped(process, clock, facts, due + DAY)
        after = then(over, EXTENSION, due + 2 * DAY, about=clock.name, planned=due + 9 * DAY)
        assert reading(process, clock, after, LAW, LATER).late(LATER), "what was late is not put in time afterwards"


def _running(world: World, case: Case) -> list[ClockRow]:
    with acting(system(world.partnership.pk)):
        return list(ClockRow.objects.filter(case=case, stopped=None).order_by("name"))


@pytest.mark.django_db
@every_process
def test_only_what_a_partnership_sets_for_itself_can_be_paused(process: Process) -> None:
    """At every step of the way to the last: what runs is paused where the data files let it be, by a manager."""
    want = {key: outcome for clock in reversed(process.clocks) for key, outcome in wanted(process, clock).items()}
    world, tried = World(process), set()
    case, manager = begin(world, **wanted_of(process.first, want)), manager_of(world)
    for _ in range(60):
        for row in (r for r in _running(world, case) if r.name not in tried):
            tried.add(row.name)
            _pause_and_go_on(world, case, manager, row)
        left = todo(world, case, optional=True)
        if not left:
            break
        world.now += timedelta(minutes=7)
        do(world, case, left[0], **wanted_of(left[0], want))
    assert tried


def _pause_and_go_on(world: World, case: Case, manager: Any, row: ClockRow) -> None:
    given = {"case": case, "clock": row.name, "reason": "They are away"}
    with pytest.raises((ValidationError, Refused)):
        mending.resume(actor=manager, now=world.now, **given)
    with pytest.raises(ValidationError):
        mending.pause(actor=manager, now=world.now, **given | {"clock": "no such limit"})
    before = derived(world, case)
    if row.ask_id or row.due < world.now or not own(row.rule):
        with pytest.raises(ValidationError):
            mending.pause(actor=manager, now=world.now, **given)
        assert derived(world, case) == before
        return
    begun = world.now
    mending.pause(actor=manager, now=begun, **given)
    for wrong in (Refused, ValidationError):
        who = world.actor(world.process.first) if wrong is Refused else manager
        if wrong is Refused and who.may(world.process.manager):
            continue
        with pytest.raises(wrong):
            mending.pause(actor=who, now=begun, **given)
    assert all(r.paused for r in _running(world, case) if r.name == row.name and not r.ask_id)
    world.now += 7 * DAY
    mending.resume(actor=manager, now=world.now, **given)
    [now] = [r for r in _running(world, case) if (r.name, r.started) == (row.name, row.started)]
    assert now.due.astimezone(UTC) == by_law.paused(row.rule, row.started, begun, world.now) and not now.paused
    until = now.due + 5 * DAY
    mending.extend(actor=manager, now=world.now, until=until, **given)
    assert [r.due for r in _running(world, case) if (r.name, r.started) == (row.name, row.started)] == [until]
    settled(world, case)


@pytest.mark.django_db
def test_without_the_look_at_the_law_a_statutory_limit_would_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check above, with the rule taken away, fails for a process whose first limit is the law's."""
    monkeypatch.setattr(mending, "may_pause", lambda row: True)
    process = next(p for p in all_processes() if p.key == "assessment")
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        test_only_what_a_partnership_sets_for_itself_can_be_paused(process)


def _late(process: Process) -> None:
    """Everything is written down fourteen days after it happened; clocks and the case's own times count what happened."""
    world = World(process, behind=14 * DAY)
    world.now -= 14 * DAY
    case = walk(world, optional=True)
    with acting(system(world.partnership.pk)):
        events = list(Event.objects.filter(case=case))
        happened = {e.happened_at for e in events}
        assert all(e.recorded_at - e.happened_at == 14 * DAY for e in events)
        rows = list(ClockRow.objects.filter(case=case))
    assert case.opened_at in happened and case.closed_at in happened
    assert {r.started for r in rows} | {r.stopped for r in rows if r.stopped} <= happened
    planned = {c.name: e.planned_at for c in process.clocks if c.planned for e in events if e.step == c.starts.key}
    for row in rows:
        if row.rule and not by_law.limits()[row.rule].get("before"):
            assert row.due.astimezone(UTC) == by_law.due(row.rule, planned.get(row.name, row.started)), row.name
    settled(world, case)


@pytest.mark.django_db
@every_process
def test_what_is_written_down_days_later_counts_from_when_it_happened(process: Process) -> None:
    _late(process)


@pytest.mark.django_db
def test_counting_from_the_recording_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = Case.facts
    monkeypatch.setattr(Case, "facts", lambda self: [replace(f, at=f.at + 14 * DAY) for f in facts(self)])
    for process in all_processes()[:2]:
        with pytest.raises(AssertionError):
            _late(process)


@pytest.mark.django_db
@every_process
def test_nothing_is_recorded_before_it_happens(process: Process) -> None:
    """But for as much as a browser's clock may be ahead."""
    world = World(process, behind=-CLOCK_SKEW)
    case = begin(world)
    world.behind -= timedelta(seconds=1)
    with pytest.raises(ValidationError) as refused:
        begin(world)
    assert "happened_at" in refused.value.error_dict
    with pytest.raises(ValidationError) as refused:
        do(world, case, todo(world, case, optional=True)[0])
    assert "happened_at" in refused.value.error_dict
    with acting(system(world.partnership.pk)):
        assert Event.objects.filter(partnership=world.partnership).count() == 1
