"""Templates and the written description follow from the declared columns; what people fill in is taken."""
from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from goldthread.exchange.layouts import own, ssd
from goldthread.exchange.template import SHEETS, template_csv, template_xlsx
from goldthread.files.tables.sheets import Upload, plain
from goldthread.rules.codes import choices, lists
from tests.exchange.loading import cases, findings, importer, loaded
from tests.exchange.making import saved
from tests.support import TODAY

every_layout = pytest.mark.parametrize("layout", [own, ssd], ids=lambda each: each.KEY)


@every_layout
def test_no_two_columns_of_a_sheet_share_a_heading(layout: Any) -> None:
    for columns in SHEETS[layout.KEY].values():
        names = [name for column in columns for name in column.plain_names]
        assert len(names) == len(set(names))
        assert len({column.to for column in columns}) == len(columns)


@every_layout
def test_each_column_reads_its_own_example_and_names_a_list_there_is(layout: Any) -> None:
    for column in layout.COLUMNS:
        assert not column.codes or column.codes in lists()
        if column.example:
            assert column.read(column.example) not in (None, ""), column.name
        assert column.meaning and not column.meaning.endswith(".")


@every_layout
def test_the_workbook_offers_every_code_and_says_what_each_column_is(layout: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(layout.KEY, TODAY)))
    assert book.sheetnames == [*SHEETS[layout.KEY], "Codes", "Notes"]
    for name, columns in SHEETS[layout.KEY].items():
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == [column.name for column in columns]
        listed = {str(rule.formula1): rule for rule in sheet.data_validations.dataValidation}
        for column in columns:
            if column.codes:
                place = next(f for f in listed if _codes(book, f) == [code for code, _ in choices(column.codes, TODAY)])
                assert place
    told = {row[1] for row in book["Notes"].iter_rows(values_only=True)}
    assert {column.name for column in layout.COLUMNS} <= told
    assert book.properties.creator in (None, "openpyxl") and not book.defined_names


def _codes(book: Any, formula: str) -> list[str]:
    if not formula.startswith("Codes!"):
        return []
    return [str(cell.value) for row in book["Codes"][formula.removeprefix("Codes!").replace("$", "")] for cell in row]


@pytest.mark.django_db
def test_a_filled_in_template_is_taken_and_one_left_as_it_was_is_not() -> None:
    actor = importer()
    for upload in (Upload("t.csv", template_csv("own").encode()), Upload("t.xlsx", template_xlsx("own", TODAY))):
        assert any("example" in each.rule for each in findings(actor, upload))
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx("own", TODAY)))
    book["Contacts"]["A2"] = "2026-17"
    loaded(actor, Upload("t.xlsx", saved(book)))
    assert [case.title for case in cases(actor)] == ["Tess Exampleton"]


@pytest.mark.django_db
def test_a_filled_in_template_of_the_dataset_is_taken() -> None:
    actor = importer()
    run = loaded(actor, Upload("t.xlsx", template_xlsx("ssd", TODAY)))
    assert run.layout == "ssd" and run.counts["finished"] == 1


def test_the_csv_template_has_the_same_headings() -> None:
    heads, example = csv.reader(io.StringIO(template_csv("own")))
    assert heads == [column.name for column in own.COLUMNS] and example[0] == "EXAMPLE-1"


def test_the_description_names_every_column() -> None:
    words = (Path(__file__).resolve().parents[2] / "docs" / "formats" / "contacts.md").read_text(encoding="utf-8")
    for column in (*own.COLUMNS, *ssd.COLUMNS):
        assert f"| {column.name} |" in words, column.name
    assert plain("Date of  Birth*") == plain("date_of_birth")
