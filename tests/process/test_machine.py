"""A machine that works a case of any process in any order: recorded by those who may and tried by those who may not,
corrected, withdrawn, paused, given more time, taken up again, restricted, given on, its person denied and merged, time
moving on. After every step the whole must hold.

GOLDTHREAD_MACHINE=examples×steps (such as 200x60) for longer runs.
"""
from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from goldthread.access.actor import Actor, Refused, acting, system, writing
from goldthread.access.policy import desk_token
from goldthread.people import actions as people
from goldthread.people.actions.common import NotPossible
from goldthread.people.actions.readers import add_readers
from goldthread.process import actions, confining, mending, readers, rights
from goldthread.process.actions import CLOCK_SKEW, Writing
from goldthread.process.common import SET_RIGHT
from goldthread.process.definition import Process, Standing, key_of
from goldthread.process.engine import State, may_repeat, position
from goldthread.process.models import Case, CasePerson, ClockRow, Disagreement, Event
from goldthread.process.registry import all_processes
from tests.process.protected import again
from tests.process.walking import World, begin, do, manager_of, todo, writing_of
from tests.process.watching import rows, settled, tables
from tests.support import NOW, make_actor

EXAMPLES, STEPS = (int(n) for n in os.environ.get("GOLDTHREAD_MACHINE", "1x11").split("x"))
PICK = st.integers(0, 10_000)
FREE = {"readers", "denied", "replaced_by_id"}  # what may change on a row once written


