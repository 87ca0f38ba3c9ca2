"""What somebody sent when their session had ended: kept for them alone, and offered again once they have signed in.

Sending it again is theirs to do: a page shows what they wrote and sends it on at one press, with or without scripts.
"""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

WHO = "typist"  # a signed cookie: whose session this browser had last
LASTS = timedelta(hours=1)
MOST = 200_000  # characters of one form
AWAY = "throw-away"
SHOWN_FROM = 20  # characters: shorter answers are choices and numbers, which nobody would miss
LEFT_OUT = ("csrfmiddlewaretoken", "password", "code")
_KEY = "kept"


def remember(request: Any, response: HttpResponse) -> None:
    """Note in the browser whose session it has, so that what comes after its end is not offered to somebody else."""
    said = str(request.user.pk)
    if request.user.is_authenticated and request.get_signed_cookie(WHO, default="", salt=WHO) != said:
        response.set_signed_cookie(WHO, said, salt=WHO, httponly=True, samesite="Lax",
                                   secure=settings.SESSION_COOKIE_SECURE)


def keep(request: Any, user: int | None = None) -> bool:
    """Keep a form sent without a session, and say whether it was. Nothing is kept of an unknown sender, of what a
    script sent by itself, or of great length.

    user: the sender where the session still tells; else the browser's note does.
    """
    said = str(user or request.get_signed_cookie(WHO, default="", salt=WHO))
    typed = {name: values for name, values in request.POST.lists() if not any(part in name for part in LEFT_OUT)}
    by_page = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    short = sum(len(each) for values in typed.values() for each in values) <= MOST
    if not (said and by_page and typed and short):
        return False
    request.session[_KEY] = {"path": request.get_full_path(), "user": said, "typed": typed,
                             "at": timezone.now().isoformat()}
    return True


def settle(request: Any) -> HttpResponse | None:
    """On a page somebody signed in opens: what they sent to it before, to be sent again; None when there is nothing."""
    found = request.session.get(_KEY) if request.session.session_key else None
    if not found:
        return None
    mine = found["user"] == str(request.user.pk) and not _stale(found, request.now)
    if not mine:
        del request.session[_KEY]
        return None
    if found["path"].split("?")[0] != request.path:
        return None
    if request.method == "POST" or AWAY in request.GET:
        del request.session[_KEY]
        return redirect(request.path) if request.method == "GET" else None
    return offered(request, found["path"], found["typed"])


def offered(request: Any, path: str, typed: dict[str, list[str]]) -> HttpResponse:
    """What was sent, to be sent again by whoever is signed in now."""
    pairs = [(name, value) for name, values in typed.items() for value in values]
    return render(request, "pages/kept.html", {"path": path, "pairs": pairs, "away": f"{request.path}?{AWAY}=1",
                                               "written": [value for _, value in pairs if len(value) >= SHOWN_FROM
                                                           and " " in value]})


def _stale(found: dict[str, Any], now: datetime) -> bool:
    return now - datetime.fromisoformat(found["at"]) > LASTS
