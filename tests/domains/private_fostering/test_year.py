"""A private fostering year by hand: visits from the day the council became aware, and what moves or stops them."""
from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from goldthread.domains.private_fostering.process import PRIVATE_FOSTERING
from goldthread.process.engine import Fact, Reading, State, clocks, position
from goldthread.process.law import Law
from goldthread.rules.calendar import england

LONDON = ZoneInfo("Europe/London")
LAW = Law(england())


def at(day: str, hour: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=LONDON)


NOW = at("2027-12-31", "12:00")


def facts(*made: tuple) -> list[Fact]:
    """(key, when, outcome, about, planned) in the order they were recorded."""
    return [Fact(n, key, when, *rest[:2], planned=rest[2] if len(rest) > 2 else None)
            for n, (key, when, *rest) in enumerate(made, 1)]


def reading(name: str, given: list[Fact], now: datetime = NOW) -> list[Reading]:
    return [r for r in clocks(PRIVATE_FOSTERING, given, LAW, now) if r.name == name]


NOTICE = ("fostering-notice", at("2026-12-21"), "running")


def visits(*days: str) -> list[Fact]:
    return facts(NOTICE, *(("fostering-visit", at(day), "regular") for day in days))


def test_the_first_visit_is_due_after_seven_working_days_over_christmas() -> None:
    [clock] = reading("First visit: child lives there", facts(NOTICE))
    # 22, 23, 24, 29, 30, 31 December and 4 January: the 25th, the 28th (for Boxing Day) and 1 January are holidays
    assert clock.due.date() == date(2027, 1, 4) and clock.rule == "T74"
    assert reading("First visit: planned arrangement", facts(NOTICE)) == []
    planned = facts(("fostering-notice", at("2026-12-21"), "proposed"))
    [clock] = reading("First visit: planned arrangement", planned)
    assert (clock.due.date(), clock.rule) == (date(2027, 1, 4), "T73")


def test_visits_are_six_weeks_apart_in_the_first_year_from_the_day_the_council_knew() -> None:
    found = reading("Regular visit", visits("2027-01-04", "2027-02-15", "2027-03-30"))
    assert [(r.cycle, r.due.date(), r.rule) for r in found] == [
        (1, date(2027, 2, 1), "T75"),   # six weeks from 21 December, not from when the child moved in
        (2, date(2027, 2, 15), "T75"), (3, date(2027, 3, 29), "T75"), (4, date(2027, 5, 11), "T75")]
    assert [r.late(NOW) for r in found] == [False, False, True, True]
    assert found[2].due.date() == date(2027, 3, 29), "Easter Monday changes nothing: the limit is in weeks"


def test_twelve_weeks_apart_from_the_second_year_on() -> None:
    found = reading("Regular visit", visits("2027-12-13", "2027-12-22"), at("2028-01-10"))
    assert [(r.due.date(), r.rule) for r in found[1:]] == [
        (date(2028, 1, 24), "T75"),     # last visited on day 357: six weeks still
        (date(2028, 3, 15), "T76")]     # last visited on day 366: twelve weeks


def test_a_leap_year_is_a_day_longer() -> None:
    notice = ("fostering-notice", at("2027-03-01"), "running")
    leap = facts(notice, ("fostering-visit", at("2028-02-29"), "regular"))
    last = reading("Regular visit", leap, at("2028-03-01"))[-1]
    assert (last.due.date(), last.rule) == (date(2028, 4, 11), "T75"), "29 February 2028 is the first year's last day"
    after = facts(notice, ("fostering-visit", at("2028-03-02"), "regular"))
    assert reading("Regular visit", after, at("2028-03-03"))[-1].rule == "T76"


def test_a_notice_on_29_february_has_its_year_and_its_audits() -> None:
    notice = ("fostering-notice", at("2028-02-29"), "running")
    assert reading("Monthly audit", facts(notice), at("2028-03-01"))[0].due.date() == date(2028, 3, 29)
    audited = facts(notice, ("fostering-audit", at("2028-03-31"), "good"))
    assert reading("Monthly audit", audited, at("2028-04-01"))[-1].due.date() == date(2028, 4, 30)


