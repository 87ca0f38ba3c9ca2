"""A work list taken away as a file: what the list shows, every record in it written down as read."""
from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from goldthread.access import audit
from goldthread.exchange.exporting import CONTENT_TYPES, MOST_ROWS, TooMany, export_cases
from goldthread.process import registry
from goldthread.process.models import CasePerson
from goldthread.process.rights import works_on
from goldthread.web.casework.case import way_back
from goldthread.web.casework.narrowing import asking, narrowing, rows_of
from goldthread.web.casework.teams import teams_of
from goldthread.web.middleware import needs


@needs()
def export(request: Any, process: str, kind: str) -> HttpResponse:
    """The list as narrowed by the address, as a workbook or CSV; for those whose list it is."""
    try:
        found = registry.get(process)
    except KeyError:
        raise Http404 from None
    if not works_on(request.actor, found) or kind not in CONTENT_TYPES:
        raise Http404
    teams = teams_of(request.actor, found, request.now.date())
    named, values = narrowing(found, request.actor, request.GET, teams, request.now)
    rows = rows_of(found.key, named, SimpleNamespace(**values)).select_related("allocated_to", "started_by")
    cases = list(rows.order_by("-opened_at", "-pk")[: MOST_ROWS + 1])
    try:
        data = export_cases(request.actor, found, cases, kind)
    except TooMany as many:
        messages.error(request, str(many))
        return redirect(f"{way_back(request.actor, found).url}?{asking(request.GET)}")
    whose: dict[int, list[int]] = {case.pk: [] for case in cases}
    for case_id, person in CasePerson.objects.filter(case__in=whose).values_list("case_id", "person_id"):
        whose[case_id].append(person)
    audit.log_readings(kind="case", whose=whose, agency=request.actor.agency.pk, why="list taken away")
    answer = HttpResponse(data, content_type=CONTENT_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{found.key}-{request.now:%Y-%m-%d}.{kind}"'
    return answer
