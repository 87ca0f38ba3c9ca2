"""What somebody who reported an allegation sees of it, and what the designated officer is shown beside a case."""
from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from goldthread.access.policy import May
from goldthread.base.dates import day_words
from goldthread.domains.allegations.earlier import earlier
from goldthread.domains.allegations.models import (
    AllegationOutcome,
    AllegationReport,
    AnswerToReporter,
    OutcomeTold,
)
from goldthread.domains.allegations.retention import NOT_ON_PERSONNEL_FILE, keep_until
from goldthread.process.models import Case
from goldthread.web.casework.case import framed, only_referred
from goldthread.web.casework.special import Advice
from goldthread.web.casework.words import answers
from goldthread.web.components import Column, Link, Row, Table
from goldthread.web.middleware import needs


@needs(May.REPORT_ALLEGATIONS)
def reported(request: Any) -> HttpResponse:
    """What this person reported themselves, newest first; nothing that colleagues reported."""
    rows = [case for case in Case.objects.filter(process_key="allegations", started_by=request.actor.agency)
            .order_by("-opened_at", "-pk") if only_referred(request.actor, case)]
    lines = [[Link(case.title, reverse("case", args=[case.reference]), case.reference), case.opened_at,
              "You have an answer" if case.recorded(AnswerToReporter.step_key()) else "The designated officer has it"]
             for case in rows]
    table = Table("What you reported", [Column("Adult"), Column("Sent", "ago"), Column("Where it stands")], lines,
                  nothing="You have not reported an allegation.")
    return render(request, "allegations/reported.html", {"table": table})


def summary(request: Any, case: Case) -> HttpResponse | None:
    """An allegation as whoever reported it sees it: what they sent and what they were told, and no more."""
    if not only_referred(request.actor, case):
        return None
    event = case.last(AllegationReport.step_key())
    told = [each.record for each in case.recorded(AnswerToReporter.step_key(), OutcomeTold.step_key())]
    return render(request, "allegations/reporter.html", framed(
        request, case, event=event, told=told, record=[Row(k, v) for k, v in answers(event.record)]))


def advice(request: Any, case: Case) -> list[Advice]:
    """For the designated officer: earlier allegations against the same adult, and how long this is kept."""
    if not request.actor.may(May.WORK_ALLEGATIONS) or only_referred(request.actor, case):
        return []
    found = [Advice(f"The same adult was named before, on {day_words(timezone.localtime(report.happened_at).date())}.",
                    Link(str(report.case), reverse("case", args=[report.case.reference]))) for report in earlier(case)]
    return [*found, *_keeping(case)]


def _keeping(case: Case) -> list[Advice]:
    """Until when the record is kept, once it has an outcome, with the source."""
    ended, first = case.last(AllegationOutcome.step_key()), case.last(AllegationReport.step_key())
    if ended is None or first is None:
        return []
    kept = keep_until(first.record.born_on, timezone.localtime(ended.happened_at).date())
    found = [Advice(f"Keep this record until {day_words(kept.until)}: {kept.reason}. Source: {kept.source}.")]
    if ended.outcome in NOT_ON_PERSONNEL_FILE:
        found.append(Advice("Nothing of it stays in the adult's personnel file."))
    return found
