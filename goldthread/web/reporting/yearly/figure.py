"""A figure of a report: what it means, when it was frozen, and the records it counts for those who may open them."""
from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.access.actor import Actor
from goldthread.access.policy import desk_token
from goldthread.measure.indicators import indicator
from goldthread.measure.protecting import DEFAULT, HIDDEN
from goldthread.process import registry
from goldthread.process.models import Case
from goldthread.process.rights import works_on
from goldthread.reports.yearly import casework, reading, scorecard
from goldthread.reports.yearly.figures import WITHHELD, WITHHELD_WORDS, Figure
from goldthread.thread.models import Action
from goldthread.web.components import Column, Link, Row, Table
from goldthread.web.measures.common import opens_rows, seen
from goldthread.web.reporting.yearly.common import READS, document_of

MOST = 200
SIGNS = {HIDDEN: f"{HIDDEN}: a number from 1 to {DEFAULT.small}, which is not told",
         WITHHELD: f"{WITHHELD}: {WITHHELD_WORDS[0].lower()}{WITHHELD_WORDS[1:]}"}


@READS
def figure(request: Any, pk: int, key: str) -> HttpResponse:
    """One figure of a report: always as it is told to everybody, since an exact number beside the records somebody may
    read would tell that others are kept from them (decision 12).
    """
    document = document_of(request, pk)
    try:
        opened = reading.opened(request.actor, document, key, request.now)
    except KeyError:
        raise Http404 from None
    each, freeze = opened.figure, opened.freeze
    if not _seen(request.actor, each):
        raise Http404
    opens = _opens(request.actor, each)
    facts = [Row("As it is told", SIGNS.get(each.text, each.text)),
             Row("How it was worked out", each.how), Row("Counted in", each.query),
             Row("Version of the question", each.digest[:16]),
             Row("Data", f"Frozen on {freeze.at:%-d %B %Y} by {freeze.by.name}, over {freeze.first:%-d %B %Y} to"
                         f" {freeze.last:%-d %B %Y}" if freeze else "Not frozen yet: counted as the page was made")]
    if each.source == scorecard.KEY:
        facts.append(Row("On the scorecard", Link(indicator(each.subject).title, reverse("indicator", args=[each.subject]))))
    return render(request, "reporting/yearly/figure.html", {
        "document": document, "figure": each, "facts": facts, "up": reverse("report_document_read", args=[pk]),
        "table": _rows(each, opened.rows) if opens else None, "why": "" if opens else _why(each)})


def _seen(actor: Actor, each: Figure) -> bool:
    """As on the scorecard: of a process kept from children's workers, nothing is shown to who finds children."""
    return each.source != scorecard.KEY or seen(actor, indicator(each.subject))


def _opens(actor: Actor, each: Figure) -> bool:
    """Whether somebody may open the records a figure counts; each record is then still shown to its own readers only."""
    if each.source == scorecard.KEY:
        return bool(each.rows_of) and opens_rows(actor, indicator(each.subject))
    if each.source == casework.KEY:
        process = registry.get(each.subject)
        return works_on(actor, process) and actor.holds(desk_token(process.desk, actor.partnership.pk))
    return each.rows_of == "actions"


def _why(each: Figure) -> str:
    if each.rows_of != "cases":
        return "There are no records to open behind this number."
    return ("The records behind this number are read by those who work on them. Your role sees the number alone, made safe "
            "so that nobody can be told from it.")


def _rows(each: Figure, numbers: Any) -> Table:
    """Those of the counted records that the acting person may read; how many are kept from them is told to nobody."""
    if each.rows_of == "actions":
        actions = Action.objects.filter(pk__in=list(numbers)).select_related("agency").order_by("-given_at", "-pk")[:MOST]
        return Table("The actions", [Column("Action"), Column("Agency"), Column("Given", "on")], [
            [Link(one.what, reverse("action", args=[one.pk])), one.agency.name, one.given_at] for one in actions],
            nothing="None that you may read.")
    cases = Case.objects.filter(pk__in=list(numbers)).order_by("-opened_at", "-pk")[:MOST]
    return Table("The records", [Column("Reference"), Column("About"), Column("Begun", "on")], [
        [Link(one.reference, reverse("case", args=[one.reference])), one.title, one.opened_at] for one in cases],
        nothing="None that you may read.")
