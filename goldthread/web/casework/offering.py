"""The offers a case's page shows."""
from __future__ import annotations

from typing import Any

from goldthread.flows import Offer, offers_on
from goldthread.process.models import Case
from goldthread.process.opening import joined


def open_offers(request: Any, case: Case, others: list[Case] | None = None) -> list[Offer]:
    """The offers open on a case from `open_case`. One that was taken up is open again once the case it led to is closed,
    and not before, even where that case is not for this person to see. others: the cases joined to it, if read before."""
    begun = {other.process_key for other in (joined(case) if others is None else others)
             if other.came_from_id == case.pk and other.closed_at is None}
    found = offers_on(request.actor, case, begun)
    return [offer for offer in found if offer.starts not in case.begun]  # type: ignore[attr-defined]
