"""Who owes which return, by when; asking for returns, reminding, and asking no longer."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.access.policy import May
from goldthread.dataset import actions, owed
from goldthread.dataset.rights import collects
from goldthread.dataset.specifications import offered
from goldthread.orgs.models import Agency
from goldthread.web.components import Column, Link, Pages, Table, View
from goldthread.web.dataset import forms
from goldthread.web.dataset.common import COLLECTS, TAKES_PART, expectation_of, period, standing
from goldthread.web.meetings.common import today_of, tried
from goldthread.web.navigation import way_to

PAGE = 50
VIEWS = {"owed": "Owed", "late": "Late", "in": "Received", "all": "All"}


@TAKES_PART
def calendar(request: Any) -> HttpResponse:
    """Returns of one's own agency or, for those who collect, of all."""
    shown = request.GET.get("show", "owed")
    shown = shown if shown in VIEWS else "owed"
    today = today_of(request)
    everything = owed.calendar()
    rows = {"owed": owed.owed, "late": lambda r: owed.late(r, today), "in": owed.come,
            "all": lambda r: r.order_by("due", "pk")}[shown](everything)
    begin = int(given) if (given := request.GET.get("from", "")).isdigit() else 0
    found = list(rows[begin:begin + PAGE + 1])
    all_of_them = collects(request.actor, request.actor.partnership.pk)
    lines = [[Link(each.title, reverse("data_return", args=[each.pk]), period(each)),
              *([each.agency.name] if all_of_them else []), each.due, standing(each, today)] for each in found[:PAGE]]
    columns = [Column("Return"), *([Column("Agency")] if all_of_them else []), Column("Due", "on"), Column("State")]
    late = owed.late(everything, today).count()
    views = [View(f"{words} ({late})" if key == "late" else words, f"?show={key}", key == shown)
             for key, words in VIEWS.items()]
    return render(request, "dataset/calendar.html", {
        "table": Table("Data returns", columns, lines, caption_hidden=True, nothing=_nothing(shown, all_of_them)),
        "views": views, "collects": all_of_them, "late": late,
        "links": request.actor.may(May.LINK_RECORDS), "exports": way_to("exports", request.actor),
        "pages": Pages(f"?show={shown}&from={max(begin - PAGE, 0)}" if begin else "",
                       f"?show={shown}&from={begin + PAGE}" if len(found) > PAGE else "")})


def _nothing(shown: str, all_of_them: bool) -> str:
    if shown == "late":
        return "Nothing is late."
    if shown == "in":
        return "No return has come in yet."
    if all_of_them:
        return "No return is owed. Ask agencies for the next, or see what was received."
    return "Your agency owes no return. When it is asked for one, it appears here. What it sent is under Received."


@COLLECTS
def plan(request: Any) -> HttpResponse:
    """Ask agencies for a return, period by period."""
    today = today_of(request)
    agencies = Agency.objects.taking_part(request.actor.partnership, today)
    form = forms.PlanForm(
        request.POST or None, today=today, specifications=[(each.key, each.title) for each in offered(today)],
        agencies=[(each.pk, each.name) for each in agencies])
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        chosen = [each for each in agencies if str(each.pk) in asked["agencies"]]
        made = tried(form, actions.plan, actor=request.actor, now=request.now, **{**asked, "agencies": chosen})
        if made:
            messages.success(request, "1 return is asked for" if len(made) == 1 else f"{len(made)} returns are asked for")
            return redirect("data")
    return render(request, "dataset/plain.html", {
        "form": form, "title": "Ask for a return", "button": "Ask for it", "up": reverse("data"), "up_words": "Data",
        "has_errors": form.is_bound})


@COLLECTS
@require_POST
def remind(request: Any, pk: int) -> HttpResponse:
    try:
        told = actions.remind(actor=request.actor, expectation=expectation_of(pk), now=request.now)
        who = "1 person was" if told == 1 else f"{told} people were"
        messages.success(request, f"{who} reminded" if told else "Nobody there has an account. Its mailbox was written to, "
                         "if it has one")
    except ValidationError as wrong:
        messages.error(request, "; ".join(wrong.messages))
    return redirect("data_return", pk)


@COLLECTS
def drop(request: Any, pk: int) -> HttpResponse:
    """Ask no longer for a return."""
    row = expectation_of(pk)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and tried(
            form, actions.drop, actor=request.actor, expectation=row, reason=form.cleaned_data["reason"], now=request.now):
        messages.success(request, f"{row.title} is not asked of {row.agency} for {period(row)} any more")
        return redirect("data")
    return render(request, "dataset/plain.html", {
        "form": form, "title": "Ask no longer for this return", "why": f"{row}, {period(row)}", "button": "Ask no longer",
        "up": reverse("data_return", args=[pk]), "up_words": row.title, "has_errors": form.is_bound})


