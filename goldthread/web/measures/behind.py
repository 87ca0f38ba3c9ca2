"""From a number to the records behind it, for those who may open them; for others, why not and where they can ask."""
from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.dataset.models import SentTable, State
from goldthread.dataset.periods import words
from goldthread.exchange.facts.told_declared import told_tables
from goldthread.measure import periods, reading
from goldthread.measure.facts import BY
from goldthread.measure.indicators import Indicator
from goldthread.measure.periods import Period
from goldthread.measure.words import category_words
from goldthread.process import registry
from goldthread.process.models import Case
from goldthread.web.components import Column, Link, Pages, Table, View
from goldthread.web.measures.common import SEES, indicator_of, opens_rows, owner_words, sight_of
from goldthread.web.navigation import ways

PAGE = 50
#: what a number of the partnership's own work leads to
WORK = (("Panels and meetings", "meetings"), ("Your actions", "my_actions"))


@SEES
def rows(request: Any, key: str, period: str) -> HttpResponse:
    """The cases a number counts, so far as the acting person may read them."""
    each = indicator_of(request.actor, key)
    try:
        wanted = periods.read(period)
    except ValueError:
        raise Http404 from None
    shown: dict[str, Any] = {"indicator": each, "period": wanted,
                             "up": f"{reverse('indicator', args=[key])}?period={wanted.key}"}
    sent = _returns(each, wanted)
    if any(count.table == "returned" for count in each.counts):
        return render(request, "measures/behind.html", shown | {"returns": sent, "why": (
            f"{owner_words(each)} counts this itself and sends the number. "
            "Whoever may open the rows of returns can open the return it came in.")})
    if any(count.table == "worked" for count in each.counts):
        return render(request, "measures/behind.html", shown | {"ways": ways(WORK, request.actor), "why": (
            "This is counted from the partnership's own meetings and actions. Who sits in a group opens its meetings, and "
            "whoever an action was given to or shared with opens the action.")})
    if not sight_of(request.actor, [each]).opens(each) and opens_rows(request.actor, each):
        return render(request, "measures/behind.html", shown | {"why": (
            "No record here tells of this: it is counted from returns of agencies. Your role sees the number alone, made "
            "safe so that nobody can be told from it.")})
    if not opens_rows(request.actor, each):
        desks = " and ".join(registry.get(key).plural.lower() for key in each.processes)
        return render(request, "measures/behind.html", shown | {"returns": sent, "why": (
            f"The records behind this number are read by those who work on {desks}. Your role sees the number alone, made "
            "safe so that nobody can be told from it. If you want to know more, ask about it on the page of the number.")})
    of, by = request.GET.get("of") == "all" and each.denominator is not None, request.GET.get("by", "")
    by, category = (by, request.GET.get("category", "")) if by in BY else ("", "")
    counted = reading.rows_of(request.actor, each, wanted, of=of, by=by, category=category)
    theirs = set(Case.objects.filter(pk__in=counted).values_list("pk", flat=True))
    numbers = [pk for pk in counted if pk in theirs]  # how many are kept from them is told to nobody
    begin = int(given) if (given := request.GET.get("from", "")).isdigit() else 0
    here = numbers[begin:begin + PAGE]
    found = {case.pk: case for case in Case.objects.filter(pk__in=here).select_related("started_by")}
    lines = [[Link(case.reference, reverse("case", args=[case.reference])), case.title, case.stage, case.opened_at,
              case.started_by.name] for pk in here if (case := found.get(pk))]
    asked = urlencode({"by": by, "category": category} if by else {})
    more = f"?{asked}&of=all" if of else f"?{asked}"
    return render(request, "measures/behind.html", shown | {
        "many": len(numbers), "returns": sent, "category": f"{BY[by]}: {category_words(by, category)}" if by else "",
        "views": [View("What is counted", f"?{asked}", not of), View("What it is a share of", f"?{asked}&of=all", of)]
        if each.denominator else [],
        "pages": Pages(f"{more}&from={max(begin - PAGE, 0)}" if begin else "",
                       f"{more}&from={begin + PAGE}" if len(numbers) > begin + PAGE else ""),
        "table": Table("The records", [Column("Reference"), Column("About"), Column("Stage"), Column("Begun", "on"),
                                       Column("From")], lines, nothing="No record is behind this number.")})


def _returns(each: Indicator, wanted: Period) -> Table | None:
    """The accepted returns that a number of a period is counted from, so far as the acting person may open their rows."""
    told = told_tables(each)
    if not told:
        return None
    sent = SentTable.objects.filter(
        submission__state=State.ACCEPTED, submission__expectation__specification__in={key for key, _ in told},
        submission__expectation__since__lte=wanted.until).select_related("submission__expectation__agency").order_by(
            "-submission__expectation__until", "pk")
    lines = []
    for row in sent:
        owed = row.submission.expectation
        if (owed.specification, row.table) in told and (each.numerator.at_end or owed.until >= wanted.since):
            lines.append([Link(owed.title, reverse("data_rows", args=[row.submission_id, row.table]), row.table),
                          owed.agency.name, words(owed.since, owed.until), row.rows])
    return Table("Returns it is counted from", [Column("Return"), Column("Agency"), Column("Period"),
                                                Column("Rows", "number")], lines) if lines else None
