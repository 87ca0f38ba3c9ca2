"""Tags that say dates and times in words, with the exact moment for those who want it."""
from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from goldthread.base import dates
from goldthread.web.components import escaped

register = template.Library()


@register.filter
def clock(value: time | datetime | str) -> str:
    """A time of day as people say it: "3:40 pm", "midday"."""
    at = time.fromisoformat(value) if isinstance(value, str) else value
    if isinstance(at, datetime):
        at = at.astimezone(dates.LONDON).time()
    return dates.clock_words(at)


@register.filter
def exactly(value: date | datetime) -> str:
    """"Monday 3 March 2025, 3:40 pm": a date or time in full."""
    return dates.full_words(value) if isinstance(value, datetime) else f"{value:%A} {dates.full_words(value)}"


def _time_element(value: date | datetime, words: str) -> SafeString:
    timed = isinstance(value, datetime)
    local = value.astimezone(dates.LONDON) if timed else value
    stamp = local.isoformat(timespec="minutes") if timed else value.isoformat()
    return SafeString(f'<time datetime="{stamp}" title="{exactly(local)}">{escaped(words)}</time>')


def now_in(context: Any) -> datetime:
    return context.get("now") or timezone.now()


@register.simple_tag(takes_context=True)
def when(context: Any, value: date | datetime | dates.UncertainDate | None, nothing: str = "Not known") -> str:
    """When something is due, in words, with the exact time for those who want it."""
    return _worded(value, nothing, lambda known: dates.in_words(known, now_in(context)))


@register.simple_tag(takes_context=True)
def ago(context: Any, value: date | datetime | dates.UncertainDate | None, nothing: str = "Not known") -> str:
    """When something happened, in words, with the exact time for those who want it."""
    return _worded(value, nothing, lambda known: dates.ago_words(known, now_in(context)))


@register.simple_tag
def on(value: date | datetime | dates.UncertainDate | None, nothing: str = "Not known") -> str:
    """A date said plainly: "3 March 2016"."""
    return _worded(value, nothing, lambda known: dates.day_words(
        known.astimezone(dates.LONDON).date() if isinstance(known, datetime) else known))


def _worded(value: Any, nothing: str, words: Callable[[Any], str]) -> str:
    if value is None:
        return nothing
    if isinstance(value, dates.UncertainDate):
        return value.words()
    return _time_element(value, words(value))
