"""A move between areas, with dates by hand. Bank holidays: 25 and 28 December 2026, 1 January 2027."""
from __future__ import annotations

from datetime import date

from goldthread.domains.transfer.process import TRANSFER
from goldthread.process.engine import State, position
from tests.domains.dates import at, due, fact, facts, readings

NAME = "Arrange what follows here"


def test_15_working_days_from_when_we_were_told_over_christmas() -> None:
    given = facts(fact("move-notice", at("2026-12-12"), "in"))  # a Saturday
    assert due(TRANSFER, NAME, given) == date(2027, 1, 6)


def test_15_working_days_over_29_february_and_over_a_clock_change() -> None:
    assert due(TRANSFER, NAME, facts(fact("move-notice", at("2028-02-21"), "in"))) == date(2028, 3, 13)
    assert due(TRANSFER, NAME, facts(fact("move-notice", at("2026-10-12"), "in"))) == date(2026, 11, 2)


def test_only_a_move_here_for_good_has_the_limit() -> None:
    for direction in ("in-for-now", "out"):
        assert readings(TRANSFER, NAME, facts(fact("move-notice", at("2026-12-12"), direction))) == []


def test_accepted_here_declined_and_accepted_after_all() -> None:
    told = fact("move-notice", at("2026-12-14"), "in")
    declined = facts(told, fact("move-answer", at("2026-12-15"), "declined"))
    assert position(TRANSFER, declined).closed and readings(TRANSFER, NAME, declined) == []
    accepted = facts(*declined, fact("move-answer", at("2026-12-17"), "accepted"))
    assert position(TRANSFER, accepted).states["move-in-arranged"] is State.OPEN
    assert due(TRANSFER, NAME, accepted) == date(2027, 1, 7), "from when we were told, not from the answer"


def test_a_move_away_needs_papers_an_answer_and_a_handing_over() -> None:
    given = facts(fact("move-notice", at("2026-12-14"), "out"))
    assert position(TRANSFER, given).states["papers-sent"] is State.OPEN
    done = facts(*given, fact("papers-sent", at("2026-12-15")), fact("move-answer", at("2026-12-18"), "accepted"))
    assert position(TRANSFER, done).states["move-out-done"] is State.OPEN
    assert position(TRANSFER, done).states["move-in-arranged"] is State.NOT_NEEDED


def test_pause_more_time_late_entry_and_reopening() -> None:
    told = facts(fact("move-notice", at("2026-12-14"), "in"))
    paused = facts(*told, fact("pause", at("2026-12-15"), about=NAME), fact("resumption", at("2026-12-16"), about=NAME))
    assert due(TRANSFER, NAME, paused) == date(2027, 1, 8)
    longer = facts(*told, fact("extension", at("2026-12-20"), about=NAME, planned=at("2027-01-29")))
    assert readings(TRANSFER, NAME, longer)[0].due == at("2027-01-29")
    late = facts(*told, fact("move-in-arranged", at("2027-01-05"), "conference"),
                 fact("move-answer", at("2026-12-17"), "accepted"))
    assert readings(TRANSFER, NAME, late)[0].stopped == at("2027-01-05") and position(TRANSFER, late).closed
    again = facts(*late, fact("reopening", at("2027-01-11"), about="move-answer"))
    assert position(TRANSFER, again).states["move-answer"] is State.OPEN
