"""Reading the four tables: what is tolerated, and that every fault is told with its place."""
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.reports import ReportInputError, check_consistency, read_inputs
from goldthread.reports.reading.cells import is_missing, number
from tests.reports.samples import BUDGET, TRAINING_HEAD, as_csv, files, inputs


@pytest.mark.parametrize(("text", "value"), [
    ("1242", 1242), ("1,242", 1242), ("£241,080", 241080), ("£ 1 772", 1772), ("78%", 78), ("19.9 %", Decimal("19.9")),
    ("(1,772)", -1772), ("−£1,772", -1772), ("£-5", -5), ("-£5.50", Decimal("-5.5")), ("GBP 100", 100), ("+3", 3),
    ("1\u00a0242", 1242), (".5", Decimal("0.5")), ("0", 0), ("12 per cent", 12)])
def test_numbers_as_people_type_them(text, value):
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "-", "–", "n/a", "N/A", "not recorded", "<5", "*", "tbc", " "])
def test_no_figure(text):
    assert is_missing(text) and number(text) is None


@pytest.mark.parametrize("text", ["twelve", "1O0", "12.3.4", "1,23", "12 (estimate)", "nan", "inf", "1e5", "--5",
                                  "=1+1"])
def test_not_a_number(text):
    with pytest.raises(ValueError):
        number(text)


@pytest.mark.parametrize("head", [
    "Side,Line,Amount (GBP)", "side , line , amount", "SIDE,LINE,AMOUNT_GBP", "\ufeffside;line;amount (£)",
    "Type\tItem\tValue", "Our budget 2024,,\n\nside,line,amount"])
def test_headers_and_separators_vary(head):
    mark = ";" if ";" in head else "\t" if "\t" in head else ","
    body = "\n".join([head, "", mark.join(("Income", "Police", "1200")), "", mark.join(("outgoings", "Rent", "£900"))])
    read = read_inputs(files() | {"budget.csv": body.encode()})
    assert [(each.side, each.name, each.amount) for each in read.budget] == [("income", "Police", 1200),
                                                                            ("expenditure", "Rent", 900)]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(codec):
    text = "side,line,amount\nincome,Children’s fund – café,\"£1,000\"\n"
    read = read_inputs(files() | {"budget.csv": text.encode(codec)})
    assert (read.budget[0].name, read.budget[0].amount) == ("Children’s fund – café", 1000)


def test_row_numbers_are_those_of_the_spreadsheet():
    text = b"side,line,amount\n\nincome,\"two\nlines\",5\n\nexpenditure,Rent,xx\n"
    with pytest.raises(ReportInputError) as caught:
        read_inputs(files() | {"budget.csv": text})
    assert [(each.row, each.column, each.value) for each in caught.value.faults] == [(5, "amount", "xx")]


def test_every_fault_is_told_at_once():
    wrong = files(courses=[("A", "taught", "ten", 20, ""), ("", "taught", 5, 10.5, ""), ("B", "taught", -1, 3, "")],
                  budget=[("inwards", "Police", 5), ("income", "", 5), ("income", "NHS", "1,23")],
                  claims=[("", "£5", "budget")])
    wrong["indicators.csv"] = b"indicator,period\nX,2024\n"
    with pytest.raises(ReportInputError) as caught:
        read_inputs(wrong)
    places = {(each.file, each.row, each.column) for each in caught.value.faults}
    assert places == {("training-courses.csv", 2, "attendees"), ("training-courses.csv", 3, "course"),
                      ("training-courses.csv", 3, "places"), ("training-courses.csv", 4, "attendees"),
                      ("budget.csv", 2, "side"), ("budget.csv", 3, "line"), ("budget.csv", 4, "amount"),
                      ("indicators.csv", 1, "value"), ("printed-totals.csv", 2, "what")}
    assert all(each.mend and each.problem for each in caught.value.faults)
    assert "“ten”" in str(caught.value) and "9 things to mend" in str(caught.value)


