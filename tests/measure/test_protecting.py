"""Counts made safe: what is said, and what a reader who knows the rule can take from it."""
from __future__ import annotations

import pytest

from goldthread.measure.protecting import DEFAULT, EXACT, HIDDEN, Rule


@pytest.mark.parametrize(("count", "text"), [(0, "0"), (1, HIDDEN), (7, HIDDEN), (8, "10"), (12, "10"), (13, "15"),
                                             (1_002, "1,000"), (1_003, "1,005")])
def test_what_is_said_by_the_rule_of_the_reference(count: int, text: str) -> None:
    assert DEFAULT.shown(count).text == text


@pytest.mark.parametrize("rule", [DEFAULT, EXACT, Rule(small=5, nearest=10), Rule(small=4, nearest=3), Rule(small=9)])
def test_what_a_reader_takes_from_it_is_what_is_said_the_same_of(rule: Rule) -> None:
    """Oracle: all counts said in the same words are just those from `low` to `high`."""
    said: dict[str, list[int]] = {}
    for count in range(200):
        said.setdefault(rule.shown(count).text, []).append(count)
    for text, counts in list(said.items())[:-1]:
        shown = rule.shown(counts[0])
        assert (shown.low, shown.high) == (counts[0], counts[-1]), text
        assert counts == list(range(counts[0], counts[-1] + 1))


@pytest.mark.parametrize("wrong", [{"small": -1}, {"nearest": 0}, {"base": 0}, {"least": 1}, {"least": 9}])
def test_a_rule_that_cannot_be_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="A rule needs"):
        Rule(**wrong)
