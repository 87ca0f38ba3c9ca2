"""Earlier allegations against the same adult, for the designated officer alone: read as the acting person."""
from __future__ import annotations

from typing import Any

from django.db.models import Q

from goldthread.base.text import normalise_name
from goldthread.domains.allegations.models import AllegationReport
from goldthread.process.models import Case


def same_adult(one: AllegationReport, other: AllegationReport) -> bool:
    """One last name and, where both say it, one date of birth; without dates of birth one first name as well."""
    if normalise_name(one.family) != normalise_name(other.family):
        return False
    if one.born_on and other.born_on:
        return one.born_on == other.born_on
    return normalise_name(one.given) == normalise_name(other.given)


def earlier(case: Case) -> list[AllegationReport]:
    """The reports of other cases that name the same adult, newest first, as far as the acting person may see them."""
    event = case.last(AllegationReport.step_key())
    if event is None:
        return []
    this = event.record
    rows: Any = AllegationReport.objects.filter(
        Q(family__iexact=this.family) | Q(born_on=this.born_on, born_on__isnull=False), event__replaced_by=None)
    found = rows.exclude(case=case).select_related("case").order_by("-happened_at", "-pk")
    return [report for report in found if report.case.voided_at is None and same_adult(this, report)]
