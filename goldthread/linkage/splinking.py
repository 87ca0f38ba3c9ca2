"""The model handed to Splink, and the pairs it scores: on DuckDB in this process, or on Spark by one setting."""
from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import polars as pl

from goldthread.linkage.model import MISSING, PLACES, Level, Model
from goldthread.measure.engines import DUCKDB, THREADS, spark_session

WEIGHT, ONE, OTHER = "match_weight", "unique_id_l", "unique_id_r"


@contextmanager
def database(engine: str = DUCKDB) -> Iterator[Any]:
    """Splink's way to an engine; let go at the end."""
    if engine == DUCKDB:
        import duckdb
        from splink import DuckDBAPI
        with duckdb.connect(config={"threads": THREADS, "autoinstall_known_extensions": "false",
                                    "autoload_known_extensions": "false"}) as connection:
            yield DuckDBAPI(connection)
        return
    from splink import SparkAPI
    with spark_session() as session:
        yield SparkAPI(spark_session=session, break_lineage_method="persist")


def scored(prepared: pl.DataFrame, model: Model, api: Any, least: float) -> pl.DataFrame:
    """Every pair of records that the model's blocks bring together and that weighs `least` bits or more: both
    `unique_id`s, `match_weight`, and of each comparison its level (`gamma_…`) and bits (`mw_…`, `mw_tf_adj_…`)."""
    table = api.register(_as_input(prepared, api))
    return _pairs(_linker(table, model, len(prepared)).inference.predict(threshold_match_weight=least), model)


def scored_between(new: pl.DataFrame, known: pl.DataFrame, often: Mapping[str, pl.DataFrame], model: Model, api: Any,
                   least: float) -> pl.DataFrame:
    """The same for every pair of which one record at least is new. often: how rare a value is among all of them, for every
    column that the model counts. Handed over are only those known records that share a block with a new one."""
    near = pl.concat([known.join(new.select(block.by).drop_nulls().unique(), on=block.by, how="semi").select("unique_id")
                      for block in model.blocks]).unique()
    tables = [api.register(_as_input(each, api)) for each in (known.join(near, on="unique_id", how="semi"), new)]
    linker = _linker(tables[0], model, len(known) + len(new))
    for column, shares in often.items():
        linker.table_management.register_term_frequency_lookup(api.register(_as_input(shares, api)), column)
    within = linker.inference.predict_within(tables[1], threshold_match_weight=least)
    between = linker.inference.predict_between(*tables, threshold_match_weight=least)
    return pl.concat([_pairs(within, model), _pairs(between, model)])


def frequencies(values: pl.Series) -> pl.DataFrame:
    """Of each value its share of those that are known, as Splink wants it: `tf_` and the column's name."""
    known = values.drop_nulls()
    return known.value_counts(name="often").select(values.name, (pl.col("often") / len(known)).alias(f"tf_{values.name}"))


def connected(nodes: pl.DataFrame, edges: pl.DataFrame, api: Any) -> pl.DataFrame:
    """`unique_id` and `cluster` of every record that an edge touches: the connected components, named by a member."""
    from splink.clustering import cluster_pairwise_predictions_at_threshold
    if not edges.height:
        return pl.DataFrame(schema={"unique_id": pl.Int64, "cluster": pl.Int64})
    touched = pl.concat([edges[ONE], edges[OTHER]]).unique().alias("unique_id").to_frame()
    known = nodes.select("unique_id").join(touched, on="unique_id", how="semi")
    nodes_and_edges = [api.register(_as_input(each, api)) for each in (known, edges.select(ONE, OTHER))]
    found = cluster_pairwise_predictions_at_threshold(*nodes_and_edges, api, "unique_id", ONE, OTHER)
    return _frame(found).select("unique_id", pl.col("cluster_id").alias("cluster")).cast(pl.Int64)


def settings(model: Model, records: int) -> dict[str, Any]:
    """The model as Splink's settings, for so many records."""
    return {
        "link_type": "dedupe_only", "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": model.matches(records),
        "retain_matching_columns": False, "retain_intermediate_calculation_columns": True,
        "comparisons": [{
            "output_column_name": each.key, "comparison_description": each.title,
            "comparison_levels": [_level(level) for level in each.levels]} for each in model.comparisons],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": " and ".join(f"l.{column} = r.{column}" for column in block.by)} for block in model.blocks]}


def _level(level: Level) -> dict[str, Any]:
    made: dict[str, Any] = {"sql_condition": level.when or "ELSE", "label_for_charts": level.words}
    if level.key == MISSING:
        return {**made, "is_null_level": True}
    made |= {"m_probability": level.same, "u_probability": level.others}
    if level.counted:
        made |= {"tf_adjustment_column": level.counted, "tf_adjustment_weight": 1.0}
    return made


def _linker(table: Any, model: Model, records: int) -> Any:
    from splink import Linker
    return Linker(table, settings(model, records), log_level=logging.ERROR, validate_settings=False)


def _as_input(frame: pl.DataFrame, api: Any) -> Any:
    return frame.to_arrow() if api.sql_dialect.sql_dialect_str == DUCKDB else api.spark.createDataFrame(frame.to_arrow())


def _pairs(found: Any, model: Model) -> pl.DataFrame:
    """Splink tells the levels only beside every name and address compared, which is most of its work: told by their bits."""
    rows = _frame(found)
    levels = [pl.col(f"mw_{each.key}").round(PLACES).replace_strict(each.by_bits(), return_dtype=pl.Int32).alias(
        f"gamma_{each.key}") for each in model.comparisons]
    return rows.select(pl.min_horizontal(ONE, OTHER).cast(pl.Int64).alias(ONE),
                       pl.max_horizontal(ONE, OTHER).cast(pl.Int64).alias(OTHER), WEIGHT, *levels,
                       *sorted(name for name in rows.columns if name.startswith("mw_")))


def _frame(found: Any) -> pl.DataFrame:
    made = pl.from_arrow(found.as_pyarrow_table())
    assert isinstance(made, pl.DataFrame)
    return made
