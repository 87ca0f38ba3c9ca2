"""The map of links that a panel explores: drawn, and beside it in tables; without scripts and by keyboard."""
from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.access import audit
from goldthread.access.policy import May
from goldthread.domains.exploitation.subjects import may_work
from goldthread.people.models import SearchKey
from goldthread.process.models import Case, CasePerson
from goldthread.rules.codes import label
from goldthread.web.bespoke import links as reading
from goldthread.web.bespoke.link_drawing import draw
from goldthread.web.bespoke.links import KINDS, Links, Node, Standing
from goldthread.web.components import Column, Link, Table, Tag
from goldthread.web.middleware import needs
from goldthread.web.navigation import Item

AGENDA_ITEM = "meeting_item"
MOST = 300  # nodes that are drawn at once; the tables always have all
COLOURS = {"significant": "red", "moderate": "orange", "emerging": "yellow"}


@needs(May.WORK_EXPLOITATION, May.MANAGE_EXPLOITATION)
def link_map(request: Any) -> HttpResponse:
    """The links between people, places, groups and themes, in the open cases that this person may see."""
    asked = {name: request.GET.get(name, "") for name in ("theme", "level", "around", "item")}
    found = reading.read(theme=asked["theme"], level=asked["level"])
    if asked["theme"] not in ("", *found.themes) or asked["level"] not in ("", *found.levels):
        raise Http404
    middle = found.nodes.get(asked["around"])
    if asked["around"] and middle is None:
        raise Http404
    agenda = _agenda_item(asked["item"])
    shown = found.around(middle.key) if middle else found
    audit.log_reading(kind="map", ref=0, people=[n.row.pk for n in shown.nodes.values() if n.kind == "person"],
                      agency=request.actor.agency.pk, why="map of links")
    standing = reading.standings(shown)
    return render(request, "bespoke/link_map.html", {
        "middle": middle, "back": _url(asked, around=""), "agenda": agenda, "own": _own(request, middle),
        "drawing": draw(shown, standing, lambda key: _url(asked, around=key)) if 0 < len(shown.nodes) <= MOST else "",
        "too_many": len(shown.nodes) > MOST, "nodes": _nodes(shown, standing, asked), "ties": _ties(shown, asked),
        "filters": [("Theme", _choices(asked, "theme", found.themes, "exploitation-harms")),
                    ("Level", _choices(asked, "level", found.levels, "exploitation-levels"))]})


def beside(request: Any, case: Case) -> list[Link]:
    """The way from a case to the map: around each of its people who is on it for this person, else to the whole map."""
    if not any(request.actor.may(right) for right in link_map.access):
        return []
    ids = set(CasePerson.objects.filter(case=case, capacity="child").values_list("person_id", flat=True))
    kept = ids | set(SearchKey.objects.filter(person__in=ids).values_list("kept_id", flat=True))
    seen = [n for n in reading.read().nodes.values() if n.kind == "person" and n.row.pk in kept]
    came = _came_from(request)
    return [Link(f"Around {n.name}, on the map", _url(came, around=n.key)) for n in sorted(seen, key=lambda n: n.name)] or [
        Link("Map of links", _url(came))]


def _came_from(request: Any) -> dict[str, str]:
    """The agenda item that the map is opened from, so that its way back leads there."""
    here = request.resolver_match
    if here is None or here.url_name != AGENDA_ITEM:
        return {}
    return {"item": "-".join(str(here.kwargs[name]) for name in ("pk", "item"))}


def _agenda_item(numbers: str) -> str:
    """The address of the agenda item of these numbers, "" for none. Raises Http404 for what is none."""
    if not numbers:
        return ""
    if not (found := re.fullmatch(r"([0-9]{1,18})-([0-9]{1,18})", numbers)):
        raise Http404
    return reverse(AGENDA_ITEM, args=[int(number) for number in found.groups()])


def _url(asked: dict[str, str], **other: str) -> str:
    query = {name: value for name, value in {**asked, **other}.items() if value}
    here = reverse("link_map")
    return f"{here}?{urlencode(query)}" if query else here


def _choices(asked: dict[str, str], name: str, codes: tuple[str, ...], list_key: str) -> list[Item]:
    """Links that narrow the map to one theme or level, the one in force marked."""
    pairs = [("All", ""), *((label(list_key, code), code) for code in codes)]
    return [Item(words, _url(asked, **{name: code, "around": ""}), "page" if asked[name] == code else "")
            for words, code in pairs]


def _nodes(shown: Links, standing: dict[str, Standing], asked: dict[str, str]) -> Table:
    """Everything on the map, those that join most first."""
    order = sorted(shown.nodes.values(), key=lambda n: (-standing[n.key].between, -standing[n.key].ties, n.name))
    rows = [[Link(node.name, _url(asked, around=node.key)), KINDS[node.kind], _level(node), standing[node.key].ties,
             standing[node.key].between, standing[node.key].cluster or "None"] for node in order]
    columns = [Column("Name"), Column("What"), Column("Level"), Column("Links", "number"),
               Column("Joins others (%)", "number"), Column("Cluster")]
    return Table("Who, what and where", columns, rows, nothing="No open case that you may see names anybody.")


def _level(node: Node) -> Any:
    return Tag(label("exploitation-levels", node.level), COLOURS.get(node.level, "grey")) if node.level else "Not set"


def _ties(shown: Links, asked: dict[str, str]) -> Table:
    rows = [[Link(shown.nodes[t.one].name, _url(asked, around=t.one)), shown.nodes[t.other].name,
             ", ".join(sorted(t.words)), ", ".join(sorted(t.cases))]
            for t in sorted(shown.ties, key=lambda t: (-len(t.cases), shown.nodes[t.one].name, shown.nodes[t.other].name))]
    columns = [Column("One"), Column("Other"), Column("How they are linked"), Column("Cases that say so")]
    return Table("Links", columns, rows, nothing="Nothing is linked yet.")


def _own(request: Any, middle: Node | None) -> Link | None:
    """The record of the node in the middle, for those who may open it."""
    if middle is None or middle.row is None:
        return None
    if middle.kind == "person":
        if not request.actor.may(May.FIND_PEOPLE):
            return None
        return Link(f"Open {middle.name}", reverse("person", args=[middle.row.reference]))
    if not may_work(request.actor):
        return None
    return Link(f"Open {middle.name}", reverse("change_subject", args=[f"{middle.kind}s", middle.row.pk]))
