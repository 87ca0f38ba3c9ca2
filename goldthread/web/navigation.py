"""The service's main sections, and which of them a person sees."""
from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from goldthread.access.policy import May


@dataclass(frozen=True)
class Section:
    """A main section: its name, the name of its first page's address, and the rights of which one is enough.

    No rights named: everyone signed in. A section whose address does not exist is not shown.
    """

    title: str
    address: str
    needs: frozenset[May] = frozenset()

    def url(self) -> str | None:
        return _url(self.address)

    def open_to(self, actor: Any) -> bool:
        return not self.needs or any(actor.may(right) for right in self.needs)


SECTIONS = (
    Section("My work", "home"),
    Section("Front door", "front_door", frozenset({May.WORK_FRONT_DOOR, May.MANAGE_FRONT_DOOR})),
    Section("Children and families", "people", frozenset({May.FIND_PEOPLE})),
    Section("Panels and meetings", "meetings", frozenset({May.RUN_MEETINGS, May.ATTEND_MEETINGS})),
    Section("Assurance", "assurance", frozenset({May.RUN_ASSURANCE, May.ANSWER_ASSURANCE, May.RUN_REVIEWS,
                                                May.SIGN_FOR_PARTNERS})),
    Section("Training", "training"),
    Section("Data", "data", frozenset({May.SEND_RETURNS, May.COLLECT_RETURNS})),
    Section("Scorecard", "scorecard", frozenset({May.SEE_FIGURES})),
    Section("Reports", "reports", frozenset({May.BUILD_REPORTS, May.RUN_REPORTS, May.SCRUTINISE, May.SIGN_FOR_PARTNERS})),
    Section("Directory", "directory", frozenset({May.SEE_DIRECTORY})),
)


@dataclass(frozen=True)
class Item:
    """A link of a navigation; `current` is "page" on that very page, "true" below it, else ""."""

    title: str
    url: str
    current: str = ""


def items(actor: Any, path: str, sections: tuple[Section, ...] = SECTIONS) -> list[Item]:
    """The sections this actor may use, the one `path` lies in marked."""
    if actor is None:
        return []
    shown = [(section.title, url) for section in sections if section.open_to(actor) and (url := section.url())]
    inside = max((url for _, url in shown if _within(path, url)), key=len, default=None)
    return [Item(title, url, _mark(path, url) if url == inside else "") for title, url in shown]


def links(path: str, named: tuple[tuple[str, str], ...]) -> list[Item]:
    """Plain links from (title, address name) pairs, those leaving out whose address does not exist."""
    shown = [(section.title, url) for section in (Section(*pair) for pair in named) if (url := section.url())]
    return [Item(title, url, "page" if url == path else "") for title, url in shown]


def way_to(address: str, actor: Any) -> str:
    """The page's address if it exists and its view lets this actor in, else ""; for links outside the sections."""
    url = _url(address)
    if url is None or actor is None:
        return ""
    needed = _needed(url)
    return url if needed is not None and _lets_in(needed, actor) else ""


def lets_in(url: str, actor: Any) -> bool:
    """Whether the view at an address lets this actor in, as far as it says whom; what a record itself keeps from them is
    for its page to know."""
    try:
        needed = getattr(resolve(url.partition("?")[0]).func, "access", None)
    except Resolver404:
        return True
    return needed is None or actor is None or _lets_in(needed, actor)


def _lets_in(needed: Any, actor: Any) -> bool:
    return needed == "public" or not needed or any(actor.may(right) for right in needed)


def ways(named: tuple[tuple[str, str], ...], actor: Any, path: str = "") -> list[Item]:
    """Of pairs of title and address name, links to those pages that let this actor in; the one at `path` is marked."""
    return [Item(title, url, "page" if url == path else "") for title, name in named if (url := way_to(name, actor))]


def address(name: str, *parts: str | int) -> str:
    """What `reverse` gives for one of our own addresses, its pattern worked out once.

    parts: references and numbers, of which nothing has to be quoted.
    """
    made = _pattern(name, tuple(type(part) is int for part in parts))
    for place, part in enumerate(parts):
        made = made.replace(str(_stand_in(place, type(part) is int)), str(part), 1)
    return made


@cache
def _pattern(name: str, numbers: tuple[bool, ...]) -> str:
    return reverse(name, args=[_stand_in(place, number) for place, number in enumerate(numbers)])


def _stand_in(place: int, number: bool) -> str | int:
    return 987_654_321_000 + place if number else f"REFERENCE-{place}"


@cache
def _url(address: str) -> str | None:
    """The address of that name, None when there is none; addresses do not change while the service runs."""
    try:
        return reverse(address)
    except NoReverseMatch:
        return None


@cache
def _needed(url: str) -> Any:
    """Whom the view at one of our own addresses lets in, as it declares it."""
    return getattr(resolve(url).func, "access", None)


def _within(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url if url.endswith("/") else f"{url}/"))


def _mark(path: str, url: str) -> str:
    return "page" if path == url else "true"
