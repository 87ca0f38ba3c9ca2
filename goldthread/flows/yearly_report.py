"""What a yearly report's process and its document do together, each in one transaction: begun, frozen, published."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction

from goldthread.access.actor import Actor
from goldthread.base.dates import LONDON
from goldthread.domains.yearly_report import models as m
from goldthread.domains.yearly_report.process import ARRANGEMENTS, YEARLY_REPORT
from goldthread.measure import periods
from goldthread.measure.periods import Period
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.definition import Step
from goldthread.process.models import Case, Event
from goldthread.reports.yearly import actions as document
from goldthread.reports.yearly.models import Kind


@transaction.atomic
def commission(*, actor: Actor, year: Period, said: dict[str, Any], request: dict[str, Any],
               asked: Sequence[m.ContributionAgency], now: datetime, submission: UUID | None = None) -> Case:
    """Begin a year's report and ask agencies for their part of it. said, request: the fields of the two records.

    Raises Refused, ValidationError. The same submission twice begins one.
    """
    ends = datetime.combine(year.until, time(), LONDON)
    record = m.YearlyCommission(year=year.key, year_ends=ends, happened_at=now, **said)
    case = actions.start(actor=actor, process=YEARLY_REPORT, writing_=Writing(record, submission=submission), now=now)
    if case.last_event and case.events.exclude(step=record.step_key()).exists():
        return case  # sent twice
    wanted = m.ContributionRequest(happened_at=now, **request)
    document.begin(case, actor, now, period=year.key)
    step = YEARLY_REPORT.step(wanted.step_key())
    actions.record(actor=actor, case=case, step=step, writing_=Writing(wanted, asked), now=now)
    return case


@transaction.atomic
def begin_arrangements(*, actor: Actor, said: dict[str, Any], now: datetime, submission: UUID | None = None) -> Case:
    """Begin writing the arrangements anew. Raises Refused, ValidationError. The same submission twice begins one."""
    record = m.ArrangementsCommission(happened_at=now, **said)
    case = actions.start(actor=actor, process=ARRANGEMENTS, writing_=Writing(record, submission=submission), now=now)
    day = now.astimezone(LONDON).date()
    year = periods.period_of(day.year * 100 + day.month, "year")
    document.begin(case, actor, now, period=year.key, kind=Kind.ARRANGEMENTS, title=record.title)
    return case


@transaction.atomic
def freeze(*, actor: Actor, case: Case, step: Step, writing_: Writing, now: datetime) -> Event:
    """Freeze the figures of the document, and record that they are. Raises as `process.actions.record`."""
    document.freeze(case, actor, now)
    return actions.record(actor=actor, case=case, step=step, writing_=writing_, now=now)


@transaction.atomic
def ready(*, actor: Actor, case: Case, step: Step, writing_: Writing, now: datetime) -> Event:
    """Record that a draft is ready, whose figures give nobody away. Arrangements are frozen with it: they have no figures of
    their own, and those they quote are as they stand when the partners read them. Raises as `process.actions.record`.
    """
    if case.process_key == ARRANGEMENTS.key:
        document.freeze(case, actor, now)
    document.insist_safe(case, actor, now)
    return actions.record(actor=actor, case=case, step=step, writing_=writing_, now=now)


@transaction.atomic
def publish(*, actor: Actor, case: Case, step: Step, writing_: Writing, now: datetime) -> Event:
    """Publish the document for good, or record why it is held back. Raises as `process.actions.record`."""
    if writing_.record.result == "published":  # type: ignore[attr-defined]
        document.publish(case, actor, now)
    return actions.record(actor=actor, case=case, step=step, writing_=writing_, now=now)
