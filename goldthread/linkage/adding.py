"""New records linked to those that are linked already: only pairs with a new side are compared, and only what they
touch is decided anew. Pure, as `linking` is; what comes of it is what linking all of them anew would give.
"""
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from goldthread.linkage import splinking
from goldthread.linkage.linking import NONE, Outcome, Pairs, ask, join
from goldthread.linkage.model import Model
from goldthread.linkage.moving import GAIN, home, with_moves
from goldthread.linkage.preparing import counted, prepare
from goldthread.linkage.splinking import ONE, OTHER, WEIGHT, frequencies

GAINED, WEIGHED = "gained", "weighed"  # what a pair gained by moves, and weighed, before


@dataclass(frozen=True)
class Added:
    """All that is linked now, and whom it was decided anew for; `whole.asked` holds the questions about these alone."""

    whole: Outcome
    touched: frozenset[int]


def add(known: Outcome, said: pl.DataFrame, model: Model, api: Any, on: date, *, gone: Collection[int] = (),
        again: Collection[int] = (), same: Pairs = NONE, apart: Pairs = NONE) -> Added:
    """Link new records with each other and with the known ones, of whom some are gone. `unique_id`s must be new.

    again: who is to be decided anew besides, as when an answer about them was given or taken back. The rest is as
    `linking.link` takes it; `known` was linked by the same model.
    """
    new, left = prepare(said, on), _ids(gone)
    kept = known.prepared.join(left, on="unique_id", how="anti")
    everybody = counted(pl.concat([kept.drop("often"), new.drop("often")]))
    old = known.scored.join(left, left_on=ONE, right_on="unique_id", how="anti").join(
        left, left_on=OTHER, right_on="unique_id", how="anti")
    fresh = splinking.scored_between(new, kept, everybody, model, api, model.least)
    raw = _reweighed(old.with_columns(pl.col(WEIGHT).alias(WEIGHED)), known.prepared, everybody, model)
    beside = fresh.with_columns(pl.lit(0.0).alias(GAINED), pl.col(WEIGHT).alias(WEIGHED)).select(raw.columns)
    told = _moves_anew(everybody, pl.concat([raw, beside]), pl.concat([_ends(fresh), left["unique_id"]]), known, model)
    moved = told.filter((pl.col(GAIN) != pl.col(GAINED)) | (
        (pl.col(WEIGHT) >= model.joined) != (pl.col(WEIGHED) >= model.joined)))
    scored = told.drop(GAINED, WEIGHED)
    sure = scored.filter(pl.col(WEIGHT) >= model.joined).select(ONE, OTHER, WEIGHT)
    theirs = known.clusters.join(left, on="unique_id", how="semi").select("cluster")
    lost = known.clusters.join(theirs, on="cluster", how="semi")
    begin = pl.concat([new["unique_id"], moved[ONE], moved[OTHER], lost["unique_id"],
                       _ids(again)["unique_id"]]).unique().to_frame()
    touched = _reach(begin.join(everybody, on="unique_id", how="semi"), sure, same)
    found = join(everybody, _either(sure, touched), model, api, same=same, apart=apart)
    untouched = known.clusters.join(touched, on="unique_id", how="anti").join(left, on="unique_id", how="anti")
    clusters = pl.concat([untouched, found])
    doubtful = _either(scored.filter(pl.col(WEIGHT) >= model.asked), touched)
    asked = ask(everybody, doubtful, clusters, same | apart, model)
    return Added(Outcome(everybody, clusters, asked, scored), frozenset(touched["unique_id"]))


def _reweighed(pairs: pl.DataFrame, before: pl.DataFrame, now: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Pairs as they would weigh among everybody there is now, without what moves gain: how many records there are, and how
    rare a name is, has changed a little."""
    shift = pl.lit(model.before(len(now)) - model.before(len(before)))
    for part in model.comparisons:
        for level in (each for each in part.levels if each.counted):
            rarer = frequencies(before[level.counted]).join(frequencies(now[level.counted]), on=level.counted).select(
                level.counted, (pl.col(f"tf_{level.counted}") / pl.col(f"tf_{level.counted}_right")).log(2).alias("rarer"))
            names = now.select("unique_id", level.counted).join(rarer, on=level.counted).select("unique_id", "rarer")
            told = pl.when(pl.col(f"gamma_{part.key}") == part.number(level)).then("rarer").fill_null(0.0)
            pairs = pairs.join(names, left_on=ONE, right_on="unique_id", how="left", maintain_order="left").with_columns(
                pl.col(WEIGHT) + told, pl.col(f"mw_tf_adj_{part.key}") + told).drop("rarer")
    return pairs.with_columns(pl.col(WEIGHT) - pl.col(GAIN) + shift).rename({GAIN: GAINED})


def _moves_anew(everybody: pl.DataFrame, pairs: pl.DataFrame, about: pl.Series, known: Outcome, model: Model
                ) -> pl.DataFrame:
    """The pairs with what moves gain, looked at again where one of these lives; what others gained they keep."""
    lived = pl.concat([each.select("unique_id", home()) for each in (known.prepared, everybody)]).drop_nulls()
    homes = lived.filter(pl.col("unique_id").is_in(about.implode())).select("home").unique()
    near = lived.join(homes, on="home", how="semi")["unique_id"].unique().implode()
    here = (pl.col("gamma_place") == 0) & pl.col(ONE).is_in(near) & pl.col(OTHER).is_in(near)
    again = with_moves(everybody, pairs.filter(here), model)
    kept = pairs.filter(~here).with_columns(pl.col(WEIGHT) + pl.col(GAINED), pl.col(GAINED).alias(GAIN))
    return pl.concat([kept.select(again.columns), again])


def _reach(begin: pl.DataFrame, sure: pl.DataFrame, same: Pairs) -> pl.DataFrame:
    """Everybody whom pairs that are joined connect with those it begins with."""
    decided = pl.DataFrame(sorted(same), schema={ONE: pl.Int64, OTHER: pl.Int64}, orient="row")
    pairs = pl.concat([sure.select(ONE, OTHER), decided])
    found, before = begin, -1
    while found.height > before:
        before, near = found.height, _either(pairs, found)
        found = pl.concat([found["unique_id"], near[ONE], near[OTHER]]).unique().to_frame("unique_id")
    return found


def _either(pairs: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """The pairs of which one side at least is one of these."""
    mine = ids["unique_id"].implode()
    return pairs.filter(pl.col(ONE).is_in(mine) | pl.col(OTHER).is_in(mine))


def _ends(pairs: pl.DataFrame) -> pl.Series:
    return pl.concat([pairs[ONE], pairs[OTHER]]).unique().alias("unique_id")


def _ids(numbers: Collection[int]) -> pl.DataFrame:
    return pl.DataFrame({"unique_id": pl.Series(sorted(numbers), dtype=pl.Int64)})

