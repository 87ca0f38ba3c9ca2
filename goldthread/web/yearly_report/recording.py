"""Steps that ask for more than their own form: freezing, publishing, copies and answers to the committee."""
from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from goldthread.domains.yearly_report import models as m
from goldthread.flows import yearly_report as flow
from goldthread.flows.publishing import publish_or_leave
from goldthread.process.models import Case
from goldthread.rules.codes import codes
from goldthread.web.casework.each import EachForm
from goldthread.web.casework.record import found_step, record_page
from goldthread.web.casework.special import Dress
from goldthread.web.middleware import needs
from goldthread.web.yearly_report import standing
from goldthread.web.yearly_report.pages import report_of


def overview(request: Any, case: Case) -> str:
    """The report's own page."""
    return reverse("yearly_report", args=[case.reference])


def _context(request: Any, case: Case) -> dict[str, Any]:
    rows = standing.owing(case, request.now)
    return {"missing": [row.ask.agency.name for row in rows if row.state in ("late", "waiting")],
            "signed": standing.signatures(case)}


PLAIN = Dress("casework/record.html", after=overview)


@needs()
def freeze(request: Any, reference: str) -> HttpResponse:
    """Freeze the figures; who has not contributed yet is named first."""
    case = report_of(request, reference)
    return record_page(request, case, found_step(case, m.DataFreeze.step_key()),
                       dress=Dress("yearly_report/freeze.html", _context, overview, flow.freeze))


@needs()
def publish(request: Any, reference: str) -> HttpResponse:
    """Ask that it be published for good, which the worker does; or hold it back and say why."""
    case = report_of(request, reference)
    return record_page(request, case, found_step(case, m.ReportPublished.step_key()),
                       dress=Dress("yearly_report/publish.html", _context, overview, publish_or_leave))


@needs()
def copies(request: Any, reference: str) -> HttpResponse:
    """A line for each of those who get a copy under the guidance of the day."""
    case = report_of(request, reference)
    today = timezone.localdate(request.now)
    begun = [{"recipient": code.code, "sent_on_day": str(today.day), "sent_on_month": str(today.month),
              "sent_on_year": str(today.year)} for code in codes("yearly-report-copies", today)]
    return record_page(request, case, found_step(case, m.CopiesSent.step_key()), make=partial(EachForm, begun=begun),
                       dress=Dress("yearly_report/copies.html", after=overview))


@needs()
def answers(request: Any, reference: str) -> HttpResponse:
    """An answer to each of the committee's questions that has none yet."""
    case = report_of(request, reference)
    answered = {each.question_id for each in case.lines(m.CommitteeAnswer)}
    begun = [{"question": str(each.pk)} for each in case.lines(m.CommitteeQuestion) if each.pk not in answered]
    return record_page(request, case, found_step(case, m.CommitteeAnswers.step_key()), make=partial(EachForm, begun=begun),
                       dress=PLAIN)
