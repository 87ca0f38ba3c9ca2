"""Who may send, collect and open returns, and whose eyes each row is for."""
from __future__ import annotations

from goldthread.access.actor import Actor, Refused
from goldthread.access.policy import May, desk_token, returns_token
from goldthread.dataset.models import Expectation

DESK, ROWS_DESK = "data", "data-rows"


def readers_of(agency: int, partnership: int) -> list[str]:
    """Of how a return stands: the data desk, and those who send the agency's returns."""
    return sorted([desk_token(DESK, partnership), returns_token(agency, partnership)])


def readers_of_rows(agency: int, partnership: int) -> list[str]:
    """Of what stands in its rows: analysts, and those who send the agency's returns."""
    return sorted([desk_token(ROWS_DESK, partnership), returns_token(agency, partnership)])


def collects(actor: Actor, partnership: int) -> bool:
    return actor.authority.partnership == partnership and actor.may(May.COLLECT_RETURNS)


def sends(actor: Actor, expectation: Expectation) -> bool:
    """Those who send the agency's returns; an analyst may load what an agency handed over."""
    own = actor.may(May.SEND_RETURNS) and actor.holds(returns_token(expectation.agency_id, expectation.partnership_id))
    return own or (collects(actor, expectation.partnership_id) and opens_rows(actor, expectation))


def opens_rows(actor: Actor, expectation: Expectation) -> bool:
    """Whether somebody may see what stands in the rows of a return."""
    return any(map(actor.holds, readers_of_rows(expectation.agency_id, expectation.partnership_id)))


def insist_sends(actor: Actor, expectation: Expectation) -> None:
    if not sends(actor, expectation):
        raise Refused("Only those who send this agency's returns can do this")


def insist_collects(actor: Actor, partnership: int) -> None:
    if not collects(actor, partnership):
        raise Refused("Only those who collect the partnership's data can do this")
