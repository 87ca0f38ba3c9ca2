"""Who has a case: its desk, its team and its worker, worked out from what was offered, taken over and allocated."""
from __future__ import annotations

from typing import Any

from goldthread.process.models import Case, TeamTransfer, TeamTransferAnswer

DERIVED = ("desk", "team", "offered_to", "offered_team", "offered_by", "allocated_to")


def take_over(case: Case) -> None:
    """Set the desk, the team and the worker that have a case, and the desk or team that is asked and has not answered.

    Until it is taken over a case stays with whoever has it, so that it is never with nobody. Whoever takes it over names
    the worker, or nobody yet. On the system's authority.
    """
    case.desk, case.team_id, case.allocated_to_id = "", None, None
    case.offered_to, case.offered_team_id, case.offered_by_id = "", None, None
    allocation: Any = case.process.allocation
    if allocation is None:
        return
    offer, steps = None, (TeamTransfer.step_key(), TeamTransferAnswer.step_key(), allocation.step_key())
    for event in case.standing_events().filter(step__in=steps):
        record: Any = event.record
        if event.step == TeamTransfer.step_key():
            offer = event
        elif event.step == allocation.step_key():
            case.allocated_to_id = record.worker_id
        elif offer is not None:
            if record.answer == "accepted":
                _with(case, offer.record)
                case.allocated_to_id = record.worker_id
            offer = None
    if offer is not None and case.closed_at is None:
        case.offered_to, case.offered_team_id = offer.record.to_desk, offer.record.team_id
        case.offered_by_id = offer.recorded_by_id


def _with(case: Case, offer: Any) -> None:
    case.desk, case.team_id = "" if offer.to_desk == case.process.desk else offer.to_desk, offer.team_id
