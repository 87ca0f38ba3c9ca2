"""The same statements on Spark give the same numbers. Where the package pyspark is installed: it is 480 MB, and optional."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from goldthread.measure import engines
from goldthread.measure.computing import compute
from goldthread.measure.engines import DuckDB, Spark
from goldthread.measure.facts import TABLES
from goldthread.measure.indicators import all_indicators
from goldthread.measure.periods import months_between
from goldthread.measure.store import Store
from tests.measure.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]  # its own warnings are its own
MONTHS = months_between(202510, 202609)


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql")
    from splink.backends.spark import similarity_jar_location
    made = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config(
        "spark.jars", similarity_jar_location()).config(
        "spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").config(
        "spark.sql.shuffle.partitions", "2").getOrCreate()
    yield made
    made.stop()


@pytest.mark.parametrize("kind, by", [("month", ""), ("quarter", ""), ("quarter", "age")])
def test_spark_gives_the_numbers_that_duckdb_gives(world: World, session: Any, kind: str, by: str) -> None:
    files = Store.of(world.partnership.pk).files()
    wanted = [each for each in all_indicators() if not by or all(TABLES[count.table].column(by) for count in each.counts)]
    with DuckDB(files) as duck:
        here = compute(duck, wanted, kind, MONTHS, by=by)
    assert here and compute(Spark(session, files), wanted, kind, MONTHS, by=by) == here


def test_the_setting_has_spark_count_the_scorecard(world: World, session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(engines.SETTING, engines.SPARK)
    with engines.engine(Store.of(world.partnership.pk).files()) as found:
        assert isinstance(found, Spark) and found.rows("select count(*) from happened")[0][0] > 0
