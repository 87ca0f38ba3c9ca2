"""How long a record is kept, by the day the adult was born, each worked by hand."""
from __future__ import annotations

from datetime import date

import pytest

from goldthread.domains.allegations.retention import keep_until, pension_age
from goldthread.rules.data_files import table

CONCLUDED = date(2026, 12, 17)


@pytest.mark.parametrize("born,until,to_pension", [
    (date(1990, 5, 3), date(2058, 5, 3), True),     # 68 in 2058
    (date(1965, 5, 3), date(2036, 12, 17), False),  # 67 in 2032, ten years are longer
    (date(1969, 12, 17), date(2036, 12, 17), False),  # 67 on the very day ten years end
    (date(1969, 12, 18), date(2036, 12, 18), True),
    (date(1950, 1, 1), date(2036, 12, 17), False),
    (date(1977, 4, 5), date(2044, 4, 5), True),     # the last who retires at 67
    (date(1977, 4, 6), date(2045, 4, 6), True),     # the first taken as 68
    (None, date(2036, 12, 17), False),
])
def test_to_retirement_or_ten_years_whichever_is_longer(born, until, to_pension):
    kept = keep_until(born, CONCLUDED)
    assert (kept.until, kept.to_pension) == (until, to_pension)
    assert "Keeping Children Safe in Education" in kept.source and "T6a" in kept.source
    assert ("Pensions Act" in kept.source) is to_pension


def test_leap_days():
    assert keep_until(date(1992, 2, 29), CONCLUDED).until == date(2060, 2, 29), "68 in a leap year"
    assert keep_until(date(1996, 2, 29), CONCLUDED).until == date(2064, 2, 29)
    assert keep_until(None, date(2028, 2, 29)).until == date(2038, 2, 28), "no such day ten years on"


def test_the_age_rises_by_a_month_between_the_two():
    assert pension_age(date(1960, 4, 5))[:2] == (66, 0)
    assert pension_age(date(1960, 4, 6))[:2] == (66, 1)
    assert pension_age(date(1961, 3, 5))[:2] == (66, 11)
    assert pension_age(date(1961, 3, 6))[:2] == (67, 0)
    with pytest.raises(ValueError, match="1899"):
        pension_age(date(1899, 1, 1))


def test_without_a_date_of_birth_it_says_so():
    assert "date of birth is not known" in keep_until(None, CONCLUDED).reason


def test_every_age_has_a_source():
    assert all(row["source"] and row["confidence"] for row in table("pension_ages.csv"))
