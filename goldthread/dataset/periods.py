"""Periods that returns are for: months, quarters of the financial year, school terms' year, years."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

RHYTHMS = {"month": "Every month", "quarter": "Every quarter, from April", "year": "Every year, from April",
           "school-year": "Every school year, from September"}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "school-year": 12}
_BEGINS = {"month": 1, "quarter": 4, "year": 4, "school-year": 9}


@dataclass(frozen=True)
class Period:
    """From and until which day, and by when its return is due."""

    since: date
    until: date
    due: date


def of(rhythm: str, day: date) -> tuple[date, date]:
    """The period of a rhythm in which a day lies. Raises KeyError for another rhythm."""
    months, begins = _MONTHS[rhythm], _BEGINS[rhythm]
    since = _moved(date(day.year, day.month, 1), -((day.month - begins) % months))
    return since, _moved(since, months) - timedelta(days=1)


def following(rhythm: str, first: date, many: int, days: int) -> list[Period]:
    """So many periods from the one in which `first` lies, each due `days` after it ends."""
    found = []
    day = first
    for _ in range(max(many, 0)):
        since, until = of(rhythm, day)
        found.append(Period(since, until, until + timedelta(days=days)))
        day = until + timedelta(days=1)
    return found


def words(since: date, until: date) -> str:
    """"October to December 2026"; days are named where a period is not of whole months."""
    if since.day == 1 and (until + timedelta(days=1)).day == 1:
        if (since.year, since.month) == (until.year, until.month):
            return f"{since:%B %Y}"
        first = f"{since:%B}" if since.year == until.year else f"{since:%B %Y}"
        return f"{first} to {until:%B %Y}"
    return f"{since.day} {since:%B %Y} to {until.day} {until:%B %Y}"


def named(text: str) -> tuple[date, date]:
    """A period as commands name it: 2026-10 (a month), 2026-Q3 (a quarter of the year from April 2026), 2026 (that year),
    or 2026-10-01:2026-10-31. Raises ValueError.
    """
    try:
        if ":" in text:
            since, until = (date.fromisoformat(part) for part in text.split(":"))
            return since, until
        year, _, part = text.upper().partition("-")
        if part.startswith("Q"):
            return of("quarter", _moved(date(int(year), 4, 1), 3 * (("1", "2", "3", "4").index(part[1:]))))
        return of("month", date(int(year), int(part), 1)) if part else of("year", date(int(year), 4, 1))
    except ValueError as wrong:
        raise ValueError(f"“{text}” is not a period. Write it as 2026-10, 2026-Q3, 2026 or 2026-10-01:2026-10-31") from wrong


def _moved(first: date, months: int) -> date:
    """The first of a month so many months on."""
    whole = first.year * 12 + first.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)
