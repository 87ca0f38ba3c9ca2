"""The time limits of an allegation, worked by hand over weekends, bank holidays, leap days, pauses and late entries."""
from __future__ import annotations

from datetime import date

from goldthread.domains.allegations import models as m
from goldthread.domains.allegations.process import ALLEGATIONS
from goldthread.process.engine import State
from tests.domains.by_hand import at, due, fact, facts, readings, state


def reported(day: str, sector: str = "school", hour: str = "10:00"):
    return fact(m.AllegationReport, at(day, hour), sector)


def met(day: str):
    return fact(m.Threshold, at(day), "allegation")


def clock(name, given, now):
    return readings(ALLEGATIONS, name, given, at(now))


def test_the_employer_has_one_working_day_from_when_a_senior_manager_knew():
    """Known on a Friday; told on Monday is in time, on Tuesday it is late. What was known first is recorded afterwards."""
    for day, late in (("2026-11-30", False), ("2026-12-01", True)):
        given = facts(reported(day, hour="15:00"), fact(m.EmployerKnew, at("2026-11-27", "16:00")))
        [found] = clock("Employer tells the officer", given, "2026-12-02")
        assert found.due.date() == date(2026, 11, 30) and found.stopped == at(day, "15:00")
        assert found.late(at("2026-12-02")) is late


def test_the_threshold_is_decided_within_a_working_day_christmas_left_out():
    assert due(ALLEGATIONS, "Decide on the threshold", facts(reported("2026-12-24"))) == date(2026, 12, 29)


def test_the_meeting_is_held_within_five_working_days_of_the_threshold_being_met():
    """24, 29, 30 and 31 December and 4 January: Christmas, its substitute day and New Year's Day do not count."""
    given = facts(reported("2026-12-22"), met("2026-12-23"))
    assert due(ALLEGATIONS, "Hold the meeting", given) == date(2027, 1, 4)


def test_advice_ends_what_only_an_allegation_has():
    given = facts(reported("2026-11-23"), fact(m.Threshold, at("2026-11-23"), "advice"))
    for name in ("Hold the meeting", "Conclude: 80 in 100", "Review", "Provider tells Ofsted"):
        assert clock(name, given, "2026-11-24") == [], name
    assert state(ALLEGATIONS, m.AllegationOutcome, given) is State.NOT_NEEDED
    undecided = facts(reported("2026-11-23"))
    assert clock("Conclude: 80 in 100", undecided, "2026-11-24"), "until then it runs"


def test_the_three_targets_and_a_leap_day():
    given = facts(reported("2028-01-31"))
    assert due(ALLEGATIONS, "Conclude: 80 in 100", given) == date(2028, 2, 29)
    assert due(ALLEGATIONS, "Conclude: 90 in 100", given) == date(2028, 4, 30)
    leap = facts(reported("2028-02-29"))
    assert due(ALLEGATIONS, "Conclude: all but exceptional", leap) == date(2029, 2, 28)


def test_reviewed_within_four_weeks_then_each_month_until_the_outcome():
    given = facts(reported("2026-11-20"), met("2026-11-23"), fact(m.AllegationReview, at("2026-12-18")),
                  fact(m.AllegationReview, at("2027-01-15")))
    found = clock("Review", given, "2027-01-16")
    assert [(r.due.date(), r.stopped and r.stopped.date()) for r in found] == [
        (date(2026, 12, 21), date(2026, 12, 18)), (date(2027, 1, 18), date(2027, 1, 15)), (date(2027, 2, 15), None)]
    assert [r.rule for r in found] == ["T63", "T63b", "T63b"]
    ended = facts(*given, fact(m.AllegationMeeting, at("2026-11-26")), fact(m.AllegationOutcome, at("2027-01-20"), "false"))
    assert all(r.stopped for r in clock("Review", ended, "2027-03-01"))


def test_an_early_years_provider_has_fourteen_days_and_a_school_has_no_such_clock():
    for sector in ("nursery", "childminder"):
        given = facts(reported("2026-11-23", sector), met("2026-11-24"))
        assert due(ALLEGATIONS, "Provider tells Ofsted", given) == date(2026, 12, 7)
        assert state(ALLEGATIONS, m.OfstedTold, given) is State.OPEN
    school = facts(reported("2026-11-23"), met("2026-11-24"))
    assert clock("Provider tells Ofsted", school, "2026-11-25") == []
    assert state(ALLEGATIONS, m.OfstedTold, school) is State.NOT_NEEDED


