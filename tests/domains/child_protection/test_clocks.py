"""Conferences, core groups, visits, reviews and the birth, with dates by hand.

Bank holidays: 25 and 28 December 2026, 1 January 2027, 26 and 29 March 2027 (Easter).
"""
from __future__ import annotations

from datetime import date

import pytest

from goldthread.base.spans import Span
from goldthread.domains.child_protection.process import CHILD_PROTECTION as CP
from goldthread.process.engine import Fact, State, position
from goldthread.process.law import Law, LocalRule
from goldthread.rules.calendar import england
from tests.domains.dates import LATER, at, due, fact, facts, readings


def conference(held: str, outcome: str = "cp-plan", asked: str = "2026-12-10") -> list[Fact]:
    return facts(fact("conference-request", at(asked), "section-47"),
                 fact("conference-plan", at(asked, "15:00"), planned=at(held)),
                 fact("report-shared", at(asked, "16:00")), fact("initial-conference", at(held), outcome))


def then(given: list[Fact], *more: Fact) -> list[Fact]:
    return facts(*given, *more)


def test_the_conference_counts_from_the_strategy_discussion_over_christmas() -> None:
    given = facts(fact("conference-request", at("2026-12-10"), "section-47"))
    assert due(CP, "Hold the initial conference", given) == date(2027, 1, 5)
    assert readings(CP, "Hold the initial conference", given)[0].rule == "T14"
    assert readings(CP, "Hold the transfer-in conference", given) == []


def test_a_child_who_moved_here_has_the_transfer_limit() -> None:
    given = facts(fact("conference-request", at("2026-12-10"), "transfer-in"))
    assert due(CP, "Hold the transfer-in conference", given) == date(2027, 1, 5)
    assert readings(CP, "Hold the initial conference", given) == []


def test_the_report_is_shared_two_working_days_before_the_conference_that_is_planned() -> None:
    asked = fact("conference-request", at("2026-12-10"), "section-47")
    first = fact("conference-plan", at("2026-12-11"), planned=at("2027-01-05"))
    name = "Share the report with the family"
    assert due(CP, name, facts(asked, first)) == date(2026, 12, 31), "4 January and 31 December, over New Year"
    later = fact("conference-plan", at("2026-12-14"), planned=at("2027-01-07"))
    assert due(CP, name, facts(asked, first, later)) == date(2027, 1, 5), "put off by two days"
    shared = facts(asked, first, fact("report-shared", at("2026-12-12")), later)
    [kept] = readings(CP, name, shared)
    assert kept.stopped == at("2026-12-12"), "a family that has the report has it still when the conference is put off"
    held = fact("initial-conference", at("2027-01-07"), "cp-plan")
    assert [r.stopped for r in readings(CP, name, facts(*shared, held))] == [at("2026-12-12")]


def test_decisions_and_record_are_due_from_the_conference() -> None:
    given = conference("2026-12-24")
    assert due(CP, "Send the decisions", given) == date(2026, 12, 29)
    assert due(CP, "Send the record", given) == date(2027, 1, 26)


def test_the_first_core_group_is_due_in_ten_working_days_and_the_next_in_six_weeks() -> None:
    given = conference("2026-12-18")
    assert due(CP, "First core group", given) == date(2027, 1, 6)
    assert readings(CP, "Next core group", given) == []
    held = then(given, fact("core-group", at("2027-01-05")))
    assert due(CP, "Next core group", held) == date(2027, 2, 16)
    twice = then(held, fact("core-group", at("2027-02-17")))
    late, running = readings(CP, "Next core group", twice)
    assert late.late(at("2027-03-01")) and running.due.date() == date(2027, 3, 31)
    assert readings(CP, "First core group", twice)[0].stopped == at("2027-01-05")


def test_visits_are_counted_from_the_last_and_an_attempt_does_not_count() -> None:
    """Ten working days and four weeks, side by side. Monday 15 March 2027, Easter between."""
    given = then(conference("2027-03-01", asked="2027-02-15"), fact("plan-visit", at("2027-03-15")),
                 fact("attempted-visit", at("2027-03-22")))
    first, running = readings(CP, "Visit the child", given)
    assert (first.due.date(), first.stopped) == (date(2027, 3, 15), at("2027-03-15"))
    assert running.due.date() == date(2027, 3, 31), "two bank holidays"
    assert readings(CP, "Visit the child: longest gap", given)[1].due.date() == date(2027, 4, 12)


