"""Putting a file on a case: kept and recorded together, or not at all."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from goldthread.access.actor import Actor, acting, system
from goldthread.files.storing import store
from goldthread.process import readers
from goldthread.process.actions import Writing, record
from goldthread.process.models import Case, CaseDocument, Event
from goldthread.process.rights import Work


@transaction.atomic
def attach(*, actor: Actor, case: Case, upload: Any, title: str, note: str = "", now: datetime) -> Event:
    """Keep an upload and record it on a case, read by whoever reads that record.

    Raises Refused, ValidationError, and files.faults.BadFile with what is wrong with the file; then nothing is kept.
    """
    step = case.process.step(CaseDocument.step_key())
    Work.on(case).may_record(actor, step).insist()
    with acting(system(case.partnership_id)):
        seen_by = readers.of_event(case, step, author=actor.agency.pk)
        barred = readers.denied(case)
    document = store(actor=actor, upload=upload, readers=seen_by, denied=barred, now=now)
    made = CaseDocument(title=title, note=note, document=document, happened_at=now)
    return record(actor=actor, case=case, step=step, writing_=Writing(made), now=now)
