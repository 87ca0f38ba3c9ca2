"""The agencies of the plan: all kinds, the promised schools and practices, shared ones, and the personas."""
from collections import Counter
from datetime import date

import pytest

from goldthread.access.policy import ROLES
from goldthread.borough import Borough, Plan
from goldthread.borough.codes import LISTS
from goldthread.rules.codes import codes

TODAY = date(2026, 11, 20)
PERSONAS = {"school-lead", "gp", "health-visitor", "police-partner", "social-worker", "mash-worker", "mash-manager",
            "business-manager", "analyst", "scrutineer", "privacy-officer", "administrator", "team-manager",
            "conference-chair", "exploitation-lead", "lado", "agency-lead", "agency-senior",
            "agency-analyst", "lead-partner",
            "case-reviewer"}


@pytest.fixture(scope="module")
def full() -> Borough:
    return Borough(Plan(1, 7, TODAY))


def test_at_scale_one_there_are_110_schools_and_60_practices(full):
    kinds = Counter(a.kind for a in full.agencies() if "northbridge" in a.partnerships)
    assert kinds["school"] == 110
    assert kinds["gp-practice"] == 60
    assert kinds["voluntary"] == 6
    assert kinds["early-years"] > 50
    for kind in ("childrens-services", "police", "health-board", "acute-trust", "community-trust", "housing",
                 "mental-health-trust", "probation", "youth-justice", "cafcass", "fire", "immigration"):
        assert kinds[kind] >= 1, kind


def test_names_and_numbers_of_agencies_are_their_own(full):
    agencies = list(full.agencies())
    assert len({a.agency_id for a in agencies}) == len(agencies)
    assert len({a.name for a in agencies}) == len(agencies)
    with_code = [a.code for a in agencies if a.code]
    assert len(set(with_code)) == len(with_code)
    assert len({school.urn for school in full.schools()}) == len(list(full.schools()))


def test_the_neighbours_share_police_and_health_board(full):
    north, south = full.partnerships()
    assert north.partners[1:] == south.partners[1:]
    assert north.partners[0] != south.partners[0]
    shared = {a.kind for a in full.agencies() if len(a.partnerships) == 2}
    assert {"police", "health-board"} <= shared and "school" not in shared


def test_every_persona_signs_in_at_a_fixed_address(full, small):
    for borough in (full, small.borough):
        personas = borough.personas()
        assert set(personas) == PERSONAS
        for key, person in personas.items():
            assert person.email == f"{key.replace('-', '.')}@example.org"
            assert "northbridge" in person.partnerships
    first = small.borough.directory.by_id[small.borough.personas()["school-lead"].agency_id]
    assert first.name == "Larkfield Primary School"


def test_staff_have_their_own_addresses_and_a_role_that_may_do_something(full):
    staff = list(full.staff())
    assert len({person.email for person in staff}) == len(staff)
    assert {person.role for person in staff} <= set(ROLES)
    teams = {(a.agency_id, team) for a in full.agencies() for team in a.teams}
    assert all((person.agency_id, person.team) in teams for person in staff if person.team)


def test_every_agency_has_somebody(full):
    held = {person.agency_id for person in full.staff()}
    assert {a.agency_id for a in full.agencies()} == held


def listed(name: str) -> set[str]:
    return {code.code for code in codes(LISTS[name], TODAY)}


def test_every_code_is_in_its_list(full, larger):
    contacts = larger.contacts
    used = {
        "Agency.kind": {a.kind for a in full.agencies()}, "Staff.role": {s.role for s in full.staff()},
        "Person.sex": {p.sex for p in larger.people}, "Person.ethnicity": {p.ethnicity for p in larger.people},
        "Person.disabilities": {code for p in larger.people for code in p.disabilities},
        "Relationship.kind": {tie.kind for f in larger.families for tie in f.relationships},
        "Contact.source": {c.source for c in contacts}, "Contact.channel": {c.channel for c in contacts},
        "Contact.stream": {c.stream for c in contacts},
        "Contact.concerns": {code for c in contacts for code in c.concerns},
        "Consent.status": {c.consent.status for c in contacts} - {""},
        "Rating.rating": {rating.rating for c in contacts for rating in c.ratings},
        "Request.basis": {request.basis for c in contacts for request in c.requests},
        "Decision.level": {str(c.decision.level) for c in contacts if c.decision},
        "Outcome.code": {o.code for c in contacts if c.decision for o in c.decision.outcomes},
        "Outcome.local": {o.local for c in contacts if c.decision for o in c.decision.outcomes},
    }
    assert set(used) == set(LISTS)
    for name, values in used.items():
        assert values and values <= listed(name), (name, values - listed(name))
    assert "made-up" not in listed("Agency.kind")


def test_a_large_borough_has_agencies_for_it():
    large = Borough(Plan(10, 7, TODAY))
    kinds = Counter(a.kind for a in large.agencies() if a.partnerships == ("northbridge",))
    assert (kinds["school"], kinds["gp-practice"]) == (1100, 600)
    assert len({a.name for a in large.agencies()}) == len(list(large.agencies()))
