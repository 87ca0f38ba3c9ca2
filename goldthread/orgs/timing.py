"""A partnership's own working time: its closed days and hours, and the limits it set for itself."""
from __future__ import annotations

from datetime import date

from django.db.models import Q

from goldthread.base.spans import Span
from goldthread.orgs.models import LocalHoliday, LocalLimit, Partnership
from goldthread.rules.calendar import Calendar, england


def calendar_of(partnership: Partnership) -> Calendar:
    """England's working-day calendar with the partnership's own closed days and front-door hours."""
    closed = LocalHoliday.objects.filter(partnership=partnership).values_list("on", flat=True)
    return england(frozenset(closed), partnership.opens, partnership.closes)


def local_limits(partnership: Partnership, on: date) -> dict[str, Span]:
    """The spans a partnership had set on a day, by limit key, as `rules.limits.limit(local=…)` takes them."""
    rows = LocalLimit.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), partnership=partnership, valid_from__lte=on)
    return {row.key: Span.parse(row.span) for row in rows.order_by("valid_from")}
