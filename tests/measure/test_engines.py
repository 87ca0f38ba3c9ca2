"""Which engine counts is one setting: named wrongly or not installed it is said so, in the command, the job and doctor."""
from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from goldthread.commands import scorecard as command
from goldthread.commands.checks import settings as checks
from goldthread.commands.main import parser_for
from goldthread.commands.refusal import Refusal
from goldthread.exchange.facts import scorecard
from goldthread.measure import engines
from goldthread.measure.engines import SETTING, BadEngine, DuckDB
from tests.measure.world import World


@pytest.fixture
def no_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(engines, "find_spec", lambda name: None if name == "pyspark" else real(name))


@pytest.mark.parametrize("said", ["", "duckdb", " DuckDB "])
def test_duckdb_counts_unless_another_is_named(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(SETTING, said)
    assert checks._engine().state == "green" and "duckdb" in checks._engine().words
    with engines.engine({}) as found:
        assert isinstance(found, DuckDB) and found.rows("select count(*) from happened") == [(0,)]


@pytest.mark.parametrize(("said", "words"), [("polars", "Set it to duckdb or spark"), ("spark", "pyspark is not installed")])
def test_an_engine_that_is_not_there_is_said_everywhere(monkeypatch: pytest.MonkeyPatch, no_spark: None, tmp_path: Path,
                                                        said: str, words: str) -> None:
    monkeypatch.setenv(SETTING, said)
    with pytest.raises(BadEngine, match=words), engines.engine({}):
        pass
    with pytest.raises(Refusal, match=words):
        command.run(parser_for("scorecard", command).parse_args(["--out", str(tmp_path)]))
    assert checks._engine().state == "red" and words in checks._engine().words


@pytest.mark.django_db
def test_the_job_counts_with_the_engine_that_is_set(world: World, monkeypatch: pytest.MonkeyPatch, no_spark: None) -> None:
    monkeypatch.setenv(SETTING, "spark")
    with pytest.raises(BadEngine):
        scorecard.update(world.partnership.pk, world.now, whole=True)
