"""What is never joined by itself: each bar holds on a whole cluster, and without it the same records are joined."""
from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from goldthread.base.identifiers import nhs_number
from goldthread.linkage import splinking
from goldthread.linkage.clustering import part
from goldthread.linkage.linking import Pairs, link
from goldthread.linkage.model import Model, model
from goldthread.linkage.preparing import SAID, prepare
from goldthread.linkage.splinking import ONE, OTHER, WEIGHT
from tests.support import TODAY

MODEL = model(TODAY)
NHS = [nhs_number(number) for number in ("9990000018", "9990000026")]
UPN = ["H801200001001", "X801200001002"]
CHILD = {"given": "Testa", "family": "Exampleton-Sample", "born": date(2015, 11, 3), "sex": "F", "line": "1 Example Street",
         "postcode": "ZZ1 1AA", "nhs": "", "upn": ""}
NAMESAKES = [{"given": given, "born": date(1980, 1, 1)} for given in ["Diya", "Riya", "Jack", "Jake"] * MODEL.common]


def records(*rows: dict[str, Any]) -> pl.DataFrame:
    """Each row a child of an agency of its own, but for what it says itself."""
    return pl.DataFrame([{"unique_id": at, "source": f"agency {at}", **CHILD, **row} for at, row in enumerate(rows)],
                        schema={"unique_id": pl.Int64, "source": pl.String, **SAID})


def groups(*rows: dict[str, Any], by: Model = MODEL, same: Pairs = frozenset(), apart: Pairs = frozenset(),
           among: tuple[dict[str, Any], ...] = ()) -> list[set[int]]:
    """Who is one person where every two of the rows were found alike. among: others, with whom they have nothing to do."""
    prepared = prepare(records(*rows, *among), TODAY)
    pairs = [(one, other, 9.0) for other in range(len(rows)) for one in range(other)]
    edges = pl.DataFrame(pairs, schema={ONE: pl.Int64, OTHER: pl.Int64, WEIGHT: pl.Float64}, orient="row")
    together = pl.DataFrame([(at, 0) for at in range(len(rows))], schema=["unique_id", "cluster"], orient="row")
    parted = part(prepared, together, edges, by, same=same, apart=apart)
    return sorted((set(ids) for _, ids in parted.group_by("cluster").agg("unique_id").iter_rows()), key=min)


BARRED = {
    "nhs": ({"nhs": NHS[0]}, {"nhs": NHS[1]}), "upn": ({"upn": UPN[0]}, {"upn": UPN[1]}),
    "twins": ({"given": "Diya"}, {"given": "Riya", "postcode": "ZZ9 9ZZ"}),
    "forms": ({"given": "Jack"}, {"given": "Jake"}), "years": ({"nhs": NHS[0]}, {"nhs": NHS[0], "born": date(1990, 11, 3)}),
    "records": ({"source": "goldthread"}, {"source": "goldthread"}),
    "twice": ({"source": "one list"}, {"source": "one list", "born": None}),
}


def test_every_bar_of_the_model_is_tried_here() -> None:
    assert sorted(BARRED) == sorted(each.key for each in MODEL.bars)


@pytest.mark.parametrize("bar", BARRED)
def test_a_bar_holds_two_records_apart_and_without_it_they_are_joined(bar: str) -> None:
    one, other = BARRED[bar]
    without = replace(MODEL, bars=tuple(each for each in MODEL.bars if each.key != bar))
    assert groups(one, other, among=tuple(NAMESAKES)) == []
    assert groups(one, other, among=tuple(NAMESAKES), by=without) == [{0, 1}]


@pytest.mark.parametrize("bar", ["nhs", "upn"])
def test_a_third_record_carries_no_conflict_past_a_bar(bar: str) -> None:
    one, other = BARRED[bar]
    assert groups(one, {}, other) == [{0, 1}]
    assert groups(one, {}, other, by=replace(MODEL, bars=())) == [{0, 1, 2}]


def test_a_person_may_join_past_a_bar_and_nothing_follows() -> None:
    one, other = BARRED["nhs"]
    assert groups(one, other, same=frozenset({(0, 1)})) == [{0, 1}]
    assert groups(one, other, {}, same=frozenset({(0, 1)})) == [{0, 1, 2}]
    assert groups(one, other, {"nhs": NHS[1]}, same=frozenset({(0, 1)})) == [{0, 1}]


def test_what_a_person_held_apart_stays_apart_across_a_cluster() -> None:
    assert groups({}, {}, {}, apart=frozenset({(0, 2)})) == [{0, 1}]


def test_a_slip_of_the_pen_and_a_short_form_are_no_other_name() -> None:
    assert groups({"given": "Catherine"}, {"given": "Catehrine"}) == [{0, 1}]
    assert groups({"given": "Catherine"}, {"given": "Kate"}) == [{0, 1}]
    assert groups({"given": "Catherine"}, {"given": "Exampla"}) == []
    assert groups({"given": "Maisie"}, {"given": "Megan"}, among=tuple(
        {"given": given, "born": date(1980, 1, 1)} for given in ["Maisie", "Megan"] * MODEL.common)) == []


def test_splink_joins_what_agrees_and_a_decision_is_not_asked_again() -> None:
    rows = records({}, {}, {"given": "Other", "family": "Person", "born": date(1999, 1, 2), "postcode": "ZZ9 9ZZ"})
    with splinking.database() as api:
        found = link(rows, MODEL, api, TODAY)
        parted = link(rows, MODEL, api, TODAY, apart=frozenset({(0, 1)}))
    assert sorted(found.clusters["unique_id"]) == [0, 1]
    assert parted.clusters.height == 0 and parted.asked.height == 0
