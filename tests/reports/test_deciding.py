"""What a printed figure is held against, case by case: the hard decisions, each with its opposite."""
import pytest

from goldthread.reports import check_consistency, read_inputs
from goldthread.reports.checking.outcome import Outcome
from tests.reports.samples import BUDGET, COURSES, INDICATORS, check_claim, files, inputs

HOLDS, WRONG, UNCHECKED = Outcome.HOLDS, Outcome.WRONG, Outcome.UNCHECKED


@pytest.mark.parametrize(("what", "printed", "outcome"), [
    ("Re-referrals: change", "fell by 5 percentage points", HOLDS), ("Re-referrals: change", "fell by 20%", HOLDS),
    ("Re-referrals: change", "fell by 5%", HOLDS), ("Re-referrals: change", "fell by 20 percentage points", WRONG),
    ("Re-referrals: change", "rose by 5 percentage points", WRONG), ("Re-referrals: change", "fell by 9%", WRONG),
    ("Re-referrals", "one in five", HOLDS), ("Re-referrals", "one in three", WRONG),
    ("Children looked after: change", "rose by 10%", HOLDS), ("Children looked after: change", "rose by 30", HOLDS),
    ("Children looked after: change", "rose by 10 percentage points", UNCHECKED),
    ("Increase in children looked after", "30", HOLDS), ("Decrease in children looked after", "30", WRONG),
    ("Children looked after, 2023-24", "300", HOLDS), ("Children looked after, 2023-24", "330", WRONG),
    ("Children looked after last year", "300", HOLDS), ("Boys looked after", "170", UNCHECKED),
    ("Children not looked after", "90", UNCHECKED), ("Fernshire children looked after", "331", WRONG)])
def test_indicators(what, printed, outcome):
    assert check_claim(what, printed, "performance").outcome == outcome


@pytest.mark.parametrize(("what", "printed", "outcome"), [
    ("Variance", "£2,500 overspend", HOLDS), ("Variance", "£2,500 underspend", WRONG), ("Variance", "£2,500", HOLDS),
    ("Variance", "(£2,500)", HOLDS), ("Variance", "-£2,500", HOLDS), ("Variance", "£2,600", WRONG),
    ("Deficit", "£2,500", HOLDS), ("Surplus", "£2,500", WRONG), ("Outturn", "broke even", UNCHECKED),
    ("Total income", "£80k", HOLDS), ("Total income", "£90k", WRONG), ("Total", "£80,000", HOLDS),
    ("Total", "£70,000", UNCHECKED), ("Reserves", "£12,000", UNCHECKED), ("Police share of income", "25%", HOLDS),
    ("Police share of income", "a third", WRONG), ("Staffing as a share of income", "87.5%", HOLDS)])
def test_budget(what, printed, outcome):
    assert check_claim(what, printed, "budget").outcome == outcome


@pytest.mark.parametrize(("what", "printed", "outcome"), [
    ("Face-to-face subtotal: places", "90", HOLDS), ("Face-to-face subtotal: attendees", "90", WRONG),
    ("Face-to-face: take-up", "89%", HOLDS), ("Take-up", "80 of 90", HOLDS), ("Take-up", "80 of 91", WRONG),
    ("Delegates", "200", HOLDS), ("Delegates", "80", HOLDS), ("Grand total of delegates", "80", WRONG),
    ("Virtual subtotal", "40", UNCHECKED), ("Training sessions", "14", UNCHECKED), ("Courses", "3", HOLDS),
    ("Delegates from schools", "12", UNCHECKED), ("Neglect course: attendees", "31", WRONG)])
def test_training(what, printed, outcome):
    assert check_claim(what, printed, "training text").outcome == outcome


def test_a_blank_cell_leaves_a_total_unchecked_unless_it_fits():
    budget = [*BUDGET, ("income", "Schools", "")]
    assert check_claim("Total income", "£80,000", "budget", budget=budget).outcome == HOLDS
    check = check_claim("Total income", "£95,000", "budget", budget=budget)
    assert (check.outcome, check.reason) == (UNCHECKED, "row 6 of budget.csv has no amount")
    assert check_claim("Total income", "£95,000", "budget").outcome == WRONG


def test_a_grand_total_is_left_alone_if_the_table_lacks_a_kind_of_delivery():
    claims = [("Grand total", "200", "training table"), ("E-learning subtotal", "120", "training table")]
    whole, part = (check_consistency(inputs(courses=courses, claims=claims)) for courses in (COURSES, COURSES[:2]))
    assert [each.outcome for each in whole.checks if each.file.startswith("printed")] == [HOLDS, HOLDS]
    assert [each.outcome for each in part.checks if each.file.startswith("printed")] == [UNCHECKED, UNCHECKED]


