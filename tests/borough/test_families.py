"""Households, people and their ties: the promised numbers, plausible shares, and nothing that cannot be."""
from collections import Counter
from datetime import date, timedelta

import pytest

from goldthread.borough import Plan
from goldthread.borough.codes import LANGUAGES
from goldthread.borough.records.people import SLOTS, household_of

TODAY = date(2026, 11, 20)
CHILD_TO_CHILD = {"twin", "sibling", "half-sibling"}
ADULT_TO_ADULT = {"partner", "former-partner"}


def share(part: int, whole: int) -> float:
    return part / whole


def test_scale_one_is_an_outer_london_borough():
    plan = Plan(1, 7, TODAY)
    north, south = plan.areas
    assert (north.households, north.contacts) == (45_000, 21_000)
    assert plan.children == 80_000 + 3_200 and south.households == 1_800


def test_a_fiftieth_has_a_fiftieth(small):
    north = [family for family in small.families if family.household.area == "northbridge"]
    assert len(north) == 900
    assert sum(family.household.children for family in north) == 1_600
    assert len(small.north) == 420


def test_sizes_of_families(larger):
    sizes = Counter(family.household.children for family in larger.families)
    assert set(sizes) == {1, 2, 3, 4, 5, 6}
    assert share(sizes[1], len(larger.families)) == pytest.approx(0.45, abs=0.02)


def test_everyone_belongs_to_their_household_and_is_numbered_once(larger):
    numbers = [person.person_id for person in larger.people]
    assert len(set(numbers)) == len(numbers)
    for family in larger.families:
        born = [person for person in family.people if person.kind == "child"]
        assert len(born) == family.household.children
        assert [child.born for child in born] == sorted(child.born for child in born)
        for person in family.people:
            assert household_of(person.person_id) == person.household_id == family.household.household_id
            assert (person.kind == "unborn") == (person.born is None) == (person.due is not None)


