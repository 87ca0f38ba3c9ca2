"""The years, one year, its lines, and loading a year from a file."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.access.policy import May
from goldthread.files.checking import check_table_upload
from goldthread.measure import periods
from goldthread.reports.arithmetic import pounds
from goldthread.reports.budget import actions
from goldthread.reports.budget.actions.loading import COLUMNS
from goldthread.reports.budget.models import BudgetLine, BudgetYear
from goldthread.reports.budget.position import position, standing
from goldthread.reports.reading.errors import ReportInputError
from goldthread.web.budget import forms, tables
from goldthread.web.components import Column, Link, Table, Tag
from goldthread.web.meetings.common import tried
from goldthread.web.middleware import needs
from goldthread.web.reporting.faults import faults_table

RUNS = needs(May.RUN_REPORTS)
READS = needs(May.RUN_REPORTS, May.BUILD_REPORTS, May.SCRUTINISE, May.SIGN_FOR_PARTNERS)


@READS
def budgets(request: Any) -> HttpResponse:
    """Every year, newest first; whoever keeps the money begins one here."""
    may = request.actor.may(May.RUN_REPORTS)
    form = forms.YearForm(request.POST or None, today=request.now.date()) if may else None
    if request.method == "POST" and form is not None and form.is_valid():
        made = tried(form, actions.begin_year, actor=request.actor, period=form.cleaned_data["period"], now=request.now)
        if made:
            return redirect("budget", made.period)
    rows = []
    for year in BudgetYear.objects.order_by("-period"):
        found = position(year)
        rows.append([Link(year.period, reverse("budget", args=[year.period])),
                     Tag("Closed", "grey") if year.closed_at else Tag("Open", "blue"), pounds(found.of("income").value),
                     pounds(found.of("spend").value), pounds(found.of("balance").value),
                     pounds(found.of("recurring-balance").value)])
    return render(request, "budget/budgets.html", {"form": form, "table": Table(
        "Years", [Column("Year"), Column("State"), *(Column(words, "number") for words in (
            "Income", "Spending", "Income less spending", "Without one-off money"))], rows, nothing="No year was begun.")})


def _year(period: str) -> BudgetYear:
    found: BudgetYear | None = BudgetYear.objects.filter(period=period).first()
    if found is None:
        raise Http404
    return found


def _before(year: BudgetYear) -> Any:
    earlier = BudgetYear.objects.filter(period=periods.read(year.period).before().key).first()
    return position(earlier) if earlier else None


@READS
def budget(request: Any, period: str) -> HttpResponse:
    """One year: what comes in and from whom, what is spent, what is left."""
    year = _year(period)
    lines, before = standing(year), _before(year)
    found, may = position(year, lines), request.actor.may(May.RUN_REPORTS) and not year.closed_at
    carried = before and before.carried_forward.value != year.carried_in
    return render(request, "budget/budget.html", {
        "year": year, "may": may, "tiles": tables.tiles(found, bool(year.closed_at)), "found": found,
        "tables": [(tables.drawing(lines, side), tables.lines_table(year, lines, side, may)) for side in tables.SIDES],
        "position": tables.position_table(found), "shares": tables.shares_table(found, before),
        "variance": pounds(found.variance.value), "left_before": pounds(before.carried_forward.value) if carried else "",
        "carried_in": pounds(year.carried_in)})


@RUNS
def line(request: Any, period: str, pk: int = 0) -> HttpResponse:
    """Add a line, or put one right; what stood there stays known."""
    year = _year(period)
    old = BudgetLine.objects.filter(year=year, pk=pk, replaced_at=None).first() if pk else None
    if pk and old is None:
        raise Http404
    form = forms.LineForm(request.POST or None, today=request.now.date(), actor=request.actor,
                          initial=forms.of_line(old) if old else {"kind": "recurring", "restricted": False})
    if request.method == "POST" and form.is_valid():
        if tried(form, actions.keep_line, actor=request.actor, year=year, values=form.values(), now=request.now,
                 instead_of=old):
            return redirect("budget", period)
    return render(request, "budget/line.html", {"year": year, "form": form, "line": old})


@require_POST
@RUNS
def end(request: Any, period: str, pk: int) -> HttpResponse:
    """Take a line out."""
    year = _year(period)
    found = BudgetLine.objects.filter(year=year, pk=pk).first()
    if found is None:
        raise Http404
    return _done(request, period, actions.end_line, year=year, line=found, now=request.now)


@require_POST
@RUNS
def close(request: Any, period: str) -> HttpResponse:
    """Close the year."""
    return _done(request, period, actions.close_year, year=_year(period), now=request.now)


def _done(request: Any, period: str, write: Any, **arguments: Any) -> HttpResponse:
    try:
        write(actor=request.actor, **arguments)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    return redirect("budget", period)


@RUNS
def note(request: Any, period: str) -> HttpResponse:
    """Say what the money achieved."""
    year = _year(period)
    form = forms.NoteForm(request.POST or None, today=request.now.date(), initial={
        "carried_in": year.carried_in, "value_for_money": year.value_for_money})
    if request.method == "POST" and form.is_valid():
        if tried(form, actions.describe_year, actor=request.actor, year=year, **form.cleaned_data):
            return redirect("budget", period)
    return render(request, "dataset/plain.html", {
        "title": f"Value for money {period}", "form": form, "button": "Save", "up": reverse("budget", args=[period]),
        "up_words": f"Budget {period}"})


@RUNS
def load(request: Any, period: str) -> HttpResponse:
    """Load a whole year: all of its lines, or none and what is wrong in which row."""
    year, faults = _year(period), None
    form = forms.LoadForm(request.POST or None, request.FILES or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        try:
            loaded = tried(form, _load, request=request, year=year, upload=form.cleaned_data["upload"])
            if loaded:
                messages.success(request, f"{loaded.lines} lines were loaded in place of {loaded.replaced}.")
                return redirect("budget", period)
        except ReportInputError as wrong:
            faults = faults_table(wrong)
    return render(request, "budget/load.html", {"year": year, "form": form, "faults": faults, "columns": ", ".join(COLUMNS),
                                                "has_errors": bool(faults)})


def _load(*, request: Any, year: BudgetYear, upload: Any) -> Any:
    return actions.load(actor=request.actor, year=year, data=check_table_upload(upload), now=request.now)
