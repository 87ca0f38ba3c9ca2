"""A return of our own held to our own specification of it, as one that a council sent would be."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from goldthread.dataset.checking.checking import looked
from goldthread.dataset.checking.columns import Setting
from goldthread.dataset.checking.report import Report
from goldthread.dataset.reading.batches import Source
from goldthread.dataset.specification.declared import find


def check_return(key: str, paths: Iterable[Path], since: date, day: date, now: datetime) -> Report:
    """What is found in the files of a return for the days from `since` to `day`."""
    setting = Setting(timezone.localdate(now), since, day)
    with looked([Source(path.name, path) for path in paths], find(key, day), setting) as found:
        return found.report


def check_year(key: str, paths: Iterable[Path], year: int, now: datetime) -> Report:
    """What is found in the files of a return for the year to 31 March."""
    return check_return(key, paths, date(year - 1, 4, 1), date(year, 3, 31), now)
