"""Figures that others publish: what is loaded, and loading more from a CSV file."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldthread.files.checking import check_table_upload
from goldthread.measure import actions
from goldthread.measure.actions.publishing import HEADINGS, series
from goldthread.measure.models import Published
from goldthread.web.charts import number
from goldthread.web.components import Column, Table
from goldthread.web.forms import fields
from goldthread.web.forms.base import Form
from goldthread.web.measures.common import KEEPS
from goldthread.web.meetings.common import tried


class PublishedForm(Form):
    """A file of published figures."""

    upload = fields.File(label="Choose the CSV file", accept=".csv",
                         help_text=f"Its columns are {', '.join(HEADINGS)}. Leave area empty for this "
                         "place: those numbers are held against every release. A column nearest may say what a value was "
                         "rounded to.")


@KEEPS
def published(request: Any) -> HttpResponse:
    """Load a file: all of its lines, or none."""
    form = PublishedForm(request.POST or None, request.FILES or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        loaded = tried(form, _load, request=request, upload=form.cleaned_data["upload"])
        if loaded:
            messages.success(request, f"{loaded.new} figures are new and {loaded.replaced} stand in for others.")
            return redirect("published")
    rows = [[row.series, row.area or "Here", str(row.year), number(row.value), row.source]
            for row in Published.objects.filter(replaced_at=None).order_by("series", "area", "-year")[:500]]
    return render(request, "measures/published.html", {"form": form, "series": sorted(series()), "table": Table(
        "What is loaded", [Column("Series"), Column("Area"), Column("Year ending"), Column("Value", "number"),
                           Column("Source")], rows, nothing="Nothing is loaded yet.")})


def _load(*, request: Any, upload: Any) -> Any:
    return actions.load_published(actor=request.actor, data=check_table_upload(upload), now=request.now)
