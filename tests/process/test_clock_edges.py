"""Every declared time limit at every edge of the calendar, beside days counted one by one from the data files."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from goldthread.process import engine
from goldthread.process.definition import Clock, Process
from goldthread.process.law import Law
from goldthread.rules.calendar import Calendar, england
from tests.process import by_law
from tests.process.clockwork import ASKED_FOR, CLOCKS, IDS, all_counted, reading, started, stopped

every_clock = pytest.mark.parametrize("process,clock", CLOCKS, ids=IDS)
LAW = all_counted(england())
INSTANT = timedelta(microseconds=1)


def london(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=by_law.LONDON, fold=fold).astimezone(UTC)


EDGES = {
    "a Friday afternoon": london("2026-11-27T16:55"),
    "a Saturday night": london("2026-11-28T23:59"),
    "the last minute of a working day": london("2026-11-25T23:59"),
    "the day before Good Friday": london("2027-03-25T15:30"),
    "Christmas Eve, Boxing Day a Saturday": london("2026-12-24T16:00"),
    "the last minute of the year": london("2026-12-31T23:59"),
    "28 February of a common year": london("2027-02-28T10:00"),
    "28 February of a leap year": london("2028-02-28T16:30"),
    "29 February": london("2028-02-29T10:00"),
    "the last day of a long month": london("2026-08-31T12:00"),
    "the hour before clocks go forward": london("2027-03-28T00:30"),
    "the evening before clocks go forward": london("2027-03-27T23:30"),
    "the first of two hours as clocks go back": london("2026-10-25T01:30"),
    "the second of two hours as clocks go back": london("2026-10-25T01:30", fold=1),
    "the Friday before clocks go back": london("2026-10-23T16:00"),
}
LATER = london("2031-01-06T12:00")


def expected(clock: Clock, at: datetime, planned: datetime) -> datetime:
    if clock.each_ask:
        return at + ASKED_FOR
    if clock.planned and clock.rule:
        return (by_law.before if by_law.limits()[clock.rule].get("before") else by_law.due)(clock.rule, planned)
    if clock.planned:
        return planned
    return by_law.due(clock.every(0) if clock.every else clock.rule, at)


def differences(process: Process, clock: Clock, law: Law = LAW) -> Iterator[str]:
    """The edges at which the product and the oracle do not agree on the last instant, or on what is late."""
    for name, at in EDGES.items():
        begun = at - timedelta(days=40) if clock.planned else at
        facts, due = started(process, clock, begun, planned=at), expected(clock, begun, at)
        running = reading(process, clock, facts, law, LATER)
        if running.due.astimezone(UTC) != due:
            yield f"{name}: due {running.due.astimezone(by_law.LONDON)}, not {due.astimezone(by_law.LONDON)}"
        if running.late(due) or not running.late(due + INSTANT):
            yield f"{name}: late at the wrong instant while it runs"
        if due < begun:
            continue
        ends = (stopped(process, clock, facts, when) for when in (due, due + INSTANT))
        if [reading(process, clock, ended, law, LATER).late(LATER) for ended in ends] != [False, True]:
            yield f"{name}: the last instant is in time, and the next is not"


@every_clock
def test_due_to_the_instant_at_every_edge(process: Process, clock: Clock) -> None:
    assert list(differences(process, clock)) == []


def clocks_in(*units: str) -> list[tuple[Process, Clock]]:
    """Plain clocks counted in these units."""
    on = EDGES["29 February"].date()
    return [(p, c) for p, c in CLOCKS if c.rule and not c.planned and by_law.span(c.rule, on)[1] in units]


@pytest.mark.parametrize("fault", ["bank holidays worked", "hours by the wall", "months of thirty days", "late too soon"])
def test_without_the_rule_the_edges_show_it(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each convention of the calendar taken away is seen by every clock that stands on it."""
    law, units = LAW, ("working day", "hour", "week", "month", "day", "working hour")
    if fault == "bank holidays worked":
        law, units = all_counted(replace(england(), holidays=frozenset())), ("working day",)
    elif fault == "hours by the wall":
        add = Calendar.add
        monkeypatch.setattr(Calendar, "add", lambda self, start, span: add(self, start, span) if span.unit != "hours"
                            else start.astimezone(self.tz) + timedelta(hours=span.amount))
        units = ("hour",)
    elif fault == "months of thirty days":
        monkeypatch.setattr("goldthread.rules.calendar.add_months", lambda day, n: day + timedelta(days=30 * n))
        units = ("month",)
    else:
        monkeypatch.setattr(engine.Reading, "late", lambda self, now: (self.stopped or now) >= self.due)
    standing_on_it = clocks_in(*units)
    assert standing_on_it
    for process, clock in standing_on_it:
        assert list(differences(process, clock, law)), f"{process.key}: {clock.name} would be wrong unseen"


@pytest.mark.parametrize("process,clock", [(p, c) for p, c in CLOCKS if c.every],
                         ids=[f"{p.key}/{c.name}" for p, c in CLOCKS if c.every])
def test_what_comes_again_and_again_counts_each_time_by_the_rule_of_its_day(process: Process, clock: Clock) -> None:
    assert clock.every
    for name, at in EDGES.items():
        facts, begun = started(process, clock, at), at
        for days in (9, 200, 400):
            facts = stopped(process, clock, facts, at + timedelta(days=days))
        found = [r for r in engine.clocks(process, facts, LAW, LATER) if r.name == clock.name]
        starts = [at, *(at + timedelta(days=days) for days in (9, 200, 400))]
        assert [r.started for r in found] == starts, name
        for each in found:
            wanted = by_law.due(clock.every((each.started - begun).days), each.started)
            assert each.due.astimezone(UTC) == wanted, f"{name}, from {each.started}"
