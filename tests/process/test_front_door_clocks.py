"""The front door's time limits, worked by hand: hours and days, re-rating, pauses, late entries, reopening."""
from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from goldthread.base.spans import Span
from goldthread.domains.front_door.process import FRONT_DOOR
from goldthread.process.engine import Asked, Fact, Reading, State, clocks, position
from goldthread.process.law import Law, LocalRule
from goldthread.rules.calendar import england

LONDON = ZoneInfo("Europe/London")
LAW = Law(england())


def at(day: str, hour: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=LONDON)


NOW = at("2026-12-31", "12:00")


def facts(*made: tuple) -> list[Fact]:
    """(key, when, outcome, extra…) in the order they were recorded."""
    return [Fact(n, key, when, *rest) for n, (key, when, *rest) in enumerate(made, 1)]


def reading(name: str, given: list[Fact], law: Law = LAW, now: datetime = NOW) -> list[Reading]:
    return [r for r in clocks(FRONT_DOOR, given, law, now) if r.name == name]


def test_one_working_day_runs_to_the_end_of_the_next_working_day() -> None:
    given = facts(("contact", at("2026-11-27", "16:55"), "safeguarding"))  # a Friday
    [clock] = reading("Decide and tell the referrer", given)
    assert clock.due.date() == date(2026, 11, 30) and clock.due.hour == 23
    assert clock.rule == "T01" and clock.edition


def test_red_is_four_working_hours_and_goes_on_next_morning() -> None:
    given = facts(("contact", at("2026-11-27"), ""), ("rating", at("2026-11-27", "15:00"), "red"))
    [clock] = reading("Decide: red", given)
    assert clock.due == at("2026-11-30", "11:00"), "two hours on Friday, two on Monday"


def test_a_partnership_may_set_its_own_hours_from_a_day_on() -> None:
    local = (LocalRule("T04", Span.parse("2 working hours"), date(2026, 11, 1)),)
    given = facts(("contact", at("2026-11-27"), ""), ("rating", at("2026-11-27", "10:00"), "red"))
    assert reading("Decide: red", given, Law(england(), local))[0].due == at("2026-11-27", "12:00")
    later = (LocalRule("T04", Span.parse("2 working hours"), date(2026, 12, 1)),)
    assert reading("Decide: red", given, Law(england(), later))[0].due == at("2026-11-27", "14:00")


def test_rated_again_the_limit_changes_but_the_clock_goes_on() -> None:
    given = facts(("contact", at("2026-11-23"), ""), ("rating", at("2026-11-23", "09:00"), "amber"),
                  ("rating", at("2026-11-23", "14:00"), "red"))
    assert reading("Decide: amber", given) == []
    [clock] = reading("Decide: red", given)
    assert clock.started == at("2026-11-23", "09:00") and clock.due == at("2026-11-23", "13:00"), "late already"


def test_a_manager_may_start_the_clock_again() -> None:
    given = facts(("contact", at("2026-11-23"), ""), ("rating", at("2026-11-23", "09:00"), "amber"),
                  ("rating", at("2026-11-23", "14:00"), "red", "", True))
    assert reading("Decide: red", given)[0].started == at("2026-11-23", "14:00")


def test_a_pause_moves_the_limit_and_an_open_one_says_so() -> None:
    given = facts(("contact", at("2026-11-23"), ""), ("rating", at("2026-11-23", "09:00"), "red"),
                  ("pause", at("2026-11-23", "10:00"), "", "Decide: red"))
    assert reading("Decide: red", given, now=at("2026-11-23", "11:00"))[0].paused
    resumed = [*given, Fact(4, "resumption", at("2026-11-23", "12:00"), "", "Decide: red")]
    [clock] = reading("Decide: red", resumed)
    assert not clock.paused and clock.due == at("2026-11-23", "15:00"), "13:00 and the two hours paused"
    other = [*given[:2], Fact(3, "pause", at("2026-11-23", "10:00"), "", "Decide: amber")]
    assert not reading("Decide: red", other)[0].paused


