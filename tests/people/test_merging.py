"""Merging: a person decides, nothing is lost, nobody sees more, and every merge can be taken back in any order."""
from datetime import date

import pytest

from goldthread.access.actor import Refused, acting, system
from goldthread.access.policy import agency_token
from goldthread.base.dates import UncertainDate
from goldthread.borough.identifiers import upn
from goldthread.people.actions import (
    MergeObjected,
    add_entry,
    add_identifier,
    add_readers,
    deny,
    lift_restriction,
    mark_different,
    merge,
    objections,
    relate,
    restrict_person,
    unmerge,
)
from goldthread.people.actions.common import NotPossible, as_system
from goldthread.people.matching import Stated, find_duplicates, find_matches
from goldthread.people.models import Entry, Merge, Person
from goldthread.people.reading import kept_person, open_person, same_person_ids
from goldthread.people.search import search
from tests.people.factories import fresh, make_borough, make_person, nhs_for_tests, sees
from tests.support import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def borough():
    return make_borough()


@pytest.fixture
def pair(borough):
    """One child recorded twice, the second time by another spelling."""
    return make_person(borough.worker), make_person(borough.worker, family="Testkase")


def fold(borough, keep, folded, **more):
    return merge(actor=borough.worker, now=NOW, keep=keep.pk, fold=folded.pk, reason="Same mother and address", **more)


def test_a_merge_points_and_moves_nothing(borough, pair):
    keep, folded = pair
    for person in pair:
        add_entry(actor=borough.worker, now=NOW, person=person.pk, when=UncertainDate.parse("2025"), what="Seen")
    row = fold(borough, keep, folded)
    assert fresh(folded).merged_into_id == keep.pk and fresh(keep).merged_into_id is None
    assert row.made_by == borough.worker.user and row.reason == "Same mother and address"
    with acting(borough.worker):
        assert same_person_ids(keep) == same_person_ids(folded) == {keep.pk, folded.pk}
        assert kept_person(fresh(folded)) == keep
        assert sorted(Entry.objects.values_list("person_id", flat=True)) == [keep.pk, folded.pk]
    assert search(actor=borough.worker, text="Zofia Testkase", now=NOW) == [keep]
    found = find_matches(actor=borough.worker, stated=Stated(given="Zofia", family="Testkase", born_on=keep.born_on),
                         why="Test", now=NOW)
    assert [each.person for each in found] == [keep.pk]
    assert "Same family name: Testkase" in found[0].reasons


def test_a_merge_taken_back_leaves_all_as_before(borough, pair):
    keep, folded = pair
    before = [vars(fresh(person)) for person in pair]
    row = fold(borough, keep, folded)
    undone = unmerge(actor=borough.worker, now=NOW, merge=row.pk, because="Cousins")
    assert undone.undone_because == "Cousins" and undone.undone_by == borough.worker.user
    for person, was in zip(pair, before, strict=True):
        assert {k: v for k, v in vars(fresh(person)).items() if k != "_state"} == {
            k: v for k, v in was.items() if k != "_state"}
    assert search(actor=borough.worker, text="Testkase", now=NOW)[0] == folded
    with pytest.raises(NotPossible, match="already been taken back"):
        unmerge(actor=borough.worker, now=NOW, merge=row.pk, because="Again")
    fold(borough, folded, keep)  # and the other way round afterwards


def test_merged_trees_come_apart_in_any_order(borough):
    one, two, three = (make_person(borough.worker, given) for given in ("Zofia", "Zofia Anna", "Zofia Maria"))
    first = fold(borough, two, three)
    fold(borough, one, two)
    with acting(borough.worker):
        assert same_person_ids(three) == {one.pk, two.pk, three.pk} and kept_person(fresh(three)) == one
    unmerge(actor=borough.worker, now=NOW, merge=first.pk, because="Not her")
    with acting(borough.worker):
        assert same_person_ids(three) == {three.pk} and same_person_ids(one) == {one.pk, two.pk}


@pytest.mark.parametrize(("makes", "key"), [
    ({"given": "Maja"}, "twins"), ({"given": "Zofja"}, "twins"), ({"sex": "M"}, "sex"),
    ({"born_on": date(2016, 5, 4)}, "born"),
])
def test_what_speaks_against_is_said_and_needs_setting_aside(borough, makes, key):
    keep, folded = make_person(borough.worker), make_person(borough.worker, **{"given": "Zofia", **makes})
    assert [each.key for each in objections(actor=borough.worker, keep=keep.pk, fold=folded.pk)] == [key]
    with pytest.raises(MergeObjected) as refusal:
        fold(borough, keep, folded)
    assert [each.key for each in refusal.value.objections] == [key] and fresh(folded).merged_into_id is None
    fold(borough, keep, folded, despite=[key])
    assert fresh(folded).merged_into_id == keep.pk


def test_nicknames_and_known_as_are_no_sign_of_twins(borough):
    for given, other in (("William", {"given": "Bill"}), ("Zofia", {"given": "Anna", "known_as": "Zofia"})):
        keep, folded = make_person(borough.worker, given), make_person(borough.worker, **other)
        assert objections(actor=borough.worker, keep=keep.pk, fold=folded.pk) == []


