"""Taking back what was recorded in error, while nobody has worked on it; and work that was finished elsewhere."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.actor import Refused, acting, system, writing
from goldthread.process import mending
from goldthread.process.actions import Writing, correct
from goldthread.process.bulk import Bulk, Planned, PlannedCase
from goldthread.process.engine import CARRIED_OVER, Fact, position
from goldthread.process.mending import WorkedOn, void, void_all
from goldthread.process.models import Case, CasePerson, ClockRow, Event, Withdrawal
from goldthread.process.registry import all_processes, get
from goldthread.process.settling import DERIVED, settle
from tests.process.walking import World, begin, do, filled, fresh, manager_of, todo
from tests.support import make_actor

pytestmark = pytest.mark.django_db
every_process = pytest.mark.parametrize("process", all_processes(), ids=lambda p: p.key)
FRONT_DOOR = get("front-door")
LATER = timedelta(minutes=20)


def seen_by(actor: Any) -> list[str]:
    with acting(actor):
        return sorted(Case.objects.values_list("reference", flat=True))


@every_process
def test_a_case_taken_back_is_in_no_list_and_what_was_recorded_stays(process: Any) -> None:
    world = World(process)
    case, kept = begin(world), begin(world)
    starter, desk = world.actor(process.first), manager_of(world)
    assert seen_by(desk) == sorted([case.reference, kept.reference])
    void(actor=starter, case=case, reason="Loaded twice", now=world.now + LATER)
    assert seen_by(desk) == [kept.reference]
    with acting(system(world.partnership.pk)):
        assert list(Case.objects.all()) == [kept]
        gone = Case.with_void.get(pk=case.pk)
        first, taken = Event.objects.filter(case=gone).order_by("pk")
        assert first.replaced_by == taken and taken.record.reason == "Loaded twice"
        assert first.record.pk and first.case == gone
        assert not ClockRow.objects.filter(case=gone).exists() and not CasePerson.objects.filter(case=gone).exists()
        assert (gone.stage, gone.voided_at, gone.next_due) == ("Withdrawn", world.now + LATER, None)


@every_process
def test_settling_anew_agrees_with_taking_many_back_at_once(process: Any) -> None:
    world = World(process)
    cases = [begin(world) for _ in range(3)]
    void_all(actor=world.actor(process.first), cases=[c.pk for c in cases], reason="Wrong file", now=world.now + LATER)
    with acting(system(world.partnership.pk)), writing():
        for case in Case.with_void.all():
            before = {name: getattr(case, name) for name in (*DERIVED, "last_event") if name != "opened_at"}
            settle(case, world.now + LATER)
            assert {name: getattr(case, name) for name in before} == before


def test_one_worked_on_and_none_is_taken_back() -> None:
    world = World(FRONT_DOOR)
    cases = [begin(world) for _ in range(3)]
    do(world, cases[1], todo(world, cases[1])[0])
    with pytest.raises(WorkedOn) as refused:
        void_all(actor=manager_of(world), cases=[c.pk for c in cases], reason="Wrong file", now=world.now + LATER)
    assert refused.value.references == [cases[1].reference]
    with acting(system(world.partnership.pk)):
        assert Case.objects.count() == 3 and not Withdrawal.objects.exists()


def test_without_the_check_work_would_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "_insist_untouched", lambda cases, events: None)
    world = World(FRONT_DOOR)
    case = begin(world)
    do(world, case, todo(world, case)[0])
    void(actor=manager_of(world), case=case, reason="Wrong file", now=world.now + LATER)
    with acting(system(world.partnership.pk)):
        assert not Case.objects.exists()


def test_only_who_recorded_it_or_a_manager() -> None:
    world = World(FRONT_DOOR)
    case = begin(world)
    for role in ("mash-worker", "school-lead", "business-manager"):
        with pytest.raises(Refused):
            void(actor=make_actor(role, partnership=world.partnership), case=case, reason="No", now=world.now + LATER)
    elsewhere = make_actor("mash-manager")
    with pytest.raises(Case.DoesNotExist):
        void(actor=elsewhere, case=case, reason="No", now=world.now + LATER)
    with pytest.raises(ValidationError):
        void(actor=manager_of(world), case=case, reason=" ", now=world.now + LATER)
    void(actor=manager_of(world), case=case, reason="Loaded twice", now=world.now + LATER)
    with pytest.raises(Case.DoesNotExist):
        void(actor=manager_of(world), case=case, reason="Again", now=world.now + LATER)


def loaded(world: World, **given: Any) -> Case:
    """A case loaded as finished elsewhere."""
    starter = world.actor(world.process.first)
    record = filled(world.process.first.record, world, happened_at=world.now - timedelta(days=400), **given)
    planned = PlannedCase(starter.agency.pk, [Planned(record, starter.user.pk, starter.agency.pk, about=CARRIED_OVER,
                                                      recorded_at=world.now)])
    with acting(system(world.partnership.pk)), writing():
        [pk] = Bulk(world.process, world.partnership, world.now).store([planned])
        return Case.objects.get(pk=pk)


@every_process
def test_what_was_finished_elsewhere_is_closed_and_counts_for_no_time_limit(process: Any) -> None:
    world = World(process)
    case = loaded(world)
    assert case.closed_at == world.now - timedelta(days=400) and case.stage == "Closed"
    with acting(system(world.partnership.pk)), writing():
        assert not ClockRow.objects.filter(case=case).exists()
        assert Event.objects.get(case=case).recorded_at == world.now
        settle(case, world.now)
    assert case.closed_at and case.next_due is None


def test_corrected_it_stays_closed() -> None:
    world = World(FRONT_DOOR)
    case = loaded(world)
    with acting(system(world.partnership.pk)):
        event = Event.objects.get(case=case)
    starter = world.actor(FRONT_DOOR.first)
    right = filled(FRONT_DOOR.first.record, world, happened_at=event.happened_at, referrer_name="Another Name")
    with acting(starter):
        correct(actor=starter, event=event, writing_=Writing(right), now=world.now)
    assert fresh(world, case).closed_at


def test_taken_up_again_it_is_open_work() -> None:
    world = World(FRONT_DOOR)
    case = loaded(world)
    mending.reopen(actor=manager_of(world), case=case, from_step="rating", reason="New worry", now=world.now)
    assert fresh(world, case).closed_at is None


def test_the_same_fact_without_the_mark_is_open() -> None:
    now = World(FRONT_DOOR).now
    assert position(FRONT_DOOR, [Fact(1, "contact", now, "safeguarding", CARRIED_OVER)]).closed
    assert not position(FRONT_DOOR, [Fact(1, "contact", now, "safeguarding")]).closed
