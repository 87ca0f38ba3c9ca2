"""How an action stands, worked out from its evidence, its due date and its end."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from goldthread.access.actor import Actor
from goldthread.access.policy import user_token
from goldthread.access.prepared import Prepared
from goldthread.thread.models import Action, Evidence, Turn, Verdict

DONE, DROPPED, TO_ACCEPT, ACCEPTED = "Done", "Not needed any more", "Evidence to look at", "Evidence accepted"
LATE, TO_DO = "Overdue", "To do"
FEW = 10  # shown on "My work"


def with_evidence(rows: Any) -> Any:
    """Actions with `unjudged` and `accepted`: whether evidence waits to be looked at, and whether some was enough.

    What was accepted before an action was last taken up again no longer counts.
    """
    given = Evidence.objects.filter(action=OuterRef("pk"), verdict=None)
    since = Turn.objects.filter(action=OuterRef("action"), kind="reopened", at__gte=OuterRef("at"))
    enough = Verdict.objects.filter(~Exists(since), action=OuterRef("pk"), enough=True)
    return rows.annotate(unjudged=Exists(given), accepted=Exists(enough))


def state_of(action: Any, today: date) -> str:
    """In words; `action` from `with_evidence`."""
    if action.done_at:
        return DONE
    if action.dropped_at:
        return DROPPED
    if action.unjudged:
        return TO_ACCEPT
    if action.accepted:
        return ACCEPTED
    return LATE if action.late(today) else TO_DO


def open_actions() -> Any:
    """Open actions the acting person may read, soonest due first."""
    return with_evidence(Action.objects.filter(done_at=None, dropped_at=None)).select_related("agency", "owner").order_by(
        "due", "pk")


def mine(actor: Actor) -> Any:
    """Open actions of this person, of those they cover for, and of their agency where no person is named."""
    agency = Q(owner=None, agency=actor.agency) if actor.holds(actor.agency_token) else Q(pk=None)
    return open_actions().filter(Q(owner__in=_eyes(actor)) | agency)


def soonest(actor: Actor) -> list[Action]:
    """The few of `mine` that are due soonest."""
    eyes = _eyes(actor)
    if not actor.holds(actor.agency_token) or eyes != [actor.user.pk]:
        return list(mine(actor)[:FEW])
    return _SOONEST.rows(user=actor.user.pk, agency=actor.agency.pk)


def _eyes(actor: Actor) -> list[int]:
    return [int(token.partition(":")[2]) for token in actor.authority.tokens if token.startswith("user:")]


_SOONEST = Prepared(lambda user, agency: open_actions().filter(Q(owner=user) | Q(owner=None, agency=agency))[:FEW],
                    user=-987_654_321_015, agency=-987_654_321_016)


def is_owner(actor: Actor, action: Action) -> bool:
    """Whether an action is this person's by name, or, where it names nobody, their agency's."""
    return actor.holds(user_token(action.owner_id)) if action.owner_id else _of_agency(actor, action)


def may_do(actor: Actor, action: Action) -> bool:
    """Whether this person may say what was done: its owner, or a colleague at the agency it was given to."""
    return is_owner(actor, action) or _of_agency(actor, action)


def _of_agency(actor: Actor, action: Action) -> bool:
    return action.agency_id == actor.agency.pk and actor.holds(actor.agency_token)
