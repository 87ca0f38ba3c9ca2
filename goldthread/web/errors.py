"""Pages for when something is not there, not allowed or broken; the last one always gives telephone numbers."""
from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from goldthread.web import kept
from goldthread.web.context import remembered_partnership


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "pages/not_found.html", status=404)


def refused(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "pages/refused.html", {"why": str(exception or "")}, status=403)


def unproved(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose proof of origin is out of date. One of our own pages, open since before the last signing in, gets
    what was typed back to send again; the browser itself vouches that the page was ours."""
    if getattr(request, "actor", None) and request.headers.get("Sec-Fetch-Site") == "same-origin":
        typed = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
        return kept.offered(request, request.get_full_path(), typed)
    return refused(request)


def broken(request: HttpRequest) -> HttpResponse:
    found = {"partnership": remembered_partnership()}  # no request: the database may be what is broken
    return HttpResponse(render_to_string("pages/broken.html", found), status=500)
