"""A report without a page: as it is being written where it has been begun, else as it would begin."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from goldthread.access.actor import acting, system
from goldthread.measure.periods import Period
from goldthread.orgs.models import Partnership
from goldthread.reports.yearly import counting, figures, outline, versions
from goldthread.reports.yearly.composing import Composed, Frame, compose
from goldthread.reports.yearly.figures import Asked
from goldthread.reports.yearly.models import Document, Kind


@dataclass(frozen=True)
class Made:
    """A report and its forms: content type and bytes by file name."""

    composed: Composed
    forms: dict[str, tuple[str, bytes]]


def report_of(partnership: Partnership, year: Period, now: datetime, title: str = "") -> Made:
    """The yearly report of a partnership. On the system's authority; numbers are told as they are told to everybody.

    Raises ValueError for a period that is no year.
    """
    if len(year.months) != 12:
        raise ValueError(f"“{year.key}” is no year. Write it as 2025-2026.")
    for bring_up_to_date in figures.before_counting:
        bring_up_to_date(partnership.pk, now)
    with transaction.atomic(), acting(system(partnership.pk)):
        begun = Document.objects.select_related("partnership").filter(kind=Kind.YEARLY, period=year.key)
        found = begun.order_by("-pk").first()
        if found is not None:
            made, freeze = versions.composed(found, now), versions.frozen(found)
        else:
            frame = Frame(title or outline.title(Kind.YEARLY, partnership.name, year), partnership.name, now)
            made, freeze = compose(frame, outline.parts(Kind.YEARLY, now.date()), counting.live(
                Asked(partnership, year, now))), None
    return Made(made, versions.forms(made, freeze))
