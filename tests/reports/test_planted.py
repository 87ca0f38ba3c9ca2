"""Made-up folders: true ones must raise no finding, and each figure planted wrong must be found, and only that."""
import random

import pytest

from goldthread.reports import check_consistency, read_inputs
from tests.reports.folders import make

SEEDS = range(40)
MOST_UNCHECKED = 0.02


def found(folder, **planted) -> set[tuple[str, int]]:
    checked = check_consistency(read_inputs(folder.files(**planted), folder.name))
    return {(each.file, each.row) for each in checked.findings}


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_found_where_all_is_true(seed):
    folder = make(seed)
    checked = check_consistency(read_inputs(folder.files(), folder.name))
    assert [(each.where, each.stated, each.recomputed) for each in checked.findings] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_each_planted_figure_is_found_and_no_other(seed):
    folder = make(seed)
    for at, told in enumerate(folder.told):
        assert found(folder, planted={at}) == {("printed-totals.csv", at + 2)}, told


@pytest.mark.parametrize("seed", SEEDS)
def test_many_planted_at_once(seed):
    folder, rng = make(seed), random.Random(seed)
    told = set(rng.sample(range(len(folder.told)), 5))
    counted = [at for at, row in enumerate(folder.courses) if row[3]]
    courses = set(rng.sample(counted, 2))
    expected = {("printed-totals.csv", at + 2) for at in told} | {("training-courses.csv", at + 2) for at in courses}
    assert found(folder, planted=told, courses=courses) == expected


def test_hardly_anything_is_left_unchecked():
    """Silence would be an easy way to raise no false alarm."""
    every = [check_consistency(read_inputs(make(seed).files(), make(seed).name)) for seed in SEEDS]
    unchecked = [each for checked in every for each in checked.unchecked]
    total = sum(len(checked.checks) for checked in every)
    assert total > 800 and len(unchecked) / total <= MOST_UNCHECKED, [each.where for each in unchecked]
