"""Records joined to people: what Splink's connected components hold together, parted again where a bar speaks."""
from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from goldthread.linkage.bars import OURS, Record, barred
from goldthread.linkage.model import Model
from goldthread.linkage.preparing import counted

Pairs = frozenset[tuple[int, int]]
STEP = 0.25  # bits: what differs by less is as sure, or every record added would change the order of all others a little


def part(prepared: pl.DataFrame, components: pl.DataFrame, edges: pl.DataFrame, model: Model,
         *, same: Pairs = frozenset(), apart: Pairs = frozenset()) -> pl.DataFrame:
    """`unique_id` and `cluster` of every record that is joined to another. No two records of a cluster are barred.

    components: `unique_id`, `cluster` of the connected components of the edges; edges: `unique_id_l`, `unique_id_r`,
    `match_weight` of the pairs to be joined. same, apart: pairs that a person decided. Only components in which a bar may
    speak are looked at one by one.
    """
    rows = prepared.join(components, on="unique_id")
    doubtful = _doubtful(rows, model, apart)
    sound = components.join(doubtful, on="cluster", how="anti")
    if not doubtful.height:
        return sound
    some = counted(rows.join(doubtful, on="cluster", how="semi"), prepared)
    records = {row[0]: Record(*row) for row in some.select(Record._fields).iter_rows()}
    inside = edges.filter(pl.col("unique_id_l").is_in(list(records)))
    ordered = inside.sort(rank("match_weight"), "unique_id_l", "unique_id_r", descending=[True, False, False])
    parted = clusters(records, ordered.select("unique_id_l", "unique_id_r").iter_rows(), model, same=same, apart=apart)
    found = pl.DataFrame([(member, min(group)) for group in parted for member in group if len(group) > 1],
                         schema={"unique_id": pl.Int64, "cluster": pl.Int64}, orient="row")
    return pl.concat([sound.select("unique_id", "cluster"), found])


def rank(weight: str) -> pl.Expr:
    """How early a pair is taken: the surest first."""
    return (pl.col(weight) / STEP).round()


def clusters(records: dict[int, Record], pairs: Iterable[Sequence[int]], model: Model,
             *, same: Pairs = frozenset(), apart: Pairs = frozenset()) -> list[list[int]]:
    """Groups of records, the surest pairs first; two groups become one only where no bar holds any two members apart.

    What a person found to be one person is joined whatever the bars say; no third record follows past a bar.
    """
    group = {each: [each] for each in records}
    for one, other in pairs:
        mine, theirs = group[one], group[other]
        if mine is theirs or ((one, other) not in same and any(
                (min(a, b), max(a, b)) in apart or barred(records[a], records[b], model)
                for a in mine for b in theirs)):
            continue
        mine.extend(theirs)
        group.update(dict.fromkeys(theirs, mine))
    return list({id(each): each for each in group.values()}.values())


def _doubtful(rows: pl.DataFrame, model: Model, apart: Pairs) -> pl.DataFrame:
    """Components in which a bar may speak: two numbers, births far apart, two first names born on one day, and so on."""
    year = pl.col("born").str.slice(0, 4).cast(pl.Int32)
    counts = rows.group_by("cluster").agg(
        pl.col("nhs").drop_nulls().n_unique().alias("nhs"), pl.col("upn").drop_nulls().n_unique().alias("upn"),
        (year.max() - year.min()).alias("years"))
    born = rows.filter(pl.col("born").is_not_null()).group_by("cluster", "born").agg(
        pl.col("first").n_unique().alias("names")).filter(pl.col("names") > 1)
    twice = rows.group_by("cluster", "source").agg(
        (((pl.col("age") == "child").any() & pl.col("born").is_null().any()) |
         ((pl.col("source") == OURS).sum() > 1)).alias("twice")).filter(pl.col("twice"))
    far = counts.filter((pl.col("nhs") > 1) | (pl.col("upn") > 1) | (pl.col("years") > model.years))
    decided = rows.filter(pl.col("unique_id").is_in([each for pair in apart for each in pair]))
    return pl.concat([each.select("cluster") for each in (decided, far, born, twice)]).unique()
