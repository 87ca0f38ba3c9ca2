"""The calendar against independent oracles on random cases: numpy for days, stepping for hours and pauses.

Each oracle is also shown to notice a wrong calendar, so that agreement means something."""
import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy
import pytest

from goldthread.base.spans import Span, Unit
from goldthread.rules.calendar import Calendar, england
from tests.rules.holidays_by_hand import BY_HAND

LONDON = ZoneInfo("Europe/London")
FIRST, LAST = date(2018, 1, 1), date(2028, 12, 31)
HOLIDAYS = numpy.array(sorted(BY_HAND), dtype="datetime64[D]")
LESS_ONE = Calendar("one holiday missing", BY_HAND - {date(2022, 9, 19)}, covers=(FIRST, LAST))


def random_days(n, seed, end=date(2028, 6, 1)):
    pick = random.Random(seed)
    return [FIRST + timedelta(days=pick.randrange((end - FIRST).days)) for _ in range(n)]


# -- working days -------------------------------------------------------------------------------------

def busday_due(day, n):
    """The nth working day after: numpy starts from the working day on or before, so day 0 need not be one."""
    return numpy.busday_offset(numpy.datetime64(day), n, roll="backward", holidays=HOLIDAYS).item()


def days_wrong(calendar, cases):
    pick = random.Random(1)
    counts = [pick.choice((1, 2, 3, 5, 7, 10, 15, 20, 45, 70)) for _ in cases]
    return [(day, n) for day, n in zip(cases, counts, strict=True)
            if calendar.add(day, Span(n, Unit.WORKING_DAYS)).date() != busday_due(day, n)]


def test_working_days_agree_with_numpy():
    assert days_wrong(england(), random_days(30_000, seed=7)) == []


def test_numpy_notices_one_missing_holiday():
    assert days_wrong(LESS_ONE, random_days(30_000, seed=7)) != []


def test_days_between_agree_with_numpy():
    wrong, noticed = [], []
    for a, b in zip(random_days(15_000, seed=8), random_days(15_000, seed=9), strict=True):
        a, b = min(a, b), max(a, b)
        expected = int(numpy.busday_count(a + timedelta(days=1), b + timedelta(days=1), holidays=HOLIDAYS))
        wrong += [(a, b)] * (england().working_days_between(a, b) != expected)
        noticed += [(a, b)] * (LESS_ONE.working_days_between(a, b) != expected)
    assert wrong == []
    assert noticed != []


def test_add_and_between_undo_each_other():
    pick = random.Random(10)
    for day in random_days(1_000, seed=10):
        n = pick.randrange(1, 60)
        assert england().working_days_between(day, england().next_working_day(day, n)) == n


# -- months -------------------------------------------------------------------------------------------

def test_months_agree_with_walking_back_to_a_real_day():
    pick = random.Random(15)
    for day in random_days(2_000, seed=15):
        n = pick.randrange(1, 40)
        year, month = day.year + (day.month - 1 + n) // 12, (day.month - 1 + n) % 12 + 1
        number = day.day
        while True:
            try:
                expected = date(year, month, number)
                break
            except ValueError:
                number -= 1
        assert england().add(day, Span(n, Unit.MONTHS)).date() == expected


# -- working hours ------------------------------------------------------------------------------------

OPENS, CLOSES = time(9), time(17)
STEP = timedelta(minutes=15)


def is_open(instant):
    local = instant.astimezone(LONDON)
    return local.weekday() < 5 and local.date() not in BY_HAND and OPENS <= local.time() < CLOSES


def stepped_due(start, hours):
    """Walk real time in quarter hours; the limit is the end of the last quarter needed."""
    left, at = hours * 4, start
    while left:
        left -= is_open(at)
        at += STEP
    return at


def quarter_hours(n, seed):
    pick = random.Random(seed)
    return [datetime.combine(day, time(), UTC) + STEP * pick.randrange(96) for day in random_days(n, seed)]


