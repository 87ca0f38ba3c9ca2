"""The due-date engine over a million clocks (at scale 10), beside the same arithmetic in NumPy's business-day functions.

Ours: `Law.due`, clock by clock, as cases ask it: which edition of the limit was in force on the day the clock started, so
many working days on, moved by pauses. Yardstick: the editions' numbers given, whole arrays at once. Clocks of every limit
the law counts in working days, started at any minute since 2022, one in eight paused for some days. Every due time is
compared to the microsecond before anything is timed.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import numpy as np

from bench.result import Result, middle, spent
from goldthread.base.spans import Unit
from goldthread.process.law import Law
from goldthread.rules.calendar import england
from goldthread.rules.limits import all_limits

name = "Due dates beside NumPy's business days"
CLOCKS = 100_000  # at scale 1
TURNS, SEED = 3, 11
FIRST, TODAY = datetime(2022, 1, 1, tzinfo=UTC), datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
PAUSED = 8  # one in so many
MICRO = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Clocks:
    """What both sides are given: for ours a list of calls, for the yardstick an array of each part.

    Instants are microseconds since 1970; a clock without a pause has one of no length at its start.
    """

    calls: list[tuple[str, datetime, list[tuple[datetime, datetime]]]]
    started: Any
    days: Any
    stopped: Any
    resumed: Any


def run(scale: float) -> list[Result]:
    """Raises AssertionError where the two differ by a microsecond."""
    clocks, law = _clocks(round(CLOCKS * scale)), Law(england())
    mine, theirs = _ours(clocks, law), _numpy(clocks)
    wrong = [place for place, due in enumerate(mine) if (due - EPOCH) // MICRO != theirs[place]]
    assert not wrong, f"{len(wrong)} differ, first {clocks.calls[wrong[0]]}: {mine[wrong[0]]}, {theirs[wrong[0]]}"
    ours, bare = [], []
    for _ in range(TURNS):
        ours.append(spent(lambda: _ours(clocks, law)))
        bare.append(spent(lambda: _numpy(clocks)))
    one, other = middle(ours), middle(bare)
    more = {"clocks": len(clocks.calls), "differ": len(wrong), "clocks a second": round(len(clocks.calls) / one.wall),
            "paused": sum(bool(pauses) for _, _, pauses in clocks.calls), "peak memory MB": one.peak_mb}
    return [Result("due dates, wall", scale, "s", round(one.wall, 4), round(other.wall, 4), more=more),
            Result("due dates, processor", scale, "s", round(one.cpu, 4), round(other.cpu, 4)),
            Result("due dates that differ", scale, "", len(wrong), most=0)]


def _clocks(many: int) -> Clocks:
    """Clocks by chance, the same every time; a pause may begin after the limit ran out, or cover the start."""
    chance, calls, days = Random(SEED), [], []
    limits = {each.key: each for each in all_limits(TODAY.date())
              if each.span and each.span.unit is Unit.WORKING_DAYS and not each.before}
    keys, law = sorted(limits), Law(england())
    minutes = int((TODAY - FIRST) / timedelta(minutes=1))
    while len(calls) < many:
        key, started = chance.choice(keys), FIRST + timedelta(minutes=chance.randrange(minutes))
        if limits[key].valid_from > law.calendar.local_day(started):
            started = max(started, datetime.combine(limits[key].valid_from, started.timetz()) + timedelta(days=1))
        pauses = []
        if chance.randrange(PAUSED) == 0:
            begun = started + timedelta(hours=chance.randrange(-48, 1200))
            pauses = [(begun, begun + timedelta(hours=chance.randrange(2000)))]
        calls.append((key, started, pauses))
        days.append(law.limit(key, law.calendar.local_day(started)).span.amount)  # type: ignore[union-attr]
    ends = [pauses[0] if pauses else (started, started) for _, started, pauses in calls]
    return Clocks(calls, *(np.array(each, dtype=np.int64) for each in (
        [(started - EPOCH) // MICRO for _, started, _ in calls], days,
        [(begun - EPOCH) // MICRO for begun, _ in ends], [(over - EPOCH) // MICRO for _, over in ends])))


def _ours(clocks: Clocks, law: Law) -> list[datetime]:
    return [law.due(rule, started, pauses, TODAY)[0] for rule, started, pauses in clocks.calls]


DAY = 86_400_000_000  # microseconds
_YEARS = range(2020, 2031)


def _numpy(clocks: Clocks) -> Any:
    """The last microsecond of each due day in London, in microseconds since 1970."""
    calendar = np.busdaycalendar(holidays=[np.datetime64(day) for day in sorted(england().holidays)])
    due = np.busday_offset(_local_day(clocks.started), clocks.days, roll="preceding", busdaycal=calendar)
    stopped = np.maximum(clocks.stopped, clocks.started)
    moved = (clocks.resumed > stopped) & (stopped <= _end(due))
    a, b = _local_day(stopped[moved]) + 1, _local_day(clocks.resumed[moved]) + 1
    due[moved] = np.busday_offset(due[moved], np.busday_count(a, b, busdaycal=calendar), roll="preceding",
                                  busdaycal=calendar)
    return _end(due)


def _changes() -> Any:
    """When London's clocks changed, forward and back in turn, from the first forward on."""
    return np.array([(at - EPOCH) // MICRO for year in _YEARS for at in (_last_sunday(year, 3), _last_sunday(year, 10))])


def _last_sunday(year: int, month: int) -> datetime:
    last = date(year, month, 31)
    return datetime(year, month, 31 - (last.weekday() + 1) % 7, 1, tzinfo=UTC)


_CHANGES = _changes()


def _ahead(instants: Any) -> Any:
    """How far London's clocks are ahead of universal time, in microseconds."""
    return np.searchsorted(_CHANGES, instants, side="right") % 2 * (DAY // 24)


def _local_day(instants: Any) -> Any:
    return ((instants + _ahead(instants)) // DAY).astype("datetime64[D]")


def _end(days: Any) -> Any:
    """The last microsecond of local days; clocks do not change at that hour."""
    last = (days.astype(np.int64) + 1) * DAY - 1
    return last - _ahead(last)
