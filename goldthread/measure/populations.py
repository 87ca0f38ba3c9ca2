"""How many people of a kind live in the area: series that others publish, by calendar year."""
from __future__ import annotations

from goldthread.measure.models import Published

LAST_USED = 3  # years for which the newest estimate stands in for those that are not out yet


def by_series() -> dict[tuple[str, int], float]:
    """Of the partnership acted in, by series and year; the newest is used for the years after it until another is out."""
    found = {(row.series, row.year): row.value for row in Published.objects.filter(area="", replaced_at=None)}
    for series in {series for series, _ in found}:
        newest = max(year for of, year in found if of == series)
        for year in range(newest + 1, newest + 1 + LAST_USED):
            found[series, year] = found[series, newest]
    return found