def concluded(*more):
    return facts(reported("2026-11-20"), met("2026-11-23"), fact(m.MeetingPlan, at("2026-11-23"), planned=at("2026-11-26")),
                 fact(m.AllegationMeeting, at("2026-11-26")), fact(m.AllegationOutcome, at("2026-12-17"), "substantiated"),
                 *more)


def test_what_the_employer_decides_sets_its_own_clock():
    """From Friday 18 December: three working days end on the 23rd, fifteen on 13 January."""
    action = concluded(fact(m.EmployerDecision, at("2026-12-18"), "no-formal"))
    assert due(ALLEGATIONS, "Employer acts", action) == date(2026, 12, 23)
    assert state(ALLEGATIONS, m.DisciplinaryHearing, action) is State.NOT_NEEDED
    hearing = concluded(fact(m.EmployerDecision, at("2026-12-18"), "hearing"))
    assert due(ALLEGATIONS, "Employer holds the hearing", hearing) == date(2027, 1, 13)
    assert clock("Employer acts", hearing, "2026-12-19") == []


def test_a_referral_is_due_a_month_from_the_removal_not_from_its_entry():
    """Removed on 31 December and written down in January: the month is counted from the removal."""
    given = concluded(fact(m.EmployerDecision, at("2027-01-08"), "gone"), fact(m.ReferralDuty, at("2026-12-31"), "yes"))
    assert due(ALLEGATIONS, "Refer to the barring service or regulator", given, at("2027-01-11")) == date(2027, 1, 31)
    not_needed = concluded(fact(m.EmployerDecision, at("2027-01-08"), "none"), fact(m.ReferralDuty, at("2027-01-08"), "no"))
    assert state(ALLEGATIONS, m.Referral, not_needed) is State.NOT_NEEDED


def test_the_police_look_at_progress_within_four_weeks():
    given = facts(reported("2026-11-20"), met("2026-11-23"), fact(m.PoliceInvestigation, at("2026-11-25")))
    assert due(ALLEGATIONS, "Police progress", given) == date(2026, 12, 23)


def test_a_pause_and_more_time_move_the_meeting():
    """Due on Monday 30 November; paused from Tuesday to Thursday it is Wednesday 2 December, or as the officer allows."""
    begun = [reported("2026-11-20"), met("2026-11-23")]
    paused = facts(*begun, fact("pause", at("2026-11-24"), about="Hold the meeting"),
                   fact("resumption", at("2026-11-26"), about="Hold the meeting"))
    assert due(ALLEGATIONS, "Hold the meeting", facts(*begun)) == date(2026, 11, 30)
    assert due(ALLEGATIONS, "Hold the meeting", paused) == date(2026, 12, 2)
    longer = facts(*begun, fact("extension", at("2026-11-24"), about="Hold the meeting", planned=at("2026-12-08")))
    [found] = clock("Hold the meeting", longer, "2026-11-25")
    assert found.due == at("2026-12-08")


def test_the_meeting_is_also_due_as_it_was_planned_last():
    given = facts(reported("2026-11-20"), met("2026-11-23"), fact(m.MeetingPlan, at("2026-11-23"), planned=at("2026-11-27")),
                  fact(m.MeetingPlan, at("2026-11-24"), planned=at("2026-11-30", "14:00")))
    [found] = clock("The meeting as planned", given, "2026-11-25")
    assert found.due == at("2026-11-30", "14:00")


def test_taken_up_again_the_decision_is_to_be_made_again_and_its_clock_runs_anew():
    given = facts(reported("2026-11-20"), fact(m.Threshold, at("2026-11-23"), "advice"),
                  fact("reopening", at("2026-12-24"), about=m.Threshold.step_key()))
    assert state(ALLEGATIONS, m.Threshold, given) is State.OPEN
    before, again = clock("Decide on the threshold", given, "2026-12-24")
    assert before.stopped == at("2026-11-23") and (again.stopped, again.due.date()) == (None, date(2026, 12, 29))
