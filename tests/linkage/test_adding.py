"""Only what is new is compared, and what comes of it is what linking all of them anew would give."""
from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from bench.linkage_data import TODAY, invented, said
from bench.linkage_quality import pairs_of
from goldthread.linkage import adding, splinking
from goldthread.linkage.linking import Outcome, link
from goldthread.linkage.model import model
from goldthread.linkage.splinking import ONE, OTHER, WEIGHT

MODEL = model(TODAY)


def linked(frame: pl.DataFrame) -> Outcome:
    with splinking.database() as api:
        return link(said(frame), MODEL, api, TODAY)


def added(known: Outcome, new: pl.DataFrame, **more: Any) -> adding.Added:
    with splinking.database() as api:
        return adding.add(known, said(new), MODEL, api, TODAY, **more)


@pytest.fixture(scope="module")
def parts() -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Those who stay, those who come and those who go."""
    frame = invented(0.01, 7)
    new, gone = frame.sample(60, seed=3), frame.sample(60, seed=4)  # some of them moved with a family that stays
    gone = gone.join(new, on="unique_id", how="anti")
    stay = frame.join(pl.concat([new, gone]), on="unique_id", how="anti")
    return stay, new, gone


@pytest.fixture(scope="module")
def whole(parts: tuple[pl.DataFrame, ...]) -> Outcome:
    return linked(pl.concat(parts[:2]))


def test_what_is_added_is_linked_as_if_all_were_linked_anew(parts: tuple[pl.DataFrame, ...], whole: Outcome) -> None:
    stay, new, gone = parts
    known = linked(pl.concat([stay, gone]))
    found = added(known, new, gone=[*gone["unique_id"]])
    for concerned in (new["unique_id"], pl.Series([*found.touched])):
        mine, theirs = (_of(each.scored.filter(pl.col(WEIGHT) >= MODEL.asked), concerned)
                        for each in (found.whole, whole))
        assert mine.height > 50 and mine.select(ONE, OTHER).equals(theirs.select(ONE, OTHER))
        assert (mine[WEIGHT] - theirs[WEIGHT]).abs().max() < 1e-6  # type: ignore[operator]
    assert set(pairs_of(found.whole.clusters).iter_rows()) == set(pairs_of(whole.clusters).iter_rows())
    asked, anew = (_of(each.asked, pl.Series([*found.touched])) for each in (found.whole, whole))
    assert asked.height > 5 and asked.select(ONE, OTHER).equals(anew.select(ONE, OTHER))
    assert len(found.touched) < stay.height / 2  # the others were left alone


def test_the_control_without_the_known_the_new_are_linked_with_nobody(parts: tuple[pl.DataFrame, ...], whole: Outcome
                                                                      ) -> None:
    alone = linked(parts[1])
    assert pairs_of(alone.clusters).height < _of(pairs_of(whole.clusters), parts[1]["unique_id"]).height / 2


def _of(pairs: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    mine = ids.implode()
    return pairs.filter(pl.col(ONE).is_in(mine) | pl.col(OTHER).is_in(mine)).sort(ONE, OTHER)
