"""The set-up task list and the partnership's own pages: name, contacts, threshold document, limits, backup."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from goldthread.access.actor import Refused
from goldthread.access.organisation import partnership as actions
from goldthread.access.organisation.installation import looks_after
from goldthread.access.policy import May
from goldthread.orgs.models import LocalHoliday, LocalLimit, Partnership
from goldthread.rules.limits import limit
from goldthread.web.middleware import needs
from goldthread.web.setup import forms
from goldthread.web.setup.forms import try_action
from goldthread.web.setup.tasks import tasks

SETS_UP = needs(May.RUN_PARTNERSHIP)


@SETS_UP
def task_list(request: Any) -> HttpResponse:
    """What is left to do before the partnership can go live."""
    found = tasks(_partnership(request), request.now)
    return render(request, "setup/task_list.html", {
        "tasks": found, "undone": [task.title for task in found if task.open], "live": request.actor.partnership.live_since,
        "installs": looks_after(request.user.pk)})


@SETS_UP
@require_POST
def go_live(request: Any) -> HttpResponse:
    undone = [task.title for task in tasks(_partnership(request), request.now) if task.open]
    try:
        actions.go_live(actor=request.actor, undone=undone, today=_today(request))
        messages.success(request, "Your partnership is live")
    except Refused as why:
        messages.error(request, str(why))
    return redirect("setup")


@dataclass(frozen=True)
class Page:
    """A page that asks one form's questions about the partnership: fields begin as they are, an action saves them."""

    title: str
    form: type[Any]
    action: Callable[..., Any]
    why: str
    rename: dict[str, str]


PAGES = {
    "theme": Page("Name and colours", forms.ThemeForm, actions.set_theme,
                  "Every page and letter wears them. Colours are checked so that everybody can read what is in them.", {}),
    "contacts": Page("Contact numbers and hours", forms.ContactsForm, actions.set_contacts,
                     "They stand on every public page, and on the page shown when something is broken.", {}),
    "threshold": Page("Threshold document", forms.ThresholdForm, actions.set_threshold_document,
                      "Safeguarding partners publish one that says when to come to whom (Working Together, chapter 1).",
                      {"threshold_document": "address"}),
    "districts": Page("Postcodes of your area", forms.DistrictsForm, actions.set_districts,
                      "When a child moves, whoever works with them is told whether it is out of your area.", {}),
}


@SETS_UP
def edit(request: Any, page: str) -> HttpResponse:
    """One of the pages above."""
    spec, partnership = PAGES[page], _partnership(request)
    start = {name: getattr(partnership, name) for name in spec.form.base_fields}
    form = spec.form(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        answers = {spec.rename.get(name, name): value for name, value in form.cleaned_data.items()}
        try_action(form, spec.action, actor=request.actor, **answers)
        if form.is_valid():
            messages.success(request, f"{spec.title}: saved")
            return redirect("setup")
    return render(request, "setup/edit.html", {"form": form, "page": spec})


@SETS_UP
def limits(request: Any) -> HttpResponse:
    """The partnership's own time limits beside the usual ones, and the days it is closed."""
    today = _today(request)
    form = forms.LimitForm(request.POST or None, initial={"valid_from": today}, today=today)
    if request.method == "POST" and form.is_valid():
        try_action(form, actions.set_local_limit, actor=request.actor, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "The time limit is saved")
            return redirect("setup_limits")
    rows = LocalLimit.objects.filter(partnership=request.actor.partnership).order_by("key", "-valid_from")
    days = LocalHoliday.objects.filter(partnership=request.actor.partnership, on__gte=today).order_by("on")
    return render(request, "setup/limits.html", {
        "form": form, "rows": [(row, limit(row.key, row.valid_from)) for row in rows], "days": days, "today": today})


@SETS_UP
@require_POST
def end_limit(request: Any, pk: int) -> HttpResponse:
    row = get_object_or_404(LocalLimit, pk=pk, partnership=request.actor.partnership)
    actions.end_local_limit(actor=request.actor, row=row, last_day=max(_today(request), row.valid_from))
    usual = limit(row.key, row.valid_from)
    messages.success(request, "After today it is not counted any more" if usual.by_choice else
                     "After today the usual limit applies again")
    return redirect("setup_limits")


@SETS_UP
def add_closed_day(request: Any) -> HttpResponse:
    form = forms.ClosedDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if try_action(form, actions.add_local_holiday, actor=request.actor, **form.cleaned_data):
            messages.success(request, "The day is added: working time does not run on it")
            return redirect("setup_limits")
    return render(request, "setup/closed_day.html", {"form": form})


@SETS_UP
@require_POST
def remove_closed_day(request: Any, pk: int) -> HttpResponse:
    row = get_object_or_404(LocalHoliday, pk=pk, partnership=request.actor.partnership)
    actions.remove_local_holiday(actor=request.actor, row=row)
    messages.success(request, "The day is open again")
    return redirect("setup_limits")


@SETS_UP
def backup(request: Any) -> HttpResponse:
    """What is known of the last backup, and how to make it known."""
    task = next(each for each in tasks(_partnership(request), request.now) if each.address == "setup_backup")
    return render(request, "setup/backup.html", {"task": task})


def _today(request: Any) -> Any:
    return timezone.localdate(request.now)


def _partnership(request: Any) -> Partnership:
    return Partnership.objects.get(pk=request.actor.authority.partnership)
