"""Agencies, one by one and by file."""
from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from goldthread.access.organisation import agencies
from goldthread.access.organisation.agencies import Outcome
from goldthread.orgs import sheets
from goldthread.orgs.models import Agency, Participation
from goldthread.orgs.sheets import BadSheet
from tests.support import TODAY, make_actor

pytestmark = pytest.mark.django_db
GOOD = b"""name,kind,code,phone,email,postcode,statutory_partner,lead_name,lead_phone
Example Council,childrens-services,E09,020 7946 0100,,,yes,A. Lead,020 7946 0101
Example Police,police,P01,,police@example.org,,yes,,
Elm School,school,100001,01632 960003,office@example.org,ZZ99 3CZ,,B. Lead,
"""


@pytest.fixture
def actor():
    return make_actor("business-manager")


def take_in(actor, content: bytes, **extra) -> Outcome:
    return agencies.import_agencies(actor=actor, content=content, today=TODAY, **extra)


def faults(actor, content: bytes) -> list[str]:
    before = Agency.objects.count()
    with pytest.raises(BadSheet) as bad:
        take_in(actor, content)
    assert Agency.objects.count() == before, "all or nothing"
    return [str(each) for each in bad.value.faults]


def test_a_file_of_agencies_is_taken_in_and_a_second_time_changes_nothing(actor):
    assert take_in(actor, GOOD) == Outcome(3, 0, 0)
    assert take_in(actor, GOOD) == Outcome(0, 0, 3)
    school = Participation.objects.get(partnership=actor.partnership, agency__code="100001")
    assert (school.agency.name, school.lead_name, school.statutory_partner) == ("Elm School", "B. Lead", False)
    assert Participation.objects.filter(partnership=actor.partnership, statutory_partner=True).count() == 2


def test_a_dry_run_says_what_would_be_and_saves_nothing(actor):
    before = Agency.objects.count()
    assert take_in(actor, GOOD, dry_run=True) == Outcome(3, 0, 0)
    assert Agency.objects.count() == before
    take_in(actor, GOOD)
    changed = GOOD.replace(b"B. Lead", b"C. Lead")
    assert take_in(actor, changed, dry_run=True) == Outcome(0, 1, 2) == take_in(actor, changed)


def test_an_agency_is_known_by_its_code_when_its_name_has_changed(actor):
    take_in(actor, GOOD)
    assert take_in(actor, GOOD.replace(b"Elm School", b"Elm Academy")) == Outcome(0, 1, 2)
    assert Agency.objects.filter(code="100001").values_list("name", flat=True).get() == "Elm Academy"


@pytest.mark.parametrize(("old", "new", "words"), [
    (b"police,P01", b"polcie,P01", "Row 3, column “kind”: “polcie” is not one of:"),
    (b"Elm School,", b",", "Row 4, column “name”: this is empty."),
    (b"office@example.org", b"office", "Row 4, column “email”: this is not an e-mail address."),
    (b",yes,A. Lead", b",perhaps,A. Lead", "Row 2, column “statutory_partner”: write yes, or leave it empty."),
    (b"100001", b"P01", "Row 4, column “code”: this is in row 3 already."),
    (b"Elm School", b"EXAMPLE POLICE", "Row 4, column “name”: this is in row 3 already."),
])
def test_faults_name_row_and_column_and_nothing_is_saved(actor, old, new, words):
    assert any(each.startswith(words) for each in faults(actor, GOOD.replace(old, new)))


def test_the_template_can_be_taken_in_as_it_is(actor):
    assert take_in(actor, sheets.template(agencies.COLUMNS).encode()) == Outcome(1, 0, 0)


def test_an_agency_that_works_for_several_partnerships_is_one_and_keeps_its_own_details(actor):
    other = make_actor("administrator")
    take_in(actor, GOOD)
    renamed = GOOD.replace(b"Example Police", b"Police renamed by a neighbour").replace(b"yes,,", b"yes,D. Lead,")
    assert take_in(other, renamed).added == 3
    police = Agency.objects.get(code="P01")
    assert police.name == "Example Police"
    leads = Participation.objects.filter(agency=police).order_by("pk").values_list("lead_name", flat=True)
    assert list(leads) == ["", "D. Lead"]


def test_one_agency_is_added_and_twice_is_refused(actor):
    given = {"actor": actor, "name": "Oak School", "kind": "school", "today": TODAY, "phone": "01632 960009"}
    made = agencies.add_agency(**given)
    assert Participation.objects.get(agency=made).since == TODAY
    for change, field in (({}, "name"), ({"name": "New", "kind": "castle"}, "kind"), ({"name": ""}, "name"),
                          ({"name": "New", "email": "x"}, "email")):
        with pytest.raises(ValidationError) as wrong:
            agencies.add_agency(**{**given, **change})
        assert set(wrong.value.message_dict) == {field}
    assert not Agency.objects.filter(name="New").exists()


def test_lead_and_last_day(actor):
    agency = agencies.add_agency(actor=actor, name="Oak School", kind="school", today=TODAY)
    agencies.set_lead(actor=actor, agency=agency, lead_name="E. Lead", lead_phone="1", statutory_partner=False)
    with pytest.raises(ValidationError):
        agencies.end_participation(actor=actor, agency=agency, last_day=TODAY - timedelta(days=1))
    agencies.end_participation(actor=actor, agency=agency, last_day=TODAY)
    part = Participation.objects.get(agency=agency)
    assert (part.lead_name, part.until) == ("E. Lead", TODAY)
