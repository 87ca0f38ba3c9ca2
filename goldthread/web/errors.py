"""Pages for when something is not there, not allowed or broken; the last one always gives telephone numbers."""
from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from goldthread.web.context import remembered_partnership


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "pages/not_found.html", status=404)


def refused(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "pages/refused.html", {"why": str(exception or "")}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    found = {"partnership": remembered_partnership()}  # no request: the database may be what is broken
    return HttpResponse(render_to_string("pages/broken.html", found), status=500)
