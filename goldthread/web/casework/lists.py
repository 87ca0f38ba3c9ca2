"""The work list of any process: filters as chips, saved views, keyset paging, and every number a list of its own."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from goldthread.access.actor import Actor
from goldthread.access.policy import May
from goldthread.base.dates import day_words
from goldthread.process import registry
from goldthread.process.definition import Process
from goldthread.process.models import Case, SavedView
from goldthread.web import components
from goldthread.web.casework.words import COLOURS, mark_words
from goldthread.web.components import Chip, Column, Link, Pages, Table, Tag, View
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form as KitForm
from goldthread.web.middleware import needs
from goldthread.web.navigation import Item, way_to

PAGE = 25


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


def filters(process: Process) -> tuple[Filter, ...]:
    """The filters of a process's list, worked out from its declaration."""
    stages = tuple(Choice(s.name, s.name, lambda a, n, name=s.name: Q(stage=name)) for s in process.stages)
    marks: tuple[Choice, ...] = ()
    if process.mark:
        step = process.step(process.mark.step_key())  # type: ignore[attr-defined]
        codes = step.record.outcomes_of(step.outcome)  # type: ignore[attr-defined]
        marks = tuple(Choice(c, mark_words(process, c), lambda a, n, c=c: Q(mark=c)) for c in codes)
        marks += (Choice("none", "Not rated", lambda a, n: Q(mark="")),)
    first = process.first
    kinds = tuple(Choice(k, dict(_labels(first))[k].split(":")[0], lambda a, n, k=k: Q(kind=k))
                  for k in first.record.outcomes_of(first.outcome)) if first.outcome else ()  # type: ignore[attr-defined]
    return tuple(f for f in (
        Filter("due", "Due", (
            Choice("overdue", "Overdue", lambda a, n: Q(next_due__lt=n)),
            Choice("today", "Today", lambda a, n: Q(next_due__gte=n, next_due__lt=_midnight(n))),
        )),
        Filter("who", "Who has it", (
            Choice("me", "Me", lambda a, n: Q(allocated_to=a.user)),
            Choice("nobody", "Nobody yet", lambda a, n: Q(allocated_to=None)),
        )),
        Filter("mark", "Rating", marks), Filter("stage", "Stage", stages), Filter("kind", "Kind", kinds),
        Filter("state", "Open or closed", (
            Choice("closed", "Closed", lambda a, n: Q(closed_at__isnull=False)),
            Choice("all", "Both", lambda a, n: Q()),
        )),
    ) if f.choices)


def _labels(step: Any) -> list[tuple[str, str]]:
    return list(step.record._meta.get_field(step.outcome).flatchoices)


def _midnight(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=23, minute=59, second=59)


def chosen(process: Process, query: Any) -> list[tuple[Filter, Choice]]:
    """What the address narrows the list by; anything it does not know is ignored."""
    return [(f, c) for f in filters(process) for c in f.choices if c.value in query.getlist(f.key)]


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


@needs(May.WORK_FRONT_DOOR, May.MANAGE_FRONT_DOOR)
def front_door(request: Any) -> HttpResponse:
    """The front door's own list."""
    return work_list(request, registry.get("front-door"))


def work_list(request: Any, process: Process) -> HttpResponse:
    rows = narrowed(process, request.actor, request.GET, request.now)
    picked = chosen(process, request.GET)
    closed = any(c.value == "closed" for _, c in picked)
    cases, after = _page(rows, request.GET.get("after", ""), by_due=not closed)
    older = f"?{_query(request, after=after)}" if after else ""
    newer = f"?{_query(request)}" if request.GET.get("after") else ""
    return render(request, "casework/list.html", {
        "process": process, "links": _links(request.actor), "table": _table(cases, process, request.now, closed=closed),
        "pages": Pages(newer, older), "filter": _panel(request, process, picked), "query": _query(request),
        "views": _views(request, process), "picked": picked})


# What else the front door's people go to from its list: (title, name of the address).
LINKS = (("How it is doing", "board"), ("School notices", "encompass_gaps"),
         ("Police notifications", "police_notifications"), ("Load contacts", "import_contacts"), ("Open a record in an emergency", "glass"))


def _links(actor: Actor) -> list[Item]:
    return [Item(title, url) for title, name in LINKS if (url := way_to(name, actor))]


