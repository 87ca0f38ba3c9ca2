"""Files as they come, and files made to harm: refused in words with their place, never half taken, never a broken page."""
from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from goldthread.dataset.checking.columns import Setting
from goldthread.dataset.reading import headings
from goldthread.dataset.specification.declared import find
from goldthread.files.eicar import EICAR
from tests.dataset.looking import CHILDREN, SETTING, everything, kinds, lines, look, look_by
from tests.dataset.place import GOOD, many, rows_csv

HEAD = ("<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31"
        "</ReferenceDate></CollectionDetails><Source><LEA>998</LEA></Source></Header><Children>")


def told(folder: Path, name: str, data: bytes) -> str:
    return "\n".join(lines(look(folder, everything(), (name, data))))


@pytest.mark.parametrize(("data", "words"), [
    (b"", "This file is empty"), (b"\n\n ,\n", "headings"), (b"a,b\n1,2\n", "no headings that are known"),
    (b"number,born\n", "headings but no rows"), (b"number,number,born\nC1,C1,\n", "there twice"),
    (b"number,borne\nC1,\n", "no such column"), (b"born,sex\n03/11/2015,F\n", "this column is missing"),
    (b"number,born\nC1,03/11/2015,extra\n", "3 cells where there are 2 headings"),
    (b'number,born\n"C1,03/11/2015\nC2,\n', "quotation mark"), (b"number,born\nC1,\x00\n", "does not belong"),
    ("number,born\nC1\u202e,\n".encode(), "does not belong"), (b"<html><script>1</script>", "not plain text"),
    (b"%PDF-1.7\nnumber,born", "not plain text"), (b"number,born\nC1," + EICAR, "virus"),
    (b"number,born,\nC1,03/11/2015,x\n", "no heading"), (b"\x89PNG\r\n\x1a\n\x00\x00", "not plain text"),
    (b"number,postcode\nC1,Z\xc3\xa9bra\nC2,Zo\xeb\n", "another encoding")])
def test_what_cannot_be_read_is_said_with_its_place(tmp_path: Path, data: bytes, words: str) -> None:
    said = told(tmp_path, "children.csv", data)
    assert words in said and "children.csv" in said


@pytest.mark.parametrize("data", [
    CHILDREN.encode("utf-8-sig"), CHILDREN.encode("utf-16"), CHILDREN.replace(",", ";").encode(),
    CHILDREN.replace(",", "\t").encode("cp1252"), CHILDREN.replace("\n", "\r\n").encode(),
    b"Extract of 23 November;;;;;\n\n" + CHILDREN.replace(",", ";").encode(),
    CHILDREN.replace("C1", "Zoë").encode("cp1252"), CHILDREN.replace("C1", " C1 ").replace(",F", ", F ").encode(),
    CHILDREN.replace("\nC2", "\n\n,,,,,\nC2").encode()])
def test_what_spreadsheets_write_is_read(tmp_path: Path, data: bytes) -> None:
    report = look(tmp_path, everything(), ("extract.csv", data))
    assert lines(report) == [] and report.rows["children"] == 2


def workbook(*rows: list[object], title: str = "Children") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_formulas_and_errors_of_a_workbook_are_found_cell_by_cell(tmp_path: Path) -> None:
    rows = (["number", "born", "sex"], ["=A1&1", "=DATE(2015,11,3)", "F"], ["C2", "#N/A", "F"])
    said = told(tmp_path, "c.xlsx", workbook(*rows))
    assert "row 2, Child number (“=A1&1”): this is a formula" in said
    assert "row 2, Date of birth" in said and "row 3, Date of birth" in said
    assert "Fill in" not in said, "a cell that was refused is not told of again as empty"


