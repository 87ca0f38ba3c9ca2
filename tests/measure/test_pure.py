"""Periods, limits of trends and conditions: by hand."""
from __future__ import annotations

from datetime import date

import pytest

from goldthread.measure import periods
from goldthread.measure.conditions import BadCondition, comparisons
from goldthread.measure.indicators import all_indicators, indicator
from goldthread.measure.periods import period_of
from goldthread.measure.since import Since
from goldthread.measure.trend import limits


def test_periods_are_of_the_year_from_april() -> None:
    assert periods.period_of(202603, "quarter").key == "2025-2026-Q4"
    assert periods.period_of(202604, "year").months[-1] == 202703
    assert periods.last_whole("quarter", date(2026, 6, 30)).key == "2025-2026-Q4"
    assert periods.last_whole("month", date(2026, 7, 1)).words == "June 2026"


@pytest.mark.parametrize("key", ["2026-04", "2003-04", "2026-2027-Q1", "2025-2026-Q4", "2003-2004"])
def test_a_period_is_read_back_from_its_key(key: str) -> None:
    assert periods.read(key).key == key


@pytest.mark.parametrize("key", ["", "2026", "2026-13", "2026-2028", "2026-2027-Q5", "spring", "2026-4"])
def test_what_is_no_period_is_refused_in_words(key: str) -> None:
    with pytest.raises(ValueError, match="is no period"):
        periods.read(key)


def test_limits_by_hand() -> None:
    values = [10, 12, 10, 12, 10, 12, 10, 12]
    found = limits([*values, None])
    assert found is not None and (found.mean, round(found.upper, 2), found.signal) == (11, 16.32, "")
    out = limits([*values, 40])
    assert out is not None and "above all that usual variation" in out.signal
    run = limits([10, 12, 9, 12, 10, 12, 10, 12, 10, 12, 10, 14, 14, 14, 14, 14, 14, 14])
    assert run is not None and "the last 7 numbers are all above" in run.signal
    assert limits(values[:7]) is None


def test_a_condition_says_what_every_row_must_be() -> None:
    found = comparisons("step = 'a' and (outcome in ('b', 'c''d') or not again = 'yes') and field <> 'e'")
    assert [(each.column, each.texts, each.must) for each in found] == [
        ("step", ("a",), True), ("outcome", ("b", "c'd"), False), ("again", ("yes",), False), ("field", ("e",), False)]


@pytest.mark.parametrize("condition", ["step", "step = ", "step = 'a' or", "(step = 'a'", "step = 'a')", "step > 'a'",
                                       "step in ()", "step = 'a' step = 'b'", "in = 'a'", "step like a"])
def test_what_is_no_condition_is_refused(condition: str) -> None:
    with pytest.raises(BadCondition):
        comparisons(condition)


def test_a_number_is_counted_since_its_process_is_recorded_or_the_service_is_worked_with() -> None:
    contacts, meetings = indicator("contacts"), next(e for e in all_indicators() if e.numerator.table == "worked")
    begun = {"front-door": 202605, "private-fostering": 202109}
    assert Since(begun, 202602, 202109).month(contacts) == 202602, "none recorded since then means none"
    assert Since(begun, 202609, 202109).month(contacts) == 202605, "what was loaded from before counts too"
    assert Since(begun, None, 202109).month(contacts) == 202605
    assert Since(begun, None, 202109, {contacts.key: 202504}).month(contacts) == 202504, "a return tells of it since then"
    assert Since({}, None, 202109, {contacts.key: 202504}).month(contacts) == 202504
    assert Since({}, None, 202604).month(contacts) == 202604, "facts made by an earlier version say nothing of it"
    assert Since(begun, 202602, 202109).month(meetings) == 202109
    assert Since(begun, 202602, 202109).counts(contacts, period_of(202601, "quarter"))
    assert not Since(begun, 202602, 202109).counts(contacts, period_of(202512, "quarter"))


def test_a_period_in_which_counting_began_is_of_a_part() -> None:
    contacts, meetings = indicator("contacts"), next(e for e in all_indicators() if e.numerator.table == "worked")
    since = Since({"front-door": 202605}, 202602, 202603)
    assert [since.partly(contacts, period_of(month, "quarter")) for month in (202512, 202603, 202606)] == [
        False, True, False], "not before it and not after"
    assert since.partly(contacts, period_of(202603, "year"))
    assert not since.partly(contacts, period_of(202602, "month")), "a month is counted whole"
    assert not since.partly(meetings, period_of(202603, "quarter")), "of what is in no process nobody knows"


@pytest.mark.parametrize("month, kind, short", [
    (202604, "month", "Apr 2026"), (202604, "quarter", "Q1 2026/27"), (202603, "quarter", "Q4 2025/26"),
    (200003, "year", "1999/00")])
def test_a_period_is_marked_in_one_line(month: int, kind: str, short: str) -> None:
    assert period_of(month, kind).short.replace("\N{NO-BREAK SPACE}", " ") == short
