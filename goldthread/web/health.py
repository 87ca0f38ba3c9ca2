"""Whether the service answers."""
from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static

from goldthread.web.middleware import public


@public
def icon(request: HttpRequest) -> HttpResponse:
    """The icon that browsers ask for by themselves on pages that name none."""
    return redirect(static("goldthread.svg"))


@public
def health(request: HttpRequest) -> HttpResponse:
    """For the proxy and `goldthread demo`: the service answers and so does its database."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ok", content_type="text/plain")
