"""My work: home for everyone who signs in."""
from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.web.middleware import needs, public


@needs()
def home(request: Any) -> HttpResponse:
    return render(request, "pages/home.html")


@public
def health(request: HttpRequest) -> HttpResponse:
    """For the proxy and `goldthread demo`: the service answers and so does its database."""
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ok", content_type="text/plain")
