"""Periods, limits of trends and conditions: by hand."""
from __future__ import annotations

from datetime import date

import pytest

from goldthread.measure import periods
from goldthread.measure.conditions import BadCondition, comparisons
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
