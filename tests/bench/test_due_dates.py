"""The bench of due dates runs, and both sides agree to the microsecond; a day too many is noticed."""
from __future__ import annotations

from datetime import timedelta

import pytest

from bench import due_dates


def test_both_sides_agree_on_a_few_hundred_clocks() -> None:
    found = due_dates.run(0.004)
    assert found[0].more["clocks"] == 400 and found[0].more["paused"] > 20 and found[2].ours == 0


def test_negative_control_one_due_time_a_day_later_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    right = due_dates._ours
    monkeypatch.setattr(due_dates, "_ours", lambda clocks, law: [
        due + timedelta(days=1) if place == 7 else due for place, due in enumerate(right(clocks, law))])
    with pytest.raises(AssertionError, match="1 differ"):
        due_dates.run(0.001)
