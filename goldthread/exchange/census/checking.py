"""The census held to our own specification of it, as one that a council sent would be."""
from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from goldthread.dataset.checking.checking import looked
from goldthread.dataset.checking.columns import Setting
from goldthread.dataset.checking.report import Report
from goldthread.dataset.reading.batches import Source
from goldthread.dataset.specification.declared import find


def check_census(path: Path, year: int, now: datetime) -> Report:
    """What is found in the census of a year."""
    day = date(year, 3, 31)
    setting = Setting(timezone.localdate(now), date(year - 1, 4, 1), day)
    with looked([Source(path.name, path)], find("cin-census", day), setting) as found:
        return found.report
