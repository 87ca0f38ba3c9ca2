"""Reading printed texts, and how much room words such as “about” give."""
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.reports.checking.claims import parse
from goldthread.reports.checking.fits import fits
from goldthread.reports.checking.statements import Bound, Kind


def read(text: str, change: bool = False) -> list[tuple]:
    return [(each.kind.name, each.number, each.unit, each.bound.name, each.direction)
            for each in parse(text, change).statements]


@pytest.mark.parametrize(("text", "expected"), [
    ("£241,080", [("VALUE", 241080, "money", "EXACT", 0)]),
    ("£0.24m", [("VALUE", 240000, "money", "EXACT", 0)]),
    ("£1.2 million", [("VALUE", 1200000, "money", "EXACT", 0)]),
    ("241 thousand pounds", [("VALUE", 241000, "money", "EXACT", 0)]),
    ("over 770", [("VALUE", 770, "count", "OVER", 0)]),
    ("300+", [("VALUE", 300, "count", "AT_LEAST", 0)]),
    ("no fewer than 12", [("VALUE", 12, "count", "AT_LEAST", 0)]),
    ("just under £250k", [("VALUE", 250000, "money", "NEARLY", 0)]),
    ("c. 900", [("VALUE", 900, "count", "ABOUT", 0)]),
    ("one in five", [("VALUE", 20, "percent", "EXACT", 0)]),
    ("nearly 8 in 10", [("VALUE", 80, "percent", "NEARLY", 0)]),
    ("twenty-five", [("VALUE", 25, "count", "EXACT", 0)]),
    ("dropped by approximately 6%", [("CHANGE", 6, "percent", "ABOUT", -1)]),
    ("increased approximately 5%", [("CHANGE", 5, "percent", "ABOUT", 1)]),
    ("up 5 percentage points", [("CHANGE", 5, "points", "EXACT", 1)]),
    ("+5pp", [("CHANGE", 5, "points", "EXACT", 1)]),
    ("119 more", [("CHANGE", 119, "count", "EXACT", 1)]),
    ("6% lower than last year", [("CHANGE", 6, "percent", "EXACT", -1)]),
    ("fell by more than a third", [("CHANGE", Decimal("33.33"), "percent", "OVER", -1)]),
    ("nearly doubled", [("RATIO", 2, "ratio", "NEARLY", 0)]),
    ("increased threefold", [("RATIO", 3, "ratio", "EXACT", 0)]),
    ("no change", [("SAME", None, "", "EXACT", 0)]),
    ("fell slightly", [("DIRECTION", None, "", "EXACT", -1)]),
    ("290 (310 in 2016-17)", [("VALUE", 290, "count", "EXACT", 0), ("PREVIOUS", 310, "count", "EXACT", 0)]),
    ("86% → 91%", [("PREVIOUS", 86, "percent", "EXACT", 0), ("VALUE", 91, "percent", "EXACT", 0)]),
    ("fell to 290", [("VALUE", 290, "count", "EXACT", 0)]),
    ("rose by 12% to 412", [("CHANGE", 12, "percent", "EXACT", 1), ("VALUE", 412, "count", "EXACT", 0)]),
    ("200 since October 2017", [("VALUE", 200, "count", "EXACT", 0)]),
    ("12% increase on 2016-17", [("CHANGE", 12, "percent", "EXACT", 1)]),
    ("none", [("VALUE", 0, "count", "EXACT", 0)]), ("see appendix", [])])
def test_what_a_text_states(text, expected):
    assert read(text) == expected


def test_a_label_that_says_change_makes_a_number_a_change():
    assert read("119") == [("VALUE", 119, "count", "EXACT", 0)]
    assert read("119", change=True) == [("CHANGE", 119, "count", "EXACT", 0)]


@pytest.mark.parametrize(("text", "variance"), [("£1,772 overspend", -1), ("deficit of £5", -1), ("£3k surplus", 1),
                                                ("underspent by £9", 1), ("£1,772", 0), ("£5 over budget", -1)])
def test_variance_words(text, variance):
    assert parse(text).variance == variance


def test_part_and_whole_ranges_and_rivals():
    assert parse("907 of 1,167").statements[0].base == 1167
    between = parse("between 300 and 320").statements[0]
    assert (between.bound, between.number, between.high) == (Bound.BETWEEN, 300, 320)
    assert parse("290 in 2017-18, 310 in 2016-17").unclear


@pytest.mark.parametrize(("text", "holds", "fails"), [
    ("78%", ("77.72", "78.4", "77.5", "78.99"), ("77.4", "79.0", "79.1")),
    ("99%", ("99.65", "99.0", "98.5"), ("98.4", "100", "84")),
    ("77.7%", ("77.72", "77.65"), ("77.6", "77.85")),
    ("330", ("330",), ("335", "329", "331")),
    ("£241,080", ("241080", "241080.4", "241080.99"), ("241079", "241081")),
    ("£241k", ("241080", "240500", "241999"), ("240000", "242000")),
    ("over 770", ("771", "781", "880"), ("770", "760", "907")),
    ("at least 443", ("443", "500"), ("442", "1000")),
    ("nearly 900", ("899", "815"), ("900", "907", "700")),
    ("about 900", ("907", "860"), ("1000", "770")),
    ("approximately 6%", ("6.45", "5.1"), ("7.2", "4.9")),
    ("fewer than 10", ("9", "1"), ("10", "12")),
    ("up to 50", ("50", "12"), ("51",)),
    ("just over 400", ("402", "418"), ("400", "440", "399")),
    ("one in five", ("20", "18", "22"), ("25", "15")),
    ("between 300 and 320", ("300", "320", "311"), ("299", "321"))])
def test_how_exactly_words_are_taken(text, holds, fails):
    stated = parse(text).statements[0]
    assert [each for each in holds if not fits(stated, Decimal(each))] == []
    assert [each for each in fails if fits(stated, Decimal(each))] == []


def test_a_figure_that_is_itself_a_bound_may_be_met():
    stated = parse("over 4,000").statements[0]
    assert fits(stated, Decimal(4000), floor=True) and not fits(stated, Decimal(4000))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789£%,.()+-–→ /abcdefghilmnoprstuvwy~<>=", max_size=60))
def test_any_text_can_be_taken_apart(text):
    for each in parse(text).statements:
        assert each.kind in Kind and (each.number is None or each.number >= 0)
