"""The courses of a year, loaded from a spreadsheet for the report's own table: all of them, or none and what is wrong."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor
from goldthread.reports.reading.inputs import read_inputs
from goldthread.reports.reading.records import Course as Read
from goldthread.reports.yearly import versions
from goldthread.reports.yearly.actions.common import insist_open, insist_writes, kept, locked, writing_as
from goldthread.reports.yearly.models import Course, Document

FILE = "training-courses"
MOST = 500


def load_courses(document: Document, actor: Actor, name: str, data: bytes, now: datetime) -> int:
    """Put the courses of a file, CSV or workbook, in place of all there were. Returns how many.

    Raises Refused; ReportInputError with every fault by its row; ValidationError once the figures are frozen.
    """
    insist_writes(actor)
    rows = _read(name, data)
    with writing_as(actor):
        found = locked(actor, document)
        insist_open(found)
        if versions.frozen(found):
            raise ValidationError("The figures are frozen, courses too. Freeze them anew after you have loaded others")
        Course.objects.filter(document=found, replaced_at=None).update(replaced_at=now)
        Course.objects.bulk_create([
            Course(**kept(found), document=found, row=each.row, name=each.name, delivery=each.delivery, by=actor.user,
                   at=now, attendees=_whole(each.attendees), places=_whole(each.places)) for each in rows])
        return len(rows)


def _read(name: str, data: bytes) -> Sequence[Read]:
    ending = ".xlsx" if name.casefold().endswith(".xlsx") else ".csv"
    rows = read_inputs({f"{FILE}{ending}": data}).courses
    if not 1 <= len(rows) <= MOST:
        raise ValidationError(f"The file has {len(rows)} courses; from 1 to {MOST} can be loaded")
    return rows


def _whole(many: Decimal | None) -> int | None:
    return None if many is None else int(many)
