"""Teams of an agency: add, change, end, and who of the partnership's people is in which."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from goldthread.access.organisation import teams as actions
from goldthread.orgs.models import Appointment, Participation, Team
from goldthread.web.setup import forms
from goldthread.web.setup.forms import try_action
from goldthread.web.setup.pages import SETS_UP


@SETS_UP
def teams(request: Any, pk: int) -> HttpResponse:
    """The teams of one agency, and everybody of it who holds a seat here."""
    part, today = _part(request, pk), _today(request)
    seats = list(Appointment.objects.filter(partnership=part.partnership_id, agency=part.agency_id).current(today)
                 .select_related("user", "team").order_by("user__name", "pk"))
    people = [(seat, seat.team_on(today)) for seat in seats]
    rows = [(team, sum(each == team for _, each in people)) for team in _working(part, today)]
    return render(request, "setup/teams.html", {"part": part, "rows": rows, "people": people})


@SETS_UP
def add(request: Any, pk: int) -> HttpResponse:
    part, form = _part(request, pk), forms.TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = try_action(form, actions.add_team, actor=request.actor, agency=part.agency, today=_today(request),
                          **form.cleaned_data)
        if made:
            messages.success(request, f"{made} is added. Now put people in it")
            return redirect("setup_teams", part.pk)
    return _form(request, part, form, f"Add a team of {part.agency}", "Add")


@SETS_UP
def change(request: Any, pk: int, team: int) -> HttpResponse:
    part, row = _part(request, pk), _team(request, pk, team)
    form = forms.TeamForm(request.POST or None, initial={"name": row.name, "phone": row.phone})
    if request.method == "POST" and form.is_valid():
        try_action(form, actions.change_team, actor=request.actor, team=row, today=_today(request), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"{row}: saved")
            return redirect("setup_teams", part.pk)
    return _form(request, part, form, f"Change {row}", "Save")


@SETS_UP
def end(request: Any, pk: int, team: int) -> HttpResponse:
    part, row = _part(request, pk), _team(request, pk, team)
    form = forms.LastDayForm(request.POST or None, initial={"last_day": row.until or _today(request)})
    if request.method == "POST" and form.is_valid():
        try_action(form, actions.end_team, actor=request.actor, team=row, today=_today(request), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"{row} ends on the day you gave")
            return redirect("setup_teams", part.pk)
    return _form(request, part, form, f"End {row}", "End the team", warn=True,
                 why="Its people keep their seats. They are in no team from the day after.")


@SETS_UP
def place(request: Any, pk: int, seat: int) -> HttpResponse:
    """Which team the holder of a seat is in."""
    part, today = _part(request, pk), _today(request)
    rows = Appointment.objects.filter(partnership=part.partnership_id, agency=part.agency_id)
    held = get_object_or_404(rows.select_related("user", "agency", "team"), pk=seat)
    form = forms.PlaceForm(request.POST or None, initial={"team": held.team_on(today)}, teams=_working(part, today))
    if request.method == "POST" and form.is_valid():
        try_action(form, actions.put_in_team, actor=request.actor, appointment=held, today=today, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"{held.user}: saved")
            return redirect("setup_teams", part.pk)
    return _form(request, part, form, f"Team of {held.user}", "Save")


def _form(request: Any, part: Participation, form: Any, title: str, button: str, **more: Any) -> HttpResponse:
    return render(request, "setup/plain.html", {
        "form": form, "title": title, "button": button, "back": "setup_teams", "back_pk": part.pk,
        "back_to": f"Teams of {part.agency}", **more})


def _part(request: Any, pk: int) -> Participation:
    rows = Participation.objects.select_related("agency")
    return get_object_or_404(rows, pk=pk, partnership=request.actor.partnership)


def _team(request: Any, part: int, pk: int) -> Team:
    rows = Team.objects.working(_today(request)).select_related("agency")
    return get_object_or_404(rows, pk=pk, agency=_part(request, part).agency_id)


def _working(part: Participation, today: Any) -> Any:
    return Team.objects.working(today).filter(agency=part.agency_id)


def _today(request: Any) -> Any:
    return timezone.localdate(request.now)
