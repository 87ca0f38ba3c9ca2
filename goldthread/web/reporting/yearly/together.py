"""What the figures of a report give away together with all that was ever let out, and hiding what must be hidden."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldthread.reports.yearly import actions, reading, release
from goldthread.web.reporting.yearly.common import WRITES, document_of


@WRITES
def together(request: Any, pk: int) -> HttpResponse:
    """What can be worked out from the figures as they are now; sent, it hides what must be hidden for nothing to be."""
    document = document_of(request, pk)
    if request.method == "POST":
        try:
            many = actions.withhold(document, request.actor, request.now)
            messages.success(request, f"{many} number{'s are' if many > 1 else ' is'} no longer told.")
        except ValidationError as wrong:
            messages.error(request, " ".join(wrong.messages))
        return redirect("report_document_together", pk)
    try:
        found, why = reading.leaks(request.actor, document, request.now), ""
    except ValueError as wrong:
        found, why = [], str(wrong)
    return render(request, "reporting/yearly/together.html", {
        "document": document, "leaks": found, "why": why, "mend": release.HOW_TO_MEND,
        "withheld": reading.withheld(request.actor, document)})
