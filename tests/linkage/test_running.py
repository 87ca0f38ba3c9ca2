"""Returns linked with each other and with our records: no record changes, and every link can be undone."""
from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goldthread.access.actor import Refused, acting, system
from goldthread.linkage import actions
from goldthread.linkage.models import Link, Question
from goldthread.people import actions as people
from goldthread.people.models import Person
from tests.dataset.place import rows_csv, sent
from tests.linkage.place import Place
from tests.people.factories import make_person
from tests.support import NOW, make_actor

pytestmark = pytest.mark.django_db
ALMOST = {"postcode": "ZZ9 9ZZ"}  # who lives elsewhere


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def child(place: Place, postcode: str = "ZZ1 1AA", **more: Any) -> Person:
    worker = make_actor("mash-worker", partnership=place.partnership)
    said = {"given": "Testa", "family": "Exampleton", "born_on": date(2015, 11, 3), "sex": "F", **more}
    made = make_person(worker, **said)
    people.add_address(actor=worker, person=made.pk, line1="1 Example Street", postcode=postcode, now=NOW)
    return made


def test_rows_of_two_returns_and_a_record_are_linked_and_no_record_changes(place: Place) -> None:
    known = child(place)
    place.police_sent({}, {"first_name": "Zed", "last_name": "Nobodyelse", "born_on": "01/02/2010", "postcode": "ZZ5 5ZZ"})
    place.school_sent({})
    with acting(system()):
        before = Person.objects.values().get(pk=known.pk)
    run = place.linked()
    found = place.links()
    with acting(place.analyst):
        assert {(link.submission.expectation.agency, link.row) for link in found} == {(place.police, 2), (place.school, 2)}
    assert {link.person_id for link in found} == {known.pk} and len({link.group for link in found}) == 1
    assert {(link.made_by, link.version, link.how) for link in found} == {(place.analyst.user, run.version, "model")}
    assert (run.joined, run.records) == (2, 8)
    with acting(system()):
        assert Person.objects.values().get(pk=known.pk) == before


def test_linking_again_changes_nothing_and_an_undone_link_does_not_come_back(place: Place) -> None:
    place.police_sent({})
    place.school_sent({})
    place.linked()
    first = [link.pk for link in place.links()]
    place.linked()
    assert len(first) == 2 and [link.pk for link in place.links()] == first
    with pytest.raises(actions.NotReady):
        actions.end_link(actor=place.analyst, link=first[0], because=" ", now=NOW)
    ended = actions.end_link(actor=place.analyst, link=first[0], because="Another child of that name", now=NOW)
    assert (ended.ended_by, ended.ended_because) == (place.analyst.user, "Another child of that name")
    place.linked()
    assert place.links() == []


def test_a_decision_links_is_kept_for_later_versions_and_is_never_asked_again(place: Place) -> None:
    place.police_sent({})
    place.school_sent(ALMOST)
    place.linked()
    asked, = place.questions()
    assert place.links() == [] and asked.list_one != asked.list_other
    assert {each["part"] for each in asked.told} >= {"given", "family", "born"}
    assert sum(each["bits"] for each in asked.told) == pytest.approx(asked.weight, abs=0.1)
    actions.answer(actor=place.analyst, question=asked.pk, answer="same", now=NOW)
    assert len({link.group for link in place.links()}) == 1 and {link.how for link in place.links()} == {"person"}
    place.linked()
    assert len(place.links()) == 2 and place.questions() == []
    with pytest.raises(actions.NotReady):
        actions.answer(actor=place.analyst, question=asked.pk, answer="different", now=NOW)
    actions.take_back(actor=place.analyst, question=asked.pk, now=NOW)
    assert place.links() == [] and [each.pk for each in place.questions()] == [asked.pk]
    actions.answer(actor=place.analyst, question=asked.pk, answer="unsure", now=NOW)
    place.linked()
    assert place.links() == [] and place.questions() == []


