"""The framework's editions: which holds when, and that each asks something of each of the eight standards."""
from __future__ import annotations

from datetime import date

import pytest

from goldthread.domains.section_11.framework import FRAMEWORKS, framework, framework_on, standards
from goldthread.rules.codes import every


def test_the_edition_of_the_day():
    assert framework_on(date(2023, 12, 14)).key == "london-2012"
    assert framework_on(date(2023, 12, 15)).key == "working-together-2023"
    with pytest.raises(KeyError):
        framework("made-up")


def test_every_edition_asks_of_each_of_the_eight_standards_and_says_where_it_is_from():
    titles = standards(date(2026, 11, 23))
    assert len(titles) == 8
    for edition in every(FRAMEWORKS):
        found = framework(edition.code)
        assert set(found.guidance) == {code for code, _ in titles} and all(found.guidance.values())
        assert found.source and found.note


def test_the_later_edition_asks_more():
    early, late = (sum(map(len, framework(key).guidance.values())) for key in ("london-2012", "working-together-2023"))
    assert late > early
