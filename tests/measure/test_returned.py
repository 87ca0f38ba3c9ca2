"""What agencies count themselves, and the codes of the rows they send, are in the scorecard once they are accepted."""
from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from goldthread.access.actor import acting, system
from goldthread.dataset import actions
from goldthread.dataset.models import State, Submission
from goldthread.exchange.facts import scorecard
from goldthread.measure.engines import DuckDB
from goldthread.measure.indicators import all_indicators
from goldthread.measure.models import Counted
from goldthread.measure.store import Store
from tests.dataset.place import Place, many, rows_csv, sent
from tests.support import NOW, client_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings: object, tmp_path: Path) -> Place:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    (tmp_path / "in").mkdir()
    return Place()


def accepted(place: Place, key: str, data: bytes, folder: Path) -> None:
    owed = place.owed(key)
    version = sent(place.officer, owed, folder, ("return.csv", data))
    with acting(place.analyst):
        actions.accept(actor=place.analyst, submission=version, now=NOW)


def number(place: Place, key: str, kind: str, end: int) -> tuple[float, float | None, float | None]:
    with acting(system(place.partnership.pk)):
        row = Counted.objects.get(indicator=key, kind=kind, end=end)
    return row.numerator, row.denominator, row.value


FIGURES = b"""figure,month,number,age
domestic-abuse,15/07/2026,200,
domestic-abuse,15/08/2026,100,
domestic-abuse-with-child,15/07/2026,40,1 to 4
domestic-abuse-with-child,15/07/2026,20,5 to 9
domestic-abuse-with-child,15/08/2026,30,5 to 9
disabled-children-open,31/07/2026,310,
disabled-children-open,31/08/2026,320,
disabled-children-open,30/09/2026,330.5,
looked-after,31/08/2026,280,
looked-after,30/09/2026,300,
three-placements,30/09/2026,30,
care-leavers,30/09/2026,80,
care-leavers-in-touch,30/09/2026,76,
health-assessed,30/09/2026,190,
looked-after-a-year,30/09/2026,200,
"""


def test_numbers_add_up_and_what_stands_at_an_end_does_not(place: Place, tmp_path: Path) -> None:
    accepted(place, "scorecard-figures", FIGURES, tmp_path / "in")
    scorecard.update(place.partnership.pk, NOW)
    assert number(place, "domestic-abuse", "quarter", 202609)[0] == 300
    assert number(place, "domestic-abuse-with-child", "month", 202607) == (60, 200, 30)
    assert number(place, "domestic-abuse-with-child", "quarter", 202609) == (90, 300, 30)
    assert number(place, "disabled-children", "quarter", 202609)[0] == 330.5
    assert number(place, "disabled-children", "month", 202608)[0] == 320
    assert number(place, "looked-after-returned", "quarter", 202609)[0] == 300
    for key, wanted in (("three-placements-returned", (30, 300, 10)), ("care-leavers-in-touch-returned", (76, 80, 95)),
                        ("health-assessments-returned", (190, 200, 95))):
        assert number(place, key, "quarter", 202609) == wanted
    page = client_for(place.manager).get("/scorecard/indicators/domestic-abuse/rows/2026-08/").content.decode()
    assert "Police counts this itself" in page


def test_the_codes_of_rows_are_counted_and_a_withdrawn_return_counts_no_more(place: Place, tmp_path: Path) -> None:
    accepted(place, "police-incidents", rows_csv(*many(3), *[row | {"incident_number": f"B-{at}", "kind": "violence"}
                                                             for at, row in enumerate(many(2))]), tmp_path / "in")
    scorecard.update(place.partnership.pk, NOW)

    def kinds() -> dict[str, float]:
        with DuckDB(Store.of(place.partnership.pk).files()) as duck:
            return dict(duck.rows("select answer, sum(number) from returned where field = 'kind' and month = 202608"
                                  " group by 1"))
    assert kinds() == {"domestic": 3, "violence": 2}
    with acting(place.analyst):
        version = Submission.objects.get(state=State.ACCEPTED)
        actions.withdraw(actor=place.analyst, submission=version, reason="The wrong file", now=NOW)
    scorecard.update(place.partnership.pk, NOW + timedelta(hours=1))
    assert kinds() == {}


def test_every_figure_that_is_asked_for_is_used_and_every_one_used_is_asked_for() -> None:
    from goldthread.dataset.specification.declared import find
    from goldthread.measure.conditions import comparisons
    asked = {code.code for code in find("scorecard-figures", NOW.date()).lists["figure"]}
    used = {text for each in all_indicators() for count in each.counts if count.table == "returned"
            for one in comparisons(count.where) if one.column == "field" for text in one.texts}
    assert asked == used