def test_a_visit_entered_late_counts_from_when_it_was_made() -> None:
    found = reading("Regular visit", visits("2027-02-20", "2027-01-04"))
    assert [r.due.date() for r in found] == [date(2027, 2, 1), date(2027, 2, 15), date(2027, 4, 3)]
    assert found[0].stopped == at("2027-01-04"), "written down second, made first"


def test_corrected_to_an_earlier_day_every_later_visit_moves() -> None:
    earlier = [Fact(1, "fostering-notice", at("2026-12-07"), "running"), *visits("2027-01-04")[1:]]
    assert reading("Regular visit", earlier)[0].due.date() == date(2027, 1, 18)


def test_a_pause_moves_the_visit_by_its_days_and_more_time_by_what_is_given() -> None:
    paused = facts(NOTICE, ("fostering-visit", at("2027-01-04"), "first"),
                   ("pause", at("2027-01-11"), "", "Regular visit"), ("resumption", at("2027-01-25"), "", "Regular visit"))
    assert reading("Regular visit", paused)[-1].due.date() == date(2027, 3, 1), "15 February and 14 days"
    given = facts(NOTICE, ("fostering-visit", at("2027-01-04"), "first"),
                  ("extension", at("2027-02-10"), "", "Regular visit", at("2027-02-19", "17:00")))
    assert reading("Regular visit", given)[-1].due == at("2027-02-19", "17:00")


def test_a_visit_asked_for_is_due_when_it_was_promised() -> None:
    asked = facts(NOTICE, ("fostering-visit", at("2027-01-04"), "first"),
                  ("visit-request", at("2027-01-10"), "", "", at("2027-01-14", "16:00")))
    [clock] = reading("Visit asked for", asked, at("2027-01-11"))
    assert (clock.due, clock.stopped) == (at("2027-01-14", "16:00"), None)
    made = [*asked, Fact(4, "fostering-visit", at("2027-01-13"), "asked")]
    assert reading("Visit asked for", made)[0].stopped == at("2027-01-13")


def decided(outcome: str) -> list[Fact]:
    return facts(NOTICE, ("fostering-visit", at("2027-01-04"), "first"), ("suitability", at("2027-01-20")),
                 ("suitability-decision", at("2027-01-25"), outcome))


def test_requirements_or_a_prohibition_are_to_be_written_only_where_they_were_decided() -> None:
    states = {each: position(PRIVATE_FOSTERING, decided(each)).states for each in (
        "suitable", "with-requirements", "prohibited", "not-private-fostering")}
    assert [states[each]["fostering-requirements"] is State.OPEN for each in states] == [False, True, False, False]
    assert [states[each]["prohibition"] is State.OPEN for each in states] == [False, False, True, False]
    assert position(PRIVATE_FOSTERING, decided("not-private-fostering")).closed
    assert not position(PRIVATE_FOSTERING, decided("suitable")).closed


def test_visits_go_on_after_a_prohibition_and_stop_with_the_end() -> None:
    assert reading("Regular visit", decided("prohibited"))[-1].stopped is None
    ended = [*decided("suitable"), Fact(5, "fostering-end", at("2027-01-28"), "returned")]
    assert position(PRIVATE_FOSTERING, ended).closed
    assert all(r.stopped for r in reading("Regular visit", ended) + reading("Monthly audit", ended))


def test_taken_up_again_after_its_end_it_is_watched_over_anew() -> None:
    ended = [*decided("suitable"), Fact(5, "fostering-end", at("2027-01-28"), "returned")]
    again = [*ended, Fact(6, "reopening", at("2027-03-01"), "", "fostering-end")]
    where = position(PRIVATE_FOSTERING, again)
    assert where.states["fostering-end"] is State.OPEN and where.states["suitability-decision"] is State.DONE
    last = reading("Regular visit", again, at("2027-03-02"))[-1]
    assert (last.stopped, last.due.date()) == (None, at("2027-01-04").date() + timedelta(weeks=6))
