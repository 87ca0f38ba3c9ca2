"""The calendar of who owes what, as the acting person sees it."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from goldthread.dataset.models import HANDED_IN, Expectation, Submission


def calendar() -> Any:
    """Returns that are asked for, each with `handed_in`: how its version that counts stands, None while there is none;
    and `chosen`: whether files wait that were not sent."""
    versions = Submission.objects.filter(expectation=OuterRef("pk")).order_by("-number", "-pk")
    handed = versions.filter(state__in=HANDED_IN)
    return Expectation.objects.filter(dropped_at=None).select_related("agency").annotate(
        handed_in=Subquery(handed.values("state")[:1]), chosen=Exists(versions.filter(state__in=("checked", "faulty"))))


def owed(rows: Any) -> Any:
    """Those of a calendar that did not come yet, the soonest first."""
    return rows.filter(handed_in=None).order_by("due", "pk")


def late(rows: Any, today: date) -> Any:
    """Those that are overdue, the longest overdue first."""
    return owed(rows).filter(due__lt=today)


def come(rows: Any) -> Any:
    """Those that came, by the newest period."""
    return rows.exclude(handed_in=None).order_by("-until", "-pk")


def counting() -> Any:
    """The version that counts of each return: accepted, or else sent last."""
    newer = Submission.objects.filter(expectation=OuterRef("expectation"), state__in=HANDED_IN).filter(
        Q(number__gt=OuterRef("number")))
    return Submission.objects.filter(state__in=HANDED_IN).filter(~Exists(newer)).select_related("expectation__agency")
