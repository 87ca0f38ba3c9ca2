"""Taking up an invitation: the link of the e-mail, name and password, then a second factor."""
from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from goldthread.access.actor import Refused
from goldthread.access.organisation import invitations
from goldthread.orgs.models import User
from goldthread.web.account.forms import AcceptForm
from goldthread.web.account.rules import before_second_factor
from goldthread.web.middleware import public


@public
@before_second_factor
@never_cache
@sensitive_post_parameters("password")
def accept(request: Any, token: str) -> HttpResponse:
    """The page an invitation's link opens; the same page for a link that was never made and one that lapsed."""
    offer = invitations.find(token, request.now)
    if offer is None:
        return render(request, "invitations/lapsed.html", status=410)
    if request.user.is_authenticated:
        return _accept_signed_in(request, token, offer)
    if User.objects.filter(email__iexact=offer.email, is_active=True).exists():
        return render(request, "invitations/sign_in_first.html", {"offer": offer})
    form = AcceptForm(request.POST or None, initial={"name": offer.name}, email=offer.email)
    if request.method == "POST" and form.is_valid():
        user = invitations.accept(token, **form.cleaned_data, now=request.now)
        sign_in(request, user)
        return redirect("second_factor")
    return render(request, "invitations/accept.html", {"form": form, "offer": offer})


def sign_in(request: HttpRequest, user: User) -> None:
    """Sign in somebody who has just proven who they are otherwise than by the sign-in page."""
    get_adapter().login(request, user)
    record_authentication(request, user, method="invitation")
    UserSession.objects.create_from_request(request)


def _accept_signed_in(request: Any, token: str, offer: Any) -> HttpResponse:
    if request.method != "POST":
        return render(request, "invitations/accept_signed_in.html", {
            "offer": offer, "mine": offer.email.lower() == request.user.email.lower()})
    try:
        seat = invitations.accept_as(request.user, token, now=request.now)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("accept_invitation", token=token)
    messages.success(request, f"You have a seat with {seat.agency}")
    return redirect("home")
