"""The offer of a move between areas, on the cases of a child who has a new address."""
from __future__ import annotations

from typing import Any

from django.db.models import Q

from goldthread.flows.offer import Offer
from goldthread.flows.referral_to_plan import MOVE
from goldthread.people.models import Address
from goldthread.process.models import Case, CasePerson


def moved(case: Case) -> bool:
    """Whether a child of an open case has moved since it was opened, as far as the acting person may read where to."""
    children = CasePerson.objects.filter(case=case, capacity__in=("child", "sibling")).values("person")
    day = case.opened_at.date()
    homes = Address.objects.filter(person__in=children, safe=False)
    return case.closed_at is None and homes.filter(until=None, since__gte=day).exists() and homes.filter(
        Q(since=None) | Q(since__lt=day) | Q(until__gte=day)).exists()


def _as(kind: str) -> Any:
    """Which help the child has now, for the other area."""
    return lambda case: {"kind": kind}


MOVES: tuple[Offer, ...] = tuple(
    Offer(process, step, frozenset(), "transfer", MOVE, carry=_as(kind), when=moved) for process, step, kind in (
        ("assessment", "assessment-request", "assessment"), ("section-47", "harm-concern", "other"),
        ("child-protection", "conference-request", "child-protection"), ("child-in-need", "need-found", "child-in-need"),
        ("exploitation", "exploitation-referral", "other"), ("private-fostering", "fostering-notice", "other")))
