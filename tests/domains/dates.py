"""Facts and readings with dates worked by hand, for the tests of every process."""
from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from goldthread.process.definition import Process
from goldthread.process.engine import Fact, Reading, clocks
from goldthread.process.law import Law
from goldthread.rules.calendar import england

LONDON = ZoneInfo("Europe/London")
LAW = Law(england())
LATER = datetime(2030, 12, 31, 12, tzinfo=LONDON)


def at(day: str, hour: str = "10:00") -> datetime:
    """`at("2026-11-27", "16:55")`, in English local time."""
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=LONDON)


def fact(key: str, when: datetime, outcome: str = "", **more: Any) -> Fact:
    return Fact(0, key, when, outcome, **more)


def facts(*made: Fact) -> list[Fact]:
    """Numbered in the order they were recorded."""
    return [Fact(n, f.key, f.at, f.outcome, f.about, f.restarts, f.asked, f.planned, f.by) for n, f in enumerate(made, 1)]


def readings(process: Process, name: str, given: list[Fact], law: Law = LAW, now: datetime = LATER) -> list[Reading]:
    return [r for r in clocks(process, given, law, now) if r.name == name]


def due(process: Process, name: str, given: list[Fact], now: datetime = LATER, law: Law = LAW) -> date:
    """The last local day of the one reading of that name; it must end with the day."""
    [reading] = readings(process, name, given, law, now)
    here = reading.due.astimezone(LONDON)
    assert (here.hour, here.minute) == (23, 59), here
    return here.date()
