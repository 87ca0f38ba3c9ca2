"""What needs no database: contrast and sheets."""
from __future__ import annotations

import csv
import io

import pytest

from goldthread.orgs.contrast import ratio
from goldthread.orgs.sheets import BadSheet, Column, read, template

COLUMNS = (Column("name", True, "A, B"), Column("phone", longest=5))


def faults(content: bytes) -> list[str]:
    try:
        sheet = read(content, COLUMNS)
    except BadSheet as bad:
        return [str(each) for each in bad.faults]
    return [str(each) for each in sheet.faults]


@pytest.mark.parametrize(("one", "other", "found"), [
    ("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54), ("#949494", "#ffffff", 3.03),
    ("#595959", "#ffffff", 7.0)])
def test_contrast_as_wcag_counts_it(one, other, found):
    assert ratio(one, other) == pytest.approx(found, abs=0.01) == ratio(other, one)


@pytest.mark.parametrize("colour", ["", "1d4f6e", "#12345", "#gggggg"])
def test_what_is_no_colour_is_said_so(colour):
    with pytest.raises(ValueError):
        ratio(colour, "#ffffff")


def test_rows_come_by_name_with_the_row_a_spreadsheet_shows():
    sheet = read(b"phone,Name\r\n1,Ada\r\n\r\n,Ben\r\n", COLUMNS)
    assert sheet.rows == [(2, {"name": "Ada", "phone": "1"}), (4, {"name": "Ben", "phone": ""})]
    assert sheet.faults == []


@pytest.mark.parametrize("content", ["name\nZoë\n".encode("utf-8-sig"), "name\nZoë\n".encode("cp1252")])
def test_files_from_spreadsheet_programs_are_read(content):
    assert read(content, COLUMNS).rows == [(2, {"name": "Zoë", "phone": ""})]


@pytest.mark.parametrize(("content", "words"), [
    (b"", "Row 1, column “name”: this column is missing."),
    (b"phone\n1\n", "Row 1, column “name”: this column is missing."),
    (b"name,nmae\nA,B\n", "Row 1, column “nmae”: there is no such column. Columns are: name, phone."),
    (b"name,name\nA,B\n", "Row 1, column “name”: this column is there twice."),
    (b"name\n", "The file: it has headings but no rows."),
    (b"PK\x03\x04", "The file: it is not a CSV file. Save the spreadsheet as CSV and try again."),
    (b"name,phone\n,1\n", "Row 2, column “name”: this is empty."),
    (b"name,phone\nA,123456\n", "Row 2, column “phone”: this is longer than 5 characters."),
    (b"name\nSmith, A\n", "Row 2: it has more cells than there are headings. Put quotes round text that has a comma in it."),
])
def test_each_fault_names_its_place_and_how_to_mend_it(content, words):
    assert words in faults(content)


def test_all_faults_are_told_at_once():
    assert len(faults(b"name,phone\n,123456\n,1\n")) == 3


def test_the_template_can_be_read_back():
    assert list(csv.reader(io.StringIO(template(COLUMNS)))) == [["name", "phone"], ["A, B", ""]]
    assert read(template(COLUMNS).encode(), COLUMNS).rows == [(2, {"name": "A, B", "phone": ""})]
