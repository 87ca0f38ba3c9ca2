"""Three invented partnerships, many wordings: labels with a true and a false figure, and labels that cannot be told."""
import csv
from pathlib import Path

import pytest

from goldthread.reports.checking import consistency
from goldthread.reports.checking.outcome import Outcome
from tests.reports.samples import CLAIM_HEAD, HERE, as_csv, claim_checks

FOLDERS = sorted((HERE / "wordings").iterdir())
LEAST_FOUND = 0.96


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def check(folder: Path, claims: list[tuple[str, str, str]]):
    tables = {name: (folder / name).read_bytes() for name in ("training-courses.csv", "budget.csv", "indicators.csv")}
    return claim_checks(tables | {"printed-totals.csv": as_csv(CLAIM_HEAD, claims)}, folder.name)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: each.name)
def test_what_is_true_holds(folder):
    told = rows(folder, "wordings.csv")
    results = check(folder, [(each["what"], each["true"], each["section"]) for each in told])
    wrong = [(each.where, each.stated, each.recomputed) for each in results if each.outcome != Outcome.HOLDS]
    assert len(told) > 50 and wrong == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: each.name)
def test_what_is_false_is_found(folder):
    told = rows(folder, "wordings.csv")
    results = check(folder, [(each["what"], each["false"], each["section"]) for each in told])
    missed = [(each.where, each.stated, each.reason) for each in results if each.outcome != Outcome.WRONG]
    assert 1 - len(missed) / len(told) >= LEAST_FOUND, missed
    assert not [each for each in results if each.outcome == Outcome.HOLDS]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: each.name)
def test_what_cannot_be_told_is_not_called_wrong(folder):
    told = rows(folder, "cannot_tell.csv")
    results = check(folder, [(each["what"], each["printed"], each["section"]) for each in told])
    wrong = [(each.where, each.stated, each.recomputed) for each in results if each.outcome != Outcome.UNCHECKED]
    assert len(told) > 25 and wrong == []
    assert all(each.reason for each in results)


def test_the_measure_has_teeth(monkeypatch):
    """With judging switched off nothing false is found: the tests above would fail."""
    real = consistency.judge
    monkeypatch.setattr(consistency, "judge", lambda stated, subject: (
        None if real(stated, subject) is None else consistency.Judged(True, "", "")))
    told = rows(FOLDERS[0], "wordings.csv")
    results = check(FOLDERS[0], [(each["what"], each["false"], each["section"]) for each in told])
    assert not [each for each in results if each.outcome == Outcome.WRONG]
