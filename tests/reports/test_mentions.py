"""Numbers in sentences: what is an amount and what is none, of which year, and about what."""
import pytest

from goldthread.reports.checking.mentions import Mention, mentions_in
from goldthread.reports.checking.periods import dates_in, years_in
from goldthread.reports.checking.statements import Bound, Kind
from goldthread.reports.document import Where
from goldthread.reports.document.sentences import Sentence


def found(text: str) -> list[Mention]:
    return mentions_in(Sentence(text, Where(), 0), "2023-24")


@pytest.mark.parametrize("text", [
    "See Section 9 and Table 4.", "It began on 28th May.", "The Children Act 2004 asks for it.", "Pupils in Years 12 "
                                                                                                 "and 13 came.",
    "Children aged 8-16 were asked.", "It was for 16-17 year olds.", "An event on Tuesday, 30.01.2018 at 10:30am.",
    "Staff are trained to level 3.",
    "Ring 01632 960001 at any time, 24/7.", "From 01/04/2023 to 31/03/2024.", "In 2023/24 we met.",
    "A s.175 audit was made.",
    "See https://testbury.example/2018/03/report-12.pdf for more.",
])
def test_what_is_no_amount_is_left_alone(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(("text", "number", "unit", "bound", "kind"), [
    ("Over 770 delegates came.", 770, "count", Bound.OVER, Kind.VALUE),
    ("Children in care dropped by approximately 6%.", 6, "percent", Bound.ABOUT, Kind.CHANGE),
    ("There was a £1,772 overspend.", 1772, "money", Bound.EXACT, Kind.VALUE),
    ("It rose by 4 percentage points.", 4, "points", Bound.EXACT, Kind.CHANGE),
    ("Over half of them agreed.", 50, "percent", Bound.OVER, Kind.VALUE),
    ("There were 412 referrals.", 412, "count", Bound.EXACT, Kind.VALUE),
    ("Twenty-five families took part.", 25, "count", Bound.EXACT, Kind.VALUE),
    ("It is made up of 3 localities.", 3, "count", Bound.EXACT, Kind.VALUE),
    ("The grant was £1.2 million.", 1_200_000, "money", Bound.EXACT, Kind.VALUE),
])
def test_what_a_number_states(text: str, number: int, unit: str, bound: Bound, kind: Kind) -> None:
    mention, = found(text)
    stated = mention.statement
    assert (stated.number, stated.unit, stated.bound, stated.kind) == (number, unit, bound, kind)


def test_the_two_ends_of_a_change() -> None:
    kinds = [(each.statement.kind, each.statement.words) for each in found("310 → 290 Children in care fell by 6%.")]
    assert kinds == [(Kind.PREVIOUS, "310"), (Kind.VALUE, "290"), (Kind.CHANGE, "6%")]


def test_the_same_thing_in_other_words_is_about_the_same() -> None:
    one, = found("There were 412 referrals to early help.")
    other, = found("Early help received 421 referrals.")
    assert one.about == other.about


def test_years_and_parts_of_the_year_are_kept_apart() -> None:
    now, then = found("In 2023-24 there were 90 referrals, down from 95 the year before.")
    assert (now.year, then.year) == ("2023-24", "2022-23")
    quarter, = found("In the second quarter there were 90 referrals.")
    assert quarter.scope
    part = found("There were 90 referrals, of which 12 came from schools.")[1]
    assert part.part


@pytest.mark.parametrize(("text", "years"), [
    ("From a base of 812 last year, plans grew by 19% to 965.", ["2022-23", "?", "?"]),
    ("Plans stand at 65 (88 in 2022-23), a fall of 26%.", ["?", "2022-23", "?"]),
    ("Visits (90) have fallen since 2022-23 (113).", ["?", "2022-23"]),
    ("In 2022-23 there were 95 plans and in 2023-24 there were 90.", ["2022-23", "2023-24"]),
])
def test_a_number_is_of_the_year_told_beside_it(text: str, years: list[str]) -> None:
    assert [each.year for each in found(text)] == years


def test_years_and_dates_as_printed() -> None:
    assert years_in("in 2016-17, 2017/18, 2018-2019 and 2018-2020") == ["2016-17", "2017-18", "2018-19"]
    day, = dates_in("on Tuesday, 30.01.2018")
    assert (day.day, day.month, day.year, day.weekday) == (30, 1, 2018, 1)
    assert [each.real() for each in dates_in("on 30 February 2024")] == [None]
