"""The front door's figures: each a count of cases, by a question the list can ask as well, so they cannot disagree."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth, TruncWeek
from django.utils import timezone

from goldthread.domains.front_door.models import Contact, Decision
from goldthread.process.models import Ask, Case, ClockRow

PROCESS = "front-door"
TELL, REPLY, ENCOMPASS = "Decide and tell the referrer", "Partner's reply", "School reads the notice"
RATINGS = ("red", "amber", "green")
AGES = ((1, "Today"), (3, "1 to 2 days"), (8, "3 to 7 days"), (29, "8 to 28 days"), (10_000, "Longer"))


# The rule NHS England publishes by: 1 to 7 is not shown, the rest to the nearest 5; no percentage of fewer than 20.
SMALL, NEAREST, LEAST_BASE = 7, 5, 20
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
    if not _protect.get() or n == 0:
        return n
    return None if n <= SMALL else NEAREST * round(n / NEAREST)


def enough(n: int) -> bool:
    """Whether so many are enough for a share or a middle of them to be said."""
    return not _protect.get() or n >= LEAST_BASE


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


def received(p: Period) -> Any:
    return Case.objects.filter(process_key=PROCESS, opened_at__gte=p.since, opened_at__lte=p.now)


def open_now() -> Any:
    return Case.objects.filter(process_key=PROCESS, closed_at=None)


def overdue(now: datetime) -> int:
    return int(open_now().filter(next_due__lt=now).count())


def volumes(p: Period) -> list[tuple[date, str, int]]:
    """Contacts received by month (by week in a short period) and stream: (first day, stream, how many)."""
    trunc: Any = TruncMonth if (p.now - p.since).days > 120 else TruncWeek
    rows = (received(p).annotate(at=trunc("opened_at")).values("at", "kind").order_by("at", "kind")
            .annotate(n=Count("pk")))
    return [(timezone.localtime(r["at"]).date(), r["kind"], r["n"]) for r in rows]


def ages(now: datetime) -> list[tuple[str, int]]:
    """How long open contacts have been open."""
    found: Counter[str] = Counter()
    today = timezone.localtime(now).date()
    for opened in open_now().values_list("opened_at", flat=True):
        days = (today - timezone.localtime(opened).date()).days
        found[next(words for most, words in AGES if days < most)] += 1
    return [(words, found[words]) for _, words in AGES]


def _share(rows: Any, now: datetime) -> Share:
    """In time, of those whose time is up or that are done: what still has time left counts neither way."""
    from django.db.models import F
    counted = rows.filter(Q(stopped__isnull=False) | Q(due__lt=now)).filter(paused=False)
    return Share(counted.filter(stopped__lte=F("due")).count(), counted.count())


def rating_timeliness(p: Period) -> list[tuple[str, Share]]:
    """Decided within the limit of the rating, by rating."""
    return [(rating, _share(_clocks(p, f"Decide: {rating}"), p.now)) for rating in RATINGS]


def told_in_time(p: Period) -> Share:
    """Referrers told what was decided within one working day (indicator 7)."""
    return _share(_clocks(p, TELL), p.now)


def _clocks(p: Period, name: str) -> Any:
    return ClockRow.objects.filter(name=name, started__gte=p.since, started__lte=p.now)


@dataclass(frozen=True)
class Turnaround:
    """How one agency answers: asked, answered, nil, in time, and the median hours it took (None when unanswered)."""

    agency: str
    asked: int
    answered: int
    nil: int
    in_time: Share
    median_hours: float | None


def turnaround(p: Period) -> list[Turnaround]:
    """Requests for information by agency, most asked first. Reads as the acting person: row-level security holds.

    What lapsed unanswered when its contact closed was asked all the same, and was late if its time was up by then;
    what was asked in error and taken back was not.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """select g.name, count(*), count(a.answered_at), count(*) filter (where a.nil),
                      count(*) filter (where a.answered_at <= a.due),
                      count(*) filter (where a.answered_at is not null or a.due < coalesce(a.withdrawn_at, %s)),
                      percentile_cont(0.5) within group (order by extract(epoch from a.answered_at - a.made_at) / 3600)
               from process_ask a join process_event e on e.id = a.event_id join orgs_agency g on g.id = a.agency_id
               where a.step = 'partner-reply' and a.made_at between %s and %s and e.replaced_by_id is null
               group by g.name order by 2 desc, 1""", [p.now, p.since, p.now])
        return [Turnaround(name, asked, answered, nil, Share(ok, counted), median)
                for name, asked, answered, nil, ok, counted, median in cursor.fetchall()]


def consent(p: Period) -> Counter[str]:
    """What contacts say about consent; "" where nothing is recorded."""
    rows = Contact.objects.filter(happened_at__gte=p.since, happened_at__lte=p.now, event__replaced_by=None)
    return Counter(dict(rows.values_list("consent").order_by("consent").annotate(n=Count("pk"))))


def sources(p: Period) -> Counter[str]:
    """Contacts by national source code."""
    rows = Contact.objects.filter(happened_at__gte=p.since, happened_at__lte=p.now, event__replaced_by=None)
    return Counter(dict(rows.values_list("source").order_by("source").annotate(n=Count("pk"))))


def partners_asked_by_level(p: Period) -> list[tuple[str, Share]]:
    """At which level of need partners were asked before the decision."""
    rows = Decision.objects.filter(happened_at__gte=p.since, happened_at__lte=p.now, event__replaced_by=None)
    asked = set(Ask.objects.filter(step="partner-reply").values_list("case_id", flat=True))
    found: dict[str, list[bool]] = {}
    for level, case in rows.values_list("level", "case_id").order_by("level"):
        found.setdefault(level, []).append(case in asked)
    return [(level, Share(sum(each), len(each))) for level, each in sorted(found.items())]


def outcomes(p: Period) -> Counter[str]:
    """What was decided, by the local outcome."""
    rows = Decision.objects.filter(happened_at__gte=p.since, happened_at__lte=p.now, event__replaced_by=None)
    return Counter(dict(rows.values_list("detail").order_by("detail").annotate(n=Count("pk"))))
