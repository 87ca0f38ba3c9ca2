"""Groups: the list with what is coming, one group's forward plan and members, and setting them up."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from goldthread.access.policy import May
from goldthread.meeting import actions
from goldthread.meeting.minutes import quorum_on
from goldthread.meeting.models import Body, BodyMember, Meeting
from goldthread.meeting.models.body import member_on
from goldthread.meeting.rights import runs
from goldthread.web.components import Column, Link, Row, Table
from goldthread.web.meetings import forms
from goldthread.web.meetings.common import SITS, body_of, doer, doers, state_tag, today_of, tried
from goldthread.web.middleware import needs

MOST = 50


@SITS
def meetings(request: Any) -> HttpResponse:
    """What is coming, and the groups this person sits in or looks after."""
    start = timezone.localtime(request.now).replace(hour=0, minute=0, second=0, microsecond=0)
    coming = Meeting.objects.filter(planned_at__gte=start).select_related("body").order_by("planned_at", "pk")[:MOST]
    groups = Body.objects.select_related("chair__user").order_by("ended_on", "name", "pk")
    rows = [[Link(body.name, reverse("body", args=[body.pk])), body.get_kind_display(), str(body.chair.user), body.rhythm,
             "Ended" if body.ended_on and body.ended_on < today_of(request) else ""] for body in groups]
    return render(request, "meetings/meetings.html", {
        "coming": _plan_table(coming, request, "Coming meetings", "No meeting is planned."),
        "groups": Table("Groups", [Column("Group"), Column("Kind"), Column("Chair"), Column("Meets"), Column("State")], rows,
                        nothing="You sit in no group yet."),
        "may_add": request.actor.may(May.RUN_MEETINGS)})


def _plan_table(rows: Any, request: Any, caption: str, nothing: str) -> Table:
    lines = [[Link(m.body.name, reverse("meeting", args=[m.pk]), m.plan), m.planned_at, m.place, state_tag(m, request.now)]
             for m in rows]
    return Table(caption, [Column("Meeting"), Column("When", "ago"), Column("Where"), Column("State")], lines,
                 nothing=nothing)


@SITS
def body(request: Any, pk: int) -> HttpResponse:
    """One group: its forward plan, what it held, who sits, what makes it quorate."""
    found, today = body_of(pk), today_of(request)
    plan = Meeting.objects.filter(body=found).select_related("body")
    sits = BodyMember.objects.filter(body=found).select_related("agency", "person").order_by("agency__name", "pk")
    rule = quorum_on(found.pk, today)
    facts = [Row("Kind", found.get_kind_display()), Row("Chair", f"{found.chair.user}, {found.chair.agency}"),
             Row("Minutes by", str(found.secretary.user) if found.secretary else "Nobody yet"),
             Row("Meets", found.rhythm), Row("For", found.purpose),
             Row("Quorum", f"{rule.agencies} agencies{f': {rule.words}' if rule.words else ''}" if rule else "Not set")]
    now = timezone.localtime(request.now) - timedelta(hours=12)
    return render(request, "meetings/body.html", {
        "body": found, "facts": facts, "runs": runs(request.actor, found),
        "coming": _plan_table(plan.filter(planned_at__gte=now).order_by("planned_at"), request, "Forward plan",
                              "No meeting is planned."),
        "past": _plan_table(plan.filter(planned_at__lt=now).order_by("-planned_at")[:MOST], request, "Earlier meetings",
                            "No meeting was held yet."),
        "members": [m for m in sits if m.until is None or m.until >= today]})


@needs(May.RUN_MEETINGS)
def add(request: Any) -> HttpResponse:
    form = forms.NewBodyForm(request.POST or None, actor=request.actor, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        made = tried(form, actions.add_body, actor=request.actor, now=request.now, **form.cleaned_data)
        if made:
            messages.success(request, f"{made} is added. Now say who sits in it")
            return redirect("body", made.pk)
    return plain(request, form, "Add a group", "Add the group", reverse("meetings"), "Panels and meetings")


@SITS
def change(request: Any, pk: int) -> HttpResponse:
    found = run_by(request, pk)
    values = {name: getattr(found, name) for name in ("name", "kind", "purpose", "rhythm", "chair", "secretary")}
    form = forms.BodyForm(request.POST or None, actor=request.actor, today=today_of(request), initial=values)
    return _changed(request, found, form, actions.change_body, "Change the group", "Save")


@SITS
def end(request: Any, pk: int) -> HttpResponse:
    form = forms.LastDayForm(request.POST or None, initial={"last_day": today_of(request)}, today=today_of(request))
    return _changed(request, run_by(request, pk), form, actions.end_body, "End the group", "End the group",
                    why="Its meetings and minutes stay.")


@SITS
def quorum(request: Any, pk: int) -> HttpResponse:
    form = forms.QuorumForm(request.POST or None, today=today_of(request))
    return _changed(request, run_by(request, pk), form, actions.set_quorum, "Set the quorum", "Save")


def _changed(request: Any, found: Body, form: Any, action: Any, title: str, button: str, why: str = "") -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        if tried(form, action, actor=request.actor, body=found, now=request.now, **form.cleaned_data):
            messages.success(request, "Saved")
            return redirect("body", found.pk)
    return plain(request, form, title, button, reverse("body", args=[found.pk]), found.name, why)


@SITS
def add_member(request: Any, pk: int) -> HttpResponse:
    found, today = run_by(request, pk), today_of(request)
    form = forms.MemberForm(request.POST or None, seats=doers(request.actor, today), today=today, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        whom = doer(form.cleaned_data["seat"])
        made = tried(form, actions.seat_member, actor=request.actor, body=found, agency=whom["agency"], person=whom["owner"],
                     since=form.cleaned_data["since"], now=request.now)
        if made:
            messages.success(request, f"{made} sits from now on")
            return redirect("body", found.pk)
    return plain(request, form, "Add a member", "Add", reverse("body", args=[found.pk]), found.name)


@SITS
def end_member(request: Any, pk: int, member: int) -> HttpResponse:
    found, today = run_by(request, pk), today_of(request)
    row = BodyMember.objects.filter(member_on(today), body=found, pk=member).select_related("agency", "person").first()
    if row is None:
        raise Http404
    form = forms.LastDayForm(request.POST or None, initial={"last_day": today}, today=today)
    if request.method == "POST" and form.is_valid():
        if tried(form, actions.unseat_member, actor=request.actor, member=row, now=request.now, **form.cleaned_data):
            messages.success(request, f"{row}: saved")
            return redirect("body", found.pk)
    return plain(request, form, f"Last day of {row}", "Save", reverse("body", args=[found.pk]), found.name,
                 "What they read because they sit here, they read no more after that day.")


def run_by(request: Any, pk: int) -> Body:
    """A group this person runs; else a page of an address that does not exist."""
    found = body_of(pk)
    if not runs(request.actor, found):
        raise Http404
    return found


def plain(request: Any, form: Any, title: str, button: str, up: str, up_words: str, why: str = "",
          warn: bool = False) -> HttpResponse:
    """A page with one form."""
    return render(request, "meetings/plain.html", {"form": form, "title": title, "button": button, "up": up,
                                                   "up_words": up_words, "why": why, "warn": warn})
