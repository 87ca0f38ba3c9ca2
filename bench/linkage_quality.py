"""How right a linkage is, against the borough's truth: by pair of agencies, and for those who are hard to tell apart."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from bench.linkage_data import CHILDREN
from goldthread.borough.records.people import SLOTS
from goldthread.linkage.linking import Outcome, without_barred
from goldthread.linkage.model import Model
from goldthread.linkage.splinking import ONE, OTHER, WEIGHT

FIRST = "unique_id"
NICKNAMES = {"nickname": "nicknames", "spelling": "other spellings"}
MOVES = ("old-address",)
MISSING = ("birth-missing", "address-missing", "nhs-missing", "upn-missing", "given-missing", "surname-missing")


@dataclass(frozen=True)
class Quality:
    """true: pairs of one person there are; found: of these those joined; wrong: pairs joined that are not."""

    true: int
    found: int
    wrong: int

    @property
    def recall(self) -> float:
        return self.found / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.found / (2 * self.found + self.wrong + self.true - self.found) if self.true or self.wrong else 1.0


def pairs_of(clusters: pl.DataFrame) -> pl.DataFrame:
    """Every pair within a cluster, the smaller number first."""
    return clusters.join(clusters, on="cluster").filter(pl.col(FIRST) < pl.col(f"{FIRST}_right")).select(
        pl.col(FIRST).alias(ONE), pl.col(f"{FIRST}_right").alias(OTHER))


def judged(frame: pl.DataFrame, clusters: pl.DataFrame) -> pl.DataFrame:
    """Pairs that are of one person or were joined, with `same` and `joined`, and both records beside."""
    truth = pairs_of(frame.select(FIRST, pl.col("true_id").alias("cluster"))).with_columns(pl.lit(True).alias("same"))
    joined = pairs_of(clusters).with_columns(pl.lit(True).alias("joined"))
    rows = truth.join(joined, on=[ONE, OTHER], how="full", coalesce=True).with_columns(
        pl.col("same").fill_null(False), pl.col("joined").fill_null(False))
    told = frame.select(FIRST, "source", "true_id", "born", "errors")
    return rows.join(told, left_on=ONE, right_on=FIRST).join(told, left_on=OTHER, right_on=FIRST, suffix="_other")


def whole(rows: pl.DataFrame) -> Quality:
    true, joined = rows["same"], rows["joined"]
    return Quality(int(true.sum()), int((true & joined).sum()), int((~true & joined).sum()))


def by_agencies(rows: pl.DataFrame) -> dict[str, Quality]:
    """By pair of agencies, in the order of the alphabet."""
    named = rows.with_columns(pl.min_horizontal("source", "source_other").alias("low"),
                              pl.max_horizontal("source", "source_other").alias("high"))
    return {f"{low} and {high}": whole(part) for (low, high), part in sorted(named.group_by("low", "high"))}


def by_kind(rows: pl.DataFrame) -> dict[str, Quality]:
    """Of pairs in which either record is of that kind. Wrong joins count where the two truly are twins, siblings, and so on;
    for the other kinds where either record bears the error."""
    home = pl.col("true_id") // SLOTS == pl.col("true_id_other") // SLOTS
    children = (pl.col("true_id") % SLOTS < CHILDREN) & (pl.col("true_id_other") % SLOTS < CHILDREN)
    return {
        "siblings": whole(rows.filter(home & children & ~pl.col("same"))),
        "parent and child": whole(rows.filter(home & ~children & ~pl.col("same"))),
        **{name: whole(rows.filter(_errors((error,)))) for error, name in NICKNAMES.items()},
        "house moves": whole(rows.filter(_errors(MOVES))),
        "no date of birth": whole(rows.filter(_errors(("birth-missing",)))),
        "no number on either side": whole(rows.filter(_errors(("nhs-missing",)) & _errors(("upn-missing",)))),
    }


def _errors(names: tuple[str, ...]) -> pl.Expr:
    wanted = pl.lit(list(names))
    return (pl.col("errors").list.set_intersection(wanted).list.len() > 0) | (
        pl.col("errors_other").list.set_intersection(wanted).list.len() > 0)


def twins(frame: pl.DataFrame, clusters: pl.DataFrame, twin: Callable[[int], int | None]) -> tuple[int, int]:
    """(pairs of records of two twins, of these joined). twin: the person_id of a person's twin, None without."""
    people = frame.select("true_id").unique()
    pairs = [(one, other) for one in people["true_id"] if (other := twin(one)) is not None and one < other]
    of = pl.DataFrame(pairs, schema={"true_id": pl.Int64, "other": pl.Int64}, orient="row")
    ids = frame.select(FIRST, "true_id")
    rows = ids.join(of, on="true_id").join(ids.rename({FIRST: OTHER}), left_on="other", right_on="true_id")
    joined = rows.join(clusters, on=FIRST).join(clusters, left_on=OTHER, right_on=FIRST, suffix="_other").filter(
        pl.col("cluster") == pl.col("cluster_other"))
    return rows.height, joined.height


def calibration(frame: pl.DataFrame, ours: Outcome, by: Model) -> list[tuple[int, int, int]]:
    """(weight, pairs, of one person) in steps of one, of pairs that no bar holds apart: for the model's `measured`."""
    rows = without_barred(ours.prepared, ours.scored.filter(pl.col(WEIGHT) >= by.asked), by).filter(pl.col("bar") == "")
    ids = frame.select(FIRST, "true_id")
    beside = rows.join(ids, left_on=ONE, right_on=FIRST).join(ids, left_on=OTHER, right_on=FIRST, suffix="_other")
    told = beside.with_columns(
        (pl.col("true_id") == pl.col("true_id_other")).alias("same"), pl.col(WEIGHT).floor().alias("step"))
    steps = told.group_by("step").agg(pl.len(), pl.col("same").sum()).sort("step")
    return [(int(step), pairs, same) for step, pairs, same in steps.iter_rows()]


def farthest(steps: list[tuple[int, int, int]], chance: Callable[[float], float], fewest: int = 200) -> float:
    """How far at most a chance is from the share that truly is one person, over steps of enough pairs."""
    return max((abs(chance(weight + 0.5) - same / pairs) for weight, pairs, same in steps if pairs >= fewest), default=0.0)
