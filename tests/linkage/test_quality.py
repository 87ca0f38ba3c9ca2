"""How right the linkage is on a small invented borough on which no chance was estimated; `bench linkage` has the figures."""
from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from bench.linkage_data import TODAY, invented, said
from bench.linkage_quality import judged, twins, whole
from goldthread.borough.borough import Borough
from goldthread.borough.plan import Plan
from goldthread.borough.records.people import household_of
from goldthread.linkage import splinking
from goldthread.linkage.linking import Outcome, decide, link
from goldthread.linkage.model import model

SCALE, SEED = 0.02, 7
MODEL = model(TODAY)


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    return invented(SCALE, SEED)


@pytest.fixture(scope="module")
def both(frame: pl.DataFrame) -> tuple[Outcome, Outcome]:
    """Linked with every bar, and with none."""
    with splinking.database() as api:
        prepared = link(said(frame), MODEL, api, TODAY).prepared
        scored = splinking.scored(prepared, MODEL, api, MODEL.asked)
        return decide(prepared, scored, MODEL, api), decide(prepared, scored, replace(MODEL, bars=()), api)


def test_what_is_joined_without_a_person(frame: pl.DataFrame, both: tuple[Outcome, Outcome]) -> None:
    barred, unbarred = (whole(judged(frame, each.clusters)) for each in both)
    assert barred.recall >= 0.94 and barred.precision >= 0.98
    assert unbarred.precision < barred.precision - 0.01  # the control: it is the bars that hold people apart


def test_twins_stay_two(frame: pl.DataFrame, both: tuple[Outcome, Outcome]) -> None:
    borough = Borough(Plan(SCALE, SEED, TODAY))
    pair = {}
    for family in borough.families():
        for each in family.relationships:
            if each.kind == "twin" and household_of(each.person_id) == household_of(each.to_id):
                pair |= {each.person_id: each.to_id, each.to_id: each.person_id}
    barred, unbarred = (twins(frame, each.clusters, pair.get) for each in both)
    assert barred[0] > 100 and barred[1] == 0
    assert unbarred[1] > 0