def test_printed_figures_are_checked_on_each_other_where_their_table_is_missing():
    claims = [("Total income", "£100", "budget"), ("Total outgoings", "£120", "budget"),
              ("Variance", "£20 underspend", "budget"), ("Face-to-face sub-total: attendees", "80", "training table"),
              ("Face-to-face sub-total: places", "100", "training table"),
              ("Face-to-face sub-total: percentage", "70%", "training table"),
              ("E-learning subtotal", "30", "training table"), ("Grand total", "110", "training table")]
    checked = check_consistency(inputs(courses=[], budget=[], claims=claims))
    assert [(each.row, each.recomputed) for each in checked.findings] == [(4, "£20 overspend"), (7, "80%")]
    assert 9 in {each.row for each in checked.holding}


def test_an_indicator_that_contradicts_the_training_table_is_told_once():
    row = ("Delegates at face-to-face training", "Partnership", "2024-25", 70, 60, "delegates", "")
    alone = check_consistency(inputs(indicators=[*INDICATORS, row]))
    assert [(each.file, each.row, each.stated, each.recomputed) for each in alone.findings] == [
        ("indicators.csv", 4, "70", "80")]
    both = check_consistency(inputs(indicators=[*INDICATORS, row],
                                    claims=[("Delegates at face-to-face training", "over 70", "training text"),
                                            ("Face-to-face delegates", "70", "training text")]))
    assert {(each.file, each.row) for each in both.findings} == {("printed-totals.csv", 3)}
    agreed = check_consistency(inputs(indicators=[*INDICATORS, (*row[:3], 80, *row[4:])]))
    assert agreed.findings == [] and len(agreed.holding) == 3


def test_a_note_is_checked_against_its_own_row():
    def findings(note):
        row = ("Children in need", "Services", "2024-25", 120, 100, "children", note)
        return check_consistency(inputs(indicators=[row])).findings

    assert findings("a rise of 20") == [] and findings("increase of 20% since June") == []
    assert [each.recomputed for each in findings("an increase of 25%")] == ["+20% (from 100 to 120)"]


def test_earlier_rows_of_the_same_indicator_give_the_value_before():
    rows = [("Children in need", "S", "2023-24", 100, "", "children", ""),
            ("Children in need", "S", "2024-25", 120, "", "children", "")]
    assert check_claim("Children in need: change", "up 20%", "", indicators=rows).outcome == HOLDS
    assert check_claim("Children in need: change", "up 25%", "", indicators=rows).outcome == WRONG
    assert check_claim("Children in need", "120", "", indicators=rows).outcome == HOLDS


def test_one_false_piece_makes_a_text_wrong():
    assert check_claim("Children looked after", "330, a rise of 10%").outcome == HOLDS
    assert check_claim("Children looked after", "330, a rise of 15%").outcome == WRONG
    assert check_claim("Children looked after", "340, a rise of 10%").outcome == WRONG


def test_the_same_input_gives_the_same_answer():
    source = files(claims=[("Total income", "£1", "budget")])
    assert check_consistency(read_inputs(source)) == check_consistency(read_inputs(source))


def test_a_row_that_stands_twice_proves_nothing_and_is_said():
    twice = check_claim("Total income", "£80,000", "budget", budget=[*BUDGET, BUDGET[1]])
    assert twice.outcome == UNCHECKED and "row 6 of budget.csv repeats a row above it" in twice.reason
    other = check_claim("Total income", "£80,000", "budget", budget=[*BUDGET, ("income", "Police, one-off", 20000)])
    assert other.outcome == WRONG


def test_spending_written_with_a_minus_is_spending():
    spent = [(side, line, amount if side == "income" else f"({amount})") for side, line, amount in BUDGET]
    assert check_claim("Variance", "£2,500 overspend", "budget", budget=spent).outcome == HOLDS


def test_an_indicator_said_to_be_over_its_number_is_only_a_floor():
    said = [("Delegates trained", "Partnership", "2024-25", 770, 651, "delegates", "the text says over 770")]
    assert check_claim("Delegates trained", "over 770", "text", courses=[], indicators=said).outcome == HOLDS
    exact = [(*said[0][:-1], "")]
    assert check_claim("Delegates trained", "over 770", "text", courses=[], indicators=exact).outcome != HOLDS
