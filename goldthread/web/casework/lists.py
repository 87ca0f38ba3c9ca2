"""The work list of any process: filters as chips, saved views, keyset paging, and every number a list of its own."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

from django.db.models import F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from goldthread.access.actor import Actor
from goldthread.access.policy import May, allowed
from goldthread.access.prepared import Prepared
from goldthread.process import registry
from goldthread.process.definition import Process
from goldthread.process.models import SavedView
from goldthread.process.rights import may_start, works_on
from goldthread.web.casework.narrowing import Named, asking, asks_of, chosen, narrowing, panel, rows_of
from goldthread.web.casework.special import LISTED
from goldthread.web.casework.teams import teams_of
from goldthread.web.casework.words import COLOURS, mark_words
from goldthread.web.components import Column, Link, Pages, Table, Tag, View
from goldthread.web.middleware import needs
from goldthread.web.navigation import Item, ways

PAGE = 25


@dataclass(frozen=True)
class Order:
    """How a list is sorted: by which time of a case, the column that shows it, and what the list is then called.

    There is an index for each, so that a page costs the same however deep it lies.
    """

    by: str
    column: Column
    title: str
    falling: bool = True

    @property
    def terms(self) -> tuple[Any, ...]:
        return (F(self.by).desc(), "-id") if self.falling else (F(self.by).asc(nulls_last=True), "id")

    def beyond(self, at: datetime | None, pk: int) -> Q:
        """The rows after one; those without a time come last and are asked for apart."""
        if at is None:
            return Q(**{self.by: None}, pk__gt=pk)
        way = "l" if self.falling else "g"
        return Q(**{f"{self.by}__{way}te": at}) & (Q(**{f"{self.by}__{way}t": at}) | Q(**{f"pk__{way}t": pk}))


DUE = Order("next_due", Column("Due", "when"), "Open {}, soonest due first", falling=False)
CLOSED = Order("closed_at", Column("Closed", "ago"), "Closed {}, newest first")
RECEIVED = Order("opened_at", Column("Received", "ago"), "All {}, newest first")


@needs(May.WORK_FRONT_DOOR, May.MANAGE_FRONT_DOOR)
def front_door(request: Any) -> HttpResponse:
    """The front door's own list."""
    return work_list(request, registry.get("front-door"))


@needs()
def process_list(request: Any, process: str) -> HttpResponse:
    """The list of any other process, for those who work on it."""
    try:
        found = registry.get(process)
    except KeyError:
        raise Http404 from None
    if not works_on(request.actor, found) or found.key == "front-door":
        raise Http404
    return work_list(request, found)


@cache
def lists_of(role: str, *areas: str) -> tuple[Item, ...]:
    """The lists that a role works with, area by area."""
    return tuple(Item(process.plural, reverse("work_list", args=[process.key]))
                 for area in areas for process in registry.all_processes()
                 if process.area == area and process.key != "front-door" and process.rights & allowed(role))


WHY = {"front-door": "You see contacts of your partnership because your role works the front door. Contacts that are "
                     "restricted to named people, and those of people you must not see, are not here or in any number."}
WHY_ELSE = ("You see what your desk works on, what was given to you and what is about your agency. What is restricted to "
            "named people, or about people you must not see, is not here or in any number.")


def work_list(request: Any, process: Process) -> HttpResponse:
    query = request.GET
    teams = teams_of(request.actor, process, request.now.date())
    picked = chosen(process, query, teams)
    states = {c.value for f, c in picked if f.key == "state"}
    order = DUE if not states else CLOSED if states == {"closed"} else RECEIVED
    rows, after = _page(process, narrowing(process, request.actor, query, teams, request.now), query.get("after", ""),
                        order)
    asked = asking(query)
    older = f"?{asking(query, after=after)}" if after else ""
    newer = f"?{asked}" if query.get("after") else ""
    return render(request, "casework/list.html", {
        "process": process, "links": _links(request.actor, process), "why": WHY.get(process.key, WHY_ELSE),
        "table": _table(rows, process, order, narrowed=bool(picked)),
        "files": [(kind, reverse("list_export", args=[process.key, kind]) + (f"?{asked}" if asked else ""))
                  for kind in ("xlsx", "csv")],
        "pages": Pages(newer, older), "panel": panel(process.key, request.path, asked, teams), "query": asked,
        "views": _views(request, process, asked), "picked": picked})


# What else the front door's people go to from its list: (title, name of the address).
LINKS = (("How it is doing", "board"), ("School notices", "encompass_gaps"),
         ("Police notifications", "police_notifications"), ("Load contacts", "import_contacts"),
         ("National returns and inspection lists", "exports"), ("Open a record in an emergency", "glass"))


def _links(actor: Actor, process: Process) -> list[Item]:
    if process.key == "front-door":
        return ways(LINKS, actor)
    found = [Item(f"Begin: {process.name.lower()}", reverse("begin", args=[process.key]))] if begins(actor, process) else []
    return [*found, *ways(LISTED.get(process.key, ()), actor),
            Item("How they are doing", reverse("process_figures", args=[process.key]))]


def begins(actor: Actor, process: Process) -> bool:
    """Whether somebody may begin a case with the form of one page."""
    return not process.first.pages and not process.first.about and may_start(actor, process)


def beginnings(actor: Actor) -> list[tuple[str, str]]:
    """(key, name) of each process that somebody may begin about a person."""
    return [(process.key, process.name) for process in registry.all_processes()
            if process.begins_with_people and begins(actor, process)]


