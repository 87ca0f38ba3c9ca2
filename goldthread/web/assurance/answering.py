"""The forms that ask for a line for each standard: the agency's return and the moderated scores, with guidance."""
from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from goldthread.base.dates import day_words
from goldthread.domains.section_11.framework import framework, standards
from goldthread.domains.section_11.models import (
    Moderation,
    Section11Request,
    Section11Return,
    StandardAnswer,
    actions_left,
)
from goldthread.process.models import Case
from goldthread.web.assurance import figures
from goldthread.web.casework.case import opened
from goldthread.web.casework.each import EachForm
from goldthread.web.casework.record import found_step, record_page
from goldthread.web.casework.special import Advice, Dress
from goldthread.web.components import Link
from goldthread.web.middleware import needs


@needs()
def answer(request: Any, reference: str) -> HttpResponse:
    """The agency's return: what it said last is there to be changed, the year before's to go on from."""
    case = opened(request, reference)
    step, before = found_step(case, Section11Return.step_key()), _said_before(case)
    begun = [{"standard": code, **before.get(code, {})} for code, _ in standards(request.now.date())]
    return record_page(request, case, step, make=partial(EachForm, begun=begun),
                       dress=Dress("section_11/answer.html", guidance))


@needs()
def moderate(request: Any, reference: str) -> HttpResponse:
    """The scores as the partnership sees them, begun from the agency's own."""
    case = opened(request, reference)
    step = found_step(case, Moderation.step_key())
    own = figures.answering([case])[0].scores.own
    begun = [{"standard": code, **({"score": str(own[code])} if code in own else {})}
             for code, _ in standards(request.now.date())]
    return record_page(request, case, step, make=partial(EachForm, begun=begun),
                       dress=Dress("section_11/answer.html", guidance))


def guidance(request: Any, case: Case) -> dict[str, Any]:
    """The questions behind each standard in the framework that the request named."""
    asked = case.last(Section11Request.step_key())
    if asked is None:
        return {}
    found = framework(asked.record.framework)
    titles = standards(timezone.localtime(asked.happened_at).date())
    return {"framework": found, "questions": [(title, found.guidance.get(code, [])) for code, title in titles]}


def _said_before(case: Case) -> dict[str, dict[str, str]]:
    """What the agency wrote last, on this return or else on an earlier one it may see; scores are given anew each year."""
    this = case.last(Section11Return.step_key())
    earlier = Case.objects.filter(process_key=case.process_key, about_agency=case.about_agency_id,
                                  opened_at__lt=case.opened_at)
    events = [this] if this else [last for each in earlier.order_by("-opened_at")[:1]
                                  if (last := each.last(Section11Return.step_key()))]
    names = ("statement", "evidence", "action", "score") if this else ("statement", "evidence")
    rows: Any = StandardAnswer.objects.filter(event__in=events)
    return {row.standard: {name: getattr(row, name) for name in names if getattr(row, name)} for row in rows}


def advice(request: Any, case: Case) -> list[Advice]:
    """What is late of the plan for the gaps, and where the years are side by side."""
    today = timezone.localtime(request.now).date()
    late = [Advice(f"Not done by {day_words(action.due)}, by {action.owner}: {action}.") for action in actions_left(case)
            if action.due < today]
    years = Link("See the scores year by year", reverse("agency_years", args=[case.about_agency_id]))
    return [*late, Advice("How has this agency changed?", years)]
