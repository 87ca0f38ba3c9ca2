"""Reports at a glance, and one report: where it stands, who owes what, what comes next."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.access.policy import May
from goldthread.domains.yearly_report import models as m
from goldthread.domains.yearly_report.process import ARRANGEMENTS, SIGNED, YEARLY_REPORT
from goldthread.process.models import Case
from goldthread.reports.yearly import reading
from goldthread.reports.yearly.models import Document, Laying
from goldthread.web.casework.case import opened
from goldthread.web.components import Column, Link, Table
from goldthread.web.middleware import needs
from goldthread.web.navigation import ways
from goldthread.web.yearly_report import standing

READS = needs(May.RUN_REPORTS, May.BUILD_REPORTS, May.SCRUTINISE, May.SIGN_FOR_PARTNERS)
KINDS = (YEARLY_REPORT.key, ARRANGEMENTS.key)
PATIENCE = timedelta(minutes=15)  # after which it may be asked for again: a worker may have been lost with its queue
PLACES = (("Budget and contributions", "budgets"), ("Make a report from spreadsheets", "report_upload"),
          ("Check a finished report", "report_check"),
          ("The text of every report", "report_documents"), ("What is published", "publications"))


@READS
def reports(request: Any) -> HttpResponse:
    """Every report and arrangements, newest first, and what else there is to do with reports."""
    rows = Case.objects.filter(process_key__in=KINDS).order_by("-opened_at", "-pk")[:100]
    lines = [[Link(row.title, reverse("yearly_report", args=[row.reference]), row.reference), row.process.name,
              row.stage, row.next_clock, row.next_due or ""] for row in rows]
    table = Table("Reports and arrangements", [Column("Report"), Column("Kind"), Column("Stage"), Column("Next"),
                                               Column("Due", "when")], lines, nothing="No report has been begun.")
    places = ways(PLACES, request.actor)
    return render(request, "yearly_report/reports.html", {
        "table": table, "places": places, "may_begin": request.actor.may(May.RUN_REPORTS)})


def report_of(request: Any, reference: str) -> Case:
    """A report's case, opened as the acting person. A page that does not exist for anything else."""
    case = opened(request, reference)
    if case.process_key not in KINDS:
        raise Http404
    return case


@READS
def report(request: Any, reference: str) -> HttpResponse:
    """One report at a glance."""
    case = report_of(request, reference)
    case.read_once()
    rows = standing.owing(case, request.now)
    published = case.last(m.ReportPublished.step_key())
    document = Document.objects.filter(case=case).only("pk").first()
    attempt = None if published or document is None else reading.attempt(request.actor, document)
    busy = attempt is not None and attempt.state == Laying.WAITING and attempt.at > request.now - PATIENCE
    return render(request, "yearly_report/report.html", {
        "case": case, "text": reverse("report_document", args=[document.pk]) if document else "",
        "yearly": case.process_key == YEARLY_REPORT.key, "stages": standing.stages_table(case),
        "doings": standing.doings(request, case, busy), "dates": standing.dates_table(case), "chart": standing.picture(rows),
        "owing": standing.owing_table(case, rows),
        "late": [row.ask.agency.name for row in rows if row.state == "late"],
        "before": standing.next_by(case) if not published else None, "signed": standing.signatures(case),
        "wanted": SIGNED.people, "returned": standing.returned(case),
        "comment": standing.comment(case), "published": published,
        "attempt": attempt,
        "committee": standing.committee(case), "copies": standing.copies(case)})
