"""The matrix spelt out: every page × role × way of standing to a record, with what the table expects."""
from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.matrix import oracle
from tests.matrix.asking import Cell
from tests.matrix.oracle import Expected
from tests.matrix.world import Placed, Viewer, World

FULL = os.environ.get("GOLDTHREAD_MATRIX") == "full"
OTHER_METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
STAND_INS = {"str": "unknown", "slug": "unknown", "int": "999999999", "uuid": "00000000-0000-4000-8000-000000000000"}
RECORDS = ("case", "event", "identification", "decision", "step", "ask", "person", "merge")


def routes() -> dict[str, URLPattern]:
    """Every address there is, by name. An address without a name has the name of its pattern."""
    return {pattern.name or str(pattern.pattern): pattern for pattern in _walk(get_resolver().url_patterns)}


def _walk(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns)
        else:
            yield pattern


def unlisted(found: dict[str, URLPattern]) -> list[str]:
    """Addresses the table does not name, and names of the table that are no address (any more)."""
    listed = set(oracle.pages()) - {"step"}
    return sorted(f"{name} is not in pages.toml" for name in set(found) - listed) + sorted(
        f"{name} in pages.toml is no page" for name in listed - set(found))


def undeclared(found: dict[str, URLPattern]) -> list[str]:
    """Views that do not say who may open them."""
    return sorted(name for name, pattern in found.items() if getattr(pattern.callback, "access", None) is None)


@cache
def _kinds(name: str) -> dict[str, str]:
    pattern = routes()[name].pattern
    return {key: type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            for key, converter in pattern.converters.items()}


SPECIAL_ARGS: dict[str, dict[str, Any]] = {
    "theme": {"main": "1d4f6e", "accent": "7a3e65"}, "gallery_page": {"key": "name"}, "gallery_autosave": {"key": "name"},
    "account_reset_password_from_key": {"uidb36": "zz", "key": "zz-zz"}, "start": {"process": "front-door"},
    "start_tasks": {"process": "front-door"}, "start_check": {"process": "front-door"},
    "start_page": {"process": "front-door", "page": "is-a-child-in-immediate-danger"},
    "autosave": {"process": "front-door", "page": "is-a-child-in-immediate-danger"},
    "save_view": {"process": "front-door"},
    "subjects": {"kind": "places"}, "add_subject": {"kind": "places"},
    "change_subject": {"kind": "places", "pk": 999_999_999}, "end_subject": {"kind": "places", "pk": 999_999_999},
}


@cache
def url_of(name: str, **known: Any) -> str:
    """The address of a page; what is not known of it is of something that does not exist."""
    given = dict(SPECIAL_ARGS.get(name, {}) | known)
    for key, kind in _kinds(name).items():
        given.setdefault(key, STAND_INS.get(kind, "unknown"))
    try:
        return reverse(name, kwargs=given)
    except NoReverseMatch:
        return reverse(name, args=list(given.values()))


def plain_cells(world: World, viewers: list[Viewer]) -> Iterator[Cell]:
    """Pages that are about no child's record: by role, with every method."""
    for number, (name, page) in enumerate(oracle.pages().items()):
        if name == "step" or page.get("of") in RECORDS:
            continue
        other = OTHER_METHODS if FULL else (OTHER_METHODS[number % len(OTHER_METHODS)],)
        known = _known(world, name, page)
        for viewer in viewers:
            kind = viewer.actor.agency.kind if viewer.actor else ""
            entered = oracle.may_enter(viewer.role, page, kind)
            for method in ("GET", "POST", *(other if FULL or viewer.key in ("mash-worker", "anonymous") else ())):
                expected = _plain(viewer, page, method, entered=entered)
                closed = bool(viewer.role) and not entered and expected is Expected.HIDDEN
                yield Cell(viewer.key, name, url_of(name, **known), expected, method, closed=closed)
        if f"{page.get('of')} there" in world.ids:
            for viewer in (v for v in viewers if v.role):
                url = url_of(name, **_known(world, name, page, "there"))
                yield Cell(viewer.key, name, url, Expected.HIDDEN, page.get("only", "GET"), "other partnership")


def _known(world: World, name: str, page: dict[str, Any], where: str = "here") -> dict[str, Any]:
    if "of" not in page:
        return {"slug": world.here.slug} if "slug" in _kinds(name) and name.startswith("public") else {}
    also = {page["with"]: world.ids[f"{page['with']} {where}"]} if "with" in page else {}
    return {"pk": world.ids[f"{page['of']} {where}"]} | also


def _plain(viewer: Viewer, page: dict[str, Any], method: str, *, entered: bool) -> Expected:
    who = page["for"]
    if who == "library":
        return Expected.ANY
    if who == "nobody":
        return Expected.HIDDEN
    if viewer.role is None and who != "everybody":
        return Expected.SIGN_IN if viewer.key == "anonymous" else Expected.NO_SEAT
    if not entered:
        return Expected.HIDDEN
    only = page.get("only")
    if only and method != only:
        return Expected.HIDDEN if page.get("else") == "hidden" else Expected.METHOD
    if method == "POST" and "post" in page:
        return Expected(page["post"])
    answer = page.get("answer", "open")
    return Expected.ANY if answer == "hidden-or-on" else Expected(answer)


