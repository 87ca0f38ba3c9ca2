"""The time limits of a serious incident, worked by hand, and the two signatures."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

from goldthread.domains.rapid_review import models as m
from goldthread.domains.rapid_review.process import BOTH_SIGNED, RAPID_REVIEW
from goldthread.process.engine import State, holds, position
from tests.domains.by_hand import at, due, fact, facts, readings, state

FROM_NOTICE, FROM_AWARE = "Send the rapid review, from the notification", "Send the rapid review, from becoming aware"
# Aware on Friday 18 December 2026, notified on Tuesday the 22nd.
AWARE = fact(m.SeriousIncident, at("2026-12-18", "17:00"), "died")
NOTIFIED = (AWARE, fact(m.CriteriaDecision, at("2026-12-21"), "notify"), fact(m.PanelNotification, at("2026-12-22")))
DECIDED = (*NOTIFIED, fact(m.SummaryRequest, at("2026-12-22")), fact(m.RapidReview, at("2027-01-08")))


def decided(outcome: str = "lcspr", day: str = "2027-01-11"):
    return (*DECIDED, fact(m.ReviewDecision, at(day), outcome))


def signed(*people: int, agency: int = 0):
    """By these people, each of an agency of their own or all of one."""
    return tuple(fact(m.PartnerSignOff, at("2027-01-12"), by=by, agency=agency or 100 + by) for by in people)


def sent(day: str, what: str = "both"):
    return (*decided(), *signed(1, 2), fact(m.SentToPanel, at(day), what))


def test_notified_within_five_working_days_of_becoming_aware():
    """21, 22, 23, 24 and 29 December."""
    assert due(RAPID_REVIEW, "Notify the panel", facts(AWARE)) == date(2026, 12, 29)


def test_the_rapid_review_is_counted_both_ways_on_one_step():
    """Fifteen working days: to 13 January from becoming aware, to 15 January from the notification."""
    given = facts(*NOTIFIED)
    assert due(RAPID_REVIEW, FROM_AWARE, given) == date(2027, 1, 13)
    assert due(RAPID_REVIEW, FROM_NOTICE, given) == date(2027, 1, 15)
    on_14th = facts(*sent("2027-01-14"))
    late = {name: readings(RAPID_REVIEW, name, on_14th, at("2027-01-20"))[0].late(at("2027-01-20"))
            for name in (FROM_AWARE, FROM_NOTICE)}
    assert late == {FROM_AWARE: True, FROM_NOTICE: False}


def test_summaries_are_asked_for_on_the_next_working_day():
    thursday = (AWARE, fact(m.CriteriaDecision, at("2026-12-21"), "notify"), fact(m.PanelNotification, at("2026-12-24")))
    assert due(RAPID_REVIEW, "Ask agencies for summaries", facts(*thursday)) == date(2026, 12, 29)


def test_two_different_partners_sign():
    nobody, one, twice, both = (facts(*decided(), *signed(*who)) for who in ((), (1,), (1, 1), (1, 2)))
    colleagues = facts(*decided(), *signed(1, 2, agency=7))
    for given in (nobody, one, twice, colleagues):
        assert state(RAPID_REVIEW, m.SentToPanel, given) is State.WAITING
        assert state(RAPID_REVIEW, m.PartnerSignOff, given) is State.OPEN, "a signature is still wanted"
    assert position(RAPID_REVIEW, one).waits[m.SentToPanel.step_key()] == (
        "Signature of a lead partner by 2 people of different agencies",)
    assert state(RAPID_REVIEW, m.SentToPanel, both) is State.OPEN
    assert state(RAPID_REVIEW, m.PartnerSignOff, both) is State.DONE


def test_without_agencies_two_people_of_one_partner_would_do():
    """The control of the rule above."""
    colleagues = facts(*decided(), *signed(1, 2, agency=7))
    assert not holds(colleagues, BOTH_SIGNED)
    assert holds(colleagues, replace(BOTH_SIGNED, agencies=False))


def test_the_decision_goes_the_same_day_where_it_did_not_go_along():
    assert due(RAPID_REVIEW, "Send the decision", facts(*sent("2027-01-14", "review"))) == date(2027, 1, 14)
    both = facts(*sent("2027-01-14"))
    assert readings(RAPID_REVIEW, "Send the decision", both, at("2027-01-14")) == []
    assert state(RAPID_REVIEW, m.DecisionSent, both) is State.NOT_NEEDED


def test_published_within_six_months_and_a_leap_day():
    assert due(RAPID_REVIEW, "Publish the review", facts(*decided(day="2027-08-31"))) == date(2028, 2, 29)
    none = facts(*decided("no"))
    assert readings(RAPID_REVIEW, "Publish the review", none, at("2027-01-12")) == []
    assert state(RAPID_REVIEW, m.Publication, none) is State.NOT_NEEDED


def test_the_final_report_goes_seven_working_days_before_publication():
    """Published on Friday 15 January: 14, 13, 12, 11, 8, 7 and so by 6 January. Planned anew, it is counted from there."""
    appointed = (*sent("2026-12-31"), fact(m.ReviewerAppointed, at("2026-12-31")))
    name = "Send the final report before publication"
    planned = (*appointed, fact(m.PublicationPlan, at("2026-12-31"), planned=at("2027-01-15")))
    assert due(RAPID_REVIEW, name, facts(*planned)) == date(2027, 1, 6)
    later = (*planned, fact(m.PublicationPlan, at("2026-12-31", "11:00"), planned=at("2027-04-07")))
    assert due(RAPID_REVIEW, name, facts(*later)) == date(2027, 3, 25), "Easter Monday and Good Friday do not count"


def test_progress_is_looked_at_each_month_until_publication():
    given = facts(*sent("2027-01-14"), fact(m.ReviewerAppointed, at("2027-01-31")), fact(m.ReviewProgress, at("2027-02-20")))
    found = readings(RAPID_REVIEW, "Check the review's progress", given, at("2027-02-21"))
    assert [r.due.date() for r in found] == [date(2027, 2, 28), date(2027, 3, 20)]


def test_below_the_criteria_nothing_more_is_to_be_done():
    given = facts(AWARE, fact(m.CriteriaDecision, at("2026-12-21"), "not-met"))
    assert position(RAPID_REVIEW, given).closed
    assert readings(RAPID_REVIEW, "Notify the panel", given, at("2026-12-22")) == []


def test_a_care_leavers_death_is_notified_without_a_rapid_review():
    given = (AWARE, fact(m.CriteriaDecision, at("2026-12-21"), "notify-only"))
    assert due(RAPID_REVIEW, "Notify the panel", facts(*given)) == date(2026, 12, 29)
    notified = facts(*given, fact(m.PanelNotification, at("2026-12-22")))
    assert position(RAPID_REVIEW, notified).closed
    assert readings(RAPID_REVIEW, FROM_NOTICE, notified, at("2026-12-23")) == []


def test_entered_late_counts_from_when_it_was_sent():
    """The notification of the 22nd was written down after the review was asked for; its clock starts on the 22nd."""
    given = facts(AWARE, fact(m.CriteriaDecision, at("2026-12-21"), "notify"), fact(m.PanelNotification, at("2026-12-22")))
    [found] = readings(RAPID_REVIEW, FROM_NOTICE, given, at("2027-01-04"))
    assert found.started == at("2026-12-22")


def test_a_pause_and_more_time():
    """Due on 15 January; paused for the two working days from the 5th to the 7th it is the 19th."""
    paused = facts(*NOTIFIED, fact("pause", at("2027-01-05"), about=FROM_NOTICE),
                   fact("resumption", at("2027-01-07"), about=FROM_NOTICE))
    assert due(RAPID_REVIEW, FROM_NOTICE, paused) == date(2027, 1, 19)
    assert due(RAPID_REVIEW, FROM_AWARE, paused) == date(2027, 1, 13), "the other clock runs on"
    longer = facts(*NOTIFIED, fact("extension", at("2027-01-05"), about=FROM_NOTICE, planned=at("2027-01-22")))
    assert readings(RAPID_REVIEW, FROM_NOTICE, longer, at("2027-01-06"))[0].due == at("2027-01-22")


def test_taken_up_again_after_the_panel_asks_to_think_again():
    replied = (*sent("2027-01-14"), fact(m.PanelReply, at("2027-01-25"), "questions"))
    given = facts(*replied, fact("reopening", at("2027-01-26"), about=m.ReviewDecision.step_key()))
    for step in (m.ReviewDecision, m.SentToPanel, m.PartnerSignOff):
        assert state(RAPID_REVIEW, step, given) is not State.DONE
    assert state(RAPID_REVIEW, m.RapidReview, given) is State.DONE
    before, again = readings(RAPID_REVIEW, FROM_NOTICE, given, at("2027-01-26"))
    assert before.stopped == at("2027-01-14") and again.stopped is None
    assert again.due.date() == date(2027, 2, 16), "fifteen working days from 26 January"
