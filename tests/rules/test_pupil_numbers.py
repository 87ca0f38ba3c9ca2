"""Areas that can have given a pupil number, by hand from rule 1530 of the children in need census."""
from __future__ import annotations

import pytest

from goldthread.rules.data_files import table
from goldthread.rules.pupil_numbers import FILE, known_area


@pytest.mark.parametrize(("area", "known"), [
    ("001", True), ("005", True), ("006", False), ("200", False), ("201", True), ("213", True), ("214", False),
    ("420", True), ("681", True), ("709", False), ("804", False), ("839", True), ("842", False), ("897", False),
    ("941", True), ("943", True), ("944", False), ("X01", False)])
def test_an_area_is_one_of_the_list(area: str, known: bool) -> None:
    assert known_area(f"A{area}200005001") is known


def test_every_line_has_a_source_and_none_overlaps_another() -> None:
    spans = [(int(row["first"]), int(row["last"])) for row in table(FILE)]
    assert all(row["source"] for row in table(FILE)) and len(spans) == 47
    assert all(first <= last for first, last in spans)
    assert all(last < first for (_, last), (first, _) in zip(spans, spans[1:], strict=False))
