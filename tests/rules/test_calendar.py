"""Counting time by hand: one worked example for each way a count can go wrong."""
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from goldthread.base.spans import Span, Unit
from goldthread.rules.calendar import Calendar, OutsideCalendar, add_months, bank_holidays, england
from goldthread.rules.school_days import SchoolDays, TermDatesMissing
from tests.rules.holidays_by_hand import BY_HAND

LONDON = ZoneInfo("Europe/London")
END = timedelta(hours=23, minutes=59, seconds=59, microseconds=999999)


def at(text):
    """A London wall-clock time, such as "2026-03-27 16:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def end(text):
    return at(text) + END


def add(start, span):
    return england().add(start, Span.parse(span))


# -- bank holidays ------------------------------------------------------------------------------------

def test_holidays_are_the_published_ones():
    assert {day for day in bank_holidays() if 2018 <= day.year <= 2028} == BY_HAND


@pytest.mark.parametrize("day", ["2011-04-29", "2012-06-04", "2012-06-05", "2020-05-08", "2022-06-02",
                                 "2022-06-03", "2022-09-19", "2023-05-08", "2002-06-03", "2002-06-04"])
def test_one_off_holidays_are_not_working_days(day):
    assert not england().is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2020-05-04", "2012-05-28", "2022-05-30", "2002-05-27"])
def test_a_holiday_that_was_moved_leaves_a_working_day(day):
    assert england().is_working_day(date.fromisoformat(day))


def test_a_partnership_closes_on_its_own_days_too():
    closed = england(frozenset({date(2026, 12, 24)}))
    assert not closed.is_working_day(date(2026, 12, 24))
    assert england().is_working_day(date(2026, 12, 24))


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2036, 1, 1)])
def test_years_without_holidays_are_refused_not_guessed(day):
    with pytest.raises(OutsideCalendar, match="loaded from 01 January 2000 to 31 December 2035"):
        england().is_working_day(day)


# -- days, weeks, months ------------------------------------------------------------------------------

@pytest.mark.parametrize(("start", "span", "due"), [
    ("2026-03-02 10:00", "1 working day", "2026-03-03"),
    ("2026-03-06 16:59", "1 working day", "2026-03-09"),     # Friday
    ("2026-03-07 03:00", "1 working day", "2026-03-09"),     # Saturday: Monday is the first working day after
    ("2026-04-02 09:00", "1 working day", "2026-04-07"),     # the day before Good Friday
    ("2026-12-24 09:00", "15 working days", "2027-01-19"),   # Christmas, its substitute day and New Year
    ("2022-09-16 09:00", "5 working days", "2022-09-26"),    # the state funeral on Monday 19
    ("2026-03-06 16:59", "0 working days", "2026-03-06"),    # the same day
    ("2026-03-06 12:00", "10 days", "2026-03-16"),
    ("2026-03-06 12:00", "6 weeks", "2026-04-17"),
    ("2026-01-31 12:00", "1 month", "2026-02-28"),
    ("2028-01-31 12:00", "1 month", "2028-02-29"),
    ("2028-02-29 12:00", "12 months", "2029-02-28"),
    ("2026-08-31 12:00", "6 months", "2027-02-28"),
    ("2026-03-31 12:00", "6 months", "2026-09-30"),          # the yearly report: end of September
])
def test_a_limit_in_days_ends_with_its_last_day(start, span, due):
    assert add(at(start), span) == end(due)
    assert add(at(start).date(), span) == end(due)


def test_the_day_of_the_event_is_the_local_day():
    just_after_midnight = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)   # 00:30 on Tuesday in London
    assert add(just_after_midnight, "1 working day") == end("2026-06-03")
    greenwich = Calendar("no summer time", BY_HAND, zone="Etc/UTC")
    assert greenwich.add(just_after_midnight, Span.parse("1 working day")).date() == date(2026, 6, 2)


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        add(datetime(2026, 3, 2, 10), "1 working day")


def test_working_days_count_backwards_too():
    assert england().next_working_day(date(2026, 4, 7), -1) == date(2026, 4, 2)
    assert england().next_working_day(date(2026, 4, 5), 0) == date(2026, 4, 5)
    assert england().working_days_between(date(2026, 4, 7), date(2026, 4, 2)) == -1


def test_a_limit_before_an_event():
    conference = at("2026-04-08 10:00")
    assert england().before(conference, Span.parse("2 working days")) == end("2026-04-02")
    assert england().before(conference, Span.parse("24 hours")) == at("2026-04-07 10:00")
    assert england().before(date(2026, 5, 31), Span.parse("3 months")) == end("2026-02-28")
    with pytest.raises(ValueError, match="cannot be counted backwards"):
        england().before(conference, Span.parse("4 working hours"))


@pytest.mark.parametrize(("day", "n", "expected"), [
    (date(2026, 12, 31), 1, date(2027, 1, 31)), (date(2026, 1, 15), -1, date(2025, 12, 15)),
    (date(2026, 3, 31), -1, date(2026, 2, 28)), (date(2026, 11, 30), 3, date(2027, 2, 28)),
])
def test_add_months(day, n, expected):
    assert add_months(day, n) == expected


# -- hours --------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("start", "due"), [
    ("2026-03-27 12:00", "2026-03-30 13:00"),   # clocks go forward on 29 March: 72 real hours
    ("2026-10-23 12:00", "2026-10-26 11:00"),   # clocks go back on 25 October
    ("2026-06-01 12:00", "2026-06-04 12:00"),
])
def test_hours_are_real_hours_across_clock_changes(start, due):
    found = add(at(start), "72 hours")
    assert found == at(due)
    assert found.astimezone(UTC) - at(start).astimezone(UTC) == timedelta(hours=72)


def test_the_hour_that_happens_twice():
    first, second = at("2026-10-25 01:30"), at("2026-10-25 01:30").replace(fold=1)
    assert add(first, "1 hour").astimezone(UTC) == second.astimezone(UTC)
    assert add(second, "1 hour") == at("2026-10-25 02:30")


@pytest.mark.parametrize(("start", "span", "due"), [
    ("2026-03-02 10:00", "4 working hours", "2026-03-02 14:00"),
    ("2026-03-02 13:00", "4 working hours", "2026-03-02 17:00"),   # to the minute of closing
    ("2026-03-02 15:00", "4 working hours", "2026-03-03 11:00"),
    ("2026-03-02 06:00", "4 working hours", "2026-03-02 13:00"),   # before opening
    ("2026-03-02 17:00", "4 working hours", "2026-03-03 13:00"),   # at closing
    ("2026-03-06 22:00", "4 working hours", "2026-03-09 13:00"),   # Friday night
    ("2026-04-02 16:00", "4 working hours", "2026-04-07 12:00"),   # over Easter
    ("2026-03-27 16:00", "2 working hours", "2026-03-30 10:00"),   # over the clock change
    ("2026-03-02 09:00", "16 working hours", "2026-03-03 17:00"),
])
def test_working_hours_run_only_while_open(start, span, due):
    assert add(at(start), span) == at(due)


def test_longer_hours_are_the_partnerships_own():
    late = england(opens=time(8), closes=time(20))
    assert late.add(at("2026-03-02 18:00"), Span.parse("4 working hours")) == at("2026-03-03 10:00")


def test_opening_after_closing_is_refused():
    with pytest.raises(ValueError, match="before it closes"):
        england(opens=time(17), closes=time(9))


# -- pauses -------------------------------------------------------------------------------------------

def due(start, span, *pauses, now=None):
    return england().due(at(start), Span.parse(span), pauses, now)


def test_a_pause_moves_the_end_by_its_working_days():
    pause = (at("2026-03-04 10:00"), at("2026-03-11 10:00"))
    assert due("2026-03-02 10:00", "10 working days") == end("2026-03-16")
    assert due("2026-03-02 10:00", "10 working days", pause) == end("2026-03-23")


def test_a_pause_over_a_weekend_or_within_a_day_costs_nothing_in_working_days():
    assert due("2026-03-02 10:00", "10 working days", (at("2026-03-06 18:00"), at("2026-03-08 09:00"))) == end(
        "2026-03-16")
    assert due("2026-03-02 10:00", "10 working days", (at("2026-03-04 09:00"), at("2026-03-04 16:00"))) == end(
        "2026-03-16")


def test_a_pause_that_starts_on_the_last_day_still_counts_and_one_after_it_does_not():
    assert due("2026-03-02 10:00", "1 working day", (at("2026-03-03 16:00"), at("2026-03-05 16:00"))) == end(
        "2026-03-05")
    assert due("2026-03-02 10:00", "1 working day", (at("2026-03-04 00:00"), at("2026-03-05 16:00"))) == end(
        "2026-03-03")


def test_a_pause_at_the_very_last_instant_is_still_in_time():
    pause = (at("2026-03-02 14:00"), at("2026-03-02 16:00"))
    assert due("2026-03-02 10:00", "4 working hours", pause) == at("2026-03-02 16:00")
    after = (at("2026-03-02 14:00") + timedelta(microseconds=1), at("2026-03-02 16:00"))
    assert due("2026-03-02 10:00", "4 working hours", after) == at("2026-03-02 14:00")


def test_an_open_pause_counts_to_now_and_needs_it():
    pause = (at("2026-03-04 10:00"), None)
    assert due("2026-03-02 10:00", "10 working days", pause, now=at("2026-03-06 10:00")) == end("2026-03-18")
    assert due("2026-03-02 10:00", "10 working days", pause, now=at("2026-03-09 10:00")) == end("2026-03-19")
    with pytest.raises(ValueError, match="Pass now="):
        due("2026-03-02 10:00", "10 working days", pause)


def test_overlapping_pauses_count_once_and_their_order_does_not_matter():
    one, two = (at("2026-03-03 10:00"), at("2026-03-05 10:00")), (at("2026-03-04 10:00"), at("2026-03-06 10:00"))
    whole = (at("2026-03-03 10:00"), at("2026-03-06 10:00"))
    assert due("2026-03-02 10:00", "10 working days", two, one) == due("2026-03-02 10:00", "10 working days", whole)


def test_a_pause_from_before_the_start_counts_from_the_start():
    early = (at("2026-02-20 10:00"), at("2026-03-04 10:00"))
    assert due("2026-03-02 10:00", "10 working days", early) == end("2026-03-18")
    over = (at("2026-02-20 10:00"), at("2026-02-25 10:00"))
    assert due("2026-03-02 10:00", "10 working days", over) == end("2026-03-16")


@pytest.mark.parametrize(("span", "expected"), [
    ("72 hours", at("2026-03-06 12:30")),
    ("4 working hours", at("2026-03-03 13:00")),   # two open hours left on Monday, paused, two more on Tuesday
    ("6 weeks", end("2026-04-14")),
    ("3 months", end("2026-06-03")),
    ("10 days", end("2026-03-13")),
])
def test_each_unit_pauses_in_its_own_way(span, expected):
    start = "2026-03-02 10:00" if span != "72 hours" else "2026-03-02 12:00"
    stop = "2026-03-02 12:00" if span == "4 working hours" else "2026-03-02 13:00"
    go = "2026-03-03 11:00" if span == "4 working hours" else "2026-03-03 13:30"
    assert due(start, span, (at(stop), at(go))) == expected


def test_a_pause_outside_opening_hours_does_not_move_working_hours():
    overnight = (at("2026-03-02 17:30"), at("2026-03-03 08:00"))
    assert due("2026-03-02 13:00", "4 working hours", overnight) == at("2026-03-02 17:00")
    assert due("2026-03-02 15:00", "4 working hours", overnight) == at("2026-03-03 11:00")


def test_a_pause_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="cannot end"):
        due("2026-03-02 10:00", "1 working day", (at("2026-03-05 10:00"), at("2026-03-04 10:00")))


# -- elapsed, for figures -----------------------------------------------------------------------------

@pytest.mark.parametrize(("start", "finish", "unit", "expected"), [
    ("2026-04-02 10:00", "2026-04-07 09:00", Unit.WORKING_DAYS, 1),
    ("2026-03-27 12:00", "2026-03-30 13:00", Unit.HOURS, 72),
    ("2026-03-02 15:00", "2026-03-03 11:30", Unit.WORKING_HOURS, 4.5),
    ("2026-03-03 11:30", "2026-03-02 15:00", Unit.WORKING_HOURS, -4.5),
    ("2026-03-02 15:00", "2026-03-05 00:00", Unit.DAYS, 3),
    ("2026-03-02 15:00", "2026-04-13 00:00", Unit.WEEKS, 6),
    ("2026-01-31 15:00", "2026-02-28 00:00", Unit.MONTHS, 1),
    ("2026-01-30 15:00", "2026-02-27 00:00", Unit.MONTHS, 0),
    ("2026-04-13 15:00", "2026-02-27 00:00", Unit.MONTHS, -1),
])
def test_elapsed(start, finish, unit, expected):
    assert england().elapsed(at(start), at(finish), unit) == expected


# -- school days --------------------------------------------------------------------------------------

TERMS = SchoolDays("Northbridge", ((date(2026, 9, 2), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18))),
                   closed=frozenset({date(2026, 11, 2)}))


def test_a_limit_in_school_days_leaves_out_half_term_and_training_days():
    calendar = england(school=TERMS)
    assert calendar.add(at("2026-10-22 10:00"), Span.parse("2 school days")) == end("2026-11-03")
    pause = (at("2026-10-22 12:00"), at("2026-11-03 12:00"))
    assert calendar.due(at("2026-10-22 10:00"), Span.parse("2 school days"), [pause]) == end("2026-11-05")
    assert calendar.elapsed(date(2026, 10, 22), date(2026, 11, 3), Unit.SCHOOL_DAYS) == 2


def test_a_limit_in_school_days_needs_term_dates():
    with pytest.raises(TermDatesMissing, match="needs the partnership's term dates"):
        add(at("2026-10-22 10:00"), "10 school days")
