"""What the front door and other desks know of a person already: earlier contacts, referrals, open work."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from goldthread.domains.front_door.models import Decision, PartnerReply
from goldthread.domains.front_door.outcomes import REFERRALS
from goldthread.people.models import SearchKey
from goldthread.process.models import Case, CasePerson, Event

MOST = 8  # open cases shown of one person


@dataclass
class Known:
    """Of one person: contacts before this one, the last of them, whether it is a re-referral, and open work.

    referred_again: referred within the 12 months before (the national measure's definition, Children in Need census).
    """

    contacts: int = 0
    last: datetime | None = None
    referred_again: bool = False
    contact_within_year: bool = False
    open: list[Case] = field(default_factory=list)


def known_of(people: Iterable[int], *, besides: Case | None, at: datetime) -> dict[int, Known]:
    """By id, for the acting person: only cases they may see are counted. Records merged with each count with it."""
    wanted = set(people)
    same = _records_of(wanted)
    rows: Any = CasePerson.objects.filter(person__in=same).select_related("case", "case__allocated_to")
    if besides is not None:
        rows = rows.exclude(case=besides)
    rows = list(rows.order_by("-case__opened_at", "-case__pk"))
    referred = _referred({row.case_id for row in rows})
    found = {pk: Known() for pk in wanted}
    counted: set[tuple[int, int]] = set()
    for row in rows:
        for pk in same[row.person_id]:
            if (pk, row.case_id) not in counted:
                counted.add((pk, row.case_id))
                _count(found[pk], row.case, at, row.case_id in referred)
    return found


def _count(known: Known, case: Case, at: datetime, referred: bool) -> None:
    if case.closed_at is None and len(known.open) < MOST:
        known.open.append(case)
    if case.process_key != "front-door" or case.opened_at > at:
        return
    known.contacts += 1
    known.last = max(known.last or case.opened_at, case.opened_at)
    within = _local(case.opened_at) >= year_before(_local(at))
    known.contact_within_year |= within
    known.referred_again |= within and referred


def _records_of(people: set[int]) -> dict[int, set[int]]:
    """For each record of these people or merged with one of them, whose it is."""
    same: dict[int, set[int]] = {pk: {pk} for pk in people}
    kept = dict(SearchKey.objects.filter(person__in=people).values_list("person_id", "kept_id"))
    for record, keeper in SearchKey.objects.filter(kept__in=set(kept.values())).values_list("person_id", "kept_id"):
        same.setdefault(record, set()).update(pk for pk, own in kept.items() if own == keeper)
    return same


def _referred(cases: set[int]) -> set[int]:
    """The cases whose standing decision was a referral."""
    rows = Event.objects.filter(case__in=cases, step=Decision.step_key(), replaced_by=None, outcome__in=REFERRALS)
    return set(rows.values_list("case_id", flat=True))


def year_before(day: date) -> date:
    """The same day a year ago; 28 February stands for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _local(at: datetime) -> date:
    return timezone.localtime(at).date()


def agencies_that_knew(people: Iterable[int], *, since: timedelta, at: datetime) -> list[int]:
    """Agencies that told the front door of these people, or knew them when asked, since then; by id, latest first."""
    cases = CasePerson.objects.filter(person__in=_records_of(set(people)), case__process_key="front-door",
                                      case__opened_at__gte=at - since).values("case_id")
    told = Event.objects.filter(case__in=cases, replaced_by=None).filter(step="contact")
    knew = Event.objects.filter(case__in=cases, replaced_by=None, step=PartnerReply.step_key(), outcome="known")
    rows = [*told.values_list("happened_at", "agency_id"), *knew.values_list("happened_at", "agency_id")]
    return list(dict.fromkeys(agency for _, agency in sorted(rows, reverse=True)))
