"""Practices and schools: one of each at a time, by people of the front door, kept with who told us."""
from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from goldthread.access.actor import Refused, acting
from goldthread.people.actions import (
    end_place,
    merge,
    record_place,
    restrict_person,
    withdraw_place,
)
from goldthread.people.actions.common import NotPossible
from goldthread.people.models import Person, Place
from goldthread.people.reading import places_of, same_person_ids
from tests.people.factories import make_borough, make_person
from tests.support import NOW, TODAY, client_for, make_agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def borough():
    return make_borough()


@pytest.fixture
def child(borough) -> Person:
    return make_person(borough.worker)


@pytest.fixture
def practice(borough):
    return make_agency("gp-practice", partnership=borough.partnership, name="Example Road Surgery")


@pytest.fixture
def school(borough):
    return make_agency("school", partnership=borough.partnership, name="Elm School")


def recorded(borough, child, agency, **more) -> Place:
    return record_place(actor=borough.worker, now=NOW, person=child.pk, agency=agency.pk, **more)


def shown(actor, child) -> list[tuple[str, str, date | None, date | None]]:
    with acting(actor):
        return [(row.kind, row.agency.name, row.since, row.until) for row in places_of(same_person_ids(child.pk))]


def test_a_practice_and_a_school_stand_side_by_side_and_a_move_ends_the_one_before(borough, child, practice, school):
    recorded(borough, child, practice)
    recorded(borough, child, school, since=date(2022, 9, 1), source="Mother")
    other = make_agency("college", partnership=borough.partnership, name="Oak College")
    recorded(borough, child, other, since=date(2026, 9, 1))
    assert shown(borough.worker, child) == [
        ("gp", "Example Road Surgery", None, None), ("school", "Oak College", date(2026, 9, 1), None),
        ("school", "Elm School", date(2022, 9, 1), date(2026, 9, 1))]


def test_the_same_again_is_one_row_whose_first_day_may_be_added(borough, child, school):
    first = recorded(borough, child, school)
    assert recorded(borough, child, school, since=TODAY) == first
    assert shown(borough.worker, child) == [("school", "Elm School", TODAY, None)]


@pytest.mark.parametrize("wrong", ["police", "elsewhere", "future", "before"])
def test_what_cannot_be_is_refused_and_nothing_is_recorded(borough, child, school, wrong):
    recorded(borough, child, school, since=TODAY)
    agency = {"police": make_agency("police", partnership=borough.partnership),
              "elsewhere": make_agency("gp-practice", partnership=make_borough().partnership)}.get(
                  wrong, make_agency("school", partnership=borough.partnership))
    since = {"future": TODAY + timedelta(days=1), "before": TODAY - timedelta(days=1)}.get(wrong)
    with pytest.raises(NotPossible):
        recorded(borough, child, agency, since=since)
    assert shown(borough.worker, child) == [("school", "Elm School", TODAY, None)]


def test_an_end_comes_once_not_in_the_future_and_not_before_the_start(borough, child, school):
    row = recorded(borough, child, school, since=TODAY - timedelta(days=9))
    for until in (TODAY + timedelta(days=1), TODAY - timedelta(days=10)):
        with pytest.raises(NotPossible):
            end_place(actor=borough.worker, now=NOW, place=row.pk, until=until)
    end_place(actor=borough.worker, now=NOW, place=row.pk, until=TODAY)
    with pytest.raises(NotPossible, match="already ended"):
        end_place(actor=borough.worker, now=NOW, place=row.pk, until=TODAY)


def test_what_was_wrong_from_the_start_is_shown_nowhere_and_kept(borough, child, school):
    row = recorded(borough, child, school)
    with pytest.raises(NotPossible):
        withdraw_place(actor=borough.worker, now=NOW, place=row.pk, because=" ")
    withdraw_place(actor=borough.worker, now=NOW, place=row.pk, because="Another child of that name")
    assert shown(borough.worker, child) == []
    with acting(borough.worker):
        assert Place.objects.get(pk=row.pk).withdrawn_because == "Another child of that name"
    with pytest.raises(Place.DoesNotExist):
        end_place(actor=borough.worker, now=NOW, place=row.pk, until=TODAY)


def test_only_people_who_find_people_and_see_this_one_record_or_end_it(borough, child, school):
    row = recorded(borough, child, school)
    with pytest.raises(Refused):
        record_place(actor=borough.school, now=NOW, person=child.pk, agency=school.pk)
    stranger = make_borough()
    theirs = make_agency("school", partnership=stranger.partnership)
    with pytest.raises(Person.DoesNotExist):
        record_place(actor=stranger.worker, now=NOW, person=child.pk, agency=theirs.pk)
    with pytest.raises(Place.DoesNotExist):
        end_place(actor=stranger.worker, now=NOW, place=row.pk, until=TODAY)
    assert shown(borough.school, child) == [] == shown(stranger.worker, child)
    assert len(shown(borough.worker, child)) == 1, "and whoever may sees it"


def test_a_restriction_hides_it_with_its_person_and_a_merge_brings_both_together(borough, child, school, practice):
    recorded(borough, child, school)
    twin = make_person(borough.worker)
    recorded(borough, twin, practice)
    merge(actor=borough.worker, now=NOW, keep=child.pk, fold=twin.pk, reason="The same child, entered twice")
    assert {kind for kind, *_ in shown(borough.worker, child)} == {"gp", "school"}
    restrict_person(actor=borough.manager, now=NOW, person=child.pk, named=[borough.manager.user.pk], reason="A colleague's")
    assert shown(borough.worker, child) == [] and len(shown(borough.manager, child)) == 2


def test_it_is_recorded_ended_and_taken_back_on_pages(borough, child, school, practice):
    client, page = client_for(borough.worker), reverse("person", args=[child.reference])
    client.post(reverse("person_practice", args=[child.reference]), {"agency": practice.pk})
    client.post(reverse("person_school", args=[child.reference]), {"agency": school.pk})
    for name in ("Elm School", "Example Road Surgery", str(borough.worker.user)):
        assert name in client.get(page).content.decode()
    wrong = client.post(reverse("person_school", args=[child.reference]), {"agency": practice.pk})
    assert "There is a problem" in wrong.content.decode(), "a practice is no school"
    with acting(borough.worker):
        place, other = Place.objects.get(kind="school"), Place.objects.get(kind="gp")
    ending = reverse("person_place_end", args=[child.reference, place.pk])
    last = date(2026, 1, 31)
    client.post(ending, {"until_day": last.day, "until_month": last.month, "until_year": last.year})
    assert "31 January 2026" in client.get(page).content.decode()
    assert client.get(ending).url == reverse("person_place_withdraw", args=[child.reference, place.pk])
    client.post(reverse("person_place_withdraw", args=[child.reference, other.pk]), {"reason": "Another child"})
    client.get(page)
    assert "Example Road Surgery" not in client.get(page).content.decode()
    someone = make_person(borough.worker, "Bilal")
    assert client.get(reverse("person_place_end", args=[someone.reference, place.pk])).status_code == 404
