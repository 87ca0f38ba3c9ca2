"""What the pages of a report share."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.urls import reverse

from goldthread.access.policy import May
from goldthread.reports.yearly import reading
from goldthread.reports.yearly.findings import Stop
from goldthread.reports.yearly.models import Document, Section
from goldthread.web.components import Tag
from goldthread.web.middleware import needs

WRITES, READS = needs(May.BUILD_REPORTS), needs(May.BUILD_REPORTS, May.SEE_FIGURES)


def document_of(request: Any, pk: int) -> Document:
    """A report the acting person may read; else the page of an address that does not exist."""
    try:
        return reading.document_of(request.actor, pk)
    except Document.DoesNotExist:
        raise Http404 from None


def section_of(document: Document, key: str) -> Section:
    found: Section | None = Section.objects.select_related("changed_by").filter(document=document, key=key).first()
    if found is None:
        raise Http404
    found.document = document
    return found


def lead(document: Document) -> Callable[[str], str]:
    """The address of a figure's page by its key."""
    return lambda key: reverse("report_figure", args=[document.pk, key])


def weight(each: Stop, answered: bool) -> Tag:
    """How much a finding weighs."""
    if answered:
        return Tag("Answered", "green")
    return Tag("Holds the report back", "red") if each.stops else Tag("Look at it", "yellow")
