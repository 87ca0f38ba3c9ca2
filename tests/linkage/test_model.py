"""The model as data: what it may not say, and the map from weights to chances."""
from __future__ import annotations

from dataclasses import replace
from math import log2
from typing import Any

import pytest

from bench.linkage_training import rising
from goldthread.linkage.model import claimed, model, read
from goldthread.rules.data_files import BadData, toml
from tests.support import TODAY

MODEL = model(TODAY)


def edition(**changed: Any) -> dict[str, Any]:
    return {**toml("linkage", "people.toml")["edition"][0], **changed}


def test_a_weight_stands_for_what_was_found_and_never_less_for_more() -> None:
    chances = [MODEL.chance(tenth / 10) for tenth in range(-50, 300)]
    assert chances == sorted(chances) and chances[0] < 0.1 and chances[-1] > 0.99
    for each in MODEL.measured:
        if each.pairs >= 200:
            assert abs(MODEL.chance(each.weight + 0.5) - each.same / each.pairs) < 0.05
    worst = max(claimed(each.weight + 0.5) - each.same / each.pairs for each in MODEL.measured)
    assert worst > 0.3  # the control: a weight by itself claims far more than was found


def test_among_ten_times_as_many_a_match_by_chance_is_less_than_ten_times_as_likely() -> None:
    few, many = MODEL.before(MODEL.among), MODEL.before(10 * MODEL.among)
    assert 0.5 * log2(10) < few - many < 0.8 * log2(10)
    anybody = replace(MODEL, near=0.0)  # the control
    assert anybody.before(MODEL.among) - anybody.before(10 * MODEL.among) == pytest.approx(log2(10), abs=0.001)
    assert MODEL.before(20_000) == anybody.before(20_000)


def test_neighbours_that_fall_are_taken_together() -> None:
    assert rising([(1, 10, 1), (2, 10, 5), (3, 10, 3), (4, 10, 9)]) == [0.1, 0.4, 0.4, 0.9]


@pytest.mark.parametrize("wrong", [
    {"trusted": [[1.5, 0.5], [2.5, 0.4]]}, {"asked": 99.0}, {"block": []}, {"near": 2.0}, {"strange": 1}])
def test_a_model_that_does_not_hold_is_refused(wrong: dict[str, Any]) -> None:
    read(edition())
    with pytest.raises(BadData):
        read(edition(**wrong))


def test_two_levels_of_one_comparison_may_not_weigh_the_same() -> None:
    sex = {"key": "sex", "title": "Sex", "levels": [
        {"key": "missing", "words": "", "when": "sex_l is null"},
        {"key": "same", "words": "", "when": "sex_l = sex_r", "same": 0.25, "others": 0.5},
        {"key": "different", "words": "", "same": 0.25, "others": 0.5}]}
    with pytest.raises(BadData, match="weigh the same"):
        read(edition(comparison=[sex]))