def test_children_are_under_eighteen_and_every_age_is_there(larger):
    ages = Counter()
    for child in larger.children:
        assert child.born <= TODAY
        eighteenth = date(child.born.year + 18, child.born.month, min(child.born.day, 28))
        assert eighteenth > TODAY
        ages[(TODAY - child.born).days * 4 // 1461] += 1
    expected = len(larger.children) / 18
    assert set(ages) == set(range(18))
    assert all(0.6 * expected < count < 1.4 * expected for count in ages.values()), ages


def test_unborn_babies_are_due_and_have_no_number(larger):
    unborn = [person for person in larger.people if person.kind == "unborn"]
    assert 0.003 < share(len(unborn), len(larger.children)) < 0.015
    for baby in unborn:
        assert TODAY <= baby.due < TODAY + timedelta(days=280)
        assert (baby.sex, baby.given, baby.nhs_number, baby.upn) == ("U", "", "", "")


def test_twins_are_about_one_birth_in_sixty_seven(larger):
    ties = [tie for family in larger.families for tie in family.relationships if tie.kind == "twin"]
    births = len(larger.children) - len(ties)
    assert 0.011 < share(len(ties), births) < 0.019
    people = {person.person_id: person for person in larger.people}
    for tie in ties:
        one, other = people[tie.person_id], people[tie.to_id]
        assert one.born == other.born
        assert one.given != other.given
    alike = sum(people[t.person_id].given[0] == people[t.to_id].given[0] for t in ties)
    assert share(alike, len(ties)) > 0.15


def test_missing_numbers_and_other_shares(larger):
    children = larger.children
    of_school_age = [child for child in children if (TODAY - child.born).days > 5.3 * 365]
    assert share(sum(not c.nhs_number for c in children), len(children)) == pytest.approx(0.06, abs=0.01)
    assert share(sum(not c.upn for c in of_school_age), len(of_school_age)) == pytest.approx(0.04, abs=0.01)
    under_four = [child for child in children if (TODAY - child.born).days < 4 * 365]
    assert not any(child.upn for child in under_four)
    assert share(sum(bool(c.disabilities) for c in children), len(children)) == pytest.approx(0.065, abs=0.015)
    assert 0.04 < share(sum(bool(c.known_as) for c in children), len(children)) < 0.14
    assert share(sum(c.sex == "M" for c in children), len(children)) == pytest.approx(0.512, abs=0.015)
    assert share(sum(c.ethnicity == "WBRI" for c in children), len(children)) == pytest.approx(0.26, abs=0.03)


def test_every_language_has_a_name(larger):
    assert {person.language for person in larger.people if person.kind != "unborn"} <= set(LANGUAGES)


def test_about_one_household_in_eleven_moved_in_the_year(larger):
    first_day = larger.borough.plan.first_day
    moved = sum(family.residences[0].since >= first_day for family in larger.families)
    assert share(moved, len(larger.families)) == pytest.approx(0.09, abs=0.012)


def test_stays_at_addresses_follow_on_and_only_one_lasts(larger):
    for family in larger.families:
        stays = [stay for stay in family.residences if stay.person_id is None]
        assert stays[0].until is None
        for later, earlier in zip(stays, stays[1:], strict=False):
            assert earlier.until == later.since > earlier.since
        hidden = stays[0].confidential_from
        assert hidden is None or hidden in {p.person_id for p in family.people if not p.resident}
    assert any(family.residences[0].confidential_from for family in larger.families)


def test_no_two_households_live_at_one_address(larger):
    homes = [(f.residences[0].address.line, f.residences[0].address.postcode) for f in larger.families]
    assert len(set(homes)) == len(homes)


def test_some_moved_from_a_home_where_another_family_lives_now(larger):
    homes = {f.residences[0].address for f in larger.families}
    assert any(stay.address in homes for f in larger.families for stay in f.residences[1:] if stay.person_id is None)


def test_ties_join_people_who_exist(larger):
    people = {person.person_id: person for person in larger.people}
    for family in larger.families:
        for tie in family.relationships:
            one, other = people[tie.person_id], people[tie.to_id]
            between = {one.kind == "adult", other.kind == "adult"}
            if tie.kind in CHILD_TO_CHILD:
                assert between == {False} and tie.person_id < tie.to_id and not tie.responsibility
            elif tie.kind in ADULT_TO_ADULT:
                assert between == {True} and not tie.responsibility
            else:
                assert one.kind == "adult" and other.kind != "adult"
                assert tie.responsibility in ("yes", "no", "unknown")


def test_every_child_has_one_mother_or_carer_old_enough(larger):
    people = {person.person_id: person for person in larger.people}
    mothers = Counter()
    for family in larger.families:
        for tie in family.relationships:
            if tie.kind in ("mother", "father"):
                parent, child = people[tie.person_id], people[tie.to_id]
                mothers[child.person_id] += tie.kind == "mother"
                if child.born:
                    assert 15 * 365 < (child.born - parent.born).days < 66 * 365
    assert all(mothers[child.person_id] == 1 for child in larger.children)


def test_brothers_and_sisters_in_different_households(larger):
    linked = [family for family in larger.families if family.household.linked_id]
    assert share(len(linked), len(larger.families)) > 0.015
    for family in linked:
        across = [tie for tie in family.relationships if tie.kind == "half-sibling"]
        assert across and all(not tie.together for tie in across)
        homes = {household_of(tie.person_id) for tie in across} | {household_of(tie.to_id) for tie in across}
        assert homes == {family.household.household_id, family.household.linked_id}


def test_absent_parents_live_elsewhere_and_some_addresses_are_unknown(larger):
    away = [person for person in larger.people if person.kind == "adult" and not person.resident]
    stays = {stay.person_id for family in larger.families for stay in family.residences if stay.person_id}
    known = sum(person.person_id in stays for person in away)
    assert 0.8 < share(known, len(away)) < 0.95


def test_schooling_fits_the_age_and_the_school_exists(larger):
    schools = larger.borough.directory.school_by_id
    for family in larger.families:
        for stay in family.schooling:
            assert household_of(stay.person_id) == family.household.household_id
            assert (stay.school_id is None) == (stay.status != "enrolled")
            assert stay.until is None or stay.since < stay.until
            if stay.school_id and stay.until is None:
                child = family.people[stay.person_id % SLOTS]
                school, age = schools[stay.school_id], (date(2026, 8, 31) - child.born).days * 4 // 1461
                assert school.youngest <= age <= school.oldest, (school, child.born)
                assert school.area == family.household.area


def test_most_children_of_school_age_have_a_school(larger):
    at_school = {stay.person_id for f in larger.families for stay in f.schooling if stay.school_id and not stay.until}
    school_age = [c for c in larger.children if date(2010, 9, 1) <= c.born < date(2022, 9, 1)]
    assert 0.9 < share(sum(c.person_id in at_school for c in school_age), len(school_age)) < 0.96


def test_gp_practices_exist_and_serve_the_area(small):
    agencies = small.borough.directory.by_id
    for family in small.families:
        for person in family.people:
            if person.practice_id is not None:
                practice = agencies[person.practice_id]
                assert practice.kind == "gp-practice" and practice.partnerships == (family.household.area,)


def test_open_work_is_with_a_worker_of_the_team(small):
    staff = {person.staff_id: person for person in small.borough.staff()}
    works = [work for family in small.families for work in family.involvements]
    assert works
    for work in works:
        assert (staff[work.worker_id].agency_id, staff[work.worker_id].team) == (work.agency_id, work.team)
        assert work.since < small.borough.plan.first_day
