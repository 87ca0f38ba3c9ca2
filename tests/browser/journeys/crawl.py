"""Every page a persona can reach: found by following links from home and from every address without a number in it."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page

LINKS = re.compile(r"""<a\b[^>]*?\shref=["']([^"']*)""")
#: pages of which two are looked at, because they differ most from one another
TWICE = frozenset({"case", "person", "event"})
ELSEWHERE = {
    "gallery": "the kit's own tests look at these", "theme": "a style sheet", "health": "one word for machines",
    "words": "answers scripts", "account_logout": "signs out", "demo": "the signing-in page has tests of its own",
    "report_style": "a style sheet", "report_document_style": "a style sheet", "report_version": "files",
    "publication": "files as they were published: tests/browser/reports looks at what they are made by",
    "report_download": "files", "document": "files", "template": "files",
    "list_export": "files", "export_file": "files", "export_findings": "files",
    "scorecard_file": "files", "release_file": "files", "open_data_file": "files",
    "autosave": "answers scripts", "keep": "answers scripts", "public_autosave": "answers scripts",
}


@dataclass(frozen=True)
class Found:
    """A page to look at: its kind (the route, and the step for a step's form) and its address."""

    kind: str
    path: str


def kind_of(path: str) -> str | None:
    """The kind of page behind an address of ours; None for what is not a page to look at. Raises Resolver404."""
    match = resolve(path.split("?")[0])
    name = match.view_name or ""
    if any(name == each or name.startswith(f"{each}_") or name.endswith(f"_{each}") for each in ELSEWHERE):
        return None
    step = match.kwargs.get("step") or match.kwargs.get("page") if name in ("record", "start_page", "public_page") else ""
    return f"{name}:{step}" if step else name


def without_arguments(patterns: Any = None, before: str = "/") -> Iterator[str]:
    """Every address of the service that has nothing to fill in."""
    for each in patterns if patterns is not None else get_resolver().url_patterns:
        part = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from without_arguments(each.url_patterns, part)
        elif isinstance(each, URLPattern) and not re.search(r"[<(^\\]", part) and each.name:
            yield part


def names(patterns: Any = None) -> Iterator[str]:
    """The name of every page of the service."""
    for each in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(each, URLResolver):
            yield from names(each.url_patterns)
        elif each.name:
            yield each.name


@dataclass
class Crawl:
    """Pages one persona has reached and is still to reach. seeds: addresses to begin at besides home."""

    page: Page
    skip: frozenset[str]
    seeds: tuple[str, ...] = ()
    seen: dict[str, int] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)
    closed: dict[str, int] = field(default_factory=dict)

    def pages(self) -> Iterator[Found]:
        """Open page after page, each kind once; the page is open when its turn comes."""
        asked: set[str] = set()
        waiting: list[tuple[str, str]] = [("/", ""), *((path, "") for path in (*self.seeds, *without_arguments()))]
        while waiting:
            path, source = waiting.pop(0)
            if path in asked:
                self._linked_though_closed(path, source)
                continue
            asked.add(path)
            try:
                kind = kind_of(path)
            except Resolver404:
                self.dead.append(f"{path}, linked from {source}")
                continue
            if kind is None or self.seen.get(kind, 0) >= (2 if kind in TWICE else 1):
                continue
            links = self._links(path, source)
            if links is None:
                continue
            self.seen[kind] = self.seen.get(kind, 0) + 1
            waiting += [(each, path) for each in links]
            if kind not in self.skip:
                self.page.goto(path)
                yield Found(kind, path)

    def _links(self, path: str, source: str) -> list[str] | None:
        """Where a page leads within the service, asked for without showing it; None where this persona has no such page.

        A link that leads to nothing is a fault; an address that nobody linked to may be closed to this persona.
        """
        answer = self.page.request.get(path, max_redirects=20 if source else 0)
        if answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html"):
            return self._own(path, LINKS.findall(answer.text()))
        if answer.status >= 500 or (source and answer.status >= 400):
            self.dead.append(f"{path}, linked from {source or 'nowhere'}: {answer.status}")
        elif answer.status >= 400:
            self.closed[path] = answer.status
        return None

    def _linked_though_closed(self, path: str, source: str) -> None:
        """An address first asked for without a link may be closed, but then no page may link to it."""
        if source and (status := self.closed.pop(path, None)):
            self.dead.append(f"{path}, linked from {source}: {status}")

    @staticmethod
    def _own(path: str, found: list[str]) -> list[str]:
        own = [path.split("?")[0] + each if each.startswith("?") else each for each in map(unescape, found)]
        return [each.split("#")[0] for each in own if each.startswith("/") and not each.startswith("//")]
