"""What is held against what when scales are compared, and what counts as missed."""
from __future__ import annotations

from bench.result import Result, growth


def at(scale: float, ours: float, **more: object) -> Result:
    return Result("list", scale, "ms", ours, **more)  # type: ignore[arg-type]


def test_each_larger_scale_is_held_against_the_smallest() -> None:
    found = growth([at(10, 5.3, grows=1.3), at(1, 4.0, grows=1.3), at(4, 5.0, grows=1.3)])
    assert [(r.scale, r.ours, r.yardstick, r.most, r.holds) for r in found] == [
        (10, 5.3, 4.0, 1.3, False), (4, 5.0, 4.0, 1.3, True)]
    assert found[0].what == "list: scale 10 beside 1"


def test_what_is_not_to_be_compared_or_was_measured_once_is_not() -> None:
    assert growth([]) == growth([at(1, 4.0, grows=1.3)]) == growth([at(1, 4.0), at(10, 9.0)]) == []


def test_more_than_the_mark_is_missed_and_what_has_none_is_only_told() -> None:
    assert at(1, 4.5, yardstick=3.0, most=1.5).holds and not at(1, 4.6, yardstick=3.0, most=1.5).holds
    assert at(1, 12, most=12).holds and not at(1, 13, most=12).holds and at(1, 99).holds
    assert not at(1, 4.0, yardstick=0.0, most=1.5).holds, "nothing to hold it against is no success"