def test_entered_late_counts_from_when_it_happened() -> None:
    given = facts(("contact", at("2026-11-23", "09:00"), ""), ("rating", at("2026-11-23", "16:00"), "green"),
                  ("rating", at("2026-11-23", "09:30"), "red"))
    [clock] = reading("Decide: green", given)
    assert clock.started == at("2026-11-23", "09:30"), "the earliest rating starts it, whenever it was written down"


def test_each_agency_asked_has_its_own_clock_and_time() -> None:
    asked = (Asked(7, 1, at("2026-11-23", "12:00")), Asked(8, 2, at("2026-11-24", "12:00"), at("2026-11-23", "11:00")))
    given = facts(("contact", at("2026-11-23", "09:00"), ""),
                  ("information-request", at("2026-11-23", "10:00"), "", "", False, asked))
    police, health = reading("Partner's reply", given)
    assert (police.ask, police.stopped, police.late(at("2026-11-23", "12:01"))) == (7, None, True)
    assert (health.ask, health.stopped, health.late(NOW)) == (8, at("2026-11-23", "11:00"), False)
    assert position(FRONT_DOOR, given).states["partner-reply"] is State.OPEN
    answered = facts(("contact", at("2026-11-23", "09:00"), ""),
                     ("information-request", at("2026-11-23", "10:00"), "", "", False, asked[1:]))
    assert position(FRONT_DOOR, answered).states["partner-reply"] is State.NOT_NEEDED


def test_a_decision_waits_for_who_the_child_is_and_how_urgent_it_is() -> None:
    given = facts(("contact", at("2026-11-23"), ""), ("rating", at("2026-11-23", "10:30"), "red"))
    where = position(FRONT_DOOR, given)
    assert where.states["decision"] is State.WAITING and where.waits["decision"] == ("Known already?",)
    given.append(Fact(3, "identification", at("2026-11-23", "10:40")))
    assert position(FRONT_DOOR, given).states["decision"] is State.OPEN


def decided() -> list[Fact]:
    return facts(("contact", at("2026-11-23"), ""), ("identification", at("2026-11-23", "10:10")),
                 ("rating", at("2026-11-23", "10:30"), "red"), ("decision", at("2026-11-23", "12:00"), "nfa"),
                 ("answer-to-referrer", at("2026-11-23", "12:30")))


def test_taken_up_again_later_steps_are_to_be_done_again_and_old_clocks_keep_counting() -> None:
    assert position(FRONT_DOOR, decided()).closed
    again = [*decided(), Fact(6, "reopening", at("2026-12-01", "09:00"), "", "decision")]
    where = position(FRONT_DOOR, again)
    assert where.states["decision"] is State.OPEN and where.states["rating"] is State.DONE
    assert where.stage is not None and where.stage.name == "Decision"
    met = [r for r in reading("Decide: red", again) if r.stopped]
    assert met and met[0].stopped == at("2026-11-23", "12:00"), "the first decision was in time and still counts"
    done = [*again, Fact(7, "decision", at("2026-12-02", "09:00"), "new-referral"),
            Fact(8, "answer-to-referrer", at("2026-12-02", "09:30"))]
    assert position(FRONT_DOOR, done).closed


def test_every_disagreement_has_a_clock_of_its_own() -> None:
    given = [*decided(), Fact(6, "disagreement", at("2026-11-24"), "1"),
             Fact(7, "disagreement-reply", at("2026-11-25"), "next-stage"),
             Fact(8, "disagreement", at("2026-11-26"), "2")]
    first, second = reading("Answer the disagreement", given)
    assert first.stopped == at("2026-11-25") and second.stopped is None
    whole, = reading("Settle the disagreement", given)
    assert whole.started == at("2026-11-24") and whole.stopped is None, "a stage that settled nothing ends nothing"
    settled, = reading("Settle the disagreement", [*given, Fact(9, "disagreement-reply", at("2026-11-27"), "settled")])
    assert settled.stopped == at("2026-11-27")