@pytest.mark.parametrize(("content", "problem"), [
    (b"side,line,amount\nincome,Rent, deposits,900\n", "the row has 4 cells"),
    (b"side,line,amount,amount\nincome,Rent,1,2\n", "two columns have this header"),
    (b"\x00\x01\x02PNG", "not a text file"), (b'side,line,amount\nincome,"Rent,5\n', "breaks off"),
    (b"something else\n1\n", "missing from the header row")])
def test_broken_files(content, problem):
    with pytest.raises(ReportInputError) as caught:
        read_inputs(files() | {"budget.csv": content})
    assert problem in str(caught.value)


def test_missing_and_empty_tables_work():
    read = read_inputs({"budget.csv": files()["budget.csv"], "indicators.csv": b"", "notes.csv": b"a,b\n1,2\n"})
    assert {kind: each.state for kind, each in read.sources.items()} == {
        "training-courses": "missing", "budget": "read", "indicators": "empty", "printed-totals": "missing"}
    assert "notes.csv was not used" in read.notes[0]
    assert check_consistency(read).checks == ()


def test_a_folder_with_none_of_the_tables_is_an_error(tmp_path):
    with pytest.raises(ReportInputError, match="none of the four tables"):
        read_inputs(tmp_path)
    with pytest.raises(ReportInputError, match="no such folder"):
        read_inputs(tmp_path / "nowhere")


def test_two_files_for_one_table_are_an_error():
    with pytest.raises(ReportInputError, match="second budget table"):
        read_inputs(files() | {"Budget 2024.csv": files()["budget.csv"]})


def _workbook(sheets: dict[str, list]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_workbook_with_the_four_sheets():
    sheets = {"Training courses": [TRAINING_HEAD, ("Neglect", "taught", 30, 40, 0.75)],
              "Budget": [("side", "line", "amount"), *BUDGET]}
    book = openpyxl.load_workbook(io.BytesIO(_workbook(sheets)))
    book["Training courses"]["E2"].number_format = "0%"
    target = io.BytesIO()
    book.save(target)
    read = read_inputs({"figures.xlsx": target.getvalue()})
    assert read.courses[0].printed == "75%" and read.courses[0].attendees == 30
    assert len(read.budget) == len(BUDGET) and read.sources["indicators"].state == "missing"


def test_one_workbook_per_table():
    read = read_inputs({"budget.xlsx": _workbook({"Sheet1": [("side", "line", "amount"), *BUDGET]})})
    assert sum(each.amount for each in read.budget if each.side == "income") == 80000


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not a zip at all"])
def test_a_broken_workbook(content):
    with pytest.raises(ReportInputError, match="not a workbook"):
        read_inputs({"budget.xlsx": content})


def test_total_rows_inside_a_table_are_statements_not_lines():
    read = inputs(courses=[("Neglect", "taught", 30, 40, ""), ("Total Respect", "taught", 10, 10, ""),
                           ("Grand total", "", 41, 50, "80%")],
                  budget=[*BUDGET, ("income", "Total", 80000), ("expenditure", "TOTAL expenditure", 82000)])
    assert [each.name for each in read.courses] == ["Neglect", "Total Respect"] and len(read.budget) == len(BUDGET)
    wrong = {(each.file, each.row, each.recomputed) for each in check_consistency(read).findings}
    assert wrong == {("training-courses.csv", 4, "40"), ("budget.csv", 7, "£82,500")}


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["training-courses.csv", "budget.csv", "printed-totals.csv"]))
def test_any_bytes_are_read_or_refused(content, name):
    try:
        read = read_inputs(files() | {name: content})
    except ReportInputError as wrong:
        assert wrong.faults
    else:
        check_consistency(read)


def test_columns_are_not_special():
    """The same file with its columns in another order gives the same records."""
    turned = as_csv(("amount (GBP)", "side", "line"), [(amount, side, line) for side, line, amount in BUDGET])
    first, second = read_inputs(files()), read_inputs(files() | {"budget.csv": turned})
    assert first.budget == second.budget
