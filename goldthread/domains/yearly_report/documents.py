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
    """What each agency sent in, but for those that had nothing to add, and for what came in once a partner had signed: it
    was not in what was signed. On the system's authority.
    """
    events = Event.objects.filter(case=document.case_id, step=m.Contribution.step_key(), replaced_by=None)
    if first := _first_signature(document):
        events = events.filter(pk__lt=first)
    agencies = dict(events.values_list("pk", "ask__agency__name"))
    rows = m.Contribution.objects.filter(event__in=agencies, gives="yes").order_by("event")
    return sorted((Contribution(slugify(agencies[row.event_id]), agencies[row.event_id], tuple(
        (row.told_as[name], shown(row, name)) for name in ASKED if getattr(row, name))) for row in rows),
        key=lambda each: each.agency)


def _first_signature(document: Any) -> int:
    """The event of the first signature on the draft as it is; 0 before there is one."""
    case = document.case
    if case is None or case.process_key not in OURS:
        return 0
    return min((fact.id for fact in standing(case.process, case.facts()) if fact.key == m.LeadSignOff.step_key()), default=0)


def signed_already(document: Any) -> str:
    """Why a document may not be changed: a lead partner has signed it as it is. "" when it may."""
    if not _first_signature(document):
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
