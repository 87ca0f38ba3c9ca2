"""The demonstration's personas: signed in by one click, on this machine only."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlparse

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from goldthread.access.seats import seats_of
from goldthread.orgs.models import User
from goldthread.web.account.rules import DEMO_PERSONA, before_second_factor
from goldthread.web.middleware import SEAT, public

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
LINK_LASTS = 3600  # seconds
SALT = "goldthread.demo.persona"


@dataclass(frozen=True)
class Persona:
    """Somebody of the demonstration: key, what they are, and what they came for."""

    key: str
    name: str
    does: str

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


PERSONAS = (
    Persona("school.lead", "School safeguarding lead", "tells the front door of a worry and hears what came of it"),
    Persona("gp", "GP", "answers a request for information on one page"),
    Persona("health.visitor", "Health visitor", "answers requests and tells of worries about small children"),
    Persona("police.partner", "Police partner", "sends notifications and answers checks"),
    Persona("social.worker", "Social worker", "visits children, assesses and keeps plans at work"),
    Persona("team.manager", "Social care team manager", "gives out work, authorises assessments, decides on enquiries"),
    Persona("conference.chair", "Conference chair", "chairs child protection conferences and sends out what they decide"),
    Persona("exploitation.lead", "Missing and exploitation lead", "follows missing children and takes risk to the panel"),
    Persona("lado", "Designated officer (LADO)", "weighs allegations against people who work with children"),
    Persona("agency.lead", "Safeguarding lead of a hospital", "answers for the hospital and writes its section 11 return"),
    Persona("agency.analyst", "Police analyst", "sends the police's data returns and reads the scorecard"),
    Persona("agency.senior", "Senior officer of a health trust", "signs for the trust"),
    Persona("lead.partner", "Lead safeguarding partner", "signs reviews of serious incidents"),
    Persona("case.reviewer", "Case review member", "runs serious incidents and rapid reviews"),
    Persona("mash.worker", "MASH worker", "takes contacts, asks partners, drafts decisions"),
    Persona("mash.manager", "MASH manager", "rates, allocates, decides and watches the clock"),
    Persona("business.manager", "Business manager", "sets up the partnership and writes its yearly report"),
    Persona("analyst", "Data analyst", "looks into figures and builds reports"),
    Persona("scrutineer", "Independent scrutineer", "asks of each figure what it rests on"),
    Persona("privacy.officer", "Privacy officer", "reviews who looked at what"),
    Persona("administrator", "Administrator", "invites people and looks after agencies"),
)
BY_KEY = {persona.key: persona for persona in PERSONAS}


def persona_links(base_url: str) -> list[tuple[str, str]]:
    """(who, link) for each persona; each link signs in for an hour from now, on this machine only.

    Raises ValueError outside the demo or for an address other machines can reach.
    """
    if not settings.DEMO:
        raise ValueError("Personas sign in without a password in the demo only")
    if urlparse(base_url).hostname not in LOCAL_HOSTS:
        raise ValueError(f"{base_url} is not an address of this machine: use localhost")
    return [(persona.name, base_url.rstrip("/") + reverse("demo_link", args=[signing.dumps(persona.key, salt=SALT)]))
            for persona in PERSONAS]


def demo_only(view: Any) -> Any:
    """Not there at all, but in the demo and for a browser on this very machine."""
    def page(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (settings.DEMO and _is_local(request)):
            raise Http404
        return view(request, *args, **kwargs)
    page.__module__, page.__qualname__ = view.__module__, view.__qualname__
    return public(before_second_factor(page))


@demo_only
def personas(request: Any) -> HttpResponse:
    """Everybody of the demonstration, one button each."""
    if request.method == "POST":
        return _sign_in(request, request.POST.get("persona", ""))
    return render(request, "demo/personas.html", {"personas": PERSONAS})


@demo_only
def link(request: Any, signed: str) -> HttpResponse:
    """A link as `goldthread demo` prints it."""
    try:
        key = signing.loads(signed, salt=SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return redirect("demo")
    return _sign_in(request, key)


def _sign_in(request: Any, key: str) -> HttpResponse:
    user = User.objects.filter(email=BY_KEY[key].email, is_active=True).first() if key in BY_KEY else None
    if user is None:
        raise Http404
    if request.user.is_authenticated:
        logout(request)
    get_adapter().login(request, user)
    request.session[DEMO_PERSONA] = user.pk
    if first := seats_of(user.pk, now=request.now):
        request.session[SEAT] = first[0].pk  # in the partnership of the demonstration, whatever other they have
    UserSession.objects.create_from_request(request)
    return redirect("home")


def _is_local(request: Any) -> bool:
    host = urlparse(f"//{request.get_host()}").hostname
    proxied = any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"))
    return host in LOCAL_HOSTS and request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and not proxied


urlpatterns = [
    path("demo/", personas, name="demo"),
    path("demo/<str:signed>/", link, name="demo_link"),
]
