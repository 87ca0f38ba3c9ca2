"""Every number of the board against SQL written by hand over PostgreSQL, month by month."""
from __future__ import annotations

import pytest

from goldthread.access.actor import acting, system
from goldthread.measure.indicators import all_indicators
from goldthread.measure.models import Counted
from goldthread.measure.periods import Period, months_between, period_of
from tests.measure.independent import NUMBERS
from tests.measure.world import World

pytestmark = pytest.mark.django_db
KINDS = {"month": months_between(202512, 202610), "quarter": [202603, 202606, 202609], "year": [202603]}


def counted(world: World, key: str, period: Period) -> tuple[float, float | None]:
    with acting(system(world.partnership.pk)):
        row = Counted.objects.filter(indicator=key, kind=period.kind, end=period.end).first()
    return (row.numerator, row.denominator) if row else (0, 0)


def asked(world: World, sql: str, period: Period) -> float:
    return float(world.ask(sql, since=period.since, until=period.until, now=world.now)[0][0])


@pytest.mark.parametrize("key", NUMBERS)
def test_a_number_is_what_postgresql_says(world: World, key: str) -> None:
    part, whole = NUMBERS[key]
    for kind, ends in KINDS.items():
        for period in (period_of(end, kind) for end in ends):
            top, below = counted(world, key, period)
            assert top == asked(world, part, period), f"{key}, {period.words}: numerator"
            if whole is not None:
                assert below == asked(world, whole, period), f"{key}, {period.words}: denominator"


def test_no_indicator_over_our_own_records_is_left_out() -> None:
    own = {each.key for each in all_indicators() if all(count.table != "returned" for count in each.counts)}
    own -= {each.key for each in all_indicators() if each.population}
    assert own == set(NUMBERS)


def test_the_comparison_notices_a_count_that_is_wrong(world: World) -> None:
    period = period_of(202606, "quarter")
    assert asked(world, NUMBERS["contacts"][0], period) > 0
    assert counted(world, "contacts", period)[0] != asked(world, NUMBERS["contacts-from-police"][0], period)
