"""One indicator: what it means, how it has gone, and what there is to it."""
from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from goldthread.measure import reading
from goldthread.measure.indicators import POLARITIES, UNITS, Indicator
from goldthread.measure.protecting import DEFAULT
from goldthread.web.charts import Chart, Series
from goldthread.web.components import Column, Row, Table
from goldthread.web.measures.common import SEES, indicator_of, kind_views, opens_rows, owner_words, period_in

MANY = {"month": 25, "quarter": 13, "year": 7}


@SEES
def indicator_page(request: Any, key: str) -> HttpResponse:
    """Its definition, its numbers so far as somebody may see them."""
    each, last = indicator_of(request.actor, key), period_in(request)
    exact = opens_rows(request.actor, each)
    told = reading.series(request.actor, [key], last.kind, last, MANY[last.kind], lambda _: exact)[key]
    rows = [[number.period.words, number.text, number.of] for number in reversed(told)]
    chart = Chart(each.title, "line", [number.period.key for number in told],
                  [Series(each.title, [number.value for number in told])], UNITS[each.unit], each.meaning)
    return render(request, "measures/indicator.html", {
        "indicator": each, "period": last, "kinds": kind_views(last.kind), "chart": chart, "facts": _facts(each),
        "table": Table("The numbers", [Column("Period"), Column("Value", "number"), Column("Worked out from")], rows),
        "protected": not exact, "rule": DEFAULT.words()})


def _facts(each: Indicator) -> list[Row]:
    rows = [Row("What it means", each.meaning), Row("In the list of indicators", each.reference),
            Row("Unit", UNITS[each.unit]), Row("How to read it", POLARITIES[each.polarity].capitalize()),
            Row("Who answers for it", owner_words(each)), Row("Priority it serves", each.priority),
            Row("Source", each.source)]
    return rows + ([Row("Target", f"{each.target:g}")] if each.target is not None else [])