@pytest.mark.parametrize("scheme", ["nhs", "upn"])
def test_different_verified_numbers_refuse_a_merge_through_a_third_record_too(borough, pair, scheme):
    numbers = {"nhs": [nhs_for_tests(), nhs_for_tests()], "upn": [upn(1, 2020), upn(2, 2020)]}[scheme]
    keep, folded = pair
    third = make_person(borough.worker, "Zofia Maria")
    for person, value in ((third, numbers[0]), (folded, numbers[1])):
        add_identifier(actor=borough.worker, now=NOW, person=person.pk, scheme=scheme, value=value, verified=True)
    fold(borough, keep, third)
    with pytest.raises(MergeObjected, match="different verified"):
        fold(borough, keep, folded)
    fold(borough, keep, folded, despite=[scheme])


def test_unverified_numbers_are_no_objection(borough, pair):
    for person in pair:
        add_identifier(actor=borough.worker, now=NOW, person=person.pk, scheme="nhs", value=nhs_for_tests())
    assert objections(actor=borough.worker, keep=pair[0].pk, fold=pair[1].pk) == []


def test_relations_and_people_found_different_are_objections(borough, pair):
    keep, folded = pair
    relate(actor=borough.worker, now=NOW, person=keep.pk, other=folded.pk, kind="twin")
    mark_different(actor=borough.worker, now=NOW, one=folded.pk, other=keep.pk, reason="Seen together")
    found = objections(actor=borough.worker, keep=keep.pk, fold=folded.pk)
    assert {each.key for each in found} == {"related", "different"}


def test_people_found_different_are_not_offered_again(borough, pair):
    one, other = pair

    def offered():
        found = find_duplicates(actor=borough.worker, person=one.pk, why="Test", now=NOW)
        return [each.person for each in found]
    assert offered() == [other.pk]
    mark_different(actor=borough.worker, now=NOW, one=one.pk, other=other.pk, reason="Seen together")
    assert offered() == []


def test_who_may_not_and_what_cannot(borough, pair):
    keep, folded = pair
    with pytest.raises(Refused, match="cannot work the front door"):
        merge(actor=borough.school, now=NOW, keep=keep.pk, fold=folded.pk, reason="X")
    with pytest.raises(Person.DoesNotExist):
        merge(actor=make_borough().worker, now=NOW, keep=keep.pk, fold=folded.pk, reason="X")
    with pytest.raises(NotPossible, match="two different"):
        fold(borough, keep, keep)
    with pytest.raises(NotPossible, match="Enter why"):
        merge(actor=borough.worker, now=NOW, keep=keep.pk, fold=folded.pk, reason=" ")
    row = fold(borough, keep, folded)
    third = make_person(borough.worker, "Zofia Maria")
    for one, other in ((third, folded), (folded, third)):
        with pytest.raises(NotPossible, match=f"{folded.reference} is already merged"):
            fold(borough, one, other)
    with pytest.raises(Merge.DoesNotExist):
        unmerge(actor=make_borough().worker, now=NOW, merge=row.pk, because="X")


def test_a_merge_shows_nobody_more_than_before(borough, pair):
    keep, folded = pair
    school = agency_token(borough.school.agency.pk, borough.partnership.pk)
    with as_system(borough.worker):
        add_readers([folded.pk], readers=[school])
    fold(borough, keep, folded)
    assert sees(borough.school, folded) and not sees(borough.school, keep)
    with acting(borough.school):
        assert same_person_ids(folded) == {folded.pk} and kept_person(fresh(folded)) == folded
    assert open_person(actor=borough.school, reference=folded.reference, why="Test", now=NOW) == folded


def test_what_hides_one_of_the_merged_hides_all_until_they_come_apart(borough, pair):
    keep, folded = pair
    deny(actor=borough.manager, now=NOW, person=folded.pk, user=borough.manager.user.pk, reason="My niece")
    assert sees(borough.manager, keep)
    row = fold(borough, keep, folded)
    assert not sees(borough.manager, keep) and not sees(borough.manager, folded)
    unmerge(actor=borough.worker, now=NOW, merge=row.pk, because="Cousins")
    assert sees(borough.manager, keep) and not sees(borough.manager, folded)


def test_a_restriction_covers_the_merged_and_two_must_leave_somebody(borough, pair):
    keep, folded = pair
    fold(borough, keep, folded)
    restrict_person(actor=borough.officer, now=NOW, person=folded.pk, named=[borough.worker.user.pk], reason="Staff")
    assert sees(borough.worker, keep) and not sees(borough.manager, keep) and fresh(keep).restricted
    with pytest.raises(NotPossible, match="Nobody would be left"):
        restrict_person(actor=borough.officer, now=NOW, person=keep.pk, named=[borough.manager.user.pk], reason="Staff")
    lift_restriction(actor=borough.officer, now=NOW, person=folded.pk, because="Over")
    assert sees(borough.manager, keep) and not fresh(keep).restricted
    with acting(system(borough.partnership.pk)):
        assert set(Merge.objects.get().readers) == set(fresh(keep).readers)
