"""Which postcode lies in which ward: what is loaded, and loading more from a CSV file."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Min
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldthread.files.checking import check_table_upload
from goldthread.measure import actions
from goldthread.measure.actions.wards import CODE, HEADINGS
from goldthread.measure.models import WardPostcode
from goldthread.web.components import Column, Table
from goldthread.web.forms import fields
from goldthread.web.forms.base import Form
from goldthread.web.measures.common import KEEPS
from goldthread.web.meetings.common import tried


class WardsForm(Form):
    """A file of postcodes, and from when it holds."""

    upload = fields.File(label="Choose the CSV file", accept=".csv",
                         help_text=f"Its columns are {' and '.join(HEADINGS)}; {CODE} may be there too.")
    since = fields.Date(label="From which day do these wards hold?", help_text="Wards change with elections, in May.")


@KEEPS
def wards(request: Any) -> HttpResponse:
    """Load a file: all of its lines, or none."""
    form = WardsForm(request.POST or None, request.FILES or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        loaded = tried(form, _load, request=request, upload=form.cleaned_data["upload"], since=form.cleaned_data["since"])
        if loaded:
            messages.success(request, f"{loaded.new:,} postcodes are new, {loaded.moved:,} are in another ward and "
                                      f"{loaded.same:,} stay. Figures by ward are counted anew within the hour.")
            return redirect("wards")
    found = WardPostcode.objects.filter(valid_to=None).values("ward", "code").annotate(
        many=Count("pk"), first=Min("valid_from"), last=Max("valid_from")).order_by("ward")
    rows = [[one["ward"], one["code"], f"{one['many']:,}", one["first"]] for one in found]
    return render(request, "measures/wards.html", {"form": form, "table": Table(
        "Wards now", [Column("Ward"), Column("Code"), Column("Postcodes", "number"), Column("Since", "on")], rows,
        nothing="No wards are loaded yet: figures cannot be broken down by ward.")})


def _load(*, request: Any, upload: Any, since: Any) -> Any:
    return actions.load_wards(actor=request.actor, data=check_table_upload(upload), since=since, now=request.now)
