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
from goldthread.web.casework.teams import Teams, with_team
from goldthread.web.casework.words import mark_words, outcome_words
from goldthread.web.components import Chip
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form as KitForm
from goldthread.web.templatetags._pieces import filter_panel

#: (filter, choice) of everything a list is narrowed by, in the order of the filters
Named = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choice:
    """One way to narrow a list: its value in the address, its words, and the rows it keeps, given what it asks for.

    asks: which of the values that `narrowing` gives; all else the rows depend on is the same for everybody.
    """

    value: str
    words: str
    keeps: Callable[[Any], Q]
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filter:
    """A question a list can be narrowed by; choosing several keeps rows that match any."""

    key: str
    title: str
    choices: tuple[Choice, ...]


@lru_cache(maxsize=200)
def filters(key: str, teams: Teams) -> tuple[Filter, ...]:
    """The filters of a process's list, worked out from its declaration, and the teams it can be narrowed to."""
    process = registry.get(key)
    stages = tuple(Choice(s.name, s.name, lambda a, name=s.name: Q(stage=name)) for s in process.stages)
    marks: tuple[Choice, ...] = ()
    if process.mark:
        step = process.step(process.mark.step_key())  # type: ignore[attr-defined]
        codes = step.record.outcomes_of(step.outcome)  # type: ignore[attr-defined]
        marks = tuple(Choice(c, mark_words(process, c), lambda a, c=c: Q(mark=c)) for c in codes)
        marks += (Choice("none", "Not rated", lambda a: Q(mark="")),)
    return tuple(f for f in (
        Filter("due", "Due", (
            Choice("overdue", "Overdue", lambda a: Q(next_due__lt=a.now), ("now",)),
            Choice("today", "Today", lambda a: Q(next_due__gte=a.now, next_due__lt=a.midnight), ("now", "midnight")),
        )),
        Filter("who", "Who has it", (
            Choice("me", "Me", lambda a: Q(allocated_to=a.user), ("user",)),
            Choice("nobody", "Nobody yet", lambda a: Q(allocated_to=None)),
        )),
        Filter(TEAM, "Team", tuple(_of_team(str(pk), name) for pk, name in teams)),
        Filter("mark", "Rating", marks), Filter("stage", "Stage", stages), Filter("kind", "Kind", _kinds(process)),
        Filter("state", "Open or closed", (
            Choice("closed", "Closed", lambda a: Q(closed_at__isnull=False)),
            Choice("all", "Both", lambda a: Q()),
        )),
    ) if f.choices)


TEAM = "team"


@lru_cache(maxsize=500)
def _of_team(team: str, name: str = "") -> Choice:
    return Choice(team, name, lambda a: with_team(int(team), a.today), ("today",))


def _kinds(process: Process) -> tuple[Choice, ...]:
    first: Any = process.first
    if not first.outcome:
        return ()
    return tuple(Choice(k, outcome_words(first, k).split(":")[0], lambda a, k=k: Q(kind=k))
                 for k in first.record.outcomes_of(first.outcome))


def _midnight(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=23, minute=59, second=59)


def chosen(process: Process, query: Any, teams: Teams) -> list[tuple[Filter, Choice]]:
    """What the address narrows the list by; anything it does not know is ignored."""
    return [(f, c) for f in filters(process.key, teams) for c in f.choices if c.value in query.getlist(f.key)]


def _received(query: Any) -> datetime | None:
    """The day from which cases were received, when the address names one."""
    try:
        day = parse_date(query.get("received", ""))
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) if day else None


def narrowing(process: Process, actor: Actor, query: Any, teams: Teams, now: datetime) -> tuple[Named, dict[str, Any]]:
    """What an address narrows a list by, the same for all who ask it so, and the values that differ."""
    since = _received(query)
    given = {"user": actor.user.pk, "now": now, "midnight": _midnight(now), "since": since, "today": timezone.localdate(now)}
    named = tuple((found.key, choice.value) for found, choice in chosen(process, query, teams)) + (_SINCE,) * bool(since)
    return named, {name: given[name] for name in asks_of(process.key, named)}


def asks_of(key: str, named: Named) -> set[str]:
    """Which of the values that differ a list narrowed so asks for."""
    return {name for one in named for name in _choice(key, one).asks}


def rows_of(key: str, named: Named, asked: Any) -> QuerySet[Any]:
    """The cases of a process's list narrowed so. asked: has the values that `asks_of` names."""
    rows = Case.objects.filter(process_key=key)
    wanted: dict[str, Q] = {}
    for one in named:
        wanted[one[0]] = wanted.get(one[0], Q()) | _choice(key, one).keeps(asked)
    if "state" not in wanted:
        rows = rows.filter(closed_at=None)
    for q in wanted.values():
        rows = rows.filter(q)
    return rows


_SINCE = ("received", "since")


def _choice(key: str, one: tuple[str, str]) -> Choice:
    return _of_team(one[1]) if one[0] == TEAM else _choices(key)[one]


@cache
def _choices(key: str) -> dict[tuple[str, str], Choice]:
    received = Choice("since", "", lambda a: Q(opened_at__gte=a.since), ("since",))
    return {(found.key, choice.value): choice for found in filters(key, ()) for choice in found.choices} | {_SINCE: received}


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
def panel(key: str, path: str, asked: str, teams: Teams) -> SafeString:
    """The filters of a process's list as they stand beside the list at `path` whose address asks `asked`.

    They say nothing of any case, or of who asks but their teams, and are drawn once for each address.
    """
    query, process = QueryDict(asked), registry.get(key)
    fields = {f.key: kit.Choices(choices=[(c.value, c.words) for c in f.choices], label=f.title, required=False,
                                 small=True) for f in filters(key, teams)}
    form = type("FilterForm", (KitForm,), {**fields, "says_optional": False})
    picked = chosen(process, query, teams)
    chips = [Chip(f"{f.title}: {c.words}", f"?{asking(query, drop=(f.key, c.value))}") for f, c in picked]
    if since := _received(query):
        words = f"Received since {day_words(timezone.localtime(since).date())}"
        chips.append(Chip(words, f"?{asking(query, drop=('received', query['received']))}"))
    shown = components.Filter(form(query or None), chips, path if picked else "")
    return render_to_string("components/filter_panel.html", filter_panel({"request": SimpleNamespace(GET=query)}, shown))
