"""The partnership's logo: shown, changed, taken away."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from goldthread.files import logo as actions
from goldthread.web.setup import forms
from goldthread.web.setup.forms import try_action
from goldthread.web.setup.pages import SETS_UP


@SETS_UP
def page(request: Any) -> HttpResponse:
    form = forms.LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = try_action(form, actions.set_logo, actor=request.actor, upload=form.cleaned_data["logo"], now=request.now)
        if made:
            messages.success(request, "The logo is on every page")
            return redirect("setup_logo")
    return render(request, "setup/logo.html", {"form": form})


@SETS_UP
@require_POST
def remove(request: Any) -> HttpResponse:
    actions.remove_logo(actor=request.actor)
    messages.success(request, "The logo is taken away")
    return redirect("setup_logo")
