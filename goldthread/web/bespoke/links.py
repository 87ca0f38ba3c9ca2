"""Who, what and where belongs together, read from the exploitation cases that the acting person may see.

A link stands on the record that says so: who may not read the record sees neither the link nor what only it names.
Everything is read through the guarded managers; a person, place or group that is hidden takes its links along.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import networkx as nx

from goldthread.domains.exploitation import models as m
from goldthread.people.models import Person, SearchKey
from goldthread.process.models import Case
from goldthread.rules.codes import label

KINDS = {"person": "Person", "place": "Place", "group": "Group", "theme": "Theme"}
LEVELS = ("significant", "moderate", "emerging")
NAMING: tuple[Any, ...] = (m.ReferredPerson, m.LinkedPerson, m.LinkedPlace, m.LinkedGroup)
SEED = 1  # the same records give the same clusters


@dataclass(frozen=True)
class Node:
    """A person, place, group or theme. level: the highest of its cases, "" for none. row: its record; None for a theme."""

    key: str
    kind: str
    name: str
    level: str = ""
    row: Any = None


@dataclass
class Tie:
    """What links two nodes, and the references of the cases that say so."""

    one: str
    other: str
    words: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Links:
    """The nodes by key and what ties them. themes, levels: those of all the open cases seen, to choose among."""

    nodes: dict[str, Node]
    ties: list[Tie]
    themes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    def graph(self, *, themes: bool = True) -> nx.Graph:
        """For the graph library; without themes, which would join everybody."""
        made = nx.Graph()
        made.add_nodes_from(key for key, node in self.nodes.items() if themes or node.kind != "theme")
        made.add_edges_from((t.one, t.other, {"weight": len(t.cases)}) for t in self.ties
                            if t.one in made and t.other in made)
        return made

    def around(self, key: str) -> Links:
        """One node and what it is tied to."""
        near = {key} | {t.other if t.one == key else t.one for t in self.ties if key in (t.one, t.other)}
        return Links({k: n for k, n in self.nodes.items() if k in near},
                     [t for t in self.ties if t.one in near and t.other in near], self.themes, self.levels)


def read(*, theme: str = "", level: str = "") -> Links:
    """The links in the open cases the acting person may see; of one harm or level where asked."""
    cases = {case.pk: case for case in Case.objects.filter(process_key="exploitation", closed_at=None)}
    harms = dict(_standing(m.ExploitationReferral, cases).values_list("case_id", "harm"))
    chosen = {pk: case for pk, case in cases.items()
              if (not theme or harms.get(pk) == theme) and (not level or case.mark == level)}
    return _Reading(chosen, harms).links(
        tuple(sorted(set(harms.values()), key=lambda code: label("exploitation-harms", code))),
        tuple(each for each in LEVELS if any(case.mark == each for case in cases.values())))


def _standing(model: Any, cases: Iterable[int]) -> Any:
    return model.objects.filter(case__in=list(cases), event__replaced_by=None)


class _Reading:
    """What the chosen cases say, gathered case by case."""

    def __init__(self, cases: dict[int, Case], harms: dict[int, str]) -> None:
        self.cases, self.harms = cases, harms
        self.nodes: dict[str, Node] = {}
        self.ties: dict[tuple[str, str], Tie] = {}
        self.lines = {model: self._lines(model) for model in NAMING}
        self.kept, self.people = self._people()
        self.places = {row.pk: row for row in m.Place.objects.all()}
        self.groups = {row.pk: row for row in m.Group.objects.all()}

    def _lines(self, model: Any) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for line in _standing(model, self.cases).order_by("pk"):
            found[line.case_id].append(line)
        return found

    def _people(self) -> tuple[dict[int, int], dict[int, Person]]:
        """The record that stands for each person named, and the people the acting person may see."""
        named = {line.person_id for each in self.lines.values() for lines in each.values() for line in lines
                 if line.person_id}
        kept = dict(SearchKey.objects.filter(person__in=named).values_list("person_id", "kept_id"))
        return kept, {p.pk: p for p in Person.objects.filter(pk__in=named | set(kept.values()))}

    def links(self, themes: tuple[str, ...], levels: tuple[str, ...]) -> Links:
        for pk, case in self.cases.items():
            self._case(pk, case)
        return Links(self.nodes, list(self.ties.values()), themes, levels)

    def _case(self, pk: int, case: Case) -> None:
        children = [key for line in self.lines[m.ReferredPerson][pk] if line.capacity == "child"
                    and (key := self._person(line.person_id, case))]
        for one, other in combinations(children, 2):
            self._tie(one, other, "Referred together", case)
        for line in self.lines[m.LinkedPerson][pk]:
            if key := self._person(line.person_id, case, level=""):  # the case's level is that of its children
                for child in children:
                    self._tie(child, key, line.get_tie_display(), case)
        elsewhere: list[str] = []
        for model, rows in ((m.LinkedPlace, self.places), (m.LinkedGroup, self.groups)):
            elsewhere += [key for line in self.lines[model][pk] if (key := self._subject(line, rows, children, case))]
        for one, other in combinations(elsewhere, 2):
            self._tie(one, other, "Named together", case)
        if pk in self.harms:
            theme = self._theme(self.harms[pk])
            for key in children or elsewhere:
                self._tie(key, theme, label("exploitation-harms", self.harms[pk]), case)

    def _subject(self, line: Any, rows: dict[int, Any], children: list[str], case: Case) -> str:
        """The place or group of a line, tied to the person it concerns, or to all children of the case."""
        kind = "place" if isinstance(line, m.LinkedPlace) else "group"
        row = rows.get(getattr(line, f"{kind}_id"))
        if row is None:
            return ""
        key = self._node(Node(f"{kind}:{row.pk}", kind, row.name, case.mark, row))
        alone = self._person(line.person_id, case) if line.person_id else ""
        for person in ([alone] if alone else [] if line.person_id else children):
            self._tie(person, key, line.get_tie_display(), case)
        return key

    def _person(self, pk: int, case: Case, level: str | None = None) -> str:
        kept = self.kept.get(pk, pk)
        person = self.people.get(kept) or self.people.get(pk)
        if person is None:
            return ""
        return self._node(Node(f"person:{person.pk}", "person", person.name, case.mark if level is None else level, person))

    def _theme(self, code: str) -> str:
        return self._node(Node(f"theme:{code}", "theme", label("exploitation-harms", code)))

    def _node(self, node: Node) -> str:
        known = self.nodes.get(node.key)
        if known is None or _rank(node.level) < _rank(known.level):
            self.nodes[node.key] = node
        return node.key

    def _tie(self, one: str, other: str, words: str, case: Case) -> None:
        if one == other:
            return
        first, second = sorted((one, other))
        tie = self.ties.setdefault((first, second), Tie(first, second))
        tie.words.add(words)
        tie.cases.add(case.reference)


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


@dataclass(frozen=True)
class Standing:
    """How one node stands among the rest: its ties, the share of shortest ways that lead through it (0 to 100), and
    its cluster's letter."""

    ties: int
    between: int
    cluster: str


def standings(links: Links) -> dict[str, Standing]:
    """How each node stands; themes join no clusters and lead no ways."""
    graph, whole = links.graph(themes=False), links.graph()
    between = nx.betweenness_centrality(graph)
    found = {key: Standing(whole.degree(key), round(100 * share), "") for key, share in between.items()}
    clusters = nx.community.louvain_communities(graph, weight="weight", seed=SEED) if graph else []
    for number, members in enumerate(sorted(clusters, key=lambda each: (-len(each), min(each)))):
        for key in members:
            found[key] = Standing(found[key].ties, found[key].between, letters(number))
    return found | {key: Standing(whole.degree(key), 0, "") for key in links.nodes if key not in found}


def letters(number: int) -> str:
    """A, B … Z, AA, AB …"""
    name = ""
    while number >= 0:
        number, last = divmod(number, 26)
        name, number = chr(ord("A") + last) + name, number - 1
    return name