class Work(RuleBasedStateMachine):
    """One case. The machine's own books say who is kept out, who is let in, and every row that must never change."""

    process: Process

    @initialize()
    def a_case(self) -> None:
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.world = world = World(self.process)
        with self.system(), writing():
            assert world.person
            add_readers([world.person.pk], readers=[desk_token("front-door", world.partnership.pk)])
        self.manager, self.watcher = manager_of(world), manager_of(world)  # the second is kept out by turns
        self.officer = make_actor("privacy-officer", partnership=world.partnership)
        self.merger = make_actor("mash-manager", partnership=world.partnership)
        self.strangers = [make_actor(self.manager.role), make_actor("board-member", partnership=world.partnership)]
        self.kept: dict[Any, Any] = {}
        self.restricted, self.denial, self.merged = False, 0, 0
        self.case = begin(world)

    def teardown(self) -> None:
        if hasattr(self, "frame"):
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    def system(self) -> Any:
        return acting(system(self.world.partnership.pk))

    def _try(self, action: Callable[[], Any]) -> bool:
        """Whether it was done. A refusal leaves everything as it was, which the next look at the whole sees to."""
        self.world.now += timedelta(minutes=1)
        try:
            with transaction.atomic():
                action()
        except (Refused, ValidationError, NotPossible, Case.DoesNotExist):
            return False
        return True

    def _standing(self) -> list[Event]:
        with self.system():
            return list(Event.objects.select_related("case").filter(case=self.case, replaced_by=None).order_by("pk"))

    def _record(self, actor: Actor, key: str, **more: Any) -> Event:
        step = self.process.step(key)
        with self.system():
            writing_ = writing_of(step, self.world, self.case)
        with acting(actor):
            return actions.record(actor=actor, case=self.case, step=step, now=self.world.now,
                                  writing_=Writing(writing_.record, writing_.lines, **more))

    # --- what people do

    @rule(hours=st.sampled_from((0.1, 3, 24, 168)))
    def time_moves_on(self, hours: float) -> None:
        self.world.now += timedelta(hours=hours)

    @rule(pick=PICK, outcome=PICK)
    def record_what_is_open(self, pick: int, outcome: int) -> None:
        wanted = [s for s in todo(self.world, self.case, optional=True) if s.record not in SET_RIGHT]
        if wanted:
            step = wanted[pick % len(wanted)]
            codes = step.record.outcomes_of(step.outcome) if step.outcome else [""]  # type: ignore[attr-defined]
            given = {step.outcome: codes[outcome % len(codes)]} if step.outcome else {}
            self._try(lambda: do(self.world, self.case, step, **given))

    @rule(pick=PICK, who=st.integers(0, 1))
    def a_stranger_tries(self, pick: int, who: int) -> None:
        step = self.process.steps[1:][pick % (len(self.process.steps) - 1)]
        done = self._try(lambda: self._record(self.strangers[who], step.key))
        assert not done, f"{self.strangers[who].role} recorded {step.key}"

    @rule(pick=PICK)
    def somebody_records_what_is_not_to_be_done(self, pick: int) -> None:
        with self.system():
            facts = self.case.facts()
            where = position(self.process, facts)
            shut = [s for s in self.process.own_steps if where.states[s.key] is not State.OPEN
                    and not may_repeat(self.process, s, facts) and not self.process.answered_by(s.key)]
        if shut:
            step = shut[pick % len(shut)]
            assert not self._try(lambda: do(self.world, self.case, step)), f"{step.key} was not open"

    @rule(times=st.integers(2, 3))
    def send_the_same_again_and_again(self, times: int) -> None:
        number, made = uuid4(), set[int]()
        actor = self.world.actor(self.process.first)
        for _ in range(times):
            self._try(lambda: made.add(self._record(actor, Disagreement.step_key(), submission=number).pk))
        assert len(made) <= 1, "sent twice is recorded once"
        with self.system():
            assert Event.objects.filter(submission=number).count() == len(made)

    @rule(pick=PICK)
    def correct_something(self, pick: int) -> None:
        events = [e for e in self._standing() if self.process.step(e.step).record not in SET_RIGHT]
        event = events[pick % len(events)]
        step = self.process.step(event.step)
        with self.system():
            made = writing_of(step, self.world, self.case, happened_at=event.happened_at)

        def act() -> None:
            with acting(self.manager):
                actions.correct(actor=self.manager, event=event, now=self.world.now,
                                writing_=Writing(made.record, made.lines, event.restarts, event.about))
        self._try(act)

    @rule(pick=PICK)
    def withdraw_something(self, pick: int) -> None:
        events = self._standing()
        event = events[pick % len(events)]
        done = self._try(lambda: mending.withdraw(actor=self.manager, event=event, reason="In error", now=self.world.now))
        assert not (done and event.step == self.process.first.key)

    @rule(pick=PICK, what=st.sampled_from((mending.pause, mending.resume, mending.extend)))
    def change_a_time_limit(self, pick: int, what: Any) -> None:
        clocks = sorted(c.name for c in self.process.all_clocks)
        more = {"until": self.world.now + timedelta(days=30)} if what is mending.extend else {}
        self._try(lambda: what(actor=self.manager, case=self.case, clock=clocks[pick % len(clocks)], reason="Away",
                               now=self.world.now, **more))

    @rule(pick=PICK)
    def take_it_up_again(self, pick: int) -> None:
        steps = [s.key for s in self.process.own_steps if s.required and s is not self.process.first]
        self._try(lambda: mending.reopen(actor=self.manager, case=self.case, from_step=steps[pick % len(steps)],
                                         reason="Something new", now=self.world.now))

    @rule()
    def restrict_or_lift(self) -> None:
        named = [a.user.pk for a in (*self.world.seats.values(), self.manager)]
        act: Any = confining.lift_restriction if self.restricted else confining.restrict
        more = {} if self.restricted else {"named": named}
        if self._try(lambda: act(actor=self.officer, case=self.case, reason="Kept", now=self.world.now, **more)):
            self.restricted = not self.restricted

    @rule()
    def deny_or_lift(self) -> None:
        person, now = self.world.person, self.world.now
        assert person
        if self.denial:
            people.lift_denial(actor=self.officer, now=now, denial=self.denial, because="Mistaken")
            self.denial = 0
        else:
            self.denial = people.deny(actor=self.officer, now=now, person=person.pk, user=self.watcher.user.pk,
                                      reason="Their niece").pk

    @rule()
    def merge_or_take_back(self) -> None:
        person, now = self.world.person, self.world.now
        assert person
        if self.merged:
            people.unmerge(actor=self.merger, now=now, merge=self.merged, because="Two children")
            self.merged = 0
            return
        other = people.add_person(actor=self.merger, now=now, given="Testa", family="Exampleton")
        self.merged = people.merge(actor=self.merger, now=now, keep=other.pk, fold=person.pk, reason="One").pk

    # --- what must hold

    @invariant()
    def everything_holds(self) -> None:
        if not hasattr(self, "case"):
            return
        self._nothing_written_ever_changes()
        with self.system():
            self.case = Case.with_void.get(pk=self.case.pk)
            self._events_are_in_order()
            self._where_it_stands_follows_from_what_was_recorded()
        settled(self.world, self.case)
        self._each_reads_what_is_theirs()

    def _nothing_written_ever_changes(self) -> None:
        append_only = {m._meta.db_table for m in tables(self.world) if getattr(m, "append_only", False)}
        with self.system():
            now = {(table, pk): {k: v for k, v in json.loads(row).items() if k not in FREE}
                   for table, pk, row in rows(self.world, self.case, "to_jsonb(t)::text") if table in append_only}
        assert {key: now.get(key) for key in self.kept} == self.kept
        self.kept = now

    def _events_are_in_order(self) -> None:
        events = list(Event.objects.filter(case=self.case).order_by("pk"))
        assert [e.recorded_at for e in events] == sorted(e.recorded_at for e in events)
        assert all(e.happened_at <= e.recorded_at + CLOCK_SKEW for e in events)
        assert all(e.replaced_by_id is None or e.replaced_by_id > e.pk for e in events)
        assert self.case.last_event == events[-1].pk
        written = {(table, row["event_id"]) for (table, _), row in self.kept.items() if "event_id" in row}
        for event in events:
            table = self.process.step(event.step).record._meta.db_table  # type: ignore[attr-defined]
            assert (table, event.pk) in written and self.kept[table, event.record_id]["event_id"] == event.pk

    def _where_it_stands_follows_from_what_was_recorded(self) -> None:
        where = position(self.process, self.case.facts())
        assert self.case.stage == (where.stage.name if where.stage else "Closed")
        assert (self.case.closed_at is not None) == where.closed
        if where.closed:
            common = [c.name for c in self.process.common_clocks]
            assert not ClockRow.objects.filter(case=self.case, stopped=None, ask=None).exclude(name__in=common).exists()

    def _each_reads_what_is_theirs(self) -> None:
        """By the machine's own books: strangers nothing; the watcher all, until they are kept out; the worker named last."""
        with self.system():
            about = CasePerson.objects.filter(case=self.case, person=self.world.person).exists()
            allocation = self.process.allocation
            given = [e for e in self.case.standing_events() if allocation and e.step == key_of(allocation)]
            worker = given[-1].record.worker_id if given else None  # type: ignore[attr-defined]
        for who in self.strangers:
            assert not self._sees(who) and not self._sees_rows(who), who.role
        watches = not self.restricted and not (self.denial and about)
        watcher = again(self.watcher, NOW)
        assert self._sees(watcher) is watches and (watches or not self._sees_rows(watcher)), "the watcher"
        assert self.case.allocated_to_id == worker
        asked = [a for s, a in self.world.seats.items() if s.standing is Standing.ASKED]
        for who in asked:  # an agency asked does not learn of the case, unless the declaration opens it to them
            if not {Standing.ASKED, Standing.ABOUT} & set(self.process.shares_case_with):
                assert not self._sees(who), "an agency asked"

    def _sees(self, who: Actor) -> bool:
        with acting(who):
            return bool(Case.objects.filter(pk=self.case.pk).exists())

    def _sees_rows(self, who: Actor) -> list[Any]:
        with acting(who):
            return rows(self.world, self.case, "id")


