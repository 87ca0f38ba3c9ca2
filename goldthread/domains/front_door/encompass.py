"""Operation Encompass: by when each child's school is told, and where that failed."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from goldthread.base.dates import LONDON
from goldthread.domains.front_door.models import Contact, EncompassNotice, EncompassRead, EncompassSchool
from goldthread.orgs.models import Agency, Partnership
from goldthread.process.models import Ask, Case, Event
from goldthread.rules.calendar import england
from goldthread.rules.school_days import SchoolDays, TermDatesMissing, school_days

OPENS = time(8, 30)
FALLBACK = "illustrative"
COUNCIL = "childrens-services"


@dataclass(frozen=True)
class Due:
    """When a school must have been told. `note`: what whoever tells it should know of how this was worked out."""

    at: datetime
    note: str = ""


def due_for(partnership: Partnership, incident_at: datetime) -> Due:
    """Before the next school day begins: T09, by the partnership's own term dates where they are loaded.

    Without them by the pattern of terms that comes with the rules, and beyond those by weekdays that are no holiday.
    """
    own = _terms(partnership.slug)
    if own:
        try:
            return Due(own.next_opening(incident_at))
        except TermDatesMissing:
            pass
    try:
        return Due(school_days(FALLBACK).next_opening(incident_at),
                   "Counted by the usual pattern of terms: this partnership's own term dates are not loaded.")
    except TermDatesMissing:
        return Due(_next_weekday(incident_at), "Counted by weekdays: no term dates are loaded for this time.")


def _terms(slug: str) -> SchoolDays | None:
    try:
        return school_days(slug)
    except TermDatesMissing:
        return None


def _next_weekday(incident_at: datetime) -> datetime:
    local, calendar = incident_at.astimezone(LONDON), england()
    day = local.date()
    if local.time() >= OPENS or not calendar.is_working_day(day):
        day += timedelta(days=1)
        while not calendar.is_working_day(day):
            day += timedelta(days=1)
    return datetime.combine(day, OPENS, LONDON)


def council_of(partnership: Partnership, today: date) -> Agency | None:
    """The council's children's services, told of children who have no school."""
    rows = Agency.objects.taking_part(partnership, today).filter(kind=COUNCIL)
    found: Agency | None = rows.order_by("-participations__statutory_partner", "pk").first()
    return found


@dataclass(frozen=True)
class Gaps:
    """Where children's schools have not been told, or do not know yet.

    unread: asks due and not read. untold: contacts about domestic abuse without a notice. no_school: lines of children
    without a school. in_time, late: notices read, over the same days.
    """

    unread: list[Ask]
    untold: list[Case]
    no_school: list[EncompassSchool]
    in_time: int
    late: int


def gaps(now: datetime, *, days: int = 30) -> Gaps:
    """For the acting person, over the last so many days."""
    since = now - timedelta(days=days)
    asks = Ask.objects.filter(step=EncompassRead.step_key(), withdrawn_at=None, made_at__gte=since)
    read = [(ask.answered_at, ask.due) for ask in asks.exclude(answered_at=None)]
    lines: Any = EncompassSchool.objects.exclude(no_school="").filter(
        event__happened_at__gte=since, event__replaced_by=None).select_related("case", "agency")
    return Gaps(
        unread=list(asks.filter(answered_at=None, due__lt=now).select_related("agency", "case").order_by("due", "pk")),
        untold=_untold(since), no_school=list(lines.order_by("-pk")),
        in_time=sum(at <= due for at, due in read), late=sum(at > due for at, due in read))


def _untold(since: datetime) -> list[Case]:
    told = Event.objects.filter(step=EncompassNotice.step_key(), replaced_by=None).values("case_id")
    about: Any = Contact.objects.filter(domestic_abuse=True, event__replaced_by=None).exclude(case__in=told)
    return list(Case.objects.filter(pk__in=about.values("case_id"), opened_at__gte=since).order_by("-opened_at", "-pk"))
