"""Partnerships of this installation, for those who look after it; and agencies that work for several of them."""
from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from goldthread.access.actor import Refused
from goldthread.access.organisation import installation as actions
from goldthread.orgs.models import Partnership, User
from goldthread.web.setup import forms
from goldthread.web.setup.forms import try_action
from goldthread.web.setup.pages import SETS_UP


def installs(view: Callable[..., HttpResponse]) -> Any:
    """A page for people who set up a partnership and look after the installation; not there for anybody else."""
    @wraps(view)
    def page(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not actions.looks_after(request.user.pk):
            raise Http404
        return view(request, *args, **kwargs)
    return SETS_UP(page)


@installs
def partnerships(request: Any) -> HttpResponse:
    """Every partnership there is, by name and size only, and who looks after the installation."""
    today = _today(request)
    going_on = Q(participations__until=None) | Q(participations__until__gte=today)
    rows = Partnership.objects.annotate(many=Count("participations", filter=going_on)).order_by("name", "pk")
    mine = {seat.partnership_id for seat in request.seats}
    helpers = User.objects.filter(runs_installation=True).order_by("name", "pk")
    form = forms.HelperForm(people=actions.may_be_named(request.actor, today))
    return render(request, "setup/partnerships.html", {"rows": rows, "mine": mine, "helpers": helpers, "form": form})


@installs
def add(request: Any) -> HttpResponse:
    form = forms.PartnershipForm(request.POST or None, actor=request.actor, today=_today(request),
                                 initial={"agency": request.actor.agency.pk})
    if request.method == "POST" and form.is_valid():
        made = try_action(form, actions.create_partnership, actor=request.actor, today=_today(request), **form.cleaned_data)
        if made:
            messages.success(request, f"{made} is added. To set it up, work in your seat there")
            return redirect("seats")
    return render(request, "setup/plain.html", {
        "form": form, "title": "Add a partnership", "button": "Add", "back": "setup_partnerships",
        "back_to": "Partnerships", "why": "You become its first administrator. Nobody sees in it what is recorded in "
        "another partnership, and nobody has a seat in it but those you invite."})


@installs
def add_helper(request: Any) -> HttpResponse:
    people = actions.may_be_named(request.actor, _today(request))
    form = forms.HelperForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try_action(form, actions.name_helper, actor=request.actor, today=_today(request), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"{form.cleaned_data['user']} looks after this installation too")
            return redirect("setup_partnerships")
    return render(request, "setup/plain.html", {
        "form": form, "title": "Name somebody who looks after this installation", "button": "Name",
        "back": "setup_partnerships", "back_to": "Partnerships", "why": "They can add partnerships and name others. "
        "It gives them no sight of any record."})


@installs
@require_POST
def remove_helper(request: Any, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk, runs_installation=True)
    try:
        actions.dismiss_helper(actor=request.actor, user=user)
        messages.success(request, f"{user} no longer looks after this installation")
    except Refused as why:
        messages.error(request, str(why))
    return redirect("setup_partnerships" if actions.looks_after(request.user.pk) else "setup")


@SETS_UP
def shared(request: Any) -> HttpResponse:
    """Agencies of the other partnerships one sets up: such as one police force for several boroughs."""
    offered = actions.shareable(request.actor, _today(request))
    form = forms.SharedForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        many = try_action(form, actions.share_agencies, actor=request.actor, today=_today(request),
                          agencies=list(form.cleaned_data["agencies"]))
        if many:
            messages.success(request, f"{many} agenc{'y takes' if many == 1 else 'ies take'} part from today")
            return redirect("setup_agencies")
    return render(request, "setup/shared.html", {"form": form, "any": offered.exists()})


def _today(request: Any) -> Any:
    return timezone.localdate(request.now)
