"""Published reports and arrangements, each version in the very files that were published. No sign-in."""
from __future__ import annotations

from typing import Any

from csp.decorators import csp
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from goldthread.access.actor import acting, system
from goldthread.reports.yearly.models import Kind, Published, PublishedFile
from goldthread.web.components import Column, Table
from goldthread.web.middleware import public

NAMES = {"report.html": "Read it as a page", "report.pdf": "PDF", "report.docx": "Word", "figures.json": "Figures as data"}
MOST = 200
# A report's own page holds its style and its drawings, and nothing that runs, loads or sends.
ALONE = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "img-src": ["data:"], "font-src": ["data:"],
         "base-uri": ["'none'"], "form-action": ["'none'"], "frame-ancestors": ["'none'"], "sandbox": ["allow-popups"]}


@public
def publications(request: Any) -> HttpResponse:
    """Everything that was published, newest first, by kind."""
    with acting(system()):
        found = list(Published.objects.select_related("document", "partnership").order_by("-at", "-pk")[:MOST])
        files = list(PublishedFile.objects.filter(published__in=found).defer("data").order_by("pk"))
    by_version: dict[int, list[PublishedFile]] = {}
    for each in files:
        by_version.setdefault(each.published_id, []).append(each)
    kinds = [(label, [each for each in found if each.document.kind == kind]) for kind, label in Kind.choices]
    tables = [_table(label, versions, by_version) for label, versions in kinds if versions]
    newest: dict[int, Published] = {}
    for each in found:
        if each.document.kind == Kind.YEARLY and each.voice:
            newest.setdefault(each.partnership_id, each)
    return render(request, "publications/publications.html", {
        "tables": tables, "voices": [(each, each.voice) for each in newest.values()]})


def _table(title: str, versions: list[Published], files: dict[int, list[PublishedFile]]) -> Table:
    latest = {each.document_id: max(one.number for one in versions if one.document_id == each.document_id)
              for each in versions}
    rows = [[_title(each, latest[each.document_id]), each.partnership.name, each.at, format_html_join(
        ", ", '<a class="govuk-link" href="{}">{}</a>',
        ((reverse("publication", args=[each.pk, file.name]), NAMES.get(file.name, file.name))
         for file in files.get(each.pk, ())))] for each in versions]
    return Table(f"{title}s" if title.endswith("report") else title, [
        Column("What"), Column("By"), Column("Published", "on"), Column("Forms")], rows)


def _title(version: Published, latest: int) -> Any:
    if version.number == latest == 1:
        return version.title
    which = "corrected version" if version.number == latest else "earlier version"
    return format_html('{} <span class="gt-second">Version {}, {}</span>', version.title, version.number, which)


@public
@csp(ALONE)
def publication(request: Any, pk: int, name: str) -> HttpResponse:
    """One published file, byte for byte."""
    with acting(system()):
        found = PublishedFile.objects.filter(published=pk, name=name).first()
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.data), content_type=found.content_type)
    shown = "inline" if name == "report.html" else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="{pk}-{name}"'
    answer["ETag"] = f'"{found.sha256}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
