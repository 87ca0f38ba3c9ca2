"""One's own account: details, the second factor, where one is signed in, which seat one works in."""
from __future__ import annotations

from itertools import groupby
from typing import Any

from allauth.account import views as library
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from goldthread.access import audit
from goldthread.access.actor import acting, actor_for
from goldthread.access.policy import ROLES
from goldthread.orgs.models import User
from goldthread.web.account.adapters import ENROLLING, has_second_factor
from goldthread.web.account.forms import OwnDetailsForm
from goldthread.web.account.rules import before_second_factor
from goldthread.web.middleware import SEAT, needs, public


def signed_in(view: Any) -> Any:
    """A page for everybody signed in, whatever they still lack."""
    return public(before_second_factor(login_required(view)))


@needs()
def account(request: Any) -> HttpResponse:
    """Who I am here, how I sign in, where I am signed in."""
    user = request.user
    form = OwnDetailsForm(request.POST or None, initial={"name": user.name, "phone": user.phone})
    if request.method == "POST" and form.is_valid():
        User.objects.filter(pk=user.pk).update(**form.cleaned_data)
        messages.success(request, "Your details are saved")
        return redirect("account")
    for seat in request.seats:
        seat.team_now = seat.team_on(request.now.date())
    keys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count()
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return render(request, "account/account.html", {
        "form": form, "keys": keys, "codes": codes, "has_password": user.has_usable_password(),
        "sessions": UserSession.objects.filter(user=user).count()})


@signed_in
def second_factor(request: Any) -> HttpResponse:
    """The first thing after a first sign-in: choose a second step."""
    if has_second_factor(request.user):
        return redirect("home")
    request.session[ENROLLING] = request.now.timestamp()
    return render(request, "account/second_factor.html")


@signed_in
def no_seat(request: Any) -> HttpResponse:
    """Signed in, but holding no seat: an ended appointment, or one that begins later."""
    if request.actor is not None:
        return redirect("home")
    return render(request, "account/no_seat.html", {
        "later": request.user.appointments.filter(starts__gt=request.now.date()).order_by("starts").first()})


@needs()
@never_cache
def sessions(request: Any) -> HttpResponse:
    """Where I am signed in."""
    found = UserSession.objects.purge_and_list(request.user)
    found.sort(key=lambda each: (not each.is_current(), -each.last_seen_at.timestamp()))
    return render(request, "account/sessions.html", {"found": [(each, device(each.user_agent)) for each in found]})


@needs()
@require_POST
def end_session(request: Any, pk: int) -> HttpResponse:
    """End one of my other sessions: its next request is a stranger's."""
    found = UserSession.objects.filter(user=request.user, pk=pk).first()
    if found is None or found.is_current():
        raise Http404
    found.end()
    messages.success(request, "That session is ended")
    return redirect("sessions")


@needs()
@require_POST
def end_others(request: Any) -> HttpResponse:
    end_other_sessions(request, request.user)
    messages.success(request, "All your other sessions are ended")
    return redirect("sessions")


@needs()
def seats(request: Any) -> HttpResponse:
    """Which seat to work in, by partnership."""
    held = sorted(request.seats, key=lambda seat: (seat.partnership.name, seat.partnership_id, seat.pk))
    groups = [(partnership, list(found)) for partnership, found in groupby(held, key=lambda seat: seat.partnership)]
    return render(request, "account/seats.html", {"groups": groups})


@needs()
@require_POST
def choose_seat(request: Any) -> HttpResponse:
    """Work in another of my seats; written to the log, since what I may see changes with it."""
    wanted = request.POST.get("seat", "")
    seat = next((each for each in request.seats if str(each.pk) == wanted), None)
    if seat is None:
        raise Http404
    request.session[SEAT] = seat.pk
    with acting(actor_for(seat, now=request.now)):
        audit.log_reading(kind="seat", ref=seat.pk, why="Began to work in this seat", agency=seat.agency_id)
    messages.success(request, f"You now work as {seat.title or ROLES[seat.role].name} for {seat.agency}, "
                              f"{seat.partnership.short_name}")
    return redirect("home")


@signed_in
@require_POST
def stay(request: Any) -> HttpResponse:
    """Any request puts off the idle time-out; this one does nothing else."""
    return HttpResponse(status=204)


@public
def by_invitation(request: HttpRequest) -> HttpResponse:
    """There is no signing up; this says how an account comes about."""
    return render(request, "account/by_invitation.html")


@needs()
def change_password(request: Any) -> HttpResponse:
    """Of an account that has one. All other sessions end."""
    if not request.user.has_usable_password():
        return redirect("account")
    return library.password_change(request)


def device(user_agent: str) -> str:
    """A browser and a system in words, from what the browser says of itself."""
    browsers = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    systems = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
               ("Mac OS X", "Mac"), ("Linux", "Linux"))
    browser = next((name for mark, name in browsers if mark in user_agent), "")
    system = next((name for mark, name in systems if mark in user_agent), "")
    return " on ".join(part for part in (browser, system) if part) or "Unknown browser"
