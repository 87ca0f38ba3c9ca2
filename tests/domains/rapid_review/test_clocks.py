"""The time limits of a serious incident, worked by hand, and the two signatures."""
from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from goldthread.domains.rapid_review import models as m
from goldthread.domains.rapid_review.process import BOTH_SIGNED, RAPID_REVIEW
from goldthread.process.checks import faults
from goldthread.process.definition import answered
from goldthread.process.engine import Asked, State, holds, position
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


ALL_BACK, ADDED_LATE, ANSWERED = "All agencies' summaries back", 3, at("2027-01-06")


def asked(day: str, *back: datetime | None, first: int = 1):
    """A request to so many agencies, numbered from `first`, each with when it answered (None: not yet)."""
    until = at("2027-01-07")
    return fact(m.SummaryRequest, at(day), asked=tuple(Asked(n, n, until, when) for n, when in enumerate(back, first)))


def back(*made):
    """The readings of what is waited for, on 20 January."""
    return readings(RAPID_REVIEW, ALL_BACK, facts(*NOTIFIED, *made), at("2027-01-20"))


def stopped(*made):
    [found] = back(*made)
    return found.stopped


def test_all_summaries_are_back_within_ten_working_days_of_the_notification():
    """23, 24, 29, 30 and 31 December, 4, 5, 6, 7 and 8 January: whoever is asked and whenever."""
    assert due(RAPID_REVIEW, ALL_BACK, facts(*NOTIFIED)) == date(2027, 1, 8)
    assert due(RAPID_REVIEW, ALL_BACK, facts(*NOTIFIED, asked("2027-01-04", None))) == date(2027, 1, 8)
    below = facts(AWARE, fact(m.CriteriaDecision, at("2026-12-21"), "notify-only"), NOTIFIED[-1])
    assert readings(RAPID_REVIEW, ALL_BACK, below, at("2027-01-20")) == [], "nobody is to be asked"


def test_they_are_back_when_the_last_agency_has_answered():
    assert stopped() is None and stopped(asked("2026-12-22")) is None, "before anybody is asked none is back"
    assert stopped(asked("2026-12-22", ANSWERED, None)) is None
    [found] = back(asked("2026-12-22", ANSWERED, at("2027-01-04")))
    assert found.stopped == ANSWERED and not found.late(at("2027-01-20"))
    assert back(asked("2026-12-22", ANSWERED, at("2027-01-11")))[0].late(at("2027-01-20"))


def test_without_looking_at_all_of_them_the_first_summary_would_do():
    """The control of the rule above."""
    [clock] = [each for each in RAPID_REVIEW.clocks if each.name == ALL_BACK]
    only_one = replace(RAPID_REVIEW, clocks=(replace(clock, stops=m.AgencySummary),))
    given = facts(*NOTIFIED, asked("2026-12-22", ANSWERED, None), fact(m.AgencySummary, ANSWERED))
    assert stopped(asked("2026-12-22", ANSWERED, None), fact(m.AgencySummary, ANSWERED)) is None
    assert readings(only_one, ALL_BACK, given, at("2027-01-20"))[0].stopped == ANSWERED


def test_one_asked_late_is_waited_for_as_well_and_until_the_same_day():
    first = asked("2026-12-22", ANSWERED, ANSWERED)
    [again] = back(first, asked("2027-01-07", None, first=ADDED_LATE))
    assert again.stopped is None and again.due.date() == date(2027, 1, 8)
    assert stopped(first, asked("2027-01-07", at("2027-01-12"), first=ADDED_LATE)) == at("2027-01-12")


def test_taken_up_again_from_the_request_all_are_asked_for_anew():
    done = (asked("2026-12-22", ANSWERED, ANSWERED), fact(m.RapidReview, at("2027-01-08")))
    reopened = fact("reopening", at("2027-01-11"), about=m.SummaryRequest.step_key())
    before, again = back(*done, reopened)
    assert before.stopped == ANSWERED and (again.started, again.stopped) == (at("2027-01-11"), None)
    _, again = back(*done, reopened, asked("2027-01-12", at("2027-01-15"), first=ADDED_LATE))
    assert again.stopped == at("2027-01-15")
    later = fact("reopening", at("2027-01-11"), about=m.RapidReview.step_key())
    assert stopped(*done, later) == ANSWERED, "what comes after the request leaves the summaries where they are"


def test_nothing_but_the_end_of_a_clock_waits_for_all_answers_and_only_where_some_are_asked_for():
    [clock] = [each for each in RAPID_REVIEW.clocks if each.name == ALL_BACK]
    review = RAPID_REVIEW.step(m.RapidReview.step_key())

    def wrong(**changed):
        return faults(replace(RAPID_REVIEW, **changed), frozenset({"T33a2"}))

    assert wrong(clocks=(clock,)) == wrong(clocks=())
    for kept, words in ((replace(clock, stops=answered(m.FamilyTold)), "FamilyTold, which asks nobody"),
                        (replace(clock, starts=answered(m.SummaryRequest)), "only what stops a clock")):
        assert any(words in fault for fault in wrong(clocks=(kept,)))
    waiting = replace(review, needs=(answered(m.SummaryRequest),))
    stages = [replace(s, steps=tuple(waiting if each is review else each for each in s.steps)) for s in RAPID_REVIEW.stages]
    assert f"{review.key}: waits for all answers, which only a clock can" in wrong(stages=tuple(stages))
