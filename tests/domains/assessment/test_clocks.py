"""Both clocks of an assessment and its review points, with dates by hand. Easter 2026: 3 and 6 April."""
from __future__ import annotations

from datetime import date

from goldthread.domains.assessment.process import ASSESSMENT
from tests.domains.dates import at, due, fact, facts, readings

STATUTORY, PUBLISHED = "Conclude the assessment", "Conclude the assessment: published figure"


def asked(when: str) -> list:
    return facts(fact("assessment-request", at(when), "family"))


def test_45_working_days_from_the_referral_over_easter_and_the_spring_clock_change() -> None:
    assert due(ASSESSMENT, STATUTORY, asked("2026-02-02")) == date(2026, 4, 8), "nine weeks and two bank holidays"


def test_a_referral_at_a_weekend_counts_from_the_friday_before() -> None:
    assert due(ASSESSMENT, STATUTORY, asked("2026-02-07")) == date(2026, 4, 14)


def test_a_referral_on_29_february() -> None:
    """Thursday 29 February 2024: nine weeks are Thursday 2 May; Good Friday and Easter Monday make it Tuesday 7 May,
    over the bank holiday of 6 May."""
    assert due(ASSESSMENT, STATUTORY, asked("2024-02-29")) == date(2024, 5, 7)


def test_the_published_figure_counts_from_the_start_and_may_be_met_where_the_statute_was_not() -> None:
    given = facts(fact("assessment-request", at("2026-02-02"), "family"), fact("assessment-start", at("2026-02-10")),
                  fact("assessment-visit", at("2026-02-20")), fact("assessment-report", at("2026-04-07")),
                  fact("assessment-outcome", at("2026-04-10"), "services"))
    assert due(ASSESSMENT, PUBLISHED, given) == date(2026, 4, 16)
    [statutory], [published] = (readings(ASSESSMENT, name, given) for name in (STATUTORY, PUBLISHED))
    assert (statutory.rule, published.rule) == ("T10", "T10s")
    assert statutory.late(at("2026-06-01")) and not published.late(at("2026-06-01"))


def test_an_assessment_over_the_autumn_clock_change_ends_with_the_local_day() -> None:
    """Monday 21 September 2026: nine weeks, no bank holiday between; the clocks go back on 25 October."""
    assert due(ASSESSMENT, STATUTORY, asked("2026-09-21")) == date(2026, 11, 23)


def test_review_points_each_have_their_own_record() -> None:
    given = facts(fact("assessment-request", at("2026-03-02"), "family"), fact("assessment-start", at("2026-03-02")),
                  fact("first-review-point", at("2026-03-13")))
    assert due(ASSESSMENT, "First review point", given) == date(2026, 3, 16)
    assert due(ASSESSMENT, "Second review point", given) == date(2026, 3, 30)
    assert due(ASSESSMENT, "Last review point", given) == date(2026, 4, 22)
    assert readings(ASSESSMENT, "First review point", given)[0].stopped == at("2026-03-13")
    assert readings(ASSESSMENT, "Second review point", given)[0].stopped is None


def test_an_assessment_that_is_done_needs_no_further_review_point() -> None:
    given = facts(fact("assessment-request", at("2026-03-02"), "family"), fact("assessment-start", at("2026-03-02")),
                  fact("first-review-point", at("2026-03-13")), fact("assessment-visit", at("2026-03-14")),
                  fact("assessment-report", at("2026-03-20")), fact("assessment-outcome", at("2026-03-23"), "nfa"))
    assert readings(ASSESSMENT, "Second review point", given) == []
    assert len(readings(ASSESSMENT, "First review point", given)) == 1


def test_a_pause_moves_one_clock_and_not_the_other() -> None:
    """Paused for five working days: 8 April becomes 15 April."""
    given = facts(fact("assessment-request", at("2026-02-02"), "family"), fact("assessment-start", at("2026-02-02")),
                  fact("pause", at("2026-03-02"), about=STATUTORY), fact("resumption", at("2026-03-09"), about=STATUTORY))
    assert due(ASSESSMENT, STATUTORY, given) == date(2026, 4, 15)
    assert due(ASSESSMENT, PUBLISHED, given) == date(2026, 4, 8)


def test_more_time_given_while_it_runs() -> None:
    given = facts(fact("assessment-request", at("2026-02-02"), "family"),
                  fact("extension", at("2026-04-01"), about=STATUTORY, planned=at("2026-05-01", "17:00")))
    assert readings(ASSESSMENT, STATUTORY, given)[0].due == at("2026-05-01", "17:00")


def test_a_start_entered_late_counts_from_the_day_it_began() -> None:
    given = facts(fact("assessment-request", at("2026-02-02"), "family"), fact("assessment-visit", at("2026-02-20")),
                  fact("assessment-start", at("2026-02-10")))
    assert due(ASSESSMENT, PUBLISHED, given) == date(2026, 4, 16)


def test_taken_up_again_the_finished_clocks_keep_counting_beside_new_ones() -> None:
    given = facts(fact("assessment-request", at("2026-02-02"), "family"), fact("assessment-start", at("2026-02-02")),
                  fact("assessment-visit", at("2026-02-20")), fact("assessment-report", at("2026-03-30")),
                  fact("assessment-outcome", at("2026-04-01"), "nfa"),
                  fact("reopening", at("2026-05-05"), about="assessment-report"))
    first, again = readings(ASSESSMENT, STATUTORY, given)
    assert first.stopped == at("2026-04-01") and again.stopped is None
    assert again.started == at("2026-05-05") and again.cycle == 2
