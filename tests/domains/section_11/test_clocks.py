"""By when a return, an answer and the gaps are due, and what moves it."""
from __future__ import annotations

from goldthread.domains.section_11 import models as m
from goldthread.domains.section_11.process import SECTION_11
from goldthread.process.engine import State
from tests.domains.by_hand import at, fact, facts, readings, state

DUE = at("2027-02-28", "17:00")
ASKED = fact(m.Section11Request, at("2026-11-23"), planned=DUE)


def one(name, given, now="2026-12-01"):
    [found] = readings(SECTION_11, name, facts(*given), at(now))
    return found


def test_the_return_is_due_as_the_round_said():
    assert one("Send the return", [ASKED]).due == DUE
    sent = [ASKED, fact(m.Section11Return, at("2027-02-26")), fact(m.Section11SignOff, at("2027-02-28")),
            fact(m.Section11Submission, at("2027-03-01"))]
    assert one("Send the return", sent).late(at("2027-03-02")), "signed in time, sent a day late"


def test_more_time_for_one_agency_moves_its_clock():
    longer = [ASKED, fact("extension", at("2027-02-20"), about="Send the return", planned=at("2027-03-14"))]
    assert one("Send the return", longer).due == at("2027-03-14")


def test_an_answer_to_a_challenge_and_the_gaps():
    sent = [ASKED, fact(m.Section11Return, at("2027-01-05")), fact(m.Section11SignOff, at("2027-01-06")),
            fact(m.Section11Submission, at("2027-01-06"))]
    challenged = [*sent, fact(m.Challenge, at("2027-01-11"), planned=at("2027-01-25"))]
    assert one("Answer the challenge", challenged).due == at("2027-01-25")
    gaps = [*sent, fact(m.Moderation, at("2027-02-01"), "gaps"), fact(m.GapPlan, at("2027-02-10"), planned=at("2028-02-29"))]
    assert one("Close every gap", gaps).due == at("2028-02-29")
    assured = facts(*sent, fact(m.Moderation, at("2027-02-01"), "assured"))
    assert state(SECTION_11, m.GapPlan, assured) is State.NOT_NEEDED


def test_nothing_is_sent_unsigned():
    written = facts(ASKED, fact(m.Section11Return, at("2027-01-05")))
    assert state(SECTION_11, m.Section11Submission, written) is State.WAITING


def test_taken_up_again_from_the_moderation():
    sent = [ASKED, fact(m.Section11Return, at("2027-01-05")), fact(m.Section11SignOff, at("2027-01-06")),
            fact(m.Section11Submission, at("2027-01-06")), fact(m.Moderation, at("2027-02-01"), "assured"),
            fact("reopening", at("2027-02-20"), about=m.Moderation.step_key())]
    assert state(SECTION_11, m.Moderation, facts(*sent)) is State.OPEN
    assert state(SECTION_11, m.Section11Submission, facts(*sent)) is State.DONE
