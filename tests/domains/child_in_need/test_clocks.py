"""Visits and reviews of a child in need plan, with dates by hand."""
from __future__ import annotations

from datetime import date

from goldthread.domains.child_in_need.process import CHILD_IN_NEED
from goldthread.process.engine import Fact, State, position
from tests.domains.dates import at, due, fact, facts, readings


def planned(day: str) -> list[Fact]:
    return facts(fact("need-found", at(day), "N1"), fact("need-plan", at(day, "11:00")))


def test_the_first_review_in_three_months_clipped_to_the_leap_day() -> None:
    assert due(CHILD_IN_NEED, "First review", planned("2027-11-30")) == date(2028, 2, 29)


def test_later_reviews_in_six_months_from_the_last() -> None:
    given = facts(*planned("2026-03-02"), fact("need-review", at("2026-05-29"), "continue"))
    assert readings(CHILD_IN_NEED, "First review", given)[0].stopped == at("2026-05-29")
    assert due(CHILD_IN_NEED, "Next review", given) == date(2026, 11, 29), "a Sunday: months do not skip weekends"


def test_visits_at_most_six_weeks_apart_over_both_clock_changes() -> None:
    given = facts(*planned("2026-03-02"), fact("need-visit", at("2026-03-16")))
    first, running = readings(CHILD_IN_NEED, "Visit the child", given)
    assert first.due.date() == date(2026, 4, 13) and running.due.date() == date(2026, 4, 27)
    autumn = facts(*planned("2026-10-05"))
    assert due(CHILD_IN_NEED, "Visit the child", autumn) == date(2026, 11, 16)


def test_a_plan_made_again_does_not_start_the_first_review_again() -> None:
    given = facts(*planned("2026-03-02"), fact("need-plan", at("2026-04-01")))
    assert due(CHILD_IN_NEED, "First review", given) == date(2026, 6, 2)


def test_the_end() -> None:
    given = facts(*planned("2026-03-02"), fact("need-visit", at("2026-03-16")),
                  fact("need-review", at("2026-05-29"), "end"))
    assert [r for r in readings(CHILD_IN_NEED, "Visit the child", given) if r.stopped is None] == []
    assert position(CHILD_IN_NEED, given).states["need-end"] is State.OPEN
    assert position(CHILD_IN_NEED, facts(*given, fact("need-end", at("2026-05-29"), "RC7"))).closed


def test_pause_more_time_late_entry_and_reopening() -> None:
    """Two weeks of pause; months count the calendar days of a pause."""
    paused = facts(*planned("2026-03-02"), fact("pause", at("2026-04-01"), about="First review"),
                   fact("resumption", at("2026-04-15"), about="First review"))
    assert due(CHILD_IN_NEED, "First review", paused) == date(2026, 6, 16)
    longer = facts(*planned("2026-03-02"), fact("extension", at("2026-05-01"), about="First review",
                                                planned=at("2026-06-30")))
    assert readings(CHILD_IN_NEED, "First review", longer)[0].due == at("2026-06-30")
    late = facts(*planned("2026-03-02"), fact("need-visit", at("2026-04-20")), fact("need-visit", at("2026-03-16")))
    assert [r.due.date() for r in readings(CHILD_IN_NEED, "Visit the child", late)] == [
        date(2026, 4, 13), date(2026, 4, 27), date(2026, 6, 1)]
    again = facts(*planned("2026-03-02"), fact("need-visit", at("2026-03-16")),
                  fact("need-review", at("2026-05-29"), "end"), fact("need-end", at("2026-05-29"), "RC7"),
                  fact("reopening", at("2026-07-01"), about="need-review"))
    assert position(CHILD_IN_NEED, again).states["need-review"] is State.OPEN
