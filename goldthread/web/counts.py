"""Counting for pages of figures: periods, shares, time limits kept, and counts made safe for those who may not look."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q
from django.db.models.functions import TruncMonth, TruncWeek
from django.utils import timezone

from goldthread.measure.protecting import DEFAULT
from goldthread.web.charts import Series

PERIODS = (("week", "7 days"), ("month", "4 weeks"), ("quarter", "13 weeks"), ("year", "52 weeks"))
_protect: ContextVar[bool] = ContextVar("protect", default=False)


@contextmanager
def protecting(on: bool) -> Iterator[None]:
    """Make every count said within the block safe for people who may not open the rows behind it."""
    token = _protect.set(on)
    try:
        yield
    finally:
        _protect.reset(token)


def safe(n: int) -> int | None:
    """A count as it may be said: as it is, or protected, None for one too small to be said."""
    return DEFAULT.rounded(n) if _protect.get() else n


def said(n: int) -> str:
    """A count in words as it may be said."""
    shown = safe(n)
    return f"1 to {DEFAULT.small}" if shown is None else f"{shown:,}"


def series(name: str, many: Iterable[int]) -> Series:
    """Counts as a chart may show them, what is too small to be said in words."""
    known = list(many)
    return Series(name, [safe(n) for n in known], [said(n) for n in known])


def enough(n: int) -> bool:
    """Whether so many are enough for a share or a middle of them to be said."""
    return not _protect.get() or n >= DEFAULT.base


@dataclass(frozen=True)
class Share:
    """So many of so many. `percent` is None of nothing, and of too few when protected."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        part, whole = safe(self.part), safe(self.whole)
        if not whole or part is None or not enough(whole):
            return None
        return min(100, round(100 * part / whole))

    def __str__(self) -> str:
        if self.percent is None:
            return "Too few to say" if self.whole else "None yet"
        return f"{self.percent}% ({safe(self.part):,} of {safe(self.whole):,})"


@dataclass(frozen=True)
class Period:
    """From the first instant of `since` to `now`, both in the partnership's own time."""

    since: datetime
    now: datetime
    words: str


def period(key: str, now: datetime) -> Period:
    """The period an address asks for: week, month, quarter or year (the default)."""
    days = {"week": 7, "month": 28, "quarter": 91}.get(key, 364)
    words = {"week": "the last 7 days", "month": "the last 4 weeks", "quarter": "the last 13 weeks"}
    start = timezone.localtime(now).date() - timedelta(days=days)
    return Period(timezone.make_aware(datetime.combine(start, datetime.min.time())), now,
                  words.get(key, "the last 52 weeks"))


def is_long(p: Period) -> bool:
    """Whether a period is told by months rather than weeks."""
    return (p.now - p.since).days > 120


def by_period(p: Period, field: str) -> Any:
    """The month (the week in a short period) of a time, for a query."""
    return (TruncMonth if is_long(p) else TruncWeek)(field)


def day_words(p: Period, day: date) -> str:
    """How the first day of a month or week is told."""
    return day.strftime("%b %Y" if is_long(p) else "%-d %b")


def timely(rows: Any, now: datetime) -> Share:
    """Of clocks: in time, of those whose time is up or that are done: what still has time left counts neither way.

    Counted against the limit itself: with more time given, what is late by law is late.
    """
    counted = rows.filter(Q(stopped__isnull=False) | Q(due_by_law__lt=now)).filter(paused=False)
    return Share(counted.filter(stopped__lte=F("due_by_law")).count(), counted.count())


@dataclass(frozen=True)
class Turnaround:
    """How one agency answers: asked, answered, nil, in time, and the median hours it took (None when unanswered)."""

    agency: str
    asked: int
    answered: int
    nil: int
    in_time: Share
    median_hours: float | None


def turnaround(p: Period, steps: Sequence[str]) -> list[Turnaround]:
    """What was asked and answered by one of `steps`, by agency, most asked first. Read as the acting person may.

    What lapsed unanswered when its contact closed was asked all the same, and was late if its time was up by then;
    what was asked in error and taken back was not. An answer counts though what it answers was corrected since.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """select g.name, count(*), count(a.answered_at), count(*) filter (where a.nil),
                      count(*) filter (where a.answered_at <= a.due),
                      count(*) filter (where a.answered_at is not null or a.due < coalesce(a.withdrawn_at, %s)),
                      percentile_cont(0.5) within group (order by extract(epoch from a.answered_at - a.made_at) / 3600)
               from process_ask a join process_event e on e.id = a.event_id join orgs_agency g on g.id = a.agency_id
               where a.step = any(%s) and a.made_at between %s and %s
                 and (e.replaced_by_id is null or a.withdrawn_at is null and process_standing(e.id) is not null)
               group by g.name order by 2 desc, 1""", [p.now, list(steps), p.since, p.now])
        return [Turnaround(name, asked, answered, nil, Share(ok, counted), median)
                for name, asked, answered, nil, ok, counted, median in cursor.fetchall()]
