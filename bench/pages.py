"""Work list, record page and search, signed in as the front door's manager, against hand-written pages of the same rows.

All sites run under the same gunicorn with one worker process and are asked in turn, request by request, three rounds;
what is told is the middle round. The yardstick is asked twice: with the same person signed in, as anybody must be who is
shown a child's record, and bare, without session, middleware or anybody known (`bench.minimal`). That all show the same
rows is checked first. Processor is that of the worker and of its database connections together. The borough of a scale is
made once and kept (`bench.pages_data` says how). Of the ratings amber is asked for, which fills a page at every scale: red
are five cases at scale 1 and fifty at scale 10, so that the larger page would have more to draw. At scale 1 there are not
a thousand pages of closed cases (833), and the last whole one is asked for.
"""
from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Any
from urllib.parse import quote, urlencode

from bench import pages_data
from bench.pages_site import Ask, Cost, Site, costs
from bench.result import Result, quick

name = "Pages: list, record and search against a minimal Django page of the same rows"
ROUNDS, REQUESTS, WARM = (1, 3, 2) if quick() else (3, 20, 12)
PAGE, DEEP, SHOWN = 25, 1000, 20
MOST_TIMES, MOST_STATEMENTS, MOST_DEEPER = 1.5, 12, 1.5
MOST_GROWTH = 1.3  # times what it takes at the smallest scale
FIRST_PAGE = "closed cases, page 1"
DEEP_PAGE = f"closed cases, page {DEEP:,} or the last"
CSRF = "c" * 32
CASE = re.compile(r"/case/([A-Z0-9-]+)/\"")
PERSON = re.compile(r"/person/([A-Z0-9-]+)/\"")
EVENT = re.compile(r"/event/(\d+)/|id=\"event-(\d+)\"")


@dataclass(frozen=True)
class Page:
    """Pages of one kind on both sites, the requests side by side, and the rows that must be the same on both."""

    what: str
    ours: list[Ask]
    theirs: list[Ask]
    rows: Callable[[str], Any]


@dataclass(frozen=True)
class Signed:
    """Somebody signed in: who they act as, and the cookies of their browser."""

    actor: Any
    cookie: str


def run(scale: float) -> list[Result]:
    """Every page at one scale. Raises AssertionError where the two sites show different rows."""
    pages_data.fill_apart(scale)
    with ExitStack() as stack:
        server = stack.enter_context(pages_data.server())
        told = pages_data.environment(server, scale, owner=False)
        os.environ.update(told)
        import django
        django.setup()
        signed = sign_in(seat_of("mash-manager"))
        pages = _pages(signed.actor)
        logs = pages_data.FOLDER
        ours = Site("ours", "goldthread.config.wsgi:application", told, logs / "ours.log", signed.cookie)
        stack.callback(ours.stop)
        same = sign_in(seat_of("mash-manager"), backend="django.contrib.auth.backends.ModelBackend")
        theirs = Site("minimal", "bench.minimal.wsgi:application", told, logs / "minimal.log", same.cookie)
        stack.callback(theirs.stop)
        bare = Site("bare", "bench.minimal.wsgi:application", {**told, "BENCH_BARE": "1"}, logs / "bare.log")
        stack.callback(bare.stop)
        return _compare(pages, (ours, theirs, bare), scale, signed)


def seat_of(role: str) -> Any:
    """The first seat of Northbridge with this role."""
    from goldthread.orgs.models import Appointment
    return Appointment.objects.filter(role=role, partnership__slug="northbridge").order_by("pk")[0]


