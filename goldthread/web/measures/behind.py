"""From a number to the records behind it, for those who may open them; for others, why not and where they can ask."""
from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.exchange.facts.declared import processes_of
from goldthread.measure import periods, reading
from goldthread.process import registry
from goldthread.process.models import Case
from goldthread.web.components import Column, Link, Pages, Table
from goldthread.web.measures.common import SEES, indicator_of, opens_rows, owner_words

PAGE = 50


@SEES
def rows(request: Any, key: str, period: str) -> HttpResponse:
    """The cases a number counts, so far as the acting person may read them."""
    each = indicator_of(request.actor, key)
    try:
        wanted = periods.read(period)
    except ValueError:
        raise Http404 from None
    shown = {"indicator": each, "period": wanted, "up": f"{reverse('indicator', args=[key])}?period={wanted.key}"}
    if any(count.table == "returned" for count in each.counts):
        return render(request, "measures/behind.html", shown | {"why": (
            f"{owner_words(each)} counts this itself and sends the number: there are no rows here. "
            "Who collects returns can open the return it came in.")})
    if any(count.table == "worked" for count in each.counts):
        return render(request, "measures/behind.html", shown | {"why": (
            "This is counted from the partnership's own meetings and actions. Who sits in a group opens its meetings, and "
            "whoever an action was given to or shared with opens the action.")})
    if not opens_rows(request.actor, each):
        desks = " and ".join(registry.get(key).plural.lower() for key in processes_of(each))
        return render(request, "measures/behind.html", shown | {"why": (
            f"The records behind this number are read by those who work on {desks}. Your role sees the number alone, made "
            "safe so that nobody can be told from it. If you want to know more, ask about it on the page of the number.")})
    counted = reading.rows_of(request.actor, each, wanted)
    theirs = set(Case.objects.filter(pk__in=counted).values_list("pk", flat=True))
    numbers = [pk for pk in counted if pk in theirs]  # how many are kept from them is told to nobody
    begin = int(given) if (given := request.GET.get("from", "")).isdigit() else 0
    here = numbers[begin:begin + PAGE]
    found = {case.pk: case for case in Case.objects.filter(pk__in=here).select_related("started_by")}
    lines = [[Link(case.reference, reverse("case", args=[case.reference])), case.title, case.stage, case.opened_at,
              case.started_by.name] for pk in here if (case := found.get(pk))]
    return render(request, "measures/behind.html", shown | {
        "many": len(numbers),
        "pages": Pages(f"?from={max(begin - PAGE, 0)}" if begin else "",
                       f"?from={begin + PAGE}" if len(numbers) > begin + PAGE else ""),
        "table": Table("The records", [Column("Reference"), Column("About"), Column("Stage"), Column("Begun", "on"),
                                       Column("From")], lines, nothing="No record is behind this number.")})
