"""What is public of this place already: figures that others publish, as whoever wants to find a child would use them."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from goldthread.measure import populations
from goldthread.measure.computing import PER
from goldthread.measure.indicators import Indicator, all_indicators
from goldthread.measure.models import Published
from goldthread.measure.periods import Period, period_of
from goldthread.measure.protecting import Shown
from goldthread.measure.release.figures import Figure
from goldthread.measure.release.together import Asked, AskedShare

NEARLY = 1e-9


@dataclass(frozen=True)
class Public:
    """Numbers and shares of the partnership's own area that stand elsewhere."""

    figures: Sequence[Asked] = ()
    shares: Sequence[AskedShare] = ()


NOTHING = Public()


def known() -> Public:
    """What was loaded of the area of the partnership acted in: numbers, rates of the people who live here, percentages."""
    every, people = {each.key: each for each in all_indicators()}, populations.by_series()
    figures: list[Asked] = []
    shares: list[AskedShare] = []
    for row in Published.objects.filter(area="", replaced_at=None, series__in=every).order_by("-year", "series"):
        each, year = every[row.series], period_of((row.year - 1) * 100 + 4, "year")
        half = row.nearest / 2 if row.nearest else 0.5 / 10 ** _places(row.value)
        if each.denominator is not None and each.unit == "%":
            shares.append(_share(each, row, year, half))
        elif each.population and people.get((each.population, year.end // 100)):
            figures.append(_number(each, row, year, half, people[each.population, year.end // 100] / PER[each.unit]))
        elif each.denominator is None and not each.population:
            figures.append(_number(each, row, year, half, 1))
    return Public(figures, shares)


def _places(value: float) -> int:
    """Decimals that a number is written with."""
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def _number(each: Indicator, row: Published, year: Period, half: float, times: float) -> Asked:
    """A count that lies within half of what it was rounded to. times: people of whom it is one rate."""
    low, high = ceil((row.value - half) * times - NEARLY), floor((row.value + half) * times + NEARLY)
    shown = Shown(f"{row.value:g}", max(low, 0), high)
    return Asked(_figure(each, row, year, shown), each.numerator, year.months[0], year.end, called=each.title)


def _share(each: Indicator, row: Published, year: Period, half: float) -> AskedShare:
    assert each.denominator is not None
    low, high = max(row.value - half, 0) / 100, min(row.value + half, 100) / 100
    return AskedShare(_figure(each, row, year, Shown(f"{row.value:g}%", 0, None)), each.numerator, each.denominator,
                      year.months[0], year.end, low, high)


def _figure(each: Indicator, row: Published, year: Period, shown: Shown) -> Figure:
    return Figure(f"{each.title}, {year.words}", each.key, shown, row.source, own=False)
