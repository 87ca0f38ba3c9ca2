"""What a list can be narrowed by: the filters of a process, those an address names, and the rows they keep."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString

from goldthread.access.actor import Actor
from goldthread.base.dates import day_words
from goldthread.process import registry
from goldthread.process.definition import Process
from goldthread.process.models import Case
from goldthread.web import components
from goldthread.web.casework.words import mark_words
from goldthread.web.components import Chip
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form as KitForm
from goldthread.web.templatetags._pieces import filter_panel


@dataclass(frozen=True)
class Choice:
    """One way to narrow a list: its value in the address, its words, and the rows it keeps."""

    value: str
    words: str
    keeps: Callable[[Actor, datetime], Q]


@dataclass(frozen=True)
class Filter:
    """A question a list can be narrowed by; choosing several keeps rows that match any."""

    key: str
    title: str
    choices: tuple[Choice, ...]


@cache
def filters(key: str) -> tuple[Filter, ...]:
    """The filters of a process's list, worked out from its declaration."""
    process = registry.get(key)
    stages = tuple(Choice(s.name, s.name, lambda a, n, name=s.name: Q(stage=name)) for s in process.stages)
    marks: tuple[Choice, ...] = ()
    if process.mark:
        step = process.step(process.mark.step_key())  # type: ignore[attr-defined]
        codes = step.record.outcomes_of(step.outcome)  # type: ignore[attr-defined]
        marks = tuple(Choice(c, mark_words(process, c), lambda a, n, c=c: Q(mark=c)) for c in codes)
        marks += (Choice("none", "Not rated", lambda a, n: Q(mark="")),)
    return tuple(f for f in (
        Filter("due", "Due", (
            Choice("overdue", "Overdue", lambda a, n: Q(next_due__lt=n)),
            Choice("today", "Today", lambda a, n: Q(next_due__gte=n, next_due__lt=_midnight(n))),
        )),
        Filter("who", "Who has it", (
            Choice("me", "Me", lambda a, n: Q(allocated_to=a.user)),
            Choice("nobody", "Nobody yet", lambda a, n: Q(allocated_to=None)),
        )),
        Filter("mark", "Rating", marks), Filter("stage", "Stage", stages), Filter("kind", "Kind", _kinds(process)),
        Filter("state", "Open or closed", (
            Choice("closed", "Closed", lambda a, n: Q(closed_at__isnull=False)),
            Choice("all", "Both", lambda a, n: Q()),
        )),
    ) if f.choices)


def _kinds(process: Process) -> tuple[Choice, ...]:
    first: Any = process.first
    if not first.outcome:
        return ()
    labels = dict(first.record._meta.get_field(first.outcome).flatchoices)
    return tuple(Choice(k, labels[k].split(":")[0], lambda a, n, k=k: Q(kind=k))
                 for k in first.record.outcomes_of(first.outcome))


def _midnight(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=23, minute=59, second=59)


def chosen(process: Process, query: Any) -> list[tuple[Filter, Choice]]:
    """What the address narrows the list by; anything it does not know is ignored."""
    return [(f, c) for f in filters(process.key) for c in f.choices if c.value in query.getlist(f.key)]


def _received(query: Any) -> datetime | None:
    """The day from which cases were received, when the address names one."""
    try:
        day = parse_date(query.get("received", ""))
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) if day else None


def narrowed(process: Process, actor: Actor, query: Any, now: datetime) -> QuerySet[Any]:
    """The cases of a list: the same rows whoever counts them."""
    rows = Case.objects.filter(process_key=process.key)
    wanted: dict[str, Q] = {}
    for found, choice in chosen(process, query):
        wanted[found.key] = wanted.get(found.key, Q()) | choice.keeps(actor, now)
    if "state" not in wanted:
        rows = rows.filter(closed_at=None)
    if since := _received(query):
        rows = rows.filter(opened_at__gte=since)
    for q in wanted.values():
        rows = rows.filter(q)
    return rows


def asking(query: Any, *, after: str = "", drop: tuple[str, str] | None = None) -> str:
    """The address's questions, from the first page on unless `after` says otherwise, without the filter dropped."""
    query = query.copy()
    query.pop("after", None)
    if after:
        query["after"] = after
    if drop:
        query.setlist(drop[0], [v for v in query.getlist(drop[0]) if v != drop[1]])
    return query.urlencode()


@lru_cache(maxsize=200)
def panel(key: str, path: str, asked: str) -> SafeString:
    """The filters of a process's list as they stand beside the list at `path` whose address asks `asked`.

    They say nothing of who asks or of any case, and are drawn once for each address.
    """
    query, process = QueryDict(asked), registry.get(key)
    fields = {f.key: kit.Choices(choices=[(c.value, c.words) for c in f.choices], label=f.title, required=False,
                                 small=True) for f in filters(key)}
    form = type("FilterForm", (KitForm,), {**fields, "says_optional": False})
    picked = chosen(process, query)
    chips = [Chip(f"{f.title}: {c.words}", f"?{asking(query, drop=(f.key, c.value))}") for f, c in picked]
    if since := _received(query):
        words = f"Received since {day_words(timezone.localtime(since).date())}"
        chips.append(Chip(words, f"?{asking(query, drop=('received', query['received']))}"))
    shown = components.Filter(form(query or None), chips, path if picked else "")
    return render_to_string("components/filter_panel.html", filter_panel({"request": SimpleNamespace(GET=query)}, shown))
