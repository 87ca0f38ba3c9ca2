"""Clocks and positions of a process worked out from facts given by hand, without a database."""
from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from goldthread.process.definition import Process, key_of
from goldthread.process.engine import Fact, Reading, State, clocks, position
from goldthread.process.law import Law
from goldthread.rules.calendar import england

LONDON = ZoneInfo("Europe/London")
LAW = Law(england())


def at(day: str, hour: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=LONDON)


def fact(record: Any, when: datetime, outcome: str = "", **more: Any) -> Fact:
    """One record, numbered where it is put in a list by `facts`."""
    return Fact(0, record if isinstance(record, str) else key_of(record), when, outcome, **more)


def facts(*made: Fact) -> list[Fact]:
    """Facts in the order they were recorded, whenever they happened."""
    return [replace(each, id=number) for number, each in enumerate(made, 1)]


def readings(process: Process, name: str, given: list[Fact], now: datetime) -> list[Reading]:
    return [r for r in clocks(process, given, LAW, now) if r.name == name]


def due(process: Process, name: str, given: list[Fact], now: datetime | None = None) -> date:
    """The last day of the one reading of a clock."""
    [found] = readings(process, name, given, now or given[-1].at)
    assert (found.due.astimezone(LONDON).hour, found.due.astimezone(LONDON).minute) == (23, 59), "to the end of the day"
    return found.due.astimezone(LONDON).date()


def state(process: Process, record: Any, given: list[Fact]) -> State:
    return position(process, given).states[key_of(record)]