def machine(process: Process) -> type[Work]:
    return type("Work", (Work,), {"process": process})


def run(process: Process, examples: int, steps: int) -> None:
    run_state_machine_as_test(machine(process), settings=settings(  # type: ignore[no-untyped-call]
        max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True, database=None,
        report_multiple_bugs=False, phases=(Phase.generate,), suppress_health_check=list(HealthCheck)))


@pytest.mark.django_db
@pytest.mark.parametrize("process", all_processes(), ids=lambda p: p.key)
def test_whatever_is_done_in_whatever_order_the_case_holds_together(process: Process) -> None:
    run(process, EXAMPLES, STEPS)


def _never_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    real = actions.settling.settle
    monkeypatch.setattr(actions.settling, "settle",
                        lambda case, now: None if case.events.count() > 2 else real(case, now))


FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "denials are not looked at": lambda m: m.setattr(readers, "denied", lambda case: []),
    "a restriction reaches no row": lambda m: m.setattr(confining.readers, "rewrite", lambda case: None),
    "anybody may record": lambda m: m.setattr(rights, "seated", lambda *a, **k: True),
    "anything may be recorded": lambda m: m.setattr(rights.Work, "may_record", lambda *a, **k: rights.YES),
    "nothing is settled": _never_settled,
    "what was sent is not known again": lambda m: m.setattr(actions, "_sent_before", lambda w: None),
}


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS)
def test_the_machine_notices_when(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](monkeypatch)
    with pytest.raises((AssertionError, IntegrityError)):
        run(all_processes()[1], 12, 20)
