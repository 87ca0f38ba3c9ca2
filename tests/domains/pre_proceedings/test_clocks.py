"""Care proceedings within 26 weeks, and which way pre-proceedings go, with dates by hand."""
from __future__ import annotations

from datetime import date

from goldthread.domains.pre_proceedings.process import PRE_PROCEEDINGS
from goldthread.process.engine import Fact, State, position
from tests.domains.dates import at, due, fact, facts, readings

NAME = "Conclude care proceedings"


def gateway(outcome: str) -> list[Fact]:
    return facts(fact("gateway-request", at("2026-05-01")), fact("legal-gateway", at("2026-05-05"), outcome))


def to_court(applied: str) -> list[Fact]:
    return facts(*gateway("B"), fact("letter-before-proceedings", at("2026-05-07")),
                 fact("family-group-offer", at("2026-05-07"), "declined"), fact("pre-proceedings-meeting", at("2026-05-20")),
                 fact("step-decision", at("2026-06-15"), "court"), fact("letter-of-intent", at("2026-06-16")),
                 fact("court-application", at(applied)))


def test_26_weeks_from_the_application() -> None:
    assert due(PRE_PROCEEDINGS, NAME, to_court("2026-06-17")) == date(2026, 12, 16), "over the autumn clock change"


def test_26_weeks_over_29_february() -> None:
    assert due(PRE_PROCEEDINGS, NAME, to_court("2027-12-01")) == date(2028, 5, 31)


def test_26_weeks_may_end_on_a_bank_holiday() -> None:
    assert due(PRE_PROCEEDINGS, NAME, to_court("2026-06-26")) == date(2026, 12, 25)


def test_the_court_may_give_more_time_and_a_pause_moves_the_end() -> None:
    longer = facts(*to_court("2026-06-17"), fact("extension", at("2026-12-01"), about=NAME, planned=at("2027-02-10")))
    assert readings(PRE_PROCEEDINGS, NAME, longer)[0].due == at("2027-02-10")
    paused = facts(*to_court("2026-06-17"), fact("pause", at("2026-07-01"), about=NAME),
                   fact("resumption", at("2026-07-15"), about=NAME))
    assert due(PRE_PROCEEDINGS, NAME, paused) == date(2026, 12, 30)


def test_an_order_entered_late_and_work_taken_up_again() -> None:
    ordered = facts(*to_court("2026-06-17"), fact("final-order", at("2026-12-10"), "care"))
    assert not readings(PRE_PROCEEDINGS, NAME, ordered)[0].late(at("2027-06-01"))
    assert position(PRE_PROCEEDINGS, ordered).closed
    again = facts(*ordered, fact("reopening", at("2027-01-11"), about="final-order"))
    first, second = readings(PRE_PROCEEDINGS, NAME, again)
    assert first.stopped == at("2026-12-10") and second.started == at("2027-01-11")


def test_the_gateway_decides_what_is_needed() -> None:
    assert position(PRE_PROCEEDINGS, gateway("A")).closed
    begun = position(PRE_PROCEEDINGS, gateway("B")).states
    assert begun["letter-before-proceedings"] is State.OPEN and begun["family-group-offer"] is State.OPEN
    issued = position(PRE_PROCEEDINGS, gateway("C")).states
    assert issued["letter-before-proceedings"] is State.NOT_NEEDED and issued["family-group-offer"] is State.OPEN


def test_the_application_waits_for_the_offer_to_the_family() -> None:
    given = facts(*gateway("C"), fact("step-decision", at("2026-05-06"), "court"))
    where = position(PRE_PROCEEDINGS, given)
    assert where.states["court-application"] is State.WAITING
    assert where.waits["court-application"] == ("Offer of family group decision making",)
    offered = facts(*given, fact("family-group-offer", at("2026-05-06"), "no-answer"))
    assert position(PRE_PROCEEDINGS, offered).states["court-application"] is State.OPEN
