"""Planning one meeting: when and where, its agenda and papers."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from goldthread.meeting import actions
from goldthread.meeting.models import AgendaItem, Meeting
from goldthread.meeting.rights import runs
from goldthread.process.models import Case
from goldthread.web.meetings import forms
from goldthread.web.meetings.common import SITS, item_of, meeting_of, today_of, tried
from goldthread.web.meetings.groups import plain, run_by

FIELDS = ("planned_at", "minutes_long", "place", "link", "plan")


@SITS
def plan(request: Any, pk: int) -> HttpResponse:
    found = run_by(request, pk)
    form = forms.MeetingForm(request.POST or None, today=today_of(request), initial={"minutes_long": "120"})
    if request.method == "POST" and form.is_valid():
        made = tried(form, actions.plan_meeting, actor=request.actor, body=found, now=request.now, **form.cleaned_data)
        if made:
            messages.success(request, "The meeting is planned. Now make its agenda")
            return redirect("meeting", made.pk)
    return plain(request, form, "Plan a meeting", "Plan it", reverse("body", args=[found.pk]), found.name)


def run_meeting(request: Any, pk: int) -> Meeting:
    """A meeting this person runs; else a page of an address that does not exist."""
    found = meeting_of(pk)
    if not runs(request.actor, found.body):
        raise Http404
    return found


@SITS
def change(request: Any, pk: int) -> HttpResponse:
    found = run_meeting(request, pk)
    values = {name: getattr(found, name) for name in FIELDS}
    values["minutes_long"] = str(values["minutes_long"])
    form = forms.MeetingForm(request.POST or None, today=today_of(request), initial=values)
    return _done(request, found, form, actions.change_meeting, "Change the meeting", "Save")


@SITS
def cancel(request: Any, pk: int) -> HttpResponse:
    form = forms.ReasonForm(request.POST or None, today=today_of(request))
    return _done(request, run_meeting(request, pk), form, actions.cancel_meeting, "Cancel the meeting", "Cancel it",
                 why="Those who sit are told. The meeting stays in sight, marked as cancelled.", warn=True)


def _done(request: Any, found: Meeting, form: Any, action: Any, title: str, button: str, **more: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        if tried(form, action, actor=request.actor, meeting=found, now=request.now, **form.cleaned_data):
            return redirect("meeting", found.pk)
    return plain(request, form, title, button, reverse("meeting", args=[found.pk]), found.body.name, **more)


@SITS
def add_item(request: Any, pk: int) -> HttpResponse:
    """Put something on the agenda; a case that is not theirs is not there."""
    found = run_meeting(request, pk)
    form = forms.ItemForm(request.POST or None, today=today_of(request), initial={"reference": request.GET.get("case", "")})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        reference = (values.pop("reference") or "").strip().upper()
        case = Case.objects.filter(reference=reference).first() if reference else None
        if reference and case is None:
            form.add_error("reference", f"There is no case {reference} that you may read")
        elif tried(form, actions.add_item, actor=request.actor, meeting=found, case=case, now=request.now, **values):
            return redirect("meeting", found.pk)
    return plain(request, form, "Add to the agenda", "Add it", reverse("meeting", args=[found.pk]), found.body.name)


@SITS
def change_item(request: Any, pk: int, item: int) -> HttpResponse:
    row = _item(request, pk, item)
    form = forms.ChangeItemForm(request.POST or None, today=today_of(request),
                                initial={"title": row.title, "presenter": row.presenter})
    if request.method == "POST" and form.is_valid():
        if tried(form, actions.change_item, actor=request.actor, item=row, now=request.now, **form.cleaned_data):
            return redirect("meeting", pk)
    return plain(request, form, "Change the item", "Save", reverse("meeting_item", args=[pk, item]), row.title)


@SITS
def add_paper(request: Any, pk: int, item: int) -> HttpResponse:
    row = _item(request, pk, item)
    form = forms.PaperForm(request.POST or None, request.FILES or None, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        if tried(form, actions.add_paper, actor=request.actor, item=row, now=request.now, **form.cleaned_data):
            return redirect("meeting_item", pk, item)
    return plain(request, form, "Add a paper", "Add it", reverse("meeting_item", args=[pk, item]), row.title)


@SITS
def move_item(request: Any, pk: int, item: int) -> HttpResponse:
    row = _item(request, pk, item)
    if request.method != "POST":
        raise Http404
    actions.move_item(actor=request.actor, item=row, up=request.POST.get("way") == "up", now=request.now)
    return redirect("meeting", pk)


@SITS
def remove_item(request: Any, pk: int, item: int) -> HttpResponse:
    row = _item(request, pk, item)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if tried(form, actions.remove_item, actor=request.actor, item=row, now=request.now):
            return redirect("meeting", pk)
    return plain(request, form, f"Take “{row.title}” off the agenda?", "Take it off",
                 reverse("meeting_item", args=[pk, item]), row.title, warn=True)


def _item(request: Any, pk: int, item: int) -> AgendaItem:
    return item_of(run_meeting(request, pk), item)
