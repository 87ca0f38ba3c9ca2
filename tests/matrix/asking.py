"""Ask for pages and judge the answers: what came back, and whether it holds anything the asker must not see."""
from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote

from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from goldthread.web.middleware import ActorMiddleware
from tests.access.separate import undone
from tests.matrix.oracle import Expected
from tests.matrix.world import Viewer, World

CHANGING = (re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'), re.compile(rb'name="submission" value="[^"]*"'),
            re.compile(rb'nonce="[^"]*"'), re.compile(rb' ?aria-current="[^"]*"'))
NOWHERE = "there-is-no-such-page/"


@dataclass(frozen=True)
class Cell:
    """One question of the matrix. about: the key of the case or person the address names; part: which of its pages.

    closed: the page is not there for the role, whatever it is about.
    """

    viewer: str
    page: str
    url: str
    expected: Expected
    method: str = "GET"
    relationship: str = ""
    about: str = ""
    part: str = ""
    data: tuple[tuple[str, str], ...] = ()
    closed: bool = False

    def __str__(self) -> str:
        return f"{self.viewer} · {self.method} {self.page} {self.part} · {self.relationship or '—'} ({self.about})"


@dataclass
class Tally:
    """What was asked and what was wrong."""

    cells: int = 0
    by_expected: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def count(self, cell: Cell, faults: list[str]) -> None:
        self.cells += 1
        self.by_expected[cell.expected.name] = self.by_expected.get(cell.expected.name, 0) + 1
        self.faults += faults

    def add(self, other: Tally) -> None:
        self.cells += other.cells
        self.faults += other.faults
        for name, many in other.by_expected.items():
            self.by_expected[name] = self.by_expected.get(name, 0) + many

    def says(self) -> str:
        parts = ", ".join(f"{many} {name.lower()}" for name, many in sorted(self.by_expected.items()))
        return f"{self.cells} cells ({parts}), {len(self.faults)} faults"


class Asking:
    """Asks as each viewer of a world; nothing that is sent changes anything."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._nowhere: dict[tuple[str, str], Any] = {}
        logging.getLogger("django.request").setLevel(logging.CRITICAL)

    def answer(self, viewer: Viewer, method: str, url: str, data: Iterable[tuple[str, str]] = ()) -> HttpResponse:
        cookies = SimpleCookie()
        for name, morsel in viewer.client.cookies.items():
            cookies[name] = morsel.value
        viewer.client.raise_request_exception = False
        try:
            with undone():
                sent: Any = dict(data) if method in ("GET", "POST") else None
                return getattr(viewer.client, method.lower())(url, sent)  # type: ignore[no-any-return]
        finally:
            viewer.client.cookies = cookies

    def run(self, cells: Iterable[Cell], *, every: int = 1) -> Tally:
        """Ask each cell. every: of those closed to the role only one in so many by a whole request, the rest where it is
        decided; what is let in there is asked for whole."""
        tally, closed = Tally(), 0
        for cell in cells:
            closed += cell.closed
            decided = cell.closed and closed % every and self.turned_away(cell)
            tally.count(cell, [] if decided else self.faults(cell))
        return tally

    def turned_away(self, cell: Cell) -> bool:
        """Whether the service turns the viewer away before the page's own code runs, as from what does not exist."""
        viewer, request = self.world.viewers[cell.viewer], RequestFactory().generic(cell.method, cell.url)
        assert viewer.actor
        request.actor, request.user, request.session = viewer.actor, viewer.actor.user, SessionBase()
        try:
            found = resolve(cell.url.split("?")[0])
            ActorMiddleware(HttpResponse).process_view(request, found.func, found.args, found.kwargs)
        except Http404:
            return True
        return False

    def faults(self, cell: Cell) -> list[str]:
        """Everything wrong with one cell, in words."""
        viewer = self.world.viewers[cell.viewer]
        response = self.answer(viewer, cell.method, cell.url, cell.data)
        got = what(response)
        found = []
        if not _fits(got, cell):
            found.append(f"{cell}: {got} ({response.status_code}) instead of {cell.expected}")
        if got is Expected.HIDDEN and cell.method != "HEAD":
            found += [f"{cell}: {fault}" for fault in self.faults_of_hidden(viewer, response, cell.url)]
        return found + [f"{cell}: {leak}" for leak in self.leaks(viewer, response, cell)]

    def faults_of_hidden(self, viewer: Viewer, response: Any, url: str) -> list[str]:
        """Whether what is hidden can be told from what does not exist: by its page or by its headers."""
        nothing = self.nowhere(viewer, url)
        said = [(plain(content(response)), "page"), (headers(response), "headers")]
        return [f"the {name} of what is hidden differs from that of what is not there"
                for (here, name), there in zip(said, nothing, strict=True) if here != there]

    def nowhere(self, viewer: Viewer, url: str) -> tuple[bytes, dict[str, str]]:
        """The page, and its headers, this viewer gets at an address of the same section that does not exist."""
        section = url.split("/")[1]
        if (viewer.key, section) not in self._nowhere:
            nothing = self.answer(viewer, "GET", f"/{section}/{NOWHERE}" if section else f"/{NOWHERE}")
            assert nothing.status_code == 404 or viewer.role is None
            self._nowhere[viewer.key, section] = plain(content(nothing)), headers(nothing)
        found: tuple[bytes, dict[str, str]] = self._nowhere[viewer.key, section]
        return found

    def leaks(self, viewer: Viewer, response: Any, cell: Cell | None = None) -> list[str]:
        """What the answer, headers included, holds that this viewer must not see; what they sent themselves aside."""
        sent = unquote(cell.url).lower() + " ".join(value for _, value in cell.data).lower() if cell else ""
        told = " ".join(f"{name}: {value}" for name, value in response.headers.items()).encode()
        found = self.world.planted.found(content(response) + told)
        return [f"shows {facts[0].what} of {facts[0].about} ({text})" for text, facts in found.items()
                if text not in sent and not any(self.world.may_know(viewer, fact) for fact in facts)]


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def headers(response: Any) -> dict[str, str]:
    """The headers of an answer without what differs each time, and the names of the cookies it sets. The length is the
    page's own, which is compared as such."""
    found = {name: re.sub(r"'nonce-[^']*'", "", value) for name, value in response.headers.items()
             if name != "Content-Length"}
    return found | {"Set-Cookie": " ".join(sorted(response.cookies))}


def plain(body: bytes) -> bytes:
    """A page without what differs each time it is made."""
    for pattern in CHANGING:
        body = pattern.sub(b"", body)
    return body


def what(response: Any) -> Expected:
    """What an answer is, by its status and where it leads."""
    status, to = response.status_code, response.headers.get("Location", "")
    if status in (301, 302, 303):
        if to.startswith("/account/login/"):
            return Expected.SIGN_IN
        return Expected.NO_SEAT if to.startswith("/account/no-seat/") else Expected.OPEN
    return {404: Expected.HIDDEN, 403: Expected.REFUSED, 405: Expected.METHOD, 410: Expected.LAPSED,
            }.get(status, Expected.OPEN if status < 400 else Expected.BROKEN)


def _fits(got: Expected, cell: Cell) -> bool:
    if cell.expected is Expected.ANY:
        return got is not Expected.BROKEN
    if cell.method in ("PUT", "PATCH", "DELETE", "OPTIONS", "HEAD") and got is Expected.METHOD:
        return cell.expected is Expected.OPEN or cell.expected is Expected.METHOD
    return got is cell.expected