def sign_in(seat: Any, backend: str = "") -> Signed:
    """A session of whoever holds a seat, and the cookies of a browser that has signed in with two factors and been here
    before. backend: what another site of the same sessions signs in with; "" for the service's own."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.signing import get_cookie_signer
    from django.utils import timezone

    from goldthread.access.actor import actor_for
    from goldthread.web import kept
    from goldthread.web.account.rules import READY
    from goldthread.web.middleware import SEAT
    session = SessionStore()
    session.update({SESSION_KEY: str(seat.user_id), HASH_SESSION_KEY: seat.user.get_session_auth_hash(), READY: seat.user_id,
                    BACKEND_SESSION_KEY: backend or settings.AUTHENTICATION_BACKENDS[-1], SEAT: seat.pk})
    session.create()
    known = get_cookie_signer(salt=kept.WHO * 2).sign(str(seat.user_id))
    cookies = {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: CSRF, kept.WHO: known}
    return Signed(actor_for(seat, now=timezone.now()), "; ".join(f"{key}={value}" for key, value in cookies.items()))


# -- what is asked ------------------------------------------------------------------------------------


def _pages(actor: Any) -> list[Page]:
    from django.db import transaction

    from goldthread.access.actor import acting
    from goldthread.process.models import Case
    with transaction.atomic(), acting(actor):
        contacts = Case.objects.filter(process_key="front-door")
        closed = contacts.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")
        deep = min(DEEP, closed.count() // PAGE - 1)
        last = closed[(deep - 1) * PAGE - 1]
        some = list(_spread(contacts, REQUESTS))
        names = _names(actor)
    place, after = actor.partnership.pk, quote(f"{last.closed_at.isoformat()}~{last.pk}")
    cases = [Ask(f"/case/{each.reference}/") for each in some]
    forms = [urlencode({"csrfmiddlewaretoken": CSRF, "q": name}) for name in names]
    return [
        _list("work list, page 1", place, ""), _list("work list, amber only", place, "mark=amber"),
        _list(FIRST_PAGE, place, "state=closed"),
        _list(DEEP_PAGE, place, f"state=closed&after={after}"),
        Page("record", cases, cases, lambda html: {a or b for a, b in EVENT.findall(html)}),
        Page("search", [Ask("/people/", form) for form in forms], [Ask(f"/people/?in={place}", form) for form in forms],
             lambda html: {*PERSON.findall(html)}),
    ]


def _names(actor: Any) -> list[str]:
    """Names of people from all over the borough that fewer have than a search shows, so that none is left out."""
    from django.utils import timezone

    from goldthread.people.models import Person
    from goldthread.people.search import search
    people = _spread(Person.objects.exclude(given="").filter(merged_into=None), REQUESTS * 4)
    names = (f"{each.given.split()[0]} {each.family}" for each in people)
    plain = (name for name in names if re.fullmatch(r"[A-Za-z]{3,} [A-Za-z]{3,}", name))
    found = (name for name in plain if len(search(actor=actor, text=name, now=timezone.now())) < SHOWN)
    return list(islice(found, REQUESTS))


def _spread(rows: Any, many: int) -> Iterator[Any]:
    """So many rows at even distances of their numbers; far fewer are read than there are."""
    from django.db.models import Max, Min
    ends = rows.aggregate(Min("pk"), Max("pk"))
    for place in range(many):
        at = ends["pk__min"] + (ends["pk__max"] - ends["pk__min"]) * place // many
        yield rows.filter(pk__gte=at).order_by("pk").first()


def _list(what: str, place: int, query: str) -> Page:
    return Page(what, [Ask(f"/front-door/?{query}")] * REQUESTS, [Ask(f"/front-door/?in={place}&{query}")] * REQUESTS,
                lambda html: CASE.findall(html))


# -- comparing ----------------------------------------------------------------------------------------


def _compare(pages: list[Page], sites: tuple[Site, Site, Site], scale: float, signed: Signed) -> list[Result]:
    results = []
    ours, theirs, bare = sites
    for page in pages:
        print(f"  {page.what}", file=sys.stderr, flush=True)
        _insist_same(page, sites)
        mine, yardstick, plain = _costs(page, sites)
        many = max(statements(ask, signed) for ask in page.ours[:WARM])
        more = {"peak MB": ours.peak_mb(), "their peak MB": theirs.peak_mb(), "bare peak MB": bare.peak_mb(),
                "database ms": round(mine.database, 2), "their database ms": round(yardstick.database, 2),
                "bare database ms": round(plain.database, 2)}
        results += [Result(page.what, scale, "ms", *_ms(mine.wall, yardstick.wall), MOST_TIMES, more, MOST_GROWTH),
                    Result(f"{page.what}: processor", scale, "ms", *_ms(mine.cpu, yardstick.cpu), MOST_TIMES,
                           grows=MOST_GROWTH),
                    Result(f"{page.what}, beside a bare page", scale, "ms", *_ms(mine.wall, plain.wall), MOST_TIMES),
                    Result(f"{page.what}, beside a bare page: processor", scale, "ms", *_ms(mine.cpu, plain.cpu),
                           MOST_TIMES),
                    Result(f"{page.what}: SQL statements", scale, "", many, most=MOST_STATEMENTS, grows=1.0)]
    at = {result.what: result for result in results}
    for ending in ("", ": processor"):
        first, deep = at[FIRST_PAGE + ending], at[DEEP_PAGE + ending]
        results.append(Result(f"{deep.what} against page 1", scale, "ms", deep.ours, first.ours, MOST_DEEPER))
    return results


def _ms(*values: float) -> tuple[float, float]:
    ours, other = (round(each, 3) for each in values)
    return ours, other


def _insist_same(page: Page, sites: tuple[Site, Site, Site]) -> None:
    ours, *yardsticks = sites
    for mine, other in zip(page.ours[:WARM], page.theirs[:WARM], strict=True):
        a, *all_theirs = page.rows(ours.page(mine)), *(page.rows(each.page(other)) for each in yardsticks)
        if not a or any(a != b for b in all_theirs):
            raise AssertionError(f"{page.what}: {mine} shows {a}, the yardsticks' {other} shows {all_theirs}")


def _costs(page: Page, sites: tuple[Site, Site, Site]) -> list[Cost]:
    """The middle round of each."""
    asks = list(zip(page.ours, page.theirs, page.theirs, strict=True))
    return middle_of([costs(sites, asks) for _ in range(ROUNDS)])


def middle_of(rounds: list[list[Cost]]) -> list[Cost]:
    """The middle of each measure of each side."""
    return [Cost(*(median(getattr(each, part) for each in side) for part in ("wall", "cpu", "database")))
            for side in zip(*rounds, strict=True)]


def statements(ask: Ask, signed: Signed) -> int:
    """How many SQL statements the page sends, all of them counted, whoever asks for them."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    client = Client(HTTP_COOKIE=signed.cookie, SERVER_NAME="localhost")
    form = "application/x-www-form-urlencoded"
    with CaptureQueriesContext(connection) as seen:
        answer = client.post(ask.address, ask.form, form) if ask.form else client.get(ask.address)
    if answer.status_code != 200:
        raise RuntimeError(f"{ask} answers {answer.status_code}")
    return sum(not each["sql"].startswith(("BEGIN", "COMMIT")) for each in seen)