def test_the_first_review_is_due_in_three_months_and_the_statistic_in_91_days() -> None:
    """From 30 November 2027 three months end on 29 February 2028; 91 days do too, in a leap year."""
    given = conference("2027-11-30", asked="2027-11-15")
    assert due(CP, "First review conference", given) == date(2028, 2, 29)
    assert due(CP, "First review conference: published figure", given) == date(2028, 2, 29)
    common = conference("2026-11-30", asked="2026-11-16")
    assert due(CP, "First review conference", common) == date(2027, 2, 28)
    assert due(CP, "First review conference: published figure", common) == date(2027, 3, 1)


def reviewed(*decisions: tuple[str, str]) -> list[Fact]:
    given = conference("2026-12-18")
    for day, decision in decisions:
        given = then(given, fact("review-plan", at(day, "08:00"), planned=at(day)),
                     fact("review-report-shared", at(day, "09:00")), fact("review-conference", at(day), decision))
    return given


def test_later_reviews_are_due_six_months_after_the_last() -> None:
    given = reviewed(("2027-03-17", "continue"), ("2027-08-31", "continue"))
    met, running = readings(CP, "Next review conference", given)
    assert met.due.date() == date(2027, 9, 17) and not met.late(at("2028-01-01"))
    assert running.due.date() == date(2028, 2, 29), "six months after 31 August end on the leap day"
    assert readings(CP, "Next review conference: published figure", given)[1].due.date() == date(2028, 3, 1)


def test_a_review_that_ends_the_plan_stops_what_runs_again_and_again() -> None:
    given = reviewed(("2027-03-17", "end"))
    for name in ("Visit the child", "Visit the child: longest gap", "Next review conference"):
        assert [r for r in readings(CP, name, given) if r.stopped is None] == [], name
    assert position(CP, given).states["plan-end"] is State.OPEN
    assert position(CP, then(given, fact("plan-end", at("2027-03-17")))).closed


def test_each_review_has_its_own_decisions_and_record_to_send() -> None:
    given = then(reviewed(("2027-03-17", "continue")), fact("review-decisions-sent", at("2027-03-18")))
    given = then(given, fact("review-plan", at("2027-08-16"), planned=at("2027-09-01")),
                 fact("review-conference", at("2027-09-01"), "continue"))
    first, second = readings(CP, "Send the review's decisions", given)
    assert first.stopped == at("2027-03-18") and second.stopped is None
    assert second.due.date() == date(2027, 9, 2)
    assert [r.due.date() for r in readings(CP, "Send the review's record", given)] == [date(2027, 4, 16), date(2027, 9, 29)]


def test_the_review_report_is_shared_five_working_days_before() -> None:
    """Thursday 1 April 2027: back over Easter to Tuesday 23 March."""
    given = then(conference("2026-12-18"), fact("review-plan", at("2027-03-01"), planned=at("2027-04-01")))
    assert due(CP, "Share the review report with the family", given) == date(2027, 3, 23)


@pytest.mark.parametrize("well,name,last", [
    ("yes", "Look at the plan after the birth", date(2027, 2, 11)),
    ("no", "Look at the plan after the birth: mother not well", date(2027, 2, 21))])
def test_a_plan_made_before_birth_is_looked_at_after_it(well: str, name: str, last: date) -> None:
    born = then(conference("2026-12-18"), fact("birth", at("2027-02-01", "03:20"), well))
    assert due(CP, name, born) == last
    looked = then(born, fact("plan-after-birth", at("2027-02-08"), "core-group"))
    assert readings(CP, name, looked)[0].stopped == at("2027-02-08")
    assert due(CP, "Review the plan after the birth", looked) == date(2027, 8, 8)


@pytest.mark.parametrize("held", ["core-group", "review-conference", "plan-after-birth"])
def test_a_core_group_or_a_review_after_the_birth_is_the_look_at_the_plan(held: str) -> None:
    born = then(conference("2026-12-18"), fact("birth", at("2027-02-01", "03:20"), "yes"))
    when = at("2027-02-08")
    [found] = readings(CP, "Look at the plan after the birth", then(born, fact(held, when, "continue")))
    assert found.stopped == when and not found.late(when)


AFTER_BIRTH, AFTER_CONFERENCE = (f"First review after the birth: from the {what}" for what in ("birth", "conference"))


