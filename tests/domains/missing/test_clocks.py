"""The limits of a missing episode by hand: hours over a clock change, a refusal, pauses, late entries, reopening."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from goldthread.domains.missing.process import MISSING
from goldthread.process.engine import Fact, Reading, State, clocks, position
from goldthread.process.law import Law
from goldthread.rules.calendar import england

LONDON = ZoneInfo("Europe/London")
LAW = Law(england())
INTERVIEW = "Return home interview"


def at(day: str, hour: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=LONDON)


NOW = at("2026-12-31", "12:00")


def facts(*made: tuple) -> list[Fact]:
    """(key, when, outcome, about) in the order they were recorded."""
    return [Fact(n, key, when, *rest) for n, (key, when, *rest) in enumerate(made, 1)]


def reading(name: str, given: list[Fact], now: datetime = NOW) -> list[Reading]:
    return [r for r in clocks(MISSING, given, LAW, now) if r.name == name]


def back(found: datetime, *more: tuple) -> list[Fact]:
    return facts(("missing-report", found - timedelta(days=1), "M"), ("missing-found", found, "returned"), *more)


def test_72_hours_are_72_hours_when_the_clocks_go_back() -> None:
    [clock] = reading(INTERVIEW, back(at("2026-10-24", "10:00")))  # the clocks go back on the 25th
    assert clock.due == at("2026-10-27", "09:00") and clock.rule == "T80"
    assert clock.due.astimezone(UTC) - at("2026-10-24", "10:00").astimezone(UTC) == timedelta(hours=72)


def test_72_hours_are_72_hours_when_the_clocks_go_forward() -> None:
    [clock] = reading(INTERVIEW, back(at("2027-03-27", "10:00")), at("2027-04-30"))
    assert clock.due == at("2027-03-30", "11:00")


def test_the_last_minute_is_in_time_and_the_next_is_late() -> None:
    edge = at("2026-10-27", "09:00")
    for made, late in ((edge, False), (edge + timedelta(minutes=1), True)):
        offered = ("interview-offer", at("2026-10-25"), "accepted")
        given = back(at("2026-10-24", "10:00"), offered, ("return-interview", made))
        [clock] = reading(INTERVIEW, given)
        assert clock.late(NOW) is late


def test_it_runs_through_a_bank_holiday_weekend() -> None:
    [clock] = reading(INTERVIEW, back(at("2026-12-24", "18:00")))
    assert clock.due == at("2026-12-27", "18:00")


def test_refused_no_interview_is_due_and_the_reason_is_what_is_kept() -> None:
    given = back(at("2026-11-02"), ("interview-offer", at("2026-11-03"), "refused"))
    assert reading(INTERVIEW, given) == []
    assert position(MISSING, given).states["return-interview"] is State.NOT_NEEDED


def test_a_young_person_who_turned_18_unfound_is_interviewed_by_nobody() -> None:
    given = facts(("missing-report", at("2026-11-02"), "M"), ("missing-found", at("2026-12-01"), "turned-18"))
    states = position(MISSING, given).states
    assert {states[each] for each in ("prevention-interview", "interview-offer", "return-interview")} == {State.NOT_NEEDED}
    assert states["episode-outcome"] is State.OPEN and reading(INTERVIEW, given) == []


def test_found_earlier_than_first_written_the_limit_moves_back() -> None:
    right = [Fact(1, "missing-report", at("2026-11-01"), "M"), Fact(3, "missing-found", at("2026-11-01", "22:00"), "police")]
    assert reading(INTERVIEW, right)[0].due == at("2026-11-04", "22:00")


def test_a_pause_and_more_time() -> None:
    paused = back(at("2026-11-02"), ("pause", at("2026-11-03"), "", INTERVIEW),
                  ("resumption", at("2026-11-03", "16:00"), "", INTERVIEW))
    assert reading(INTERVIEW, paused)[0].due == at("2026-11-05", "16:00")
    given = [*back(at("2026-11-02")), Fact(3, "extension", at("2026-11-04"), "", INTERVIEW, planned=at("2026-11-06"))]
    assert reading(INTERVIEW, given)[0].due == at("2026-11-06")


def test_a_meeting_is_due_while_the_child_is_missing_and_not_once_found() -> None:
    gone = facts(("missing-report", at("2026-11-02"), "M"))
    assert reading("Strategy meeting while missing", gone)[0].due == at("2026-11-05")
    assert reading("Strategy meeting while missing", back(at("2026-11-02"))) == []
    met = facts(("missing-report", at("2026-11-02"), "M"), ("missing-meeting", at("2026-11-04"), ""),
                ("missing-found", at("2026-11-06"), "police"))
    assert reading("Strategy meeting while missing", met)[0].stopped == at("2026-11-04")


def test_taken_up_again_the_first_interview_still_counts_and_another_is_due() -> None:
    done = back(at("2026-11-02"), ("interview-offer", at("2026-11-03"), "accepted"),
                ("return-interview", at("2026-11-04")), ("episode-outcome", at("2026-11-09"), "nothing-more"))
    again = [*done, Fact(6, "reopening", at("2026-12-01", "09:00"), "", "return-interview")]
    first, second = reading(INTERVIEW, again)
    assert (first.stopped, second.stopped) == (at("2026-11-04"), None)
    assert second.due == at("2026-12-04", "09:00")
