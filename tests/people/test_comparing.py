"""How two descriptions compare, and what that makes of twins, brothers and slips."""
from dataclasses import replace
from datetime import date

import pytest

from goldthread.people import weights
from goldthread.people.comparing import Found, Stated, births_alike, born_level, compare, name_level

TODAY = date(2026, 11, 23)
BORN = date(2016, 5, 3)
STATED = Stated(given="Zofia", family="Testcase", born_on=BORN, sex="F", line="12 Sample Road", postcode="ZZ1 1AA")
FOUND = Found(1, 1, ["zofia anna"], ["testcase"], BORN, False, "F", ["ZZ11AA"], ["12 sample road"], [])


def scored(stated=STATED, **differs):
    return compare(stated, replace(FOUND, **differs), today=TODAY)


@pytest.mark.parametrize(("one", "other", "level"), [
    ("zofia", "zofia", "same"), ("mary ann", "maryann", "same"), ("zofia", "zofia anna", "first"),
    ("anna", "zofia anna", "part"), ("bill", "william", "form"), ("crystal", "krystal", "sound"),
    ("zofia", "zofja", "spelling"), ("zofia", "quentin", "different"),
])
def test_given_names_compare(one, other, level):
    assert name_level(one, other, given=True) == level


def test_family_names_have_neither_nicknames_nor_first_names():
    assert name_level("bill", "william", given=False) not in ("form", "first")
    assert name_level("smith jones", "smith", given=False) == "part"


@pytest.mark.parametrize(("other", "level"), [
    (BORN, "same"), (date(2016, 3, 5), "swapped"), (date(2016, 5, 8), "figure"), (date(2016, 5, 21), "day"),
    (date(2016, 1, 1), "new-year"), (date(2016, 11, 3), "part"), (date(2009, 12, 30), "different"),
])
def test_dates_of_birth_compare(other, level):
    assert born_level(BORN, other, estimated=False) == level


def test_an_estimate_counts_by_the_year():
    assert born_level(BORN, date(2017, 12, 30), estimated=True) == "year"
    assert born_level(BORN, date(2018, 1, 1), estimated=True) == "different"


def test_dates_alike_hold_the_swap_and_the_neighbours_and_never_a_day_that_is_not():
    alike = births_alike(date(2016, 1, 31), estimated=False)
    assert date(2016, 1, 31) in alike and date(2015, 1, 31) in alike and date(2016, 2, 1) in alike
    assert date(2016, 3, 5) in births_alike(BORN, estimated=False)
    assert date(2023, 2, 28) not in births_alike(date(2024, 2, 29), estimated=False)
    assert births_alike(BORN, estimated=True) == births_alike(None, estimated=False) == []


def test_all_agreeing_is_almost_certain_and_says_why():
    score = scored()
    assert score.score == 100 and not score.against
    assert {"Same first given name: Zofia / Zofia Anna", "Same family name: Testcase", "Same date of birth",
            "Same sex", "Same address"} == set(score.reasons)


@pytest.mark.parametrize("wrong", [
    {"given": "Zofja"}, {"given": "Quentina"}, {"family": "Another"}, {"born_on": date(2009, 12, 30)}, {"sex": "M"},
    {"line": "", "postcode": "ZZ9 9ZZ"}, {"given": "Testcase", "family": "Zofia"},
])
def test_one_part_wrong_lowers_the_score_and_is_said(wrong):
    score, whole = scored(replace(STATED, **wrong)), scored()
    assert score.bits < whole.bits and score.score >= 20
    assert score.reasons != whole.reasons


def test_a_twin_never_outranks_the_child_and_is_never_likelier_than_a_ceiling():
    twin = scored(given=["maja"])
    assert twin.score <= 70 < scored().score
    assert "May be a brother, a sister or a twin" in twin.against
    brother = scored(given=["jan"], sex="M")
    assert brother.score <= 20


def test_without_the_ceiling_a_twin_would_be_almost_certain(monkeypatch):
    monkeypatch.setattr(weights, "CEILINGS", ())
    assert scored(given=["maja"]).score >= 95


def test_numbers_tell_most():
    stated = replace(STATED, nhs="999 000 0018")
    other = Stated(given="Quentina", family="Another", nhs="9990000018")
    assert "Same NHS number" in scored(stated, numbers=["nhs:9990000018"]).reasons
    assert scored(other, numbers=["nhs:9990000018"]).score >= 40
    assert scored(other).score < 5
    against = scored(stated, numbers=["nhs:9990000026"])
    assert against.score <= 60 and "Different NHS number" in against.against
    assert scored(replace(STATED, upn="H801200001001"), numbers=["upn:A1"]).score <= 70


def test_a_parent_of_the_same_name_is_not_the_child():
    mother = scored(replace(STATED, born_on=None, adult=False), born_on=date(1985, 1, 2))
    assert mother.score <= 30 and "Said to be a child, recorded as an adult" in mother.against


def test_too_little_to_be_sure_is_held_down():
    assert scored(replace(STATED, given="")).score <= 60
    assert scored(replace(STATED, born_on=None)).score <= 90
    namesake = scored(replace(STATED, born_on=None, line="", postcode=""))
    assert namesake.score <= 40 and "Only names to compare" in namesake.against
    assert scored(replace(STATED, given="", nhs="9990000018"), numbers=["nhs:9990000018"]).score > 90


def test_every_level_is_a_chance_and_every_ceiling_names_levels_there_are():
    tables = {"nhs": weights.NHS, "upn": weights.UPN, "given": weights.GIVEN, "family": weights.FAMILY,
              "born": weights.BORN, "sex": weights.SEX, "place": weights.PLACE, "age": weights.AGE}
    for table in tables.values():
        for key, level in table.items():
            assert key == level.key and 0 < level.same <= 1 and 0 < level.others <= 1
            assert level.against == (level.bits < -1), key
    known = {f"{part} {key}" for part, table in tables.items() for key in table}
    assert set(weights.FLOORS) <= known
    for ceiling in weights.CEILINGS:
        assert ceiling.keys <= known and ceiling.unless <= known