def test_nobody_without_the_right_links_or_decides_or_sees(place: Place) -> None:
    place.police_sent({})
    place.school_sent(ALMOST)
    place.linked()
    asked, = place.questions()
    for other in (place.manager, place.officer, place.head, make_actor("mash-worker", partnership=place.partnership)):
        with pytest.raises(Refused):
            actions.ask_for_run(actor=other, now=NOW)
        with pytest.raises(Refused):
            actions.answer(actor=other, question=asked.pk, answer="same", now=NOW)
        with acting(other):
            assert not Question.objects.exists() and not Link.objects.exists()
    stranger = make_actor("analyst")
    with pytest.raises(Question.DoesNotExist):
        actions.answer(actor=stranger, question=asked.pk, answer="same", now=NOW)


def test_a_restricted_child_is_left_out_and_what_named_them_is_hidden(place: Place) -> None:
    known, other = child(place), child(place, "ZZ2 2ZZ", given="Zara", family="Testington")
    place.police_sent({})
    place.school_sent({"first_name": "Zara", "last_name": "Testington", **ALMOST})
    place.linked()
    assert [link.person_id for link in place.links()] == [known.pk]
    assert [each.person_id for each in place.questions()] == [other.pk]
    keeper = make_actor("team-manager", partnership=place.partnership)
    manager = make_actor("mash-manager", partnership=place.partnership)
    for each in (known, other):
        people.restrict_person(actor=manager, person=each.pk, named=[keeper.user.pk], reason="Invented", now=NOW)
    assert place.links() == [] and place.questions() == []
    place.linked()
    assert place.links() == [] and place.questions() == []


def test_only_what_is_new_is_compared_and_gives_what_all_anew_would(place: Place) -> None:
    known = child(place)
    place.police_sent({}, {"first_name": "Zed", "last_name": "Nobodyelse", "born_on": "01/02/2010", "postcode": "ZZ5 5ZZ"})
    first = place.linked()
    assert (first.whole, first.fresh, first.records, first.joined) == (True, 3, 3, 1)
    place.school_sent({}, {"first_name": "Zed", "last_name": "Nobodyelse", "born_on": "01/02/2010", "postcode": "ZZ5 5ZZ"})
    second = place.linked()
    assert (second.whole, second.fresh, second.records, second.joined) == (False, 6, 9, 4)
    people.add_identifier(actor=make_actor("mash-worker", partnership=place.partnership), person=known.pk, scheme="upn",
                          value="H801200001001", now=NOW)
    third = place.linked()
    assert (third.whole, third.fresh, third.records) == (False, 1, 9)
    links = groups(place)
    anew = place.linked(whole=True)
    assert (anew.whole, anew.fresh, anew.joined) == (True, 9, 4) and groups(place) == links
    nothing = place.linked()
    assert (nothing.fresh, nothing.joined) == (0, 4) and groups(place) == links


def test_a_new_version_an_answer_and_one_taken_back_are_taken_up_without_linking_all_anew(place: Place) -> None:
    place.police_sent({})
    place.school_sent(ALMOST)
    place.linked()
    asked, = place.questions()
    actions.answer(actor=place.analyst, question=asked.pk, answer="same", now=NOW)
    assert not place.linked().whole and len(place.links()) == 2 and {each.how for each in place.links()} == {"person"}
    with acting(place.analyst):
        owed = Link.objects.filter(submission__expectation__agency=place.police).first().submission.expectation
    again = sent(place.officer, owed, place.folder, ("incidents.csv", rows_csv({"incident_number": "EX-0"}, {
        "incident_number": "EX-9", "person_number": "P-9", "first_name": "Zed", "last_name": "Nobodyelse"})))
    run = place.linked()
    assert (run.whole, run.fresh) == (False, 1)
    assert again.pk in {each.submission_id for each in place.links()} and len(place.links()) == 2
    actions.take_back(actor=place.analyst, question=asked.pk, now=NOW)
    assert not place.linked().whole and place.links() == [] and [each.pk for each in place.questions()] == [asked.pk]


def groups(place: Place) -> set[tuple[int, int, str, int | None]]:
    return {(each.submission_id, each.row, each.group, each.person_id) for each in place.links()}