def bomb() -> bytes:
    out = io.BytesIO(workbook(["number"], ["C1"]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/more.xml", b" " * 300_000_000)
    return out.getvalue()


def test_zip_bombs_and_other_files_by_the_name_of_a_workbook(tmp_path: Path) -> None:
    for data in (bomb(), b"PK\x03\x04broken", CHILDREN.encode()):
        said = told(tmp_path, "c.xlsx", data)
        assert said.startswith("c.xlsx: ") and "\n" not in said


def cin(folder: Path, text: str) -> str:
    setting = Setting(SETTING.today, date(2025, 4, 1), date(2026, 3, 31))
    return "\n".join(lines(look_by(folder, "cin-census", ("cin.xml", text.encode()), setting=setting)))


@pytest.mark.parametrize(("text", "words"), [
    ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Message>&x;</Message>', "DOCTYPE"),
    ('<!DOCTYPE a [<!ENTITY x "aaaaaaaaaa"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;">]><Message>&y;</Message>', "DOCTYPE"),
    ('<!DOCTYPE Message SYSTEM "http://example.org/a.dtd"><Message/>', "DOCTYPE"),
    ("<Other/>", "another kind of XML"), ("<Message>", "breaks off"), ("not xml", "not well-formed"),
    (HEAD + "<Child></Child>", "breaks off"), (HEAD + "<Kid/></Children></Message>", "no such element in “Children”"),
    (HEAD + "</Children><More/></Message>", "no such element in “Message”"),
    (HEAD + "<Kid/><Child><ChildIdentifiers><LAchildID>E1</LAchildID><LAchildID>E2</LAchildID></ChildIdentifiers></Child>"
     "</Children></Message>", "there twice"),
    ("<Message><Children/></Message>", "“Header” is not among what was sent")])
def test_xml_that_harms_or_does_not_hold(tmp_path: Path, text: str, words: str) -> None:
    assert words in cin(tmp_path, text)


def test_an_element_between_records_is_found(tmp_path: Path) -> None:
    text = HEAD + "<Kid/><Child><ChildIdentifiers><LAchildID>E1</LAchildID></ChildIdentifiers></Child></Children></Message>"
    assert "no such element in “Children”" in cin(tmp_path, text)


VARIANTS = [
    ("Child Unique ID", "Date of birth", "Gender"), ("child unique id", "DATE OF BIRTH", "gender"),
    ("Child ID", "DOB", "Sex"), ("ID of child", "D.O.B.", "Gender*"), ("Child identifier", "Birth date", "Gender "),
    ("LA child ID", "Date_of_birth", "Child's gender"), ("Child_Unique_ID", "dateOfBirth", "GENDER:"),
    ("Child  Unique  Id", "Date of Birth (dd/mm/yyyy)", "Gender (M/F)"), ("Unique child identifier", "Born", "sex"),
    ("Person ID", "Child's date of birth", "Gender of child"), ("Child No.", "Date-of-birth", "Gender code"),
    ("Child reference", "Date of birth [required]", "gender?"), ("Client number", "DoB", "The gender"),
    ("CHILD UNIQUE IDENTIFIER", "date of birth *", "Gender (required)"), ("Child number", "D.o.B", "SEX"),
    ("Pupil ID", "Date of birth of the child", "child gender"), ("Childs ID", "birth_date", "Gender field"),
    ("Child ref", "date.of.birth", "Gender#"), ("child/id", "DATE OF BIRTH:", "Child’s sex"),
    ("Child-Unique-ID", "Date  of  birth", "Gender value")]


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda each: each[0])
def test_twenty_ways_to_head_the_same_list(tmp_path: Path, variant: tuple[str, str, str]) -> None:
    wanted = ("Child Unique ID", "Date of Birth", "Gender")
    table = find("annex-a", SETTING.until).table("list-1")
    assert tuple(getattr(headings.which(table, each), "name", None) for each in variant) == wanted
    rest = ["Ethnicity", "Date of Contact", "Contact Source", "Age"]
    report = look_by(tmp_path, "annex-a", ("contacts.xlsx", workbook(
        [*variant, *rest], ["E1", "03/11/2015", "Male", "a) WBRI", "01/08/2026", "q) 6: Police", "10.7"], title="List 1")))
    assert lines(report) == [] and report.rows["list-1"] == 1


def test_headings_that_say_something_else_are_not_taken_for_known_ones() -> None:
    table = find("annex-a", SETTING.until).table("list-1")
    for heading in ("Date", "Child", "Date of referral", "Worker ID", "Age at referral", "Date of birth of the mother", ""):
        assert headings.which(table, heading) is None, heading


def test_a_folder_of_many_tables_is_told_apart_by_name_and_headings(tmp_path: Path) -> None:
    person = b"pers_person_id,pers_sex,pers_ethnicity,pers_dob\nP1,F,WBRI,03/11/2015\n"
    episode = (b"cine_referral_id,cine_person_id,cine_referral_date,cine_close_date,cine_close_reason\n"
               b"R1,P2,01/08/2026,,RC8\n")
    plans = b"cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date\n"  # one of several may be empty
    report = look_by(tmp_path, "ssd", ("ssd_person.csv", person), ("export (3).csv", episode), ("ssd_cp_plans.csv", plans))
    assert dict(report.rows) == {"ssd_person": 1, "ssd_cin_episodes": 1}
    assert {("ssd_cin_episodes", "cine_person_id", "refers"), ("ssd_cin_episodes", "cine_close_date", "required_when")} <= (
        kinds(report))
    assert "shape" not in {kind for *_, kind in kinds(report)}
    [nothing] = lines(look_by(tmp_path, "ssd", ("ssd_cp_plans.csv", plans)))
    assert "there is no row in what was sent" in nothing


def test_a_thousand_sound_rows_of_every_agency_return_that_is_simple(tmp_path: Path) -> None:
    report = look_by(tmp_path, "police-incidents", ("q2.csv", rows_csv(*many(1_000))))
    assert lines(report) == [] and report.rows["incidents"] == 1_000 and set(GOOD)
