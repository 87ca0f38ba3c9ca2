"""The same linkage on local Spark joins the same records. Where pyspark is installed: it is 480 MB, and optional."""
from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest

from bench.linkage_data import TODAY, invented, said
from goldthread.linkage import splinking
from goldthread.linkage.linking import Outcome, link
from goldthread.linkage.model import model
from goldthread.linkage.splinking import ONE, OTHER, WEIGHT
from goldthread.measure.engines import DUCKDB, SPARK

pytestmark = pytest.mark.filterwarnings("ignore")  # its own warnings are its own


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql")
    from splink.backends.spark import similarity_jar_location
    made = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config(
        "spark.jars", similarity_jar_location()).config("spark.driver.bindAddress", "127.0.0.1").config(
        "spark.driver.host", "127.0.0.1").config("spark.sql.shuffle.partitions", "2").getOrCreate()
    yield made
    made.stop()


def linked(frame: pl.DataFrame, engine: str) -> Outcome:
    with splinking.database(engine) as api:
        return link(said(frame), model(TODAY), api, TODAY)


def test_spark_joins_what_duckdb_joins(session: Any) -> None:
    frame = invented(0.003, 7)
    here, there = linked(frame, DUCKDB), linked(frame, SPARK)
    assert here.clusters.height > 100
    assert there.clusters.sort("unique_id").equals(here.clusters.sort("unique_id"))
    pairs = [each.scored.sort(ONE, OTHER) for each in (here, there)]
    assert pairs[0].select(ONE, OTHER).equals(pairs[1].select(ONE, OTHER))
    assert (pairs[0][WEIGHT] - pairs[1][WEIGHT]).abs().max() < 1e-6


AFTER = """
from bench.linkage_data import TODAY, invented, said
from goldthread.linkage import splinking
from goldthread.linkage.linking import link
from goldthread.linkage.model import model
from goldthread.measure.engines import SPARK, spark_session
with spark_session() as session:
    assert session.sql("select 1").collect()[0][0] == 1
with splinking.database(SPARK) as api:
    assert link(said(invented(0.002, 7)), model(TODAY), api, TODAY).clusters.height > 50
"""


def test_a_worker_links_on_spark_after_it_has_counted_the_scorecard_there() -> None:
    """Spark cannot be given what it was begun without: the second job of a worker once failed for it."""
    pytest.importorskip("pyspark.sql")
    local = {"PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.driver.bindAddress=127.0.0.1 "
                                    "--conf spark.driver.host=127.0.0.1 --conf spark.ui.enabled=false pyspark-shell"}
    subprocess.run([sys.executable, "-c", AFTER], check=True, env=os.environ | local, timeout=300)
