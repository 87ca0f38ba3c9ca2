"""The front door's figures: each a count of cases, by a question the list can ask as well, so they cannot disagree."""
from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone

from goldthread.domains.front_door.models import Contact, Decision
from goldthread.process.models import Ask, Case, ClockRow
from goldthread.web.counts import Period, Share, by_period, timely

PROCESS = "front-door"
TELL, REPLY, ENCOMPASS = "Decide and tell the referrer", "Partner's reply", "School reads the notice"
RATINGS = ("red", "amber", "green")
AGES = ((1, "Today"), (3, "1 to 2 days"), (8, "3 to 7 days"), (29, "8 to 28 days"), (10_000, "Longer"))


def received(p: Period) -> Any:
    return Case.objects.filter(process_key=PROCESS, opened_at__gte=p.since, opened_at__lte=p.now)


def open_now() -> Any:
    return Case.objects.filter(process_key=PROCESS, closed_at=None)


def overdue(now: datetime) -> int:
    return int(open_now().filter(next_due__lt=now).count())


def volumes(p: Period) -> list[tuple[date, str, int]]:
    """Contacts received by month (by week in a short period) and stream: (first day, stream, how many)."""
    rows = (received(p).annotate(at=by_period(p, "opened_at")).values("at", "kind").order_by("at", "kind")
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


def rating_timeliness(p: Period) -> list[tuple[str, Share]]:
    """Decided within the limit of the rating, by rating."""
    return [(rating, timely(_clocks(p, f"Decide: {rating}"), p.now)) for rating in RATINGS]


def told_in_time(p: Period) -> Share:
    """Referrers told what was decided within one working day (indicator 7)."""
    return timely(_clocks(p, TELL), p.now)


def _clocks(p: Period, name: str) -> Any:
    return ClockRow.objects.filter(name=name, started__gte=p.since, started__lte=p.now)


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
