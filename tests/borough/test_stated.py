"""What sources state, beside the truth: errors are named when made, and only then; each kind happens."""
from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from goldthread.borough.codes import ERRORS
from goldthread.borough.linkage import AGENCIES
from goldthread.borough.names import nicknames, variants
from goldthread.borough.spelling import CARE, slip, state, wrong_birth

ON = date(2026, 11, 20)
NOTHING_WRONG = replace(CARE["records"], **dict.fromkeys(CARE["records"].__slots__, 0.0))


def test_a_source_that_makes_no_mistakes_states_the_truth(small):
    for family in small.families[:200]:
        here = family.residences[0].address
        for person in family.people:
            plain = replace(person, former_surname="", surname=person.surname.replace("-", ""))
            said = state(plain, here, None, NOTHING_WRONG, ON, Random(person.person_id).random)
            assert (said.given, said.surname) == (plain.given, plain.surname)
            assert (said.born, said.sex) == (plain.born, plain.sex)
            assert (said.line, said.postcode, said.nhs_number) == (here.line, here.postcode, person.nhs_number)
            assert said.errors == []


@pytest.mark.parametrize(("field", "error"), [
    ("given_missing", "given-missing"), ("swapped", "swapped"), ("birth_missing", "birth-missing"),
    ("sex_missing", "sex-missing"), ("sex_wrong", "sex-wrong"), ("address_missing", "address-missing"),
    ("nhs_slip", "nhs-slip"), ("upn_missing", "upn-missing")])
def test_each_kind_of_mistake_is_made_when_it_is_certain(small, field, error):
    person = next(p for p in small.people if p.kind == "child" and p.nhs_number and p.upn)
    here = small.families[0].residences[0].address
    said = state(person, here, None, replace(NOTHING_WRONG, **{field: 1.0}), ON, Random(1).random)
    assert error in said.errors
    truth = (person.given, person.surname, person.born, person.sex, here.line, person.nhs_number, person.upn)
    assert (said.given, said.surname, said.born, said.sex, said.line, said.nhs_number, said.upn) != truth


def test_every_error_named_is_real_and_every_difference_is_named(larger):
    people = {person.person_id: person for person in larger.people}
    seen = Counter()
    for contact in larger.contacts:
        for said in contact.people:
            truth = people[said.true_id]
            seen.update(said.errors)
            assert set(said.errors) <= set(ERRORS)
            if truth.kind == "unborn" or truth.born > contact.received_at.date():
                assert said.due and not said.born and not said.nhs_number
                continue
            name_errors = {"spelling", "nickname", "typing-slip", "swapped", "former-surname", "part-surname",
                           "given-missing", "surname-missing"} & set(said.errors)
            if not name_errors:
                assert (said.given, said.surname) == (truth.given, truth.surname)
            birth_errors = {"day-month-swapped", "day-wrong", "year-wrong", "first-of-january", "birth-missing",
                            "age-only"} & set(said.errors)
            assert (said.born != truth.born) == bool(birth_errors)
            assert len(birth_errors) <= 1
            assert (said.nhs_number != truth.nhs_number) == bool({"nhs-missing", "nhs-slip"} & set(said.errors))
            assert (said.upn != truth.upn) == ("upn-missing" in said.errors)
    assert set(ERRORS) == set(seen), set(ERRORS) - set(seen)


def test_nobody_is_stated_without_a_name_or_due_date(larger):
    for contact in larger.contacts:
        for said in contact.people:
            assert said.given or said.surname or said.due


def test_an_age_stands_in_for_a_date_of_birth(larger):
    people = {person.person_id: person for person in larger.people}
    stated = [(c, said) for c in larger.contacts for said in c.people if said.age is not None]
    assert stated
    for contact, said in stated:
        years = (contact.received_at.date() - people[said.true_id].born).days / 365.25
        assert said.born is None and abs(years - said.age) < 1.01


def test_the_public_is_less_exact_than_a_school(larger):
    def wrong(source: str) -> float:
        said = [s for c in larger.contacts if c.source in source.split() for s in c.people if s.part == "subject"]
        missing = {"birth-missing", "age-only", "surname-missing", "given-missing", "address-missing"}
        return sum(bool(missing & set(s.errors)) for s in said) / len(said)

    assert wrong("1A 1B 1D") > 4 * wrong("2A")


@pytest.mark.parametrize("seed", range(300))
def test_a_wrong_date_of_birth_is_wrong_real_and_not_to_come(seed):
    draw = Random(seed).random
    born = date(2008 + seed % 19, 1 + seed % 12, 1 + seed % 28)
    if born > ON:
        return
    wrong, error = wrong_birth(born, ON, draw)
    assert wrong != born and wrong <= ON and error in ERRORS
    if error == "day-month-swapped":
        assert (wrong.day, wrong.month) == (born.month, born.day)


def test_a_slip_of_the_keyboard_changes_one_place():
    draw = Random(5).random
    slips = {slip("Harriet", draw) for _ in range(200)}
    assert len(slips) > 15
    assert all(abs(len(word) - 7) <= 1 and word[0] == "H" for word in slips)
    assert slip("Jo", draw) == "Jo"


def test_other_spellings_go_both_ways():
    assert "Muhammad" in variants()["Mohammed"] and "Mohammed" in variants()["Muhammad"]
    assert all(name not in others for name, others in variants().items())
    assert "Liz" in nicknames()["Elizabeth"]


def test_five_agencies_hold_lists_with_the_truth_beside(small):
    people = {person.person_id: person for person in small.people}
    rows = list(small.borough.agency_extracts())
    assert {row.source for row in rows} == set(AGENCIES)
    assert len({(row.source, row.local_id) for row in rows}) == len(rows)
    assert {row.true_id for row in rows} <= set(people)
    twice = Counter((row.source, row.true_id) for row in rows)
    assert 0.004 < sum(count > 1 for count in twice.values()) / len(twice) < 0.03
    health = [row for row in rows if row.source == "health"]
    pupils = [row for row in rows if row.source == "education"]
    assert sum(bool(row.nhs_number) for row in health) / len(health) > 0.8
    assert all(row.true_id in people and people[row.true_id].kind == "child" for row in pupils)
    assert not any(row.nhs_number for row in rows if row.source == "police")


def test_lists_of_some_households_are_the_beginning_of_all(small):
    some = list(small.borough.agency_extracts(households=50))
    everything = list(small.borough.agency_extracts())
    assert some == everything[:len(some)] and 0 < len(some) < len(everything)
