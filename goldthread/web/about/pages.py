"""Help, glossary, accessibility statement, privacy, cookies, what has changed."""
from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goldthread.access.policy import ROLES
from goldthread.orgs.glossary import glossary_of
from goldthread.web.context import shown_partnership
from goldthread.web.middleware import needs, public


@needs()
def help_page(request: Any) -> HttpResponse:
    """What this person can do here, in words, and the list of first tasks again."""
    role = ROLES[request.actor.role]
    return render(request, "about/help.html", {"role": role, "may": sorted(role.may)})


@public
def glossary(request: Any) -> HttpResponse:
    """The field's abbreviations in words, and the partnership's own."""
    entries = glossary_of(shown_partnership(request.actor), timezone.localdate(request.now))
    return render(request, "about/glossary.html", {"entries": entries, "own": any(each.local for each in entries)})


@public
def accessibility(request: Any) -> HttpResponse:
    return render(request, "about/accessibility.html", {})


@public
def privacy(request: Any) -> HttpResponse:
    return render(request, "about/privacy.html", {})


@public
def cookies(request: Any) -> HttpResponse:
    return render(request, "about/cookies.html", {})
