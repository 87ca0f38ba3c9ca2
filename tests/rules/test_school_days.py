"""Telling the school before it opens (Operation Encompass), and term dates that are missing or wrong."""
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from goldthread.rules.school_days import SchoolDays, TermDatesMissing, school_days

LONDON = ZoneInfo("Europe/London")
TERMS = SchoolDays("Northbridge", ((date(2026, 9, 2), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18))),
                   closed=frozenset({date(2026, 11, 2)}))


@pytest.mark.parametrize(("incident", "opening"), [
    ((2026, 9, 8, 22, 0), (2026, 9, 9)),      # a weekday evening
    ((2026, 9, 9, 1, 0), (2026, 9, 9)),       # the small hours of a school day
    ((2026, 9, 9, 8, 30), (2026, 9, 10)),     # school has just opened
    ((2026, 9, 11, 23, 0), (2026, 9, 14)),    # Friday night
    ((2026, 10, 23, 19, 0), (2026, 11, 3)),   # over half term and a training day
])
def test_next_opening(incident, opening):
    expected = datetime(*opening, 8, 30, tzinfo=LONDON)
    assert TERMS.next_opening(datetime(*incident, tzinfo=LONDON)) == expected


def test_next_opening_is_local_in_summer():
    assert TERMS.next_opening(datetime(2026, 9, 8, 23, 30, tzinfo=UTC)) == datetime(2026, 9, 9, 7, 30, tzinfo=UTC)


def test_without_closed_days_the_training_day_would_count():
    every_day = SchoolDays("Northbridge", TERMS.terms)
    assert every_day.next_school_day(date(2026, 10, 23)) == date(2026, 11, 2)
    assert TERMS.next_school_day(date(2026, 10, 23)) == date(2026, 11, 3)


def test_days_beyond_the_terms_are_refused_not_guessed():
    with pytest.raises(TermDatesMissing, match="no term dates are loaded for 19 December 2026"):
        TERMS.next_school_day(date(2026, 12, 18))
    with pytest.raises(TermDatesMissing, match="Add the council's published term dates"):
        TERMS.next_school_day(date(2026, 8, 1))
    with pytest.raises(TermDatesMissing):
        SchoolDays("Nowhere", ()).next_school_day(date(2026, 9, 9))


def test_counting_backwards_is_refused():
    with pytest.raises(ValueError, match="forwards"):
        TERMS.next_school_day(date(2026, 9, 9), -1)
    with pytest.raises(ValueError, match="forwards"):
        TERMS.between(date(2026, 9, 9), date(2026, 9, 8))


@pytest.mark.parametrize("terms", [
    ((date(2026, 9, 2), date(2026, 9, 1)),),
    ((date(2026, 9, 2), date(2026, 10, 23)), (date(2026, 10, 20), date(2026, 12, 18))),
])
def test_terms_that_overlap_or_run_backwards_are_refused(terms):
    with pytest.raises(ValueError, match="must end on or after"):
        SchoolDays("Northbridge", terms)


def test_the_illustrative_terms_cover_the_years_around_now_and_close_on_bank_holidays():
    loaded = school_days("illustrative")
    assert loaded.terms[0][0].year == 2018
    assert loaded.terms[-1][1].year == 2030
    assert not loaded.is_school_day(date(2026, 5, 4))
    assert sum(loaded.is_school_day(date.fromordinal(day)) for day in range(
        date(2026, 9, 1).toordinal(), date(2027, 8, 31).toordinal())) in range(185, 200)


def test_extra_closed_days_and_unknown_partnerships():
    assert not school_days("illustrative", [date(2026, 9, 9)]).is_school_day(date(2026, 9, 9))
    with pytest.raises(TermDatesMissing, match="There are: illustrative"):
        school_days("Atlantis")
