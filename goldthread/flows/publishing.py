"""A report laid out and published by the worker, so that nobody waits at a page: all of it is out, or nothing.

Found by the worker through `jobs.tasks`. A job is asked for in the transaction that makes the attempt, acts in the name of
whoever asked, and may be killed and tried again at any point: what it keeps, it keeps in one transaction.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from goldthread.access.actor import Actor, Refused, acting, system, writing
from goldthread.access.later import in_their_name
from goldthread.access.policy import ROLES, May
from goldthread.domains.yearly_report import models as m
from goldthread.notify.actions import Notice, to_roles, to_user
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.definition import Step
from goldthread.process.models import Case, Event
from goldthread.process.rights import Work
from goldthread.reports.yearly import actions as document
from goldthread.reports.yearly.models import Laying, Publishing

FAILED = "It could not be published. Nothing of it is out; its page says why"
LEADS = tuple(role.key for role in ROLES.values() if May.SIGN_FOR_PARTNERS in role.may)


@transaction.atomic
def publish_or_leave(*, actor: Actor, case: Case, step: Step, writing_: Writing, now: datetime) -> Event | None:
    """Ask the worker to publish a case's document, or record at once why it is held back. Raises as `actions.record`."""
    if writing_.record.result != "published":  # type: ignore[attr-defined]
        return actions.record(actor=actor, case=case, step=step, writing_=writing_, now=now)
    may = Work.on(case).may_record(actor, step)
    if not may:
        raise Refused(may.why)
    attempt = document.ask(case, actor, now, writing_.submission)
    publish_report.defer(attempt=attempt.pk, seat=actor.appointment.pk)
    return None


@app.task(name="goldthread.publish_report")
def publish_report(attempt: int, seat: int) -> None:
    """Lay out and publish what one attempt asks for; why it cannot be is written on it in words."""
    with _system():
        found = Publishing.objects.select_related("document__case").filter(pk=attempt, state=Laying.WAITING).first()
    if found is None:
        return
    now = timezone.now()
    in_their_name(
        seat, found.partnership_id, lambda actor: _publish(found, actor, now), now=now, forbidden=(ValidationError,),
        failed=lambda why: _failed(found, why, now))


def _publish(attempt: Publishing, actor: Actor, now: datetime) -> None:
    def tell(done: int) -> None:
        with _system():
            Publishing.objects.filter(pk=attempt.pk, state=Laying.WAITING).update(done=done)

    case = attempt.document.case
    step = case.process.step(m.ReportPublished.step_key())
    laid = document.lay_out(attempt.document, actor, now, tell)
    with transaction.atomic(), acting(actor):
        document.keep(attempt.document, actor, laid, now, attempt)
        actions.record(actor=actor, case=case, step=step, now=now, writing_=Writing(
            m.ReportPublished(result="published", happened_at=now), submission=attempt.submission))
        with _system():  # the leads and the office are told by the record, which does not tell who made it
            to_user(attempt.by_id, _notice(attempt, m.ReportPublished.notice_words["published"]), now=now)


def _failed(attempt: Publishing, why: Sequence[str], now: datetime) -> None:
    """Write down why an attempt came to nothing, and tell whoever asked and the leads, once."""
    waiting = Publishing.objects.filter(pk=attempt.pk, state=Laying.WAITING)
    if waiting.update(state=Laying.FAILED, said=list(why)):
        to_user(attempt.by_id, _notice(attempt, FAILED), now=now)
        to_roles(LEADS, _notice(attempt, FAILED), but=attempt.by_id, now=now)


def _notice(attempt: Publishing, words: str) -> Notice:
    """Notice of a document that leads to its page, for those who may read it."""
    case = attempt.document.case
    return Notice(case.partnership_id, words, kind=m.ReportPublished.step_key(), reference=case.reference,
                  readers=tuple(case.readers), denied=tuple(case.denied))


@contextmanager
def _system() -> Iterator[None]:
    with transaction.atomic(), acting(system()), writing():
        yield
