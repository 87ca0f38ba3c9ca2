"""A real published report, each figure worked by hand. What must be found is written down here, sum by sum.

Training, rows 2-14 (face to face): 282+142+18+82+37+29+62+33+58+42+39+40+43 = 907 attendees,
283+200+50+101+48+75+100+50+60+50+50+50+50 = 1,167 places, 907/1,167 = 77.7 %: all three printed right.
Rows 15-17: 314+8+13 = 335; 907+335 = 1,242: both right.
Single courses: 282/283 = 99.65 % printed 99 % is cut off, not rounded: it holds. 142/200 = 71, 18/50 = 36,
82/101 = 81.2, 37/48 = 77.1, 29/75 = 38.7, 62/100 = 62, 33/50 = 66, 58/60 = 96.7: all right. Four print 99 %:
42/50 = 84, 39/50 = 78, 40/50 = 80, 43/50 = 86: wrong.
Text: 1,108 places against 1,167; over 770 delegates against 907; 330 e-learning places against 335: wrong.
119 more than the year before: 770-651 = 119 holds against the indicators; that 770 itself is wrong is told once.
Budget: 138,568+61,200+2,550+38,762 = 241,080; 181,741+4,741+16,528+39,842 = 242,852; difference -1,772: right.
Indicators: 310 to 290 is -6.45 %, “approximately 6 %” holds; 86 to 91 is 5 points, 5.8 %, “approximately 5 %”
holds as points; 10 to 17 is +70 %: holds.
"""
import json

import pytest

from goldthread.reports import build_report, check_consistency, read_inputs
from tests.reports.samples import NOW, PUBLISHED

FOUND = {("training-courses.csv", 11): ("99%", "84%", "certain"),
         ("training-courses.csv", 12): ("99%", "78%", "certain"),
         ("training-courses.csv", 13): ("99%", "80%", "certain"),
         ("training-courses.csv", 14): ("99%", "86%", "certain"),
         ("printed-totals.csv", 10): ("1108", "1,167", "likely"),
         ("printed-totals.csv", 11): ("over 770", "907", "likely"),
         ("printed-totals.csv", 13): ("330", "335", "likely")}


@pytest.fixture(scope="module")
def checked():
    return check_consistency(read_inputs(PUBLISHED))


def test_finds_exactly_the_figures_that_do_not_hold(checked):
    found = {(each.file, each.row): (each.stated, each.recomputed, each.certainty) for each in checked.findings}
    assert found == FOUND


def test_says_of_every_other_figure_that_it_holds(checked):
    assert not checked.unchecked
    holding = {(each.file, each.row) for each in checked.holding}
    assert {row for file, row in holding if file == "printed-totals.csv"} == set(range(2, 17)) - {10, 11, 13}
    assert {row for file, row in holding if file == "training-courses.csv"} == set(range(2, 11))


def test_shows_the_arithmetic(checked):
    by_place = {(each.file, each.row): each.arithmetic for each in checked.findings}
    assert by_place["training-courses.csv", 11] == "42 ÷ 50 × 100 = 84%"
    assert by_place["printed-totals.csv", 13] == "attendees: 314 + 8 + 13 = 335 (rows 15 to 17)"
    echo = by_place["printed-totals.csv", 11]
    assert "= 907 (rows 2 to 14)" in echo and "the change would be 256" in echo and "literally true" in echo


def test_a_table_put_right_is_found_no_longer(tmp_path):
    """The other way round: with the four percentages and three texts mended nothing is left to find."""
    mended = {}
    for each in PUBLISHED.iterdir():
        text = each.read_text(encoding="utf-8")
        for wrong, right in (("42,50,99%", "42,50,84%"), ("39,50,99%", "39,50,78%"), ("40,50,99%", "40,50,80%"),
                             ("43,50,99%", "43,50,86%"), (",1108,", ",1167,"), (",over 770,", ",over 900,"),
                             (",330,", ",335,"), (",770,651,", ",907,788,")):
            text = text.replace(wrong, right)
        mended[each.name] = text.encode()
    assert check_consistency(read_inputs(mended)).findings == []


def test_writes_every_file(tmp_path):
    result = build_report(PUBLISHED, tmp_path / "new" / "out", now=NOW)
    assert sorted(each.name for each in result.files) == ["consistency.json", "figures.json", "report.docx",
                                                          "report.html", "report.pdf", "unchecked.json"]
    findings = json.loads((tmp_path / "new" / "out" / "consistency.json").read_text(encoding="utf-8"))
    assert len(findings) == 7 and findings == result.findings
    assert all(list(each) == ["where", "stated", "recomputed", "arithmetic", "certainty"] for each in findings)
    assert json.loads((tmp_path / "new" / "out" / "unchecked.json").read_text(encoding="utf-8")) == []