# What a row of the list shows, and no more: a case has many columns besides.
SHOWN = ("id", "reference", "title", "mark", "stage", "allocated_to__name", "allocated_to__email", "started_by__name")


def _table(rows: list[tuple[Any, ...]], process: Process, order: Order, *, narrowed: bool) -> Table:
    columns = [Column(process.subject), Column("Rating"), Column("Stage"), order.column, Column("Who has it"),
               Column("From")]
    anywhere = reverse("case", args=["REFERENCE"])
    if not process.mark:
        del columns[1]
    lines = [[Link(title or reference, anywhere.replace("REFERENCE", reference), reference),
              *([_rating(process.key, mark)] if process.mark else []), stage, at, name or email or "Nobody yet", source]
             for _, reference, title, mark, stage, name, email, source, at in rows]
    return Table(order.title.format(process.plural.lower()), columns, lines,
                 nothing="Nothing matches. Remove a filter to see more." if narrowed else
                 f"No {process.plural.lower()} are open that you may see.")


@cache
def _rating(key: str, mark: str) -> str:
    """A case's rating as a tag."""
    words = mark_words(registry.get(key), mark) if mark else "Not rated"
    return Tag(words, COLOURS.get(mark, "grey")).__html__()


def _views(request: Any, process: Process, asked: str) -> list[View]:
    """The list as it is without filters, those most wanted, and those this person keeps."""
    ready = [("All open", ""), ("Overdue", "due=overdue"), ("Mine", "who=me"), ("Nobody has it", "who=nobody")]
    ready += [("Red", "mark=red")] if process.key == "front-door" else []
    kept = [(view.name, view.query) for view in _KEPT.rows(
        user=request.user.pk, partnership=request.actor.partnership.pk, process=process.key)]
    return [View(name, f"{request.path}?{q}" if q else request.path, q == asked) for name, q in [*ready, *kept]]


_KEPT = Prepared(lambda user, partnership, process: SavedView.objects.filter(
    user=user, partnership=partnership, process_key=process).order_by("name"), guarded=False, user=-987_654_321_004,
    partnership=-987_654_321_005, process="\ue000 process")


def _page(process: Process, narrowed: tuple[Named, dict[str, Any]], after: str,
          order: Order) -> tuple[list[tuple[Any, ...]], str]:
    """A page and the address part of the next. The last of a row's values is the time the list is sorted by."""
    (named, values), (at, pk) = narrowed, _place(after)
    place = {"at": at, "pk": pk} if at else {"pk": pk} if after else {}
    found = _asked(process.key, named, order, tuple(place)).rows(**values, **place)
    if at is not None and not order.falling and len(found) <= PAGE:
        found += _asked(process.key, named, order, LAST).rows(**values)[: PAGE + 1 - len(found)]
    if len(found) <= PAGE:
        return found, ""
    last = found[PAGE - 1]
    return found[:PAGE], f"{last[-1].isoformat() if last[-1] else ''}~{last[0]}"


LAST = ("last",)  # the rows without a time
# Stand-ins for what differs each time a list is asked for.
LIKES = {"user": -987_654_321_008, "pk": -987_654_321_009, "now": datetime(1, 1, 2, tzinfo=UTC),
         "midnight": datetime(1, 1, 3, tzinfo=UTC), "since": datetime(1, 1, 4, tzinfo=UTC),
         "at": datetime(1, 1, 5, tzinfo=UTC), "today": date(1, 1, 6)}


@lru_cache(maxsize=500)
def _asked(key: str, named: Named, order: Order, place: tuple[str, ...]) -> Prepared:
    """A page and one row of a list narrowed so: from its beginning, beyond a place, or `LAST`."""
    def page(**values: Any) -> Any:
        rows = rows_of(key, named, SimpleNamespace(**values)).order_by(*order.terms).values_list(*SHOWN, order.by)
        if place == LAST:
            rows = rows.filter(**{order.by: None})
        elif place:
            rows = rows.filter(order.beyond(values.get("at"), values["pk"]))
        return rows[: PAGE + 1]
    wanted = asks_of(key, named) | set(place)
    return Prepared(page, **{name: like for name, like in LIKES.items() if name in wanted})


def _place(after: str) -> tuple[datetime | None, int]:
    """The time and the number of the last row before the page asked for."""
    if not after:
        return None, 0
    at, _, pk = after.rpartition("~")
    try:
        when = parse_datetime(at) if at else None
    except ValueError:
        raise Http404 from None
    if not pk.isdigit() or (at and (when is None or when.tzinfo is None)):
        raise Http404
    return when, int(pk)


@needs()
def save_view(request: Any, process: str) -> HttpResponse:
    """Keep a list's filters under a name, or forget one kept."""
    if request.method != "POST" or process not in {p.key for p in registry.all_processes() if works_on(request.actor, p)}:
        raise Http404
    if request.POST.get("forget", "").isdigit():
        SavedView.objects.filter(user=request.user, partnership=request.actor.partnership,
                                 pk=request.POST["forget"]).delete()
    elif name := request.POST.get("name", "").strip()[:60]:
        SavedView.objects.update_or_create(user=request.user, partnership=request.actor.partnership, process_key=process,
                                           name=name, defaults={"query": request.POST.get("query", "")[:500]})
    back = reverse("front_door") if process == "front-door" else reverse("work_list", args=[process])
    return redirect(f"{back}?{request.POST.get('query', '')[:500]}")
