"""Loading the year's courses from a spreadsheet, so that they stand in the report as a table."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldthread.files.checking import check_table_upload
from goldthread.reports.reading.errors import ReportInputError
from goldthread.reports.yearly import actions
from goldthread.reports.yearly.models import Document
from goldthread.web.forms import fields
from goldthread.web.forms.base import Form
from goldthread.web.meetings.common import today_of, tried
from goldthread.web.reporting.faults import faults_table
from goldthread.web.reporting.yearly.common import WRITES, document_of


class CoursesForm(Form):
    """The spreadsheet."""

    upload = fields.File(label="Choose the spreadsheet of courses", accept=".csv,.xlsx")


@WRITES
def courses(request: Any, pk: int) -> HttpResponse:
    """Load the courses: all of them, or none and what is wrong in which row."""
    document, faults = document_of(request, pk), None
    form = CoursesForm(request.POST or None, request.FILES or None, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            many = tried(form, _load, request=request, document=document, upload=form.cleaned_data["upload"])
            if many:
                messages.success(request, f"{many} courses were loaded. Put them into a section as the table “courses”.")
                return redirect("report_document", pk)
        except ReportInputError as wrong:
            faults = faults_table(wrong)
    return render(request, "reporting/yearly/courses.html", {
        "document": document, "form": form, "faults": faults, "has_errors": bool(faults)})


def _load(*, request: Any, document: Document, upload: Any) -> int:
    return actions.load_courses(document, request.actor, upload.name, check_table_upload(upload), request.now)