def set_from(day: date) -> Law:
    """Of a partnership that set both limits for itself from a day on."""
    return Law(england(), (LocalRule("T23c", Span.parse("10 working days"), day),
                           LocalRule("T23d", Span.parse("3 months"), day)))


def test_a_review_after_the_birth_is_counted_only_where_a_partnership_has_set_that_limit() -> None:
    """Birth on Monday 1 February 2027, conference on 18 December 2026: the 15th comes before 18 March."""
    born = then(conference("2026-12-18"), fact("birth", at("2027-02-01", "03:20"), "yes"))
    assert readings(CP, AFTER_BIRTH, born) == readings(CP, AFTER_CONFERENCE, born) == [], "elsewhere's protocol is no limit"
    own = set_from(date(2026, 9, 1))
    assert due(CP, AFTER_BIRTH, born, law=own) == date(2027, 2, 15)
    assert due(CP, AFTER_CONFERENCE, born, law=own) == date(2027, 3, 18)
    assert [readings(CP, name, born, own)[0].rule for name in (AFTER_BIRTH, AFTER_CONFERENCE)] == ["T23c", "T23d"]
    unborn = conference("2026-12-18")
    assert readings(CP, AFTER_CONFERENCE, unborn, own) == [], "of a plan not made before birth the usual limit counts alone"
    seen = then(born, fact("core-group", at("2027-02-08")), fact("review-conference", at("2027-02-16"), "continue"))
    late, in_time = readings(CP, AFTER_BIRTH, seen, own) + readings(CP, AFTER_CONFERENCE, seen, own)
    assert late.stopped == in_time.stopped == at("2027-02-16"), "a core group is no review"
    assert late.late(LATER) and not in_time.late(LATER)


def test_it_counts_from_the_day_on_which_it_was_set() -> None:
    born = then(conference("2026-12-18"), fact("birth", at("2027-02-01", "03:20"), "yes"))
    later = set_from(date(2027, 1, 1))
    assert readings(CP, AFTER_CONFERENCE, born, later) == [] and due(CP, AFTER_BIRTH, born, law=later) == date(2027, 2, 15)


def test_a_birth_on_29_february() -> None:
    born = then(conference("2028-01-12", asked="2028-01-04"), fact("birth", at("2028-02-29", "23:50"), "yes"))
    assert due(CP, "Look at the plan after the birth", born) == date(2028, 3, 10)


def test_long_plans_are_flagged() -> None:
    given = conference("2026-12-31")
    assert due(CP, "Long plan: look at it", given) == date(2028, 3, 31)
    assert due(CP, "Plan of two years", given) == date(2028, 12, 31)
    looked = then(given, fact("long-plan-review", at("2028-03-01")))
    assert readings(CP, "Long plan: look at it", looked)[0].stopped == at("2028-03-01")


def test_no_plan_no_clocks_of_one() -> None:
    given = then(conference("2026-12-18", "services"), fact("conference-decisions-sent", at("2026-12-21")),
                 fact("conference-record-sent", at("2027-01-05")))
    assert position(CP, given).closed
    for name in ("First core group", "Visit the child", "First review conference", "Plan of two years"):
        assert readings(CP, name, given) == [], name


def test_pause_more_time_late_entry_and_reopening() -> None:
    name = "First core group"
    paused = then(conference("2026-12-18"), fact("pause", at("2026-12-21"), about=name),
                  fact("resumption", at("2026-12-23"), about=name))
    assert due(CP, name, paused) == date(2027, 1, 8)
    longer = then(conference("2026-12-18"), fact("extension", at("2027-01-04"), about=name, planned=at("2027-01-20")))
    assert readings(CP, name, longer)[0].due == at("2027-01-20")
    late = then(conference("2026-12-18"), fact("core-group", at("2027-01-12")), fact("core-group", at("2027-01-05")))
    assert readings(CP, name, late)[0].stopped == at("2027-01-05"), "written down last, held first"
    again = then(reviewed(("2027-03-17", "end")), fact("plan-end", at("2027-03-17")),
                 fact("reopening", at("2027-03-22"), about="review-conference"))
    assert position(CP, again).states["review-conference"] is State.OPEN
    assert not position(CP, again).closed


def test_the_clock_change_does_not_move_the_last_day() -> None:
    """Friday 16 October 2026, ten working days: Friday 30 October; the clocks go back on the 25th."""
    assert due(CP, "First core group", conference("2026-10-16", asked="2026-10-01")) == date(2026, 10, 30)
