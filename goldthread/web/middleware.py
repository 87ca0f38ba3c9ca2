"""No page without an actor, unless the page says so itself."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from goldthread.access.actor import Actor, acting, actor_for
from goldthread.access.policy import May
from goldthread.access.seats import seats_of
from goldthread.web import kept

SEAT = "appointment"  # the session's key for the seat a person with several has chosen


def public(view: Any) -> Any:
    """Mark a page that needs no sign-in."""
    view.access = "public"
    return view


def needs(*rights: May) -> Callable[[Any], Any]:
    """Mark a page as for signed-in people whose role has any of `rights` (none named: everyone signed in).

    Anyone else gets the page of an address that does not exist.
    """
    def mark(view: Any) -> Any:
        view.access = frozenset(rights)
        return view
    return mark


class ActorMiddleware:
    """Works out who is asking, closes pages that declare no access, and acts on that person's authority."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.now = timezone.now()
        request.actor = _actor(request)
        if request.actor is None:
            return self.get_response(request)
        with acting(request.actor):
            response = self.get_response(request)
        kept.remember(request, response)
        response.headers.setdefault("Cache-Control", "no-store")  # nothing about a child stays in a browser's cache
        return response

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        declared = getattr(view, "access", None)
        if declared is None and view.__module__.startswith("goldthread."):
            raise RuntimeError(f"{view.__module__}.{view.__qualname__} declares no access: mark it public or needs()")
        if declared is None or declared == "public":
            return None
        if request.actor is None:
            if request.user.is_authenticated:
                raise Http404
            if request.method == "POST":
                kept.keep(request)
            return redirect_to_login(request.get_full_path())
        if declared and not any(request.actor.may(right) for right in declared):
            raise Http404
        return kept.settle(request)


def _actor(request: Any) -> Actor | None:
    """The actor of the seat in use: the one chosen in this session, else the person's first."""
    if not request.user.is_authenticated:
        return None
    seats = getattr(request.user, "seats_now", None) or seats_of(request.user.pk, now=request.now)
    if not seats:
        return None
    chosen = request.session.get(SEAT)
    request.seats = seats
    return actor_for(next((s for s in seats if s.pk == chosen), seats[0]), now=request.now)
