"""The offer of a move between areas, on the cases of a child who has a new address, and what is said of that address."""
from __future__ import annotations

from typing import Any

from goldthread.flows.offer import Offer
from goldthread.flows.referral_to_plan import MOVE
from goldthread.orgs.bounds import inside
from goldthread.people.models import Address
from goldthread.process.models import Case, CasePerson

OUTSIDE, WITHIN, NOT_KNOWN = "Out of our area", "Within our area", "It is not known whether within our area"


def moved_to(case: Case) -> str:
    """Where a child of an open case has moved since it was opened, as far as the acting person may read: out of the
    partnership's area, within it, or not known; "" for no move. Read once of a case that is only read."""
    if case.only_read and "_moved_to" in case.__dict__:
        return str(case.__dict__["_moved_to"])
    found = "" if case.closed_at else _moved_to(case)
    case.__dict__["_moved_to"] = found
    return found


def _moved_to(case: Case) -> str:
    children = CasePerson.objects.filter(case=case, capacity__in=("child", "sibling")).values("person")
    day, new, before = case.opened_at.date(), [], False
    for home in Address.objects.filter(person__in=children, safe=False):
        if home.until is None and home.since is not None and home.since >= day:
            new.append(inside(case.partnership, home.postcode))
        before = before or home.since is None or home.since < day or (home.until is not None and home.until >= day)
    if not new or not before:
        return ""
    return OUTSIDE if False in new else NOT_KNOWN if None in new else WITHIN


def moved(case: Case) -> bool:
    """Whether a child of an open case may have moved to another area; a move within the partnership's own is none."""
    return moved_to(case) in (OUTSIDE, NOT_KNOWN)


def _as(kind: str) -> Any:
    """Which help the child has now, for the other area, and that it is this area the child has left."""
    return lambda case: {"kind": kind, **({"direction": "out"} if moved_to(case) == OUTSIDE else {})}


MOVES: tuple[Offer, ...] = tuple(
    Offer(process, step, frozenset(), "transfer", MOVE, carry=_as(kind), when=moved) for process, step, kind in (
        ("assessment", "assessment-request", "assessment"), ("section-47", "harm-concern", "other"),
        ("child-protection", "conference-request", "child-protection"), ("child-in-need", "need-found", "child-in-need"),
        ("exploitation", "exploitation-referral", "other"), ("private-fostering", "fostering-notice", "other")))
MAY_MOVE = frozenset(offer.after for offer in MOVES)
