"""Records in, people out: what is joined without a person, and what a person is asked. Pure: no row is read or written."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from goldthread.linkage import splinking
from goldthread.linkage.bars import Record, barred
from goldthread.linkage.clustering import part
from goldthread.linkage.model import Model
from goldthread.linkage.moving import with_moves
from goldthread.linkage.preparing import counted, prepare
from goldthread.linkage.splinking import ONE, OTHER, WEIGHT

Pairs = frozenset[tuple[int, int]]
NONE: Pairs = frozenset()


@dataclass(frozen=True)
class Outcome:
    """clusters: `unique_id` and `cluster` of every record that was joined to another. asked: the pairs a person is asked
    about, heaviest first, with what each comparison told. scored: every pair that was weighed and may
    matter, with what was gained by moves.
    """

    prepared: pl.DataFrame
    clusters: pl.DataFrame
    asked: pl.DataFrame
    scored: pl.DataFrame


def link(said: pl.DataFrame, model: Model, api: Any, on: date, *, same: Pairs = NONE, apart: Pairs = NONE) -> Outcome:
    """Link records: `unique_id` (whole numbers), `source` and the columns of `preparing.SAID`.

    on: the day that tells children from adults. same, apart: pairs (the smaller number first) that a person decided; they
    are joined before all others and held apart whatever they weigh, and never asked again.
    """
    prepared = prepare(said, on)
    return decide(prepared, splinking.scored(prepared, model, api, model.least), model, api, same=same, apart=apart)


def decide(prepared: pl.DataFrame, scored: pl.DataFrame, model: Model, api: Any, *, same: Pairs = NONE,
           apart: Pairs = NONE) -> Outcome:
    """What follows from scored pairs: those heavy enough and not barred are one person, the doubtful ones are asked."""
    weighed = with_moves(prepared, scored, model)
    sure = weighed.filter(pl.col(WEIGHT) >= model.joined).select(ONE, OTHER, WEIGHT)
    clusters = join(prepared, sure, model, api, same=same, apart=apart)
    asked = ask(prepared, weighed.filter(pl.col(WEIGHT) >= model.asked), clusters, same | apart, model)
    return Outcome(prepared, clusters, asked, weighed)


def join(prepared: pl.DataFrame, sure: pl.DataFrame, model: Model, api: Any, *, same: Pairs = NONE, apart: Pairs = NONE
         ) -> pl.DataFrame:
    """`unique_id` and `cluster` of whom pairs that are heavy enough, or that a person decided, make one person."""
    edges = _decided(sure, same, apart)
    return part(prepared, splinking.connected(prepared, edges, api), edges, model, same=same, apart=apart)


def _decided(joined: pl.DataFrame, same: Pairs, apart: Pairs) -> pl.DataFrame:
    """The edges, with those a person decided on put before all others, or taken out."""
    known = _frame(same | apart)
    kept = joined.join(known, on=[ONE, OTHER], how="anti") if known.height else joined
    return pl.concat([kept, _frame(same).with_columns(pl.lit(float("inf")).alias(WEIGHT))])


def ask(prepared: pl.DataFrame, scored: pl.DataFrame, clusters: pl.DataFrame, decided: Pairs, model: Model
        ) -> pl.DataFrame:
    """Doubtful pairs whose records are not of one cluster already; of two clusters the heaviest pair alone. What a bar
    holds apart is asked only where the bar says so: `bar` names it."""
    ends = pl.concat([scored[ONE], scored[OTHER]]).unique().implode()
    of = clusters.filter(pl.col("unique_id").is_in(ends)).rename({"cluster": "group"})
    rows = scored.join(_frame(decided), on=[ONE, OTHER], how="anti") if decided else scored
    for side in (ONE, OTHER):
        rows = rows.join(of, left_on=side, right_on="unique_id", how="left").with_columns(
            pl.col("group").fill_null(pl.col(side)).alias(f"group_{side}")).drop("group")
    between = [f"group_{ONE}", f"group_{OTHER}"]
    rows = rows.filter(pl.col(between[0]) != pl.col(between[1])).with_columns(
        pl.min_horizontal(between).alias("low"), pl.max_horizontal(between).alias("high"))
    rows = without_barred(prepared, rows, model)
    return rows.sort(pl.col(WEIGHT).round(6), ONE, OTHER, descending=[True, False, False]).unique(
        ["low", "high"], keep="first", maintain_order=True).drop("low", "high", *between)


def without_barred(prepared: pl.DataFrame, rows: pl.DataFrame, model: Model) -> pl.DataFrame:
    """The pairs that no bar holds apart, and those a bar lets be asked, named by `bar`."""
    touched = pl.concat([rows[ONE], rows[OTHER]]).unique()
    some = counted(prepared.filter(pl.col("unique_id").is_in(touched.implode())), prepared)
    records = {row[0]: Record(*row) for row in some.select(Record._fields).iter_rows()}
    bars = [barred(records[one], records[other], model) for one, other in rows.select(ONE, OTHER).iter_rows()]
    named = rows.with_columns(pl.Series("bar", [bar.key if bar else "" for bar in bars], dtype=pl.String))
    return named.filter(pl.Series([bar is None or bar.asked for bar in bars], dtype=pl.Boolean))


def _frame(pairs: Pairs) -> pl.DataFrame:
    return pl.DataFrame(sorted(pairs), schema={ONE: pl.Int64, OTHER: pl.Int64}, orient="row")
