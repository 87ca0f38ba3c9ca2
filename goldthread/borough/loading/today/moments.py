"""Moments counted back from now as people say them: "40 working minutes", "2 working days", "9 hours"."""
from __future__ import annotations

import re
from datetime import datetime, timedelta

from goldthread.borough.contacts.desk import CLOSES, DAY, OPENS, after
from goldthread.borough.plan import LONDON
from goldthread.rules.calendar import bank_holidays

_SPAN = re.compile(r"(\d+) (working )?(minute|hour|day)s?")
MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60}


def span(text: str) -> tuple[int, bool]:
    """(minutes, whether of working time). Raises ValueError for what is no such length."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text}” is not a length of time. Write such as 40 working minutes, or 2 days.")
    working = bool(found[2])
    unit = DAY if working and found[3] == "day" else MINUTES[found[3]]
    return int(found[1]) * unit, working


def ago(text: str, now: datetime) -> datetime:
    """The moment so long before now; of working time, always one at which the front door was open."""
    minutes, working = span(text)
    return before(now, minutes) if working else (now - timedelta(minutes=minutes)).replace(microsecond=0)


def later(text: str, at: datetime) -> datetime:
    """The moment so long after another."""
    minutes, working = span(text)
    return after(at.astimezone(LONDON), minutes) if working else at + timedelta(minutes=minutes)


def before(at: datetime, minutes: float) -> datetime:
    """`minutes` of working time before an aware moment."""
    here, left = at.astimezone(LONDON).replace(microsecond=0), timedelta(minutes=minutes)
    while True:
        opens, closes = (datetime.combine(here.date(), time, LONDON) for time in (OPENS, CLOSES))
        if here.weekday() < 5 and here.date() not in bank_holidays() and here > opens:
            here = min(here, closes)
            if here - left >= opens:
                return here - left
            left -= here - opens
        here = closes - timedelta(days=1)
