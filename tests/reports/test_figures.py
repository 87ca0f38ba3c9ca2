"""Figures: every one traceable, every derived one worked out again here by other means."""
import json
from decimal import Decimal

import pytest

from goldthread.reports import make_report, read_inputs
from goldthread.reports.build import as_json
from goldthread.reports.writing.figures import READ
from tests.reports.folders import make
from tests.reports.samples import NOW, PUBLISHED, inputs


def figures(source) -> dict[str, dict]:
    report = make_report(source, now=NOW)
    return {each["id"]: each for each in json.loads(as_json([figure.as_json() for figure in report.figures]))}


@pytest.fixture(scope="module")
def published():
    return figures(read_inputs(PUBLISHED))


def test_each_figure_has_its_parts(published):
    assert len(published) > 100
    for each in published.values():
        assert list(each) == ["id", "label", "value", "unit", "source", "how"]
        assert each["label"] and each["unit"] and each["how"]
        assert each["source"]["file"].endswith(".csv") and each["source"]["rows"]


@pytest.mark.parametrize(("key", "value", "unit", "rows"), [
    ("training-face-to-face-attendees", 907, "people", list(range(2, 15))),
    ("training-face-to-face-places", 1167, "places", list(range(2, 15))),
    ("training-face-to-face-take-up", 77.72, "percent", list(range(2, 15))),
    ("training-e-learning-attendees", 335, "people", [15, 16, 17]),
    ("training-all-attendees", 1242, "people", list(range(2, 18))), ("training-r2-take-up", 99.65, "percent", [2]),
    ("budget-income", 241080, "GBP", [2, 3, 4, 5]), ("budget-expenditure", 242852, "GBP", [6, 7, 8, 9]),
    ("budget-variance", -1772, "GBP", list(range(2, 10))), ("budget-r2-share", 57.48, "percent", [2, 3, 4, 5]),
    ("indicator-r2", 290, "children", [2]), ("indicator-r2-change", -20, "children", [2]),
    ("indicator-r2-change-percent", -6.45, "percent", [2]), ("indicator-r3-change", 5, "percentage points", [3]),
    ("indicator-r24", 19.9, "percent", [24])])
def test_published_figures(published, key, value, unit, rows):
    each = published[key]
    assert (each["value"], each["unit"], each["source"]["rows"]) == (value, unit, rows)


def test_figures_taken_over_equal_the_cell(published):
    cells = {(each.row, field): getattr(each, field) for each in read_inputs(PUBLISHED).courses
             for field in ("attendees", "places")}
    taken = [each for each in published.values() if each["how"] == READ and "training" in each["source"]["file"]]
    assert len(taken) == 29
    for each in taken:
        assert cells[each["source"]["rows"][0], each["id"].rsplit("-", 1)[1]] == each["value"]


@pytest.mark.parametrize("seed", range(6))
def test_derived_figures_of_made_up_folders(seed):
    folder = make(seed)
    found = figures(read_inputs(folder.files(), folder.name))
    income = sum(Decimal(str(row[2])) for row in folder.budget if row[0] == "income")
    spent = sum(Decimal(str(row[2])) for row in folder.budget if row[0] == "expenditure")
    assert Decimal(str(found["budget-variance"]["value"])) == income - spent
    shares = [each["value"] for key, each in found.items() if key.endswith("-share")]
    assert len(shares) == len(folder.budget) and abs(sum(shares) - 200) < 0.1
    assert found["training-all-attendees"]["value"] == sum(row[2] for row in folder.courses)
    for at, row in enumerate(folder.indicators, start=2):
        assert found[f"indicator-r{at}-change"]["value"] == row[3] - row[4]


def test_ids_stay_unique_when_names_do_not():
    source = inputs(courses=[("A", "Face to face", 1, 2, ""), ("A", "face-to-face", 1, 2, "")])
    report = make_report(source, now=NOW)
    assert len({each.id for each in report.figures}) == len(report.figures)


def test_nothing_is_divided_by_zero():
    found = figures(inputs(courses=[("A", "taught", 0, 0, "0%")], budget=[("income", "Police", 0)],
                           indicators=[("Deaths", "CDOP", "2024", 3, 0, "deaths", "")]))
    assert found["indicator-r2-change"]["value"] == 3 and "indicator-r2-change-percent" not in found
    assert "training-r2-take-up" not in found and "budget-r2-share" not in found


def test_a_chart_keeps_to_a_page_and_says_what_it_leaves_out():
    many = make_report(inputs(courses=[(f"Course {at}", "taught", at, 60, "") for at in range(50)]), now=NOW)
    chart = next(block for section in many.sections for block in section.blocks if block.kind == "chart")
    assert "Only the 20 largest of 50 are drawn" in chart.description
    table = next(block for section in many.sections for block in section.blocks if block.kind == "table")
    assert len(table.rows) == 51
