"""The board: every indicator with its last number and how it has gone, by what the partnership wants or by agency."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.access.policy import May
from goldthread.exchange.facts import writing
from goldthread.exchange.facts.scorecard import card
from goldthread.exchange.tasks import bring_up_to_date
from goldthread.measure import reading
from goldthread.measure.computing import Number
from goldthread.measure.indicators import Indicator, indicators
from goldthread.measure.periods import Period
from goldthread.measure.protecting import DEFAULT, HIDDEN
from goldthread.measure.store import Store
from goldthread.web.charts import spark
from goldthread.web.components import Column, Link, Table, View
from goldthread.web.measures.common import KEEPS, SEES, kind_views, owner_words, period_in, seen, sight_of

MANY = {"month": 13, "quarter": 9, "year": 5}
BY = {"priority": "By priority", "agency": "By agency"}


@SEES
def board(request: Any) -> HttpResponse:
    """Every indicator that somebody may see, in the groups they ask for."""
    last, by = period_in(request), request.GET.get("group", "priority")
    shown = [each for each in indicators(last.until) if seen(request.actor, each)]
    sight = sight_of(request.actor, shown)
    told = reading.series(request.actor, [each.key for each in shown], last.kind, last, MANY[last.kind], sight)
    groups: dict[str, list[Indicator]] = {}
    for each in shown:
        groups.setdefault(owner_words(each) if by == "agency" else each.priority, []).append(each)
    tables = [_table(name, those, told, last) for name, those in groups.items()]
    store = Store.of(request.actor.partnership.pk)
    made = store.made()
    views = [View(words, f"?group={key}&by={last.kind}", key == by) for key, words in BY.items()]
    return render(request, "measures/board.html", {
        "tables": tables, "period": last, "kinds": kind_views(last.kind), "groups": views,
        "before": last.before(), "forms": list(writing.FORMS),
        "keeps": request.actor.may(May.KEEP_SCORECARD), "made": made.at if made else None, "percent": store.told(),
        "rule": DEFAULT.words(), "hidden": HIDDEN, "protected": not all(map(sight.opens, shown)),
        "own": any(map(sight.opens, shown))})


def _table(name: str, those: list[Indicator], told: dict[str, list[reading.Told]], last: Period) -> Table:
    rows = []
    for each in those:
        numbers = told[each.key]
        rows.append([Link(each.title, f"{reverse('indicator', args=[each.key])}?period={last.key}", each.reference),
                     numbers[-1].text, numbers[-2].text, spark(each.title, [number.value for number in numbers])])
    columns = [Column("Indicator"), Column(last.words, "number"), Column("Before", "number"), Column("Trend")]
    return Table(name, columns, rows, caption_hidden=True)


@KEEPS
@require_POST
def update(request: Any) -> HttpResponse:
    """Have the numbers counted anew now."""
    new = bring_up_to_date(actor=request.actor)
    messages.success(request, "The numbers are being brought up to date. This page says when they are" if new else
                     "The numbers wait to be brought up to date already")
    return redirect("scorecard")


@SEES
def download(request: Any, form: str) -> HttpResponse:
    """The board's period as a file, made safe: files are passed on. Of indicators whose records somebody opens, of the
    records they may read, as on the board.
    """
    if form not in writing.FORMS:
        raise Http404
    last = period_in(request)
    kind, make = writing.FORMS[form]
    shown = [each for each in indicators(last.until) if seen(request.actor, each)]
    sight = sight_of(request.actor, shown)
    own: dict[str, Number | None] = {each.key: None for each in shown if sight.opens(each)}
    own |= {key: number for (key, _), number in reading.own_numbers(request.actor, shown, [last], sight).items()}
    made = card(request.actor.partnership, last, DEFAULT, request.now, lambda each: seen(request.actor, each), own)
    answer = HttpResponse(make(made), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="scorecard-{last.key}.{form}"'
    return answer
