"""When something is due, worked out from the data files by counting days one at a time. None of the product's own code."""
from __future__ import annotations

import calendar
import csv
import tomllib
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import goldthread.rules

LONDON = ZoneInfo("Europe/London")
DATA = Path(goldthread.rules.__file__).parent / "data"
DAY = timedelta(days=1)
OPENS, CLOSES = 9, 17


@cache
def holidays() -> frozenset[date]:
    with (DATA / "bank_holidays.csv").open(encoding="utf-8") as rows:
        return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(rows))


@cache
def limits() -> dict[str, dict[str, Any]]:
    files = sorted((DATA / "limits").glob("*.toml"))
    return {row["key"]: row for f in files for row in tomllib.loads(f.read_text(encoding="utf-8"))["limit"]}


def span(rule: str, on: date) -> tuple[int, str]:
    """The number and the unit (singular) of a rule in force on a day."""
    words = next(e["span"] for e in limits()[rule]["edition"] if e["from"] <= on <= e.get("to", date.max)).split()
    number, unit = int(words[0]), " ".join(words[1:]).removesuffix("s")
    return (number * 12, "month") if unit == "year" else (number, unit)


def works(day: date) -> bool:
    return day.weekday() not in (5, 6) and day not in holidays()


def end(day: date) -> datetime:
    """The last microsecond of a day in London."""
    tomorrow = day + DAY
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=LONDON).astimezone(UTC) - timedelta(microseconds=1)


def _months(day: date, number: int) -> date:
    for _ in range(number):
        last = calendar.monthrange(day.year, day.month)[1]
        first = day.replace(day=1) + timedelta(days=last)
        day = first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))
    return day


def on_day(day: date, number: int, unit: str, step: timedelta = DAY) -> date:
    """So many days, working days, weeks or months from a day, counted one by one."""
    if unit == "month":
        whole = _months(day.replace(day=1), number)  # the day-number is kept through short months
        return whole.replace(day=min(day.day, calendar.monthrange(whole.year, whole.month)[1]))
    left = number * (7 if unit == "week" else 1)
    while left:
        day += step
        left -= unit != "working day" or works(day)
    return day


def due(rule: str, started: datetime) -> datetime:
    """The last instant in time for what a rule gives so long from a start."""
    day = started.astimezone(LONDON).date()
    number, unit = span(rule, day)
    if unit == "hour":
        return started.astimezone(UTC) + timedelta(hours=number)
    if unit == "working hour":
        return _open_minutes(started, number * 60)
    return end(on_day(day, number, unit))


def before(rule: str, planned: datetime) -> datetime:
    """The last instant that is so long before a planned time."""
    day = planned.astimezone(LONDON).date()
    number, unit = span(rule, day)
    if unit == "hour":
        return planned.astimezone(UTC) - timedelta(hours=number)
    return end(on_day(day, number, unit, -DAY))


def open_at(when: datetime) -> bool:
    here = when.astimezone(LONDON)
    return works(here.date()) and OPENS <= here.hour < CLOSES


def _open_minutes(started: datetime, wanted: int) -> datetime:
    """Minute by minute through opening hours; starts are on the minute."""
    when = started.astimezone(UTC)
    while wanted:
        wanted -= open_at(when)
        when += timedelta(minutes=1)
    return when


def paused(rule: str, started: datetime, stopped: datetime, resumed: datetime) -> datetime:
    """When something is due whose limit stood still between two instants, in the limit's own unit."""
    number, unit = span(rule, started.astimezone(LONDON).date())
    first = due(rule, started)
    if unit == "hour":
        return first + (resumed - stopped)
    if unit == "working hour":
        when, minutes = stopped.astimezone(UTC), 0
        while when < resumed:
            minutes += open_at(when)
            when += timedelta(minutes=1)
        return _open_minutes(first, minutes)
    day, last, moved = stopped.astimezone(LONDON).date(), resumed.astimezone(LONDON).date(), 0
    while day < last:
        day += DAY
        moved += unit != "working day" or works(day)
    return end(on_day(first.astimezone(LONDON).date(), moved, "working day" if unit == "working day" else "day"))
