"""Lock-out after wrong passwords: whose attempts are counted, and what everybody locked out is told."""
from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def who(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The address tried, known or not, however it was written."""
    tried = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(tried).strip().lower()[:254]


def address(request: HttpRequest) -> str:
    """The caller's network address; behind a proxy, the one the proxy saw."""
    return get_adapter().get_client_ip(request)


def locked(request: HttpRequest, *_: Any) -> HttpResponse:
    """The same page for everybody, whether or not there is such an account."""
    return render(request, "account/locked.html", status=429)
