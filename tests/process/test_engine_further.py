"""People who sign, times to come and more time given: the engine alone, on processes made for it."""
from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from goldthread.access.policy import May
from goldthread.base.dates import LONDON
from goldthread.process.definition import Clock, Process, Seat, Stage, Standing, Step, key_of, signed, was
from goldthread.process.engine import EXTENSION, Fact, State, clocks, position
from goldthread.process.law import Law
from goldthread.rules.calendar import england


def record(name: str) -> type:
    made: Any = type(name, (), {"_meta": SimpleNamespace(verbose_name=name.lower()), "__doc__": name})
    made.step_key = classmethod(key_of)
    return made


Told, Meets, Held, Sent, SignOff, Publish = (record(n) for n in ("Told", "Meets", "Held", "Sent", "SignOff", "Publish"))
DESK = (Seat(Standing.DESK, May.WORK_FRONT_DOOR),)
PROCESS = Process(
    key="toy", name="Toy", prefix="TY", desk="front-door", worker=May.WORK_FRONT_DOOR, manager=May.MANAGE_FRONT_DOOR,
    statute="none", stages=(Stage("All", (
        Step(Told, by=DESK), Step(Meets, by=DESK, needs=(was(Told),), repeats=True, plans="meets_at"),
        Step(Sent, by=DESK, needs=(was(Told),)), Step(Held, by=DESK, needs=(was(Told),)),
        Step(SignOff, by=DESK, needs=(was(Told),), repeats=True, outcome="agreed"),
        Step(Publish, by=DESK, needs=(signed(SignOff, 2, "yes"),)))),),
    clocks=(Clock("Held", was(Meets), Held, planned=True),
            Clock("Report sent before it", was(Meets), Sent, rule="T16", planned=True),
            Clock("Told to held", was(Told), Held, rule="T14")))
LAW = Law(england())


def at(day: str, time: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=LONDON)


NOW = at("2026-12-01")


def fact(pk: int, kind: type, on: str, **more: Any) -> Fact:
    return Fact(pk, key_of(kind), at(on), **more)


def told(*more: Fact) -> list[Fact]:
    return [fact(1, Told, "2026-11-02"), *more]


def reading(name: str, facts: list[Fact]) -> Any:
    found = [r for r in clocks(PROCESS, facts, LAW, NOW) if r.name == name]
    assert len(found) <= 1
    return found[0] if found else None


def sign(pk: int, by: int, agreed: str = "yes") -> Fact:
    return fact(pk, SignOff, "2026-11-03", by=by, outcome=agreed)


@pytest.mark.parametrize(("signs", "state"), [
    ((), State.WAITING),
    ((sign(2, 7),), State.WAITING),
    ((sign(2, 7), sign(3, 7)), State.WAITING),              # the same person twice is one person
    ((sign(2, 7), sign(3, 8, "no")), State.WAITING),
    ((sign(2, 7), sign(3, 8)), State.OPEN),
    ((sign(2, 7), sign(3, 8), sign(4, 7, "no")), State.WAITING),  # who takes their word back does not count
    ((sign(2, 7, "no"), sign(3, 8), sign(4, 9)), State.OPEN),
])
def test_two_different_people_must_sign(signs: tuple[Fact, ...], state: State) -> None:
    where = position(PROCESS, told(*signs))
    assert where.states["publish"] is state
    if state is State.WAITING and signs:
        assert where.waits["publish"] == ("Signoff by 2 people",)


def test_who_signed_counts_though_the_records_look_alike() -> None:
    """The position of a shape of case is remembered; one person signing twice has another shape than two people."""
    assert position(PROCESS, told(sign(2, 7), sign(3, 8))).states["publish"] is State.OPEN
    assert position(PROCESS, told(sign(2, 7), sign(3, 7))).states["publish"] is State.WAITING
    assert position(PROCESS, told(sign(2, 5), sign(3, 6))).states["publish"] is State.OPEN


def meets(pk: int, on: str, when: datetime) -> Fact:
    return fact(pk, Meets, on, planned=when)


def test_due_when_it_is_planned_and_so_long_before() -> None:
    monday = at("2026-11-23", "14:00")
    facts = told(meets(2, "2026-11-04", monday))
    assert reading("Held", facts).due == monday
    before = reading("Report sent before it", facts)
    assert before.due.date().isoformat() == "2026-11-19"  # two working days before a Monday: the Thursday
    assert before.edition


def test_planned_anew_the_last_plan_counts() -> None:
    facts = told(meets(2, "2026-11-04", at("2026-11-23")), meets(3, "2026-11-10", at("2026-11-27")))
    assert reading("Held", facts).due == at("2026-11-27")
    assert reading("Held", facts).started == at("2026-11-04"), "it has been to come since it was first planned"


def test_a_plan_made_after_what_was_planned_has_come_is_another() -> None:
    """What came in time stays in the figures, and what is planned next runs by itself."""
    facts = told(meets(2, "2026-11-04", at("2026-11-10")), fact(3, Held, "2026-11-09"),
                 meets(4, "2026-11-12", at("2026-11-27")), meets(5, "2026-11-13", at("2026-11-30")))
    assert [(r.due, r.stopped) for r in clocks(PROCESS, facts, LAW, NOW) if r.name == "Held"] == [
        (at("2026-11-10"), at("2026-11-09")), (at("2026-11-30"), None)]


