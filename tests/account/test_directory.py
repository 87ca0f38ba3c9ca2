"""The directory: who to ring, of one's own partnership only."""
from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goldthread.orgs.models import Participation, Team
from tests.support import make_agency, make_appointment

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(signed_in):
    """A signed-in person and agencies of two kinds, one of them with people."""
    client, seat = signed_in("school-lead")
    school = make_agency("school", partnership=seat.partnership, name="Elm School")
    make_agency("police", partnership=seat.partnership, name="Example Police")
    Participation.objects.filter(agency=school).update(lead_name="Bea Lead", lead_phone="01632 960111")
    return client, seat, school


def text(client: Client, query: str = "") -> str:
    return client.get(reverse("directory") + query).content.decode()


def test_agencies_stand_by_kind_with_lead_and_number(there):
    page = text(there[0])
    assert page.index("Police</caption>") < page.index("School</caption>")
    assert "Bea Lead" in page and 'href="tel:01632960111"' in page


@pytest.mark.parametrize(("query", "found"), [
    ("?q=elm", {"Elm School"}), ("?q=bea", {"Elm School"}), ("?kind=police", {"Example Police"}),
    ("?q=elm&kind=police", set()), ("?q=%27%3B--", set()), ("?kind=castle", set())])
def test_search_and_filter(there, query, found):
    page = there[0].get(reverse("directory") + query)
    assert {row.agency.name for row in page.context["page"].object_list} == found
    assert found or "No agency fits" in page.content.decode()


def test_a_person_is_found_by_name_and_stands_with_team_and_cover(there):
    client, seat, school = there
    one, two = (make_appointment("school-lead", school, seat.partnership) for _ in range(2))
    one.team = Team.objects.create(agency=school, name="Pastoral")
    one.covered_by, one.cover_until = two, timezone.localdate() + timedelta(days=2)
    one.save()
    assert "Elm School" in text(client, f"?q={one.user.name}")
    page = client.get(reverse("directory_agency", args=[school.pk])).content.decode()
    assert "Pastoral" in page and f"ask {two.user}" in page
    one.cover_until = timezone.localdate() - timedelta(days=1)
    one.save()
    assert f"ask {two.user}" not in client.get(reverse("directory_agency", args=[school.pk])).content.decode()


def test_other_partnerships_and_ended_agencies_and_people_are_not_there(there):
    client, seat, school = there
    foreign = make_appointment("gp")
    assert str(foreign.agency) not in text(client)
    assert client.get(reverse("directory_agency", args=[foreign.agency_id])).status_code == 404
    left = make_appointment("gp", school, seat.partnership)
    left.ends = timezone.localdate() - timedelta(days=1)
    left.save()
    assert left.user.name not in client.get(reverse("directory_agency", args=[school.pk])).content.decode()
    Participation.objects.filter(agency=school).update(until=timezone.localdate() - timedelta(days=1))
    assert "Elm School" not in text(client)
    assert client.get(reverse("directory_agency", args=[school.pk])).status_code == 404


def test_a_shared_agency_shows_only_the_people_of_this_partnership(there):
    client, seat, school = there
    elsewhere = make_appointment("gp", school)
    page = client.get(reverse("directory_agency", args=[school.pk])).content.decode()
    assert elsewhere.user.name not in page


def test_many_agencies_take_no_more_queries_than_few(there):
    client, seat, _ = there
    text(client)  # the first page after signing in also notes that the person is here
    with CaptureQueriesContext(connection) as few:
        text(client)
    for number in range(60):
        make_agency("school", partnership=seat.partnership, name=f"School {number:02}")
    with CaptureQueriesContext(connection) as many:
        page = text(client)
    assert "page=2" in page and page.count("<tr") > 50
    assert len(few) == len(many) <= 14, "12 and the test's own savepoint"


def test_a_stranger_is_asked_to_sign_in():
    assert Client().get(reverse("directory")).status_code == 302
