"""New records linked to those that are linked already: only pairs with a new side are compared, and only what they
touch is decided anew. Pure, as `linking` is; what comes of it is what linking all of them anew would give.
"""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from goldthread.linkage import splinking
from goldthread.linkage.clustering import rank
from goldthread.linkage.linking import NONE, Outcome, Pairs, ask, join
from goldthread.linkage.model import Model
from goldthread.linkage.moving import GAIN, HOME, MOVED, gained
from goldthread.linkage.preparing import prepare
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
    `linking.link` takes it; `known` was linked by the same model. Known pairs that weighed less than `least` are not weighed
    again: one that rises above it, because a name has become rarer, is seen when all is linked anew.
    """
    new, left = prepare(said, on), _ids(gone)
    kept, old = _without(known.prepared, left, "unique_id"), _without(known.scored, left, ONE, OTHER)
    everybody = pl.concat([kept, new])
    often = {column: frequencies(everybody[column]) for column in model.counted}
    fresh = splinking.scored_between(new, kept, often, model, api, model.least)
    raw = _reweighed(old.with_columns(pl.col(WEIGHT).alias(WEIGHED)), known.prepared, everybody, often, model)
    beside = fresh.with_columns(pl.lit(0.0).alias(GAINED), pl.col(WEIGHT).alias(WEIGHED)).select(raw.columns)
    lost = _either(known.scored.select(ONE, OTHER, pl.col(WEIGHT) - pl.col(GAIN), "gamma_place"), left)
    changed = pl.concat(each.select(ONE, OTHER, "gamma_place") for each in (
        _crossed(raw, model), *(each.filter(pl.col(WEIGHT) >= model.joined) for each in (fresh, lost))))
    told = _moves_anew(everybody, known.prepared, raw, beside, changed, model)
    moved = told.filter((pl.col(GAIN) != pl.col(GAINED)) | (
        (pl.col(WEIGHT) >= model.joined) != (pl.col(WEIGHED) >= model.joined)))
    scored = told.drop(GAINED, WEIGHED)
    sure = scored.select(ONE, OTHER, WEIGHT).filter(pl.col(WEIGHT) >= model.joined)
    parted = known.clusters.filter(pl.col("cluster").is_in(_among(known.clusters, left)["cluster"].implode()))
    other = _reordered(told.select(ONE, OTHER, WEIGHT, WEIGHED), known.clusters, model)
    begin = pl.concat([new["unique_id"], moved[ONE], moved[OTHER], other[ONE], other[OTHER], parted["unique_id"],
                       _ids(again)["unique_id"]]).unique().to_frame()
    touched = _reach(_among(everybody.select("unique_id"), begin), sure, same)
    found = join(everybody, _either(sure, touched), model, api, same=same, apart=apart)
    untouched = _without(known.clusters, pl.concat([touched, left]), "unique_id")
    clusters = pl.concat([untouched, found])
    doubtful = _either(scored, touched).filter(pl.col(WEIGHT) >= model.asked)
    asked = ask(everybody, doubtful, clusters, same | apart, model)
    return Added(Outcome(everybody, clusters, asked, scored), frozenset(touched["unique_id"]))


def _reweighed(pairs: pl.DataFrame, before: pl.DataFrame, now: pl.DataFrame, often: Mapping[str, pl.DataFrame], model: Model
               ) -> pl.DataFrame:
    """Pairs as they would weigh among everybody there is now, without what moves gain: how many records there are, and how
    rare a name is, has changed a little. often: how rare values are now."""
    shift = pl.lit(model.before(len(now)) - model.before(len(before)))
    for part in model.comparisons:
        for level in (each for each in part.levels if each.counted):
            share, other = f"tf_{level.counted}", f"tf_{level.counted}_right"
            rarer = often[level.counted].join(frequencies(before[level.counted]), on=level.counted).select(
                level.counted, (pl.col(other) / pl.col(share)).log(2).alias("rarer"))
            names = now.select(level.counted).join(rarer, on=level.counted, how="left", maintain_order="left")["rarer"]
            gains = _looked_up(pl.Series([0.0]), now["unique_id"], names.fill_null(0.0), pairs[ONE])
            told = pl.when(pl.col(f"gamma_{part.key}") == part.number(level)).then(gains).otherwise(0.0)
            pairs = pairs.with_columns(pl.col(WEIGHT) + told, pl.col(f"mw_tf_adj_{part.key}") + told)
    return pairs.with_columns(pl.col(WEIGHT) - pl.col(GAIN) + shift).rename({GAIN: GAINED})


def _crossed(pairs: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Known pairs that others may have moved with now and not before, or the other way round."""
    return pairs.filter((pl.col(WEIGHT) >= model.joined) != (pl.col(WEIGHED) - pl.col(GAINED) >= model.joined))


