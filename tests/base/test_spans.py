"""Spans: read, said, and refused."""
import pytest

from goldthread.base.spans import Span, Unit


@pytest.mark.parametrize(("text", "amount", "unit"), [
    ("72 hours", 72, Unit.HOURS), ("1 working day", 1, Unit.WORKING_DAYS), ("15 Working  Days", 15, Unit.WORKING_DAYS),
    ("4 working hours", 4, Unit.WORKING_HOURS), ("0 days", 0, Unit.DAYS), ("6 weeks", 6, Unit.WEEKS),
    ("1 month", 1, Unit.MONTHS), ("2 years", 24, Unit.MONTHS), ("10 school days", 10, Unit.SCHOOL_DAYS),
])
def test_parse(text, amount, unit):
    assert Span.parse(text) == Span(amount, unit)


@pytest.mark.parametrize("text", ["", "days", "ten days", "1.5 hours", "-3 days", "3", "3 fortnights", "3 days late"])
def test_what_is_not_a_span_is_refused_with_the_units(text):
    with pytest.raises(ValueError, match="one of: working days, working hours, hours, days, weeks, months"):
        Span.parse(text)


@pytest.mark.parametrize("unit", list(Unit))
def test_said_and_read_back(unit):
    for amount in (0, 1, 2, 45):
        assert Span.parse(str(Span(amount, unit))) == Span(amount, unit)
    assert str(Span(1, unit)) == f"1 {unit.value[:-1]}"
    assert str(Span(15, unit)) == f"15 {unit.value}"


@pytest.mark.parametrize("amount", [-1, 1.5, "3", True, None])
def test_an_amount_is_a_whole_number(amount):
    with pytest.raises(ValueError, match="whole number"):
        Span(amount, Unit.DAYS)


def test_a_unit_may_be_given_by_its_value_but_not_invented():
    assert Span(3, "hours") == Span(3, Unit.HOURS)
    with pytest.raises(ValueError):
        Span(3, "fortnights")


def test_only_hours_end_inside_a_day():
    assert {unit for unit in Unit if unit.in_hours} == {Unit.HOURS, Unit.WORKING_HOURS}
