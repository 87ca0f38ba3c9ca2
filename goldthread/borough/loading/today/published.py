"""What others publish, for the demo's scorecard: how many people live in the invented area, counted in it, and what its
invented neighbours have. Through the action that the page uses."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from importlib.resources import files

from goldthread.access.actor import acting, system
from goldthread.borough.loading.today.cast import Cast
from goldthread.borough.plan import LONDON
from goldthread.measure.actions.publishing import HEADINGS, load_published
from goldthread.people.models import Person

ANALYST, SOURCE = "analyst", "Counted in the invented borough, on 30 June"
YEARS = 3  # a figure is published for each of so many years before this one
AGES = {"population-0-17": (0, 17), "population-10-17": (10, 17), "population-10-24": (10, 24)}
ADULT_WOMEN, OLDEST = "population-women-16", 130


def play(cast: Cast, partnership: int, now: datetime) -> None:
    """Loaded by the analyst. In the caller's transaction, before the scorecard is counted."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(HEADINGS)
    this = now.astimezone(LONDON).year
    with acting(system(partnership)):
        for year in range(this - YEARS, this):
            rows.writerows((series, "", year, many, SOURCE) for series, many in _living(partnership, year))
    rows.writerows((*line, this - 1, value, "Invented for this demonstration") for *line, value in _neighbours())
    actor = cast.actor(ANALYST, now)
    with acting(actor):
        load_published(actor=actor, data=out.getvalue().encode(), now=now)


def _living(partnership: int, year: int) -> Iterator[tuple[str, int]]:
    """People of the area by series, in the middle of a year."""
    people = Person.objects.filter(partnership=partnership, merged_into=None)
    for series, (youngest, oldest) in AGES.items():
        yield series, people.filter(born_on__range=_born(year, youngest, oldest)).count()
    yield ADULT_WOMEN, people.filter(sex="F", born_on__range=_born(year, 16, OLDEST)).count()


def _born(year: int, youngest: int, oldest: int) -> tuple[date, date]:
    """The first and the last day of birth of those so old on 30 June."""
    return date(year - oldest - 1, 7, 1), date(year - youngest, 6, 30)


def _neighbours() -> Iterator[tuple[str, str, str]]:
    """An indicator, an area, and what it has."""
    lines = files("goldthread.borough").joinpath("data", "neighbours.csv").read_text(encoding="utf-8").splitlines()
    yield from ((row["series"], row["area"], row["value"]) for row in csv.DictReader(lines))