def with_clock(*made: Clock) -> Process:
    return replace(PROCESS, clocks=made)


def runs(process: Process, facts: list[Fact]) -> list[tuple[datetime, datetime | None]]:
    return [(r.due, r.stopped) for r in clocks(process, facts, LAW, NOW)]


def test_a_meeting_put_off_keeps_the_report_that_was_sent_for_it() -> None:
    process = with_clock(Clock("Sent", was(Meets), Sent, planned=True, comes=Held))
    sent = fact(3, Sent, "2026-11-05")
    put_off = told(meets(2, "2026-11-04", at("2026-11-10")), sent, meets(4, "2026-11-09", at("2026-11-20")))
    assert runs(process, put_off) == [(at("2026-11-20"), sent.at)]
    assert runs(with_clock(Clock("Sent", was(Meets), Sent, planned=True)), put_off)[-1] == (at("2026-11-20"), None)
    held_and_planned_again = [*put_off, fact(5, Held, "2026-11-20"), meets(6, "2026-11-21", at("2026-11-28"))]
    assert runs(process, held_and_planned_again) == [(at("2026-11-20"), sent.at), (at("2026-11-28"), None)]


def test_several_plans_open_at_once_each_run() -> None:
    two = told(meets(2, "2026-11-04", at("2026-11-20")), meets(3, "2026-11-04", at("2026-11-12")))
    one_visit, held = fact(4, Held, "2026-11-11"), at("2026-11-11")
    each = with_clock(Clock("Held", was(Meets), Held, planned=True, each=True))
    assert sorted(runs(each, two)) == [(at("2026-11-12"), None), (at("2026-11-20"), None)], "of one minute even"
    assert sorted(runs(each, [*two, one_visit])) == [(at("2026-11-12"), held), (at("2026-11-20"), held)]
    singly = with_clock(Clock("Held", was(Meets), Held, planned=True, each=True, singly=True))
    assert sorted(runs(singly, [*two, one_visit]), key=str) == [(at("2026-11-12"), held), (at("2026-11-20"), None)]
    assert all(stopped for _, stopped in runs(singly, [*two, one_visit, fact(5, Held, "2026-11-13")]))


def test_either_of_two_kinds_of_record_stops_one_clock() -> None:
    either = with_clock(Clock("Heard of", was(Told), (Held, Sent), rule="T14"))
    assert [stopped for _, stopped in runs(either, told())] == [None]
    for kind in (Held, Sent):
        assert [stopped for _, stopped in runs(either, told(fact(2, kind, "2026-11-05")))] == [at("2026-11-05")]
    both = told(fact(2, Sent, "2026-11-06"), fact(3, Held, "2026-11-05"))
    assert [stopped for _, stopped in runs(either, both)] == [at("2026-11-05")], "whichever comes first"
    only = with_clock(Clock("Heard of", was(Told), Held, rule="T14"))
    assert [stopped for _, stopped in runs(only, told(fact(2, Sent, "2026-11-05")))] == [None]


def test_a_plan_that_stops_the_last_one_does_not_stop_itself() -> None:
    process = with_clock(Clock("Looked at again", was(Meets), (Held, Meets), planned=True))
    facts = told(meets(2, "2026-11-04", at("2026-11-10")), meets(3, "2026-11-11", at("2026-11-27")))
    assert runs(process, facts) == [(at("2026-11-10"), at("2026-11-11")), (at("2026-11-27"), None)]


def test_nothing_planned_nothing_due() -> None:
    assert reading("Held", told(fact(2, Meets, "2026-11-04"))) is None


def extension(pk: int, on: str, until: datetime, clock: str = "Told to held") -> Fact:
    return Fact(pk, EXTENSION, at(on), about=clock, planned=until)


def test_more_time_moves_the_limit_and_never_shortens_it() -> None:
    usual = reading("Told to held", told()).due
    assert usual.date().isoformat() == "2026-11-23"  # fifteen working days after 2 November
    later = usual + timedelta(days=5)
    longer = reading("Told to held", told(extension(2, "2026-11-20", later)))
    assert (longer.due, longer.due_by_law) == (later, usual), "shown, and late by law all the same"
    assert longer.late(later) and not longer.late(usual)
    assert reading("Told to held", told(extension(2, "2026-11-20", usual - timedelta(days=9)))).due == usual


def test_the_last_word_on_more_time_counts_and_only_for_its_own_clock() -> None:
    usual = reading("Told to held", told()).due
    first, second = usual + timedelta(days=20), usual + timedelta(days=3)
    assert reading("Told to held", told(extension(2, "2026-11-18", first), extension(3, "2026-11-20", second))).due == second
    assert reading("Told to held", told(extension(2, "2026-11-18", first, "Held"))).due == usual


def test_more_time_given_when_all_is_done_changes_nothing() -> None:
    done = told(fact(2, Held, "2026-11-30"))
    usual = reading("Told to held", done)
    assert usual.late(NOW)
    assert reading("Told to held", [*done, extension(3, "2026-12-01", at("2026-12-20"))]).late(NOW)
