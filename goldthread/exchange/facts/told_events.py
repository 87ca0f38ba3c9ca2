"""What agencies' returns tell as happened, as facts beside those of our own records: see [[event]] in returned.toml.

A return is believed about the days of its period; of periods that lie over each other, that which ends last. What a record
of ours tells of the same child about the same day is told by that record alone, so that nothing is counted twice.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

from goldthread.exchange.facts.declared import as_of
from goldthread.exchange.facts.told_declared import Event, events
from goldthread.exchange.facts.told_versions import Child, Children, Version, versions
from goldthread.measure.facts import FactTable
from goldthread.rules.calendar import OutsideCalendar, england
from goldthread.rules.limits import UnknownLimit, limit

FACTS = ("happened", "answered", "limits")
Key = tuple[tuple[str, ...], int]  # what is told, and of which child
Own = dict[Key, list[tuple[date, str]]]  # when our own records tell the same, and what came of it
UNKNOWN = "not known"
MANY = ("none", "one")  # how a small number is told; more are several


@dataclass(frozen=True)
class Told:
    """One thing that a return tells of a child. agency: the kind of who sent it. answer: of a field, or how a limit went."""

    event: Event
    day: date
    child: Child
    agency: str
    answer: str = ""
    hours: int | None = None
    source: str = ""


@dataclass
class Found:
    """Everything that is told, by fact table."""

    told: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))

    def of(self, table: str) -> list[Told]:
        return self.told.get(table, [])


def facts(numbers: Collection[int]) -> Found:
    """What these accepted versions tell; each thing of a child and day once."""
    found, children, seen = Found(), Children(), set[tuple[Any, ...]]()
    later: dict[tuple[int, tuple[str, ...]], dict[int, date]] = defaultdict(dict)  # first days, by version
    for version in versions(numbers, events()):
        told, others = version.told, later[version.agency, version.told.key]
        until = min((since for other, since in others.items() if other != version.submission), default=date.max)
        others[version.submission] = version.since
        for each in _told(version, children):
            once = (told.key, told.outcome, each.child.id, each.day)
            if version.since <= each.day <= version.until and each.day < until and once not in seen:
                seen.add(once)
                found.told[told.fact].append(each)
    return found


def _told(version: Version[Event], children: Children) -> Iterator[Told]:
    """What one version tells of one thing, in the order of its rows."""
    told = version.told
    rows = [row for row in _rows(version, told.table, told.wanted()[told.table]) if row[told.child] and told.counts(row)]
    there = {tuple(row.values()) for row in _rows(version, told.unless["table"], told.same)} if told.unless else set()
    known = children.of(version, {str(row[told.child]).strip() for row in rows})
    for row in rows:
        child = known[str(row[told.child]).strip()]
        if there and tuple(row[ours] for ours in told.same.values()) in there:
            continue
        source = str(row[told.source] or "") if told.source else ""
        if told.fact == "limits":
            yield from _limit(version, row, child)
        elif (day := row[told.day]) and (told.fact == "happened" or (answer := _answer(told, row))):
            yield Told(told, day, child, version.kind, answer if told.fact == "answered" else "", None, source)


def _rows(version: Version[Event], table: str, columns: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of a table; none where the return has no such table."""
    if table not in version.paths:
        return []
    return list(pl.read_parquet(version.paths[table], columns=list(columns)).iter_rows(named=True))


def _answer(told: Event, row: Mapping[str, Any]) -> str:
    """The coded answer to a field: as declared, or by a number of the row; nothing where it says none."""
    if not told.number:
        return told.answer
    number = row[told.number]
    return "" if number is None else MANY[int(number)] if number < len(MANY) else "several"


def _limit(version: Version[Event], row: Mapping[str, Any], child: Child) -> Iterator[Told]:
    """How a time limit went; one that is not met is late once its day is past within the period."""
    told = version.told
    begun, met = row[told.begins] if told.begins else None, row[told.day]
    due = row[told.due] if told.due else _due(told.rule, begun)
    if due is not None and (met or due < version.until):
        hours = (met - begun).days * 24 if met and begun else None
        yield Told(told, met or due, child, version.kind, "kept" if met and met <= due else "late", hours)


def _due(rule: str, begun: date | None) -> date | None:
    """The last day of a limit that began on a day, as it was then in force; None where it was in no force."""
    if begun is None:
        return None
    try:
        span = limit(rule, begun).span
        return england().add(begun, span).date() if span else None
    except (UnknownLimit, OutsideCalendar):
        return None


def rows(table: FactTable, told: Collection[Told], own: Own) -> Iterator[tuple[Any, ...]]:
    """The facts, in the order of the columns of the table; none of what a record of ours tells."""
    for each in told:
        if not _ours(each, own.get((each.event.key, each.child.id), ())):
            fact = _fact(each)
            yield tuple(fact.get(column.name) for column in table.columns)


def _ours(told: Told, own: Collection[tuple[date, str]]) -> bool:
    """Whether one of our own records is the same thing: about the same day, and so with the same outcome if it has one."""
    near, event = timedelta(days=told.event.near), told.event
    same = {event.outcome, *event.beside} if event.outcome else set()
    return any(abs(day - told.day) <= near and (not same or outcome in same) for day, outcome in own)


def _fact(told: Told) -> dict[str, Any]:
    """One thing, by the columns of its table."""
    event, of = told.event, told.child.described
    return {"month": as_of(told.day), "recorded": "no", "day": told.day, "process": event.process, "step": event.step,
            "outcome": event.outcome, "field": event.field, "answer": told.answer, "clock": event.clock, "kept": told.answer,
            "hours": told.hours, "child_id": told.child.id, "once": 1, "agency": told.agency, "present": "",
            "age": of.age(told.day), "sex": of.sex, "ethnicity": of.ethnicity, "area": UNKNOWN, "ward": UNKNOWN,
            "source": told.source or told.agency}
