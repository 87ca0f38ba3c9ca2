"""docs/add-an-indicator.md, followed literally."""
from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from goldthread.exchange.facts.declared import known
from goldthread.measure import indicators
from goldthread.measure.computing import compute
from goldthread.measure.engines import DuckDB
from goldthread.measure.periods import period_of
from goldthread.measure.store import Store
from tests.measure.independent import CONTACTS, records
from tests.measure.world import World

pytestmark = pytest.mark.django_db
PAGE = (Path(__file__).parents[2] / "docs" / "add-an-indicator.md").read_text(encoding="utf-8")
[DECLARED] = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
[SAID] = re.findall(r"```\n(indicator .*?)\n```", PAGE, re.S)


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The file of the page beside those there are; a test may change its text."""
    text = [DECLARED]
    real, names = indicators.toml, indicators.names

    def read(*parts: str) -> dict:
        return tomllib.loads(text[0]) if parts[-1] == "local.toml" else real(*parts)
    monkeypatch.setattr(indicators, "toml", read)
    monkeypatch.setattr(indicators, "names", lambda *parts: (*names(*parts), "local.toml"))
    indicators.all_indicators.cache_clear()
    yield text
    indicators.all_indicators.cache_clear()


def test_the_indicator_of_the_page_is_counted(world: World, added: list[str]) -> None:
    assert indicators.faults(known()) == []
    each, period = indicators.indicator("early-help-contacts"), period_of(202606, "quarter")
    with DuckDB(Store.of(world.partnership.pk).files()) as duck:
        [number] = compute(duck, [each], "quarter", list(period.months))
    asked = {"since": period.since, "until": period.until}
    part = world.ask(records("front-door", "contact", "and e.outcome = 'early-help'"), **asked)
    assert number.numerator == part[0][0] > 0 and number.denominator == world.ask(CONTACTS, **asked)[0][0]


def test_the_mistake_of_the_page_is_said_as_on_the_page(added: list[str]) -> None:
    added[0] = DECLARED.replace("outcome = 'early-help'", "outcome = 'earlyhelp'")
    assert indicators.faults(known()) == [SAID]


@pytest.mark.parametrize("change, words", [
    (("table = \"happened\"", "table = \"happens\""), "there is no table “happens”"),
    (("step = 'contact' and", "stage = 'contact' and"), "has no column “stage”"),
    (("step = 'contact' and", "step = 'contct' and"), "step is never “contct”"),
    (("process = \"front-door\"", "process = \"frontdoor\""), "process is never “frontdoor”"),
    (("outcome = 'early-help'", "outcome = 1"), "cannot be read"),
    (("outcome = 'early-help'", "outcome = 'early-help'; drop table x"), "cannot be read"),
    (("outcome = 'early-help'", "outcome = (select 1)"), "cannot be read"),
    (("counts = \"records\"", "counts = \"open\""), "are not counted in happened"),
    (("owner = \"childrens-services\"", "owner = \"council\""), "there is no kind of agency “council”"),
    (("unit = \"%\"", "unit = \"percent\""), "unit is one of"),
    (("key = \"early-help-contacts\"", "key = \"contacts\""), "contacts is declared twice"),
])
def test_what_is_wrong_is_said_in_words(added: list[str], change: tuple[str, str], words: str) -> None:
    added[0] = DECLARED.replace(*change)
    assert added[0] != DECLARED and any(words in fault for fault in indicators.faults(known())), indicators.faults(known())


def test_every_count_of_the_page_is_one_and_every_one_is_on_the_page() -> None:
    assert set(re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.M)) == set(indicators.COUNTS)