def hours_wrong(calendar, starts):
    pick = random.Random(2)
    counts = [pick.choice((1, 2, 4, 8, 9, 12)) for _ in starts]
    return [(start, n) for start, n in zip(starts, counts, strict=True)
            if calendar.add(start, Span(n, Unit.WORKING_HOURS)) != stepped_due(start, n)]


def test_working_hours_agree_with_stepping():
    assert hours_wrong(england(), quarter_hours(10_000, seed=11)) == []


@pytest.mark.parametrize("wrong", [
    Calendar("closes early", BY_HAND, closes=time(16, 45)),
    Calendar("no summer time", BY_HAND, zone="Etc/UTC"),
    Calendar("no holidays", frozenset()),
], ids=lambda each: each.name)
def test_stepping_notices(wrong):
    assert hours_wrong(wrong, quarter_hours(1_000, seed=11)) != []


def test_working_time_agrees_with_stepping():
    pick = random.Random(12)
    for start in quarter_hours(1_000, seed=12):
        end = start + STEP * pick.randrange(96 * 9)
        stepped = sum(is_open(start + STEP * n) for n in range((end - start) // STEP)) * STEP
        assert england().working_time(start, end) == stepped, (start, end)


# -- pauses -------------------------------------------------------------------------------------------

def paused_day_due(start, n, pauses):
    """Count working days after the start, leaving out those after a stop up to its resumption; a pause that
    begins on the last day, before it is over, holds that day until the clock runs again."""
    out = {stop.toordinal() + k for stop, go in pauses for k in range(1, (go - stop).days + 1)}
    day, left = start, n
    while left:
        day += timedelta(days=1)
        working = day.weekday() < 5 and day not in BY_HAND
        if not working or day.toordinal() in out:
            continue
        left -= 1
        if not left and (held := [go for stop, go in pauses if stop == day < go]):
            left += sum(1 for k in range(1, (held[0] - day).days + 1) if _works(day + timedelta(days=k)))
            out -= {day.toordinal() + k for k in range(1, (held[0] - day).days + 1)}
    return day


def _works(day):
    return day.weekday() < 5 and day not in BY_HAND


def pause_cases(n, seed):
    pick = random.Random(seed)
    for day in random_days(n, seed, end=date(2028, 1, 1)):
        stop = day + timedelta(days=pick.randrange(0, 40))
        go = stop + timedelta(days=pick.randrange(0, 30))
        later = go + timedelta(days=pick.randrange(1, 30))
        again = later + timedelta(days=pick.randrange(0, 20))
        yield day, pick.choice((5, 10, 15, 45)), ((stop, go), (later, again))


def noon(day):
    return datetime.combine(day, time(12), LONDON)


def pauses_wrong(calendar, cases):
    wrong = []
    for day, n, pauses in cases:
        due = calendar.due(noon(day), Span(n, Unit.WORKING_DAYS), [(noon(stop), noon(go)) for stop, go in pauses])
        wrong += [(day, n, pauses)] if due.date() != paused_day_due(day, n, pauses) else []
    return wrong


def test_pauses_in_working_days_agree_with_counting():
    assert pauses_wrong(england(), pause_cases(6_000, seed=13)) == []


def test_counting_notices_one_missing_holiday():
    near = [case for case in pause_cases(20_000, seed=13) if abs((case[0] - date(2022, 8, 20)).days) < 15]
    assert pauses_wrong(england(), near) == []
    assert pauses_wrong(LESS_ONE, near) != []


def test_pauses_in_working_hours_agree_with_stepping():
    pick = random.Random(14)
    for start in quarter_hours(500, seed=14):
        stop = start + STEP * pick.randrange(200)
        go = stop + STEP * pick.randrange(200)
        hours = pick.choice((1, 4, 8, 12))
        unpaused, at, left = england().add(start, Span(hours, Unit.WORKING_HOURS)), start, hours * 4
        while left:
            left -= is_open(at) and not (stop <= at < go)
            at += STEP
        if stop == unpaused:
            continue  # stopped at the very instant the time is up: decided by hand in test_calendar
        due = england().due(start, Span(hours, Unit.WORKING_HOURS), [(stop, go)])
        assert due == at, (start, hours, stop, go)
