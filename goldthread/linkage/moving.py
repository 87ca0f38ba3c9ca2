"""Families move together: who lived at one address and is found at another with somebody else of the household.

Splink weighs two records at a time and cannot see this. A pair at two addresses gains when other people, already joined,
were at the same two addresses; the gain is a weight of the model like all others.
"""
from __future__ import annotations

import polars as pl

from goldthread.linkage.model import Model
from goldthread.linkage.splinking import ONE, OTHER, WEIGHT

GAIN = "mw_moved"
_HOMES = ["from", "to"]


def with_moves(prepared: pl.DataFrame, scored: pl.DataFrame, model: Model) -> pl.DataFrame:
    """The scored pairs, `match_weight` raised where the two addresses are known to be one household's; `mw_moved` says by
    how much. In the same order."""
    if model.moved is None:
        return scored.with_columns(pl.lit(0.0).alias(GAIN))
    rows = scored.with_row_index("place").filter(pl.col("gamma_place") == 0)
    between = _between(prepared, rows)
    sure = between.filter(pl.col(WEIGHT) >= model.joined).select(*_HOMES, "first").unique()
    others = sure.group_by(_HOMES).agg(pl.col("first").alias("movers"))
    doubtful = between.filter(pl.col(WEIGHT) < model.joined).join(others, on=_HOMES)
    told = doubtful.filter(pl.col("movers").list.set_difference(pl.concat_list("first")).list.len() > 0)
    gained = told.select("place", pl.lit(model.moved.bits).alias(GAIN))
    return scored.with_row_index("place").join(
        gained, on="place", how="left", maintain_order="left").with_columns(
        pl.col(GAIN).fill_null(0.0)).with_columns((pl.col(WEIGHT) + pl.col(GAIN)).alias(WEIGHT)).drop("place")


def home() -> pl.Expr:
    """Where somebody lives, as one text; null when it is not known."""
    return pl.concat_str("home", "postcode", separator="|").alias("home")


def _between(prepared: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Each pair with its two addresses, in an order that is the same for all who moved between them, and a first name."""
    homes = prepared.select("unique_id", "first", home())
    beside = rows.select("place", ONE, OTHER, WEIGHT).join(homes, left_on=ONE, right_on="unique_id").join(
        homes, left_on=OTHER, right_on="unique_id", suffix="_other").drop_nulls(["home", "home_other"])
    return beside.with_columns(pl.min_horizontal("home", "home_other").alias("from"),
                               pl.max_horizontal("home", "home_other").alias("to"))
