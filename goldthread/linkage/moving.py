"""Families move together: who lived at one address and is found at another with somebody else of the household.

Splink weighs two records at a time and cannot see this. A pair at two addresses gains when other people, already joined,
were at the same two addresses; the gain is a weight of the model like all others.
"""
from __future__ import annotations

import polars as pl

from goldthread.linkage.model import Model
from goldthread.linkage.splinking import ONE, OTHER, WEIGHT

GAIN = "mw_moved"
MOVED = pl.col("gamma_place") == 0  # pairs at two addresses
HOME = ["home", "postcode"]  # where somebody lives
_HOMES = ["from", "to"]


def with_moves(prepared: pl.DataFrame, scored: pl.DataFrame, model: Model) -> pl.DataFrame:
    """The scored pairs, `match_weight` raised where the two addresses are known to be one household's; `mw_moved` says by
    how much. In the same order."""
    rows = scored.select(ONE, OTHER, WEIGHT, "gamma_place").with_row_index("place").filter(MOVED)
    gains = gained(pl.zeros(len(scored), pl.Float64, eager=True), prepared, rows, model)
    return scored.with_columns(gains.alias(GAIN), pl.col(WEIGHT) + gains)


def gained(before: pl.Series, prepared: pl.DataFrame, rows: pl.DataFrame, model: Model) -> pl.Series:
    """What each pair gains, where `before` it gained so much, with these looked at anew: all pairs at two addresses between
    some households, by their `place` among all pairs."""
    if model.moved is None:
        return before
    between = _between(prepared, rows)
    sure = between.filter(pl.col(WEIGHT) >= model.joined).select(*_HOMES, "first").unique()
    others = sure.group_by(_HOMES).agg(pl.col("first").alias("movers"))
    doubtful = between.filter(pl.col(WEIGHT) < model.joined).join(others, on=_HOMES)
    told = doubtful.filter(pl.col("movers").list.set_difference(pl.concat_list("first")).list.len() > 0)
    return before.clone().scatter(rows["place"], 0.0).scatter(told["place"], model.moved.bits)


def _between(prepared: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Each pair with its two addresses, in an order that is the same for all who moved between them, and a first name."""
    ends = pl.concat([rows[ONE], rows[OTHER]]).unique().implode()
    homes = prepared.filter(pl.col("unique_id").is_in(ends)).select(
        "unique_id", "first", pl.concat_str(HOME, separator="|").alias("home"))
    beside = rows.select("place", ONE, OTHER, WEIGHT).join(homes, left_on=ONE, right_on="unique_id").join(
        homes, left_on=OTHER, right_on="unique_id", suffix="_other").drop_nulls(["home", "home_other"])
    return beside.with_columns(pl.min_horizontal("home", "home_other").alias("from"),
                               pl.max_horizontal("home", "home_other").alias("to"))
