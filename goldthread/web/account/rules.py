"""What holds on every page for people signed in: idle and absolute time-out, and a second factor before anything else."""
from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlparse

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from goldthread.orgs.models import User
from goldthread.web import kept
from goldthread.web.account.adapters import has_second_factor

SINCE, SEEN, READY = "since", "seen", "second-factor"  # keys of the session
DEMO_PERSONA = "demo-persona"
NOTED_EVERY = timedelta(minutes=1)
ACCOUNT_NOTED_EVERY = timedelta(days=1)


def before_second_factor(view: Any) -> Any:
    """Mark a page that people may open before they have set up a second factor, and without a seat."""
    view.before_second_factor = True
    return view


def own_page(view: Any, *, enrolling: bool = False) -> Any:
    """A library's page, declared: it asks for sign-in itself, so our rule leaves it alone."""
    @wraps(view)
    def page(*args: Any, **kwargs: Any) -> HttpResponse:
        return view(*args, **kwargs)
    page.access = "public"
    page.before_second_factor = enrolling
    return page


class SessionRules:
    """Ends sessions that are idle or old; sends people without a second factor or a seat to where they get one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        now = timezone.now()
        if request.user.is_authenticated:
            why = _over(request.session, now)
            if why:
                return _sign_in_again(request, why)
            _note(request, now)
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or getattr(view, "before_second_factor", False):
            return None
        declared = getattr(view, "access", None)
        if needs_second_factor(request) and not (declared == "public" and request.method == "GET"
                                                 and view.__module__.startswith("goldthread.")):
            return redirect("second_factor")
        if declared != "public" and request.actor is None:
            return redirect("no_seat")
        return None


def needs_second_factor(request: Any) -> bool:
    """Whether this person has a password but nothing besides; asked of the database until the answer is no."""
    if request.session.get(READY) == request.user.pk or not request.user.has_usable_password():
        return False
    if settings.DEMO and request.session.get(DEMO_PERSONA) == request.user.pk:
        return False
    if has_second_factor(request.user):
        request.session[READY] = request.user.pk
        return False
    return True


def _over(session: Any, now: datetime) -> str:
    """Why a session is over, in words; nothing while it is not."""
    since, seen = (_read(session.get(key), now) for key in (SINCE, SEEN))
    if now - seen > settings.IDLE_AFTER:
        minutes = int(settings.IDLE_AFTER.total_seconds() // 60)
        return f"You were signed out because nothing happened for {minutes} minutes. Sign in to go on where you were."
    if now - since > settings.SESSION_LONGEST:
        return "You were signed out because you signed in long ago. Sign in to go on where you were."
    return ""


def _read(stamp: str | None, now: datetime) -> datetime:
    return datetime.fromisoformat(stamp) if stamp else now


def _note(request: Any, now: datetime) -> None:
    """Write down that the person is here: in the session at most once a minute, in the account once a day."""
    session, user = request.session, request.user
    session.setdefault(SINCE, now.isoformat())
    if SEEN not in session or now - _read(session[SEEN], now) >= NOTED_EVERY:
        session[SEEN] = now.isoformat()
        UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=now)
    if user.last_seen_at is None or now - user.last_seen_at >= ACCOUNT_NOTED_EVERY:
        User.objects.filter(pk=user.pk).update(last_seen_at=now)


def _sign_in_again(request: Any, why: str) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else _page_before(request)
    user = request.user.pk
    logout(request)
    if request.method == "POST" and kept.keep(request, user):
        back = request.get_full_path()
    messages.info(request, why)
    return redirect_to_login(back, login_url=resolve_url(settings.LOGIN_URL))


def _page_before(request: Any) -> str:
    """The page a form was sent from: sending it again after signing in would be a new request."""
    before = urlparse(request.META.get("HTTP_REFERER", ""))
    address = f"{before.path}?{before.query}" if before.query else before.path
    whole = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(whole, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if safe and address.startswith("/") else resolve_url(settings.LOGIN_REDIRECT_URL)
