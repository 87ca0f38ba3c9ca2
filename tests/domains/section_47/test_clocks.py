"""The strategy discussion, the enquiry and the conference to be arranged, with dates by hand.

Bank holidays: 25 and 28 December 2026, 1 January 2027, 31 August 2026.
"""
from __future__ import annotations

from datetime import date

import pytest

from goldthread.domains.section_47.process import SECTION_47
from goldthread.process.engine import Asked, Fact, State, position
from tests.domains.dates import at, due, fact, facts, readings

HOLD, ENQUIRE, ARRANGE = "Hold the strategy discussion", "Conclude the enquiry", "Arrange the initial conference"


def begun(when: str = "2026-12-09", decision: str = "joint", held: str = "2026-12-10") -> list[Fact]:
    return facts(fact("harm-concern", at(when), "ordinary"), fact("strategy-discussion", at(held), decision))


@pytest.mark.parametrize("urgency,name,last", [
    ("ordinary", HOLD, date(2026, 9, 3)),
    ("immediate", f"{HOLD} today", date(2026, 8, 28)),
    ("complex", f"{HOLD}: complex abuse", date(2026, 9, 7))])
def test_the_strategy_discussion_is_due_by_how_urgent_it_is(urgency: str, name: str, last: date) -> None:
    """A Friday before the August bank holiday: three and five working days, or the same day."""
    given = facts(fact("harm-concern", at("2026-08-28", "16:30"), urgency))
    assert due(SECTION_47, name, given) == last
    others = {HOLD, f"{HOLD} today", f"{HOLD}: complex abuse"} - {name}
    assert all(readings(SECTION_47, other, given) == [] for other in others)


def test_two_clocks_run_from_the_one_discussion_over_christmas() -> None:
    given = begun()
    assert due(SECTION_47, ENQUIRE, given) == due(SECTION_47, ARRANGE, given) == date(2027, 1, 5)
    rules = {r.name: r.rule for name in (ENQUIRE, ARRANGE) for r in readings(SECTION_47, name, given)}
    assert rules == {ENQUIRE: "T13", ARRANGE: "T14"}


def test_they_count_from_the_discussion_that_began_the_enquiry() -> None:
    first = begun(decision="no-enquiry")
    assert readings(SECTION_47, ENQUIRE, first) == []
    again = [*first, Fact(3, "strategy-discussion", at("2026-12-14"), "single")]
    assert due(SECTION_47, ENQUIRE, again) == date(2027, 1, 7)


def test_no_enquiry_needs_nothing_more() -> None:
    where = position(SECTION_47, begun(decision="no-enquiry"))
    assert where.closed and where.states["enquiry-report"] is State.NOT_NEEDED


def test_no_conference_no_clock_for_one() -> None:
    given = [*begun(), Fact(3, "enquiry-visit", at("2026-12-11")), Fact(4, "enquiry-report", at("2026-12-18"), "likely"),
             Fact(5, "enquiry-outcome", at("2026-12-21"), "services")]
    assert readings(SECTION_47, ARRANGE, given) == []
    assert position(SECTION_47, given).closed
    conference = [*given[:-1], Fact(5, "enquiry-outcome", at("2026-12-21"), "cp-conference")]
    assert due(SECTION_47, ARRANGE, conference) == date(2027, 1, 5)
    assert position(SECTION_47, conference).states["conference-arranged"] is State.OPEN


def test_the_clock_change_does_not_move_the_last_day() -> None:
    """Monday 19 October 2026, 15 working days: Monday 9 November; the clocks go back on the 25th."""
    assert due(SECTION_47, ENQUIRE, begun("2026-10-19", held="2026-10-19")) == date(2026, 11, 9)


def test_29_february_is_a_day_like_any_other() -> None:
    """Thursday 15 February 2024, 10 working days to the 29th and 5 more to Thursday 7 March."""
    assert due(SECTION_47, ENQUIRE, begun("2024-02-15", held="2024-02-15")) == date(2024, 3, 7)


def test_a_pause_and_more_time() -> None:
    """The police asked us to wait from Monday to Wednesday: two working days."""
    paused = [*begun(), Fact(3, "pause", at("2026-12-14"), about=ENQUIRE), Fact(4, "resumption", at("2026-12-16"),
                                                                                about=ENQUIRE)]
    assert due(SECTION_47, ENQUIRE, paused) == date(2027, 1, 7)
    assert due(SECTION_47, ARRANGE, paused) == date(2027, 1, 5), "the conference's limit does not wait"
    longer = [*begun(), Fact(3, "extension", at("2026-12-14"), about=ARRANGE, planned=at("2027-01-15", "12:00"))]
    assert readings(SECTION_47, ARRANGE, longer)[0].due == at("2027-01-15", "12:00")


def test_a_discussion_entered_late_counts_from_when_it_was_held() -> None:
    given = facts(fact("harm-concern", at("2026-12-09"), "ordinary"), fact("enquiry-visit", at("2026-12-11")),
                  fact("strategy-discussion", at("2026-12-10"), "joint"))
    assert due(SECTION_47, ENQUIRE, given) == date(2027, 1, 5)
    assert not readings(SECTION_47, HOLD, given)[0].late(at("2027-06-01"))


def test_taken_up_again_from_the_outcome() -> None:
    done = [*begun(), Fact(3, "enquiry-visit", at("2026-12-11")), Fact(4, "enquiry-report", at("2026-12-18"), "likely"),
            Fact(5, "enquiry-outcome", at("2026-12-21"), "nfa")]
    again = [*done, Fact(6, "reopening", at("2027-01-11"), about="enquiry-outcome")]
    first, second = readings(SECTION_47, ENQUIRE, again)
    assert first.stopped == at("2026-12-21") and second.started == at("2027-01-11")
    assert position(SECTION_47, again).states["enquiry-outcome"] is State.OPEN


def test_each_agency_asked_has_its_own_time() -> None:
    asked = (Asked(7, 1, at("2026-12-10", "09:00")), Asked(8, 2, at("2026-12-10", "12:00"), at("2026-12-09", "15:00")))
    given = facts(fact("harm-concern", at("2026-12-09"), "ordinary"),
                  fact("strategy-invitation", at("2026-12-09", "11:00"), asked=asked, planned=at("2026-12-10")))
    police, health = readings(SECTION_47, "Agency's answer", given)
    assert police.stopped is None and health.stopped == at("2026-12-09", "15:00")
