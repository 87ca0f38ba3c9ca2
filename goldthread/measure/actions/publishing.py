"""Figures that others publish, loaded from a CSV file: what other areas have, and how many people live here."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.access.actor import Actor, acting, system_for, writing
from goldthread.access.policy import May, figures_token
from goldthread.measure.actions.lines import lines_of
from goldthread.measure.indicators import all_indicators
from goldthread.measure.models import Published

HEADINGS = ("series", "area", "year", "value", "source")
NEAREST = "nearest"  # a column that may be left out: what the value was rounded to
MOST_LINES = 50_000


@dataclass(frozen=True)
class Loaded:
    """How many figures were new, and how many stood in for others."""

    new: int
    replaced: int


def series() -> frozenset[str]:
    """What a figure may be of: an indicator, or a population that one is worked out for."""
    return frozenset({each.key for each in all_indicators()} | {each.population for each in all_indicators()} - {""})


@transaction.atomic
def load_published(*, actor: Actor, data: bytes, now: datetime) -> Loaded:
    """All lines of a file, or none. Raises Refused; ValidationError naming each line that is wrong and how to mend it."""
    actor.require(May.KEEP_SCORECARD)
    rows = _read(data)
    keys = {(row.series, row.area, row.year) for row in rows}
    with acting(system_for(actor)), writing():
        old = [row for row in Published.objects.filter(replaced_at=None) if (row.series, row.area, row.year) in keys]
        Published.objects.filter(pk__in=[row.pk for row in old]).update(replaced_at=now)
        for row in rows:
            row.partnership, row.by, row.at = actor.partnership, actor.user, now
            row.readers = [figures_token(actor.partnership.pk)]
        Published.objects.bulk_create(rows)
    return Loaded(len(rows) - len(old), len(old))


def _read(data: bytes) -> list[Published]:
    lines = lines_of(data, HEADINGS, MOST_LINES)
    known, faults, rows, seen = series(), [], [], set()
    for at, line in enumerate(lines, start=2):
        try:
            row = Published(series=(line["series"] or "").strip(), area=(line["area"] or "").strip(), year=int(line["year"]),
                            value=float(line["value"].replace(",", "")), nearest=int(line.get(NEAREST) or 0),
                            source=(line["source"] or "").strip())
        except (ValueError, AttributeError):
            faults.append(f"Line {at}: year must be a year, value a number, and nearest a whole number if it is there")
            continue
        key = (row.series, row.area, row.year)
        if not 1900 < row.year < 2200 or not isfinite(row.value) or not 0 <= row.nearest <= 1_000_000:
            faults.append(f"Line {at}: year, value or nearest is out of all bounds")
        elif row.series not in known:
            faults.append(f"Line {at}: there is no series “{row.series}”. Use the key of an indicator or of a population")
        elif not row.source:
            faults.append(f"Line {at}: say where the figure is published")
        elif key in seen:
            faults.append(f"Line {at}: this series, area and year is there twice")
        seen.add(key)
        rows.append(row)
    if faults:
        raise ValidationError({"upload": faults[:20]})
    return rows
