"""Code lists: what is in force on a day, words for retired codes, and faults in the files said in words."""
import re
from datetime import date
from pathlib import Path

import pytest

from goldthread.rules import codes, data_files
from goldthread.rules.codes import UnknownCode, choices, label

TODAY = date(2026, 11, 22)
HEADER = ",".join(codes.COLUMNS) + "\n"


def in_force(list_key, on=TODAY):
    return [each.code for each in codes.codes(list_key, on)]


def test_the_lists_have_no_faults():
    assert codes.faults() == []


@pytest.mark.parametrize(("list_key", "expected"), [
    ("contact-sources", "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10"),
    ("primary-needs", "N1 N2 N3 N4 N5 N6 N7 N8 N9 N0"),
    ("abuse-categories", "NEG PHY SAB EMO MUL"),
    ("closure-reasons", "RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9"),
    ("participation", "PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7"),
    ("care-leaver-activities", "F1 P1 F2 P2 F4 P4 F5 P5 G4 G5 G6"),
    ("legal-gateway-outcomes", "A B C D"),
    ("threshold-levels", "1 2 3 4"),
    ("rag", "red amber green blue"),
])
def test_national_codes_in_their_order(list_key, expected):
    assert in_force(list_key) == expected.split()


@pytest.mark.parametrize(("list_key", "xsd_type"), [
    ("contact-sources", "referralsourcetype"), ("ethnicities", "ethnicitytype"), ("disabilities", "disabilitytype"),
    ("closure-reasons", "reasonforclosuretype"), ("abuse-categories", "categoryofabusetype"),
])
def test_counts_of_the_census_lists(list_key, xsd_type):
    counts = {"referralsourcetype": 22, "ethnicitytype": 20, "disabilitytype": 13, "reasonforclosuretype": 9,
              "categoryofabusetype": 5}
    assert len(in_force(list_key)) == counts[xsd_type]


def test_retired_factors_are_offered_no_more_but_keep_their_words():
    assert "18A" not in in_force("assessment-factors")
    assert "18A" in in_force("assessment-factors", date(2020, 1, 1))
    assert "18B" not in in_force("assessment-factors", date(2021, 3, 31))
    assert "18B" in in_force("assessment-factors", date(2021, 4, 1))
    assert "18A" in in_force("assessment-factors", date(2021, 3, 31))
    assert label("assessment-factors", "18A") == "Physical abuse"
    assert "18A" in [each.code for each in codes.every("assessment-factors")]


def test_every_outcome_of_the_contacts_dataset_is_mapped():
    flags = {each.note for each in codes.codes("contact-outcomes", TODAY)}
    assert flags == {f"{name}_FLAG" for name in (
        "NEW_REFERRAL", "EXISTING_REFERRAL", "CP_ENQUIRY", "NFA", "NON_AGENCY_ADOPTION", "PRIVATE_FOSTERING", "ADVICE",
        "MISSING", "OLA_CP", "OTHER_OUTCOMES_EXIST")}


def test_choices_are_pairs_for_a_form():
    assert choices("contact-streams", TODAY) == [("safeguarding", "Safeguarding"), ("early-help", "Early help")]


def test_unknown_lists_and_codes_name_what_there_is():
    with pytest.raises(UnknownCode, match="no code list “colours”. There are: abuse-categories"):
        codes.codes("colours", TODAY)
    with pytest.raises(UnknownCode, match="“purple” is not in the code list “rag”. It has: red, amber"):
        label("rag", "purple")


def test_every_code_has_a_source_and_plain_words():
    for list_key in codes.lists():
        assert re.fullmatch(r"[a-z0-9-]+", list_key)
        for each in codes.every(list_key):
            assert each.source, (list_key, each.code)
            assert len(each.label) <= 80, (list_key, each.code)


def test_the_data_is_inside_the_package_and_named_in_its_wheel():
    wanted = Path(__file__).parents[2].joinpath("pyproject.toml").read_text(encoding="utf-8")
    root = Path(codes.__file__).parents[1]
    endings = {path.suffix for room in ("rules", "base") for path in (root / room / "data").rglob("*")
               if path.is_file()}
    assert endings == {".csv", ".toml", ".txt"}
    assert all(f'"**/*{ending}"' in wanted for ending in endings)


# -- faults are found ---------------------------------------------------------------------------------

@pytest.fixture
def data(tmp_path, monkeypatch):
    """Write code lists of our own in place of the real ones."""
    (tmp_path / "codes").mkdir()
    monkeypatch.setattr(data_files, "folder", lambda *parts: tmp_path.joinpath(*parts))
    _forget()
    yield lambda text: (tmp_path / "codes" / "rag.csv").write_text(text, encoding="utf-8")
    _forget()


def _forget():
    for cached in (data_files.table, codes._all, codes._by_code):
        cached.cache_clear()


def test_a_code_can_change_its_words_over_time(data):
    data(HEADER + "red,Red,2020-01-01,2020-12-31,law,,,1\nred,Crimson,2021-01-01,,law,,,1\n")
    assert codes.faults() == []
    assert choices("rag", date(2020, 6, 1)) == [("red", "Red")]
    assert choices("rag", date(2021, 6, 1)) == [("red", "Crimson")]
    assert label("rag", "red") == "Crimson"


@pytest.mark.parametrize(("rows", "words"), [
    ("red,Red,,,law,,,1\nred,Crimson,2021-01-01,,law,,,2\n", "“red” is there twice for the same days"),
    ("red,Red,2021-01-01,2020-01-01,law,,,1\n", "“red” ends before it begins"),
    ("red,Red,1 May,,law,,,1\n", "codes/rag.csv line 2: “1 May” is not a date"),
    ("red,Red,,,law,,,first\n", "“sort” is a whole number"),
    ("red,Red,,,law,,no,1\n", "“local” is empty or yes"),
    ("red,,,,law,,,1\n", "“label” is empty"),
    ("red,Red,,,,,,1\n", "“source” is empty"),
    ("red,Red, urgent,,,law,,,1\n", "the number of columns is not 8"),
    ("red,Red\n", "the number of columns is not 8"),
])
def test_bad_rows_are_named(data, rows, words):
    data(HEADER + rows)
    found = codes.faults()
    assert any(words in each for each in found), found


def test_wrong_columns_are_named(data):
    data("code,label\nred,Red\n")
    assert codes.faults() == [f"codes/rag.csv line 2: the columns must be {', '.join(codes.COLUMNS)}."]
