"""What the process says of its document: what agencies sent in for it, when it may be changed, and when it may go out."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from goldthread.domains.yearly_report import models as m
from goldthread.domains.yearly_report.process import ARRANGEMENTS, YEARLY_REPORT
from goldthread.process.engine import State, standing
from goldthread.process.fields import shown
from goldthread.process.models import Event
from goldthread.process.rights import Work
from goldthread.reports.yearly.figures import Contribution

ASKED = ("quality", "evidence", "plans", "good_news", "local_answer")
OURS = (YEARLY_REPORT.key, ARRANGEMENTS.key)


def contributions(document: Any) -> list[Contribution]:
    """What each agency sent in, but for those that had nothing to add. On the system's authority."""
    events = Event.objects.filter(case=document.case_id, step=m.Contribution.step_key(), replaced_by=None)
    agencies = dict(events.values_list("pk", "ask__agency__name"))
    rows = m.Contribution.objects.filter(event__in=agencies, gives="yes").order_by("event")
    return sorted((Contribution(slugify(agencies[row.event_id]), agencies[row.event_id], tuple(
        (row.told_as[name], shown(row, name)) for name in ASKED if getattr(row, name))) for row in rows),
        key=lambda each: each.agency)


def signed_already(document: Any) -> str:
    """Why a document may not be changed: a lead partner has signed it as it is. "" when it may."""
    case = document.case
    if case is None or case.process_key not in OURS:
        return ""
    if not any(fact.key == m.LeadSignOff.step_key() for fact in standing(case.process, case.facts())):
        return ""
    return "A lead partner has signed this draft. Take the draft up again to change it, and it is signed anew"


def insist_ready(document: Any) -> None:
    """Raises ValidationError before a document may be published: without comment, signatures, or its process at all."""
    case = document.case
    if case is None or case.process_key not in OURS:
        return
    step = m.ReportPublished.step_key()
    where = Work.on(case).where
    if where.states[step] is not State.OPEN:
        waits = ", ".join(where.waits.get(step, ()))
        raise ValidationError(f"It waits for: {waits}" if waits else "It was decided already whether this is published")