def _reordered(pairs: pl.DataFrame, clusters: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Known pairs that are surer or less sure now, of people whom a bar parts: the surest are joined first."""
    sure = pairs.filter(pl.col(WEIGHT) >= model.joined, pl.col(WEIGHED) >= model.joined)
    one, other = (_looked_up(-1 - sure[side], clusters["unique_id"], clusters["cluster"], sure[side])
                  for side in (ONE, OTHER))
    parted = one != other
    people = pl.concat([one.filter(parted), other.filter(parted)]).unique().implode()
    return sure.filter(one.is_in(people) | other.is_in(people)).filter(rank(WEIGHT) != rank(WEIGHED))


def _looked_up(otherwise: pl.Series, ids: pl.Series, values: pl.Series, wanted: pl.Series) -> pl.Series:
    """What is said of each wanted number, by a plain row: to join every pair with everybody would cost ten times as much.
    """
    size = max(int(each.max() or 0) for each in (ids, wanted)) + 1  # type: ignore[arg-type]
    known = pl.repeat(None, size, dtype=values.dtype, eager=True).scatter(ids, values).gather(wanted)
    return pl.select(pl.coalesce(known, otherwise)).to_series()


def _moves_anew(everybody: pl.DataFrame, before: pl.DataFrame, old: pl.DataFrame, fresh: pl.DataFrame,
                changed: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Old and fresh pairs with what moves gain, told anew of those that are fresh, and of those between two homes between
    which a pair has changed by which others may be known to have moved; what others gained they keep."""
    pairs = pl.concat([old, fresh])
    rows = pairs.select(ONE, OTHER, WEIGHT, "gamma_place").with_row_index("place").filter(MOVED)
    sure, new = pl.col(WEIGHT) >= model.joined, pl.col("place") >= len(old)
    near, about = (_neighbours(everybody, before, _ends(each)) for each in (pl.concat(
        [changed, fresh.select(changed.columns)]), changed))
    again = pl.concat([rows.filter(sure | new).filter(pl.col(ONE).is_in(near), pl.col(OTHER).is_in(near)),
                       rows.filter(~(sure | new)).filter(pl.col(ONE).is_in(about)).filter(pl.col(OTHER).is_in(about))])
    gains = gained(pairs[GAINED], everybody, again, model)
    return pairs.with_columns(gains.alias(GAIN), pl.col(WEIGHT) + gains)


def _neighbours(everybody: pl.DataFrame, before: pl.DataFrame, ids: pl.DataFrame) -> pl.Series:
    """Everybody who lives where one of these lives or lived."""
    lived = pl.concat(_among(each.select("unique_id", *HOME), ids) for each in (everybody, before)).drop_nulls()
    return everybody.select("unique_id", *HOME).join(
        lived.select(HOME).unique(), on=HOME, how="semi")["unique_id"].implode()


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


def _ends(pairs: pl.DataFrame) -> pl.DataFrame:
    """Whoever is of a pair at two addresses."""
    moved = pairs.filter(MOVED)
    return pl.concat([moved[ONE], moved[OTHER]]).unique().to_frame("unique_id")


def _among(records: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    return records.filter(pl.col("unique_id").is_in(ids["unique_id"].implode()))


def _without(rows: pl.DataFrame, ids: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The rows that name none of these."""
    mine = ids["unique_id"].implode()
    return rows.filter(~pl.any_horizontal(pl.col(column).is_in(mine) for column in columns)) if ids.height else rows


def _ids(numbers: Collection[int]) -> pl.DataFrame:
    return pl.DataFrame({"unique_id": pl.Series(sorted(numbers), dtype=pl.Int64)})
