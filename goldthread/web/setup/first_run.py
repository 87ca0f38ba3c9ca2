"""A brand-new installation: a one-time link makes its first partnership and first administrator."""
from __future__ import annotations

from typing import Any

from django.contrib.auth import logout
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from goldthread.access.organisation import partnership as actions
from goldthread.orgs.models import Partnership
from goldthread.web.account.accepting import sign_in
from goldthread.web.account.rules import before_second_factor
from goldthread.web.middleware import public
from goldthread.web.setup.forms import FirstForm, try_action

SALT = "goldthread.first-run"
LASTS = 24 * 3600  # seconds


def one_time_link(base_url: str) -> str | None:
    """The link that sets up an empty installation, good for a day and until used; None once there is a partnership."""
    if Partnership.objects.exists():
        return None
    return base_url.rstrip("/") + reverse("first_run", args=[signing.dumps("first", salt=SALT)])


@public
@before_second_factor
@sensitive_post_parameters("password")
def first_run(request: Any, signed: str) -> HttpResponse:
    """The page behind that link; not there for anybody else, nor ever again."""
    try:
        signing.loads(signed, salt=SALT, max_age=LASTS)
    except signing.BadSignature as wrong:
        raise Http404 from wrong
    if Partnership.objects.exists():
        raise Http404
    form = FirstForm(request.POST or None, today=timezone.localdate(request.now))
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        user = try_action(form, actions.found_first, name=answers["partnership"], short_name=answers["short_name"],
                          agency_name=answers["agency"], agency_kind=answers["kind"], email=answers["email"],
                          person=answers["name"], password=answers["password"], now=request.now)
        if user:
            if request.user.is_authenticated:
                logout(request)
            sign_in(request, user)
            return redirect("second_factor")
    return render(request, "setup/first_run.html", {"form": form})