def every_record_cell(world: World, viewers: list[Viewer]) -> Iterator[Cell]:
    """Pages about a child's record: page × role × record, with how the role stands to it."""
    for name, page in oracle.pages().items():
        of = "" if name == "step" else page.get("of")
        if of in ("case", "event", "identification", "decision", "step", "ask"):
            for placed in world.cases.values():
                for viewer in viewers:
                    yield from _of_case(world, name, page, placed, viewer)
        elif of in ("person", "merge"):
            for placed in world.people.values():
                for viewer in viewers:
                    yield from _of_person(name, page, placed, viewer)


def _of_case(world: World, name: str, page: dict[str, Any], placed: Placed, viewer: Viewer) -> Iterator[Cell]:
    relationship = placed.relationship(viewer) if viewer.role else ""
    entered = oracle.may_enter(viewer.role, page)
    stood = oracle.standing(viewer.role, relationship) if viewer.role else oracle.Standing("nothing")
    for part, url, expected in _questions(world, name, page, placed, viewer, stood):
        if viewer.role is None:
            expected = Expected.SIGN_IN if viewer.key == "anonymous" else Expected.NO_SEAT
        elif not entered:
            expected = Expected.HIDDEN
        method = page.get("only", "GET")
        common: dict[str, Any] = {"relationship": relationship, "about": placed.key, "part": part,
                                  "closed": bool(viewer.role) and not entered}
        yield Cell(viewer.key, name, url, expected, method, **common)
        if "only" in page and stood.opens and entered:
            yield Cell(viewer.key, name, url, Expected.HIDDEN, "GET", **common)
        elif viewer.role and (stood.opens or placed.key.startswith("restricted")) and _also_posts(name):
            yield Cell(viewer.key, name, url, expected, "POST", **common)


def _also_posts(name: str) -> bool:
    return name in ("record", "correct", "withdraw", "clock", "reopen", "restrict", "identify", "decide", "ask_partners",
                    "tell_school", "ask")


def _questions(world: World, name: str, page: dict[str, Any], placed: Placed, viewer: Viewer,
               stood: oracle.Standing) -> Iterator[tuple[str, str, Expected]]:
    """The addresses of a page on one case, each with what somebody so standing gets."""
    role, ref = viewer.role or "", placed.reference
    if page["of"] == "case":
        found = oracle.on_case(role, stood, page, decided=placed.decided) if viewer.role else Expected.HIDDEN
        extra = "?clock=Decide%3A+amber" if name in ("clock", "more_time") else ""
        if name in ("clock", "more_time") and placed.decided and stood.opens:
            found = Expected.HIDDEN  # no time limit runs any more
        given = {"reference": ref} | ({"process": "front-door"} if name == "start_sent" else {})
        yield "", url_of(name, **given) + extra, found
    elif page["of"] == "step":
        for key in oracle.pages()["step"]:
            found = oracle.on_step(role, stood, key, decided=placed.decided, recorded=placed.events)
            found = found if viewer.role else Expected.HIDDEN
            yield key, url_of(name, reference=ref, step=key), found
    elif page["of"] == "ask":
        for agency, pk in placed.asks.items():
            mine = stood.asked and agency == viewer.agency
            part = "mine" if agency == viewer.agency else "another's"
            yield part, url_of(name, pk=pk), Expected.OPEN if mine else Expected.HIDDEN
    else:
        yield from _of_events(name, page, placed, viewer, stood)


def _of_events(name: str, page: dict[str, Any], placed: Placed, viewer: Viewer,
               stood: oracle.Standing) -> Iterator[tuple[str, str, Expected]]:
    """What was recorded: seen by its audience; set right by who recorded it, or by whoever manages the desk."""
    audiences = {"contact": "sent", "message": "sent", "rating": "desk", "identification": "desk", "decision": "desk",
                 "partner-reply": "desk", "answer-to-referrer": "sent", "disagreement": "sent"}
    wanted = [page["of"]] if page["of"] in audiences else list(audiences)
    for key in wanted:
        if key not in placed.events:
            continue
        seen = viewer.role is not None and stood.opens and oracle.may_know(stood, audiences[key], own=False)
        manages = stood.to == "works" and bool(viewer.role) and oracle.has_duty(viewer.role or "", ["decides"])
        told = bool(viewer.role) and oracle.has_duty(viewer.role or "", ["tells"]) and (stood.to == "sender" or stood.sent)
        mine = told and key in ("contact", "disagreement")
        expected = Expected.OPEN if seen else Expected.HIDDEN
        if seen and name in ("correct", "withdraw", "identify_again", "decide_again"):
            may = manages or (mine and name == "correct")
            expected = Expected.OPEN if may else Expected.REFUSED
        yield key, url_of(name, reference=placed.reference, event=placed.events[key]), expected


def _of_person(name: str, page: dict[str, Any], placed: Placed, viewer: Viewer) -> Iterator[Cell]:
    relationship = placed.relationship(viewer) if viewer.role else ""
    if viewer.role is None:
        expected = Expected.SIGN_IN if viewer.key == "anonymous" else Expected.NO_SEAT
    else:
        seen = oracle.may_enter(viewer.role, page) and oracle.opens_person(viewer.role, relationship)
        expected = Expected(page.get("answer", "open")) if seen else Expected.HIDDEN
    given: dict[str, Any] = {"reference": placed.reference}
    if page["of"] == "merge":
        if "merge" not in placed.events:
            return
        given["pk"] = placed.events["merge"]
    for method in ("GET", "POST") if name.endswith(("add", "merge", "conflict")) else ("GET",):
        yield Cell(viewer.key, name, url_of(name, **given), expected, method, relationship, placed.key,
                   closed=viewer.role is not None and not oracle.may_enter(viewer.role, page))
