"""Agencies of the partnership: the list to look after, one by one, or many by file."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from goldthread.access.organisation import agencies as actions
from goldthread.orgs import sheets
from goldthread.orgs.models import Participation
from goldthread.orgs.sheets import BadSheet
from goldthread.rules.codes import codes
from goldthread.web.setup import forms
from goldthread.web.setup.forms import try_action
from goldthread.web.setup.pages import SETS_UP


@SETS_UP
def agencies(request: Any) -> HttpResponse:
    rows = Participation.objects.of_organisations().filter(partnership=request.actor.partnership).select_related("agency") \
        .order_by("-statutory_partner", "agency__name")
    return render(request, "setup/agencies.html", {
        "rows": rows, "partners": sum(row.statutory_partner for row in rows), "today": _today(request),
        "shared": len({seat.partnership_id for seat in request.seats}) > 1})


@SETS_UP
def add(request: Any) -> HttpResponse:
    form = forms.AgencyForm(request.POST or None, today=_today(request))
    if request.method == "POST" and form.is_valid():
        made = try_action(form, actions.add_agency, actor=request.actor, today=_today(request), **form.cleaned_data)
        if made:
            messages.success(request, f"{made} takes part from today")
            return redirect("setup_agencies")
    return render(request, "setup/plain.html", {
        "form": form, "title": "Add an agency", "button": "Add", "back": "setup_agencies", "back_to": "Agencies"})


@SETS_UP
def change(request: Any, pk: int) -> HttpResponse:
    """Who leads on safeguarding there."""
    part = get_object_or_404(Participation.objects.select_related("agency"), pk=pk, partnership=request.actor.partnership)
    start = {name: getattr(part, name) for name in forms.LeadForm.base_fields}
    form = forms.LeadForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try_action(form, actions.set_lead, actor=request.actor, agency=part.agency, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"{part.agency}: saved")
            return redirect("setup_agencies")
    return render(request, "setup/plain.html", {"form": form, "title": part.agency.name, "button": "Save",
                                                "back": "setup_agencies", "back_to": "Agencies"})


@SETS_UP
def end(request: Any, pk: int) -> HttpResponse:
    part = get_object_or_404(Participation.objects.select_related("agency"), pk=pk, partnership=request.actor.partnership)
    form = forms.EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try_action(form, actions.end_participation, actor=request.actor, agency=part.agency, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"{part.agency} takes part until the day you gave")
            return redirect("setup_agencies")
    return render(request, "setup/plain.html", {
        "form": form, "title": f"{part.agency} no longer takes part", "button": "End", "warn": True,
        "back": "setup_agencies", "back_to": "Agencies", "why": "Its people's seats in your partnership end with it."})


@SETS_UP
def bulk(request: Any) -> HttpResponse:
    """Many agencies from a CSV file: looked through first, then all of them or none."""
    form, faults, outcome = forms.FileForm(request.POST or None, request.FILES or None), [], None
    only_check = "check" in request.POST
    if request.method == "POST" and form.is_valid():
        try:
            outcome = actions.import_agencies(actor=request.actor, content=form.cleaned_data["file"].read(),
                                              today=_today(request), dry_run=only_check)
        except BadSheet as bad:
            faults = bad.faults
        if outcome and not only_check:
            messages.success(request, f"{outcome.added} added, {outcome.changed} changed, {outcome.same} as before")
            return redirect("setup_agencies")
    return render(request, "setup/bulk.html", {
        "form": form, "faults": faults, "columns": actions.COLUMNS, "title": "Add agencies from a file",
        "template": "agency_template", "back": "setup_agencies", "back_to": "Agencies",
        "found": f"{outcome.added} to add, {outcome.changed} to change, {outcome.same} as before" if outcome else "",
        "codes": [("Kinds", [(each.code, each.label) for each in codes("agency-kinds", _today(request))])]})


@SETS_UP
def template(request: Any) -> HttpResponse:
    return csv_answer(sheets.template(actions.COLUMNS), "agencies.csv")


def csv_answer(text: str, name: str) -> HttpResponse:
    """A file to keep, with the mark that makes spreadsheets read it as UTF-8."""
    return HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8",
                        headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _today(request: Any) -> Any:
    return timezone.localdate(request.now)
