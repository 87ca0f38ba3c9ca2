"""The service's addresses, and one more: signs in whoever it names."""
from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from goldthread.config.urls import handler403, handler404, handler500
from goldthread.config.urls import urlpatterns as of_the_product
from goldthread.orgs.models import User
from goldthread.web.account.rules import DEMO_PERSONA, before_second_factor
from goldthread.web.middleware import public

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


@public
@before_second_factor
def sign_in(request: Any, email: str) -> HttpResponse:
    """Signed in as that person, as the demonstration signs its personas in."""
    logout(request)
    user = User.objects.get(email=email)
    get_adapter().login(request, user)
    request.session[DEMO_PERSONA] = user.pk
    UserSession.objects.create_from_request(request)
    return redirect("home")


urlpatterns = [path("sign-in-as/<str:email>/", sign_in), *of_the_product]