def _table(cases: list[Any], process: Process, now: datetime, *, closed: bool) -> Table:
    columns = [Column("Child"), Column("Rating"), Column("Stage"), Column("Closed" if closed else "Due", "ago" if closed
               else "when"), Column("Who has it"), Column("From")]
    lines = []
    for case in cases:
        mark = Tag(mark_words(process, case.mark), COLOURS.get(case.mark, "grey")) if case.mark else Tag("Not rated", "grey")
        link = Link(case.title or case.reference, reverse("case", args=[case.reference]), case.reference)
        due = case.closed_at if closed else case.next_due
        lines.append([link, mark, case.stage, due, str(case.allocated_to or "Nobody yet"), case.started_by.name])
    title = f"Closed {process.name.lower()}s, newest first" if closed else f"Open {process.name.lower()}s, soonest due first"
    return Table(title, columns, lines, nothing="Nothing matches. Remove a filter to see more.")


def _panel(request: Any, process: Process, picked: list[tuple[Filter, Choice]]) -> components.Filter:
    fields = {f.key: kit.Choices(choices=[(c.value, c.words) for c in f.choices], label=f.title, required=False,
                                 small=True) for f in filters(process)}
    form = type("FilterForm", (KitForm,), {**fields, "says_optional": False})
    chips = [Chip(f"{f.title}: {c.words}", f"?{_query(request, drop=(f.key, c.value))}") for f, c in picked]
    if since := _received(request.GET):
        words = f"Received since {day_words(timezone.localtime(since).date())}"
        chips.append(Chip(words, f"?{_query(request, drop=('received', request.GET['received']))}"))
    return components.Filter(form(request.GET or None), chips, request.path if picked else "")


def _views(request: Any, process: Process) -> list[View]:
    """The list as it is without filters, those most wanted, and those this person keeps."""
    here, query = request.path, _query(request)
    ready = [("All open", ""), ("Overdue", "due=overdue"), ("Mine", "who=me"), ("Nobody has it", "who=nobody"),
             ("Red", "mark=red")]
    kept = SavedView.objects.filter(user=request.user, process_key=process.key).order_by("name")
    return [View(name, f"{here}?{q}" if q else here, q == query)
            for name, q in [*ready, *((v.name, v.query) for v in kept)]]


def _page(rows: QuerySet[Any], after: str, *, by_due: bool) -> tuple[list[Any], str]:
    """A page and the address part of the next; the same work however deep."""
    column = "next_due" if by_due else "closed_at"
    rows = rows.select_related("allocated_to", "started_by")
    if by_due:
        rows = rows.order_by(F("next_due").asc(nulls_last=True), "id")
    else:
        rows = rows.order_by(F("closed_at").desc(), "-id")
    if after:
        at, _, pk = after.rpartition("~")
        when = parse_datetime(at) if at else None
        if not pk.isdigit() or (at and when is None):
            raise Http404
        rows = rows.filter(_beyond(when, int(pk), by_due=by_due))
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    value = getattr(last, column) if last else None
    return found[:PAGE], f"{value.isoformat() if value else ''}~{last.pk}" if last else ""


def _beyond(when: datetime | None, pk: int, *, by_due: bool) -> Q:
    if not by_due:
        return Q(closed_at__lt=when) | Q(closed_at=when, pk__lt=pk)
    if when is None:
        return Q(next_due=None, pk__gt=pk)
    return Q(next_due__gt=when) | Q(next_due=when, pk__gt=pk) | Q(next_due=None)


def _query(request: Any, *, after: str = "", drop: tuple[str, str] | None = None) -> str:
    """The address's questions, from the first page on unless `after` says otherwise, without the filter dropped."""
    query = request.GET.copy()
    query.pop("after", None)
    if after:
        query["after"] = after
    if drop:
        query.setlist(drop[0], [v for v in query.getlist(drop[0]) if v != drop[1]])
    return query.urlencode()


@needs(May.WORK_FRONT_DOOR, May.MANAGE_FRONT_DOOR)
def save_view(request: Any, process: str) -> HttpResponse:
    """Keep a list's filters under a name, or forget one kept."""
    if request.method != "POST":
        raise Http404
    if request.POST.get("forget", "").isdigit():
        SavedView.objects.filter(user=request.user, pk=request.POST["forget"]).delete()
    elif name := request.POST.get("name", "").strip()[:60]:
        SavedView.objects.update_or_create(user=request.user, process_key=process, name=name,
                                           defaults={"query": request.POST.get("query", "")[:500]})
    return redirect(f"{reverse('front_door')}?{request.POST.get('query', '')[:500]}")
