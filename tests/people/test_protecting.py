"""Denials and restrictions: beat every role, hide existence, copied to every row, lifted by others, and recorded."""
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.access.actor import Refused, acting
from goldthread.access.audit import changes
from goldthread.access.models import without_application_filter
from goldthread.access.policy import desk_token
from goldthread.base.dates import UncertainDate
from goldthread.people.actions import (
    add_address,
    add_entry,
    add_name,
    add_readers,
    after_access_change,
    deny,
    lift_denial,
    lift_restriction,
    relate,
    restrict_person,
    revise_person,
    set_readers,
)
from goldthread.people.actions.common import NotPossible, as_system
from goldthread.people.matching import Stated, find_matches
from goldthread.people.models import Address, Denial, Entry, Identifier, Name, Person, Relationship, SearchKey
from goldthread.people.reading import open_person
from goldthread.people.search import search
from tests.people.factories import make_borough, make_person, nhs_for_tests, sees
from tests.support import NOW, make_actor

pytestmark = pytest.mark.django_db
TABLES = (Person, Name, Identifier, Address, Entry, SearchKey)


@pytest.fixture
def borough():
    return make_borough()


@pytest.fixture
def child(borough):
    """A child with a row in every table, and a mother."""
    person, worker = make_person(borough.worker, nhs=nhs_for_tests()), borough.worker
    mother = make_person(worker, "Ewa", nhs=nhs_for_tests())
    add_name(actor=worker, now=NOW, person=person.pk, kind="alias", given="Zo")
    add_address(actor=worker, now=NOW, person=person.pk, line1="1 Sample Road", postcode="AB1 1AA")
    add_entry(actor=worker, now=NOW, person=person.pk, when=UncertainDate.parse("2025"), what="Moved here")
    relate(actor=worker, now=NOW, person=mother.pk, other=person.pk, kind="mother")
    return person


def counts(actor):
    with acting(actor):
        return [model.objects.count() for model in (*TABLES, Relationship)]


def ways_in(actor, child):
    """Every way by which a person could be come upon, each giving whether it does."""
    stated = Stated(given="Zofia", family="Testcase", born_on=child.born_on)
    found = find_matches(actor=actor, stated=stated, why="Test", now=NOW)
    try:
        opened = open_person(actor=actor, reference=child.reference, why="Test", now=NOW)
    except Person.DoesNotExist:
        opened = None
    return [sees(actor, child), child.pk in [each.person for each in found], opened == child,
            *(child in search(actor=actor, text=text, now=NOW)
              for text in ("Testcase", "Zofia", "AB1 1AA", child.reference, "03/05/2016"))]


def test_denial_beats_every_role_on_every_row_and_way_in(borough, child):
    assert all(ways_in(borough.manager, child)) and min(counts(borough.manager)) > 0
    deny(actor=borough.worker, now=NOW, person=child.pk, user=borough.worker.user.pk, reason="My nephew")
    deny(actor=borough.manager, now=NOW, person=child.pk, user=borough.manager.user.pk, reason="My niece")
    for actor in (borough.worker, borough.manager):
        assert not any(ways_in(actor, child))
        assert counts(actor) == [1, 0, 1, 0, 0, 1, 0]  # the mother remains
        with acting(actor), without_application_filter():
            assert not Person.objects.filter(pk=child.pk).exists() and not Relationship.objects.exists()
    colleague = make_actor("mash-worker", borough.worker.agency, borough.partnership)
    assert all(ways_in(colleague, child))


def test_who_may_deny_and_lift(borough, child):
    colleague = make_actor("mash-worker", borough.worker.agency, borough.partnership)
    with pytest.raises(Refused, match="cannot restrict"):
        deny(actor=borough.worker, now=NOW, person=child.pk, user=colleague.user.pk, reason="Their niece")
    denial = deny(actor=borough.officer, now=NOW, person=child.pk, user=borough.manager.user.pk, reason="Their niece")
    assert not sees(borough.officer, child)  # governs without reading
    assert not sees(borough.manager, child)
    with pytest.raises(NotPossible, match="already kept"):
        deny(actor=borough.officer, now=NOW, person=child.pk, user=borough.manager.user.pk, reason="Again")
    with pytest.raises(Refused, match="Somebody else"):
        lift_denial(actor=borough.manager, now=NOW, denial=denial.pk, because="It is fine")
    with pytest.raises(Refused, match="cannot restrict"):
        lift_denial(actor=borough.worker, now=NOW, denial=denial.pk, because="It is fine")
    with acting(borough.manager):
        assert not Denial.objects.exists()
    lifted = lift_denial(actor=borough.officer, now=NOW, denial=denial.pk, because="Mistaken for another")
    assert lifted.ended_by == borough.officer.user and sees(borough.manager, child)
    with pytest.raises(NotPossible, match="already been ended"):
        lift_denial(actor=borough.officer, now=NOW, denial=denial.pk, because="Again")


def test_only_somebody_with_a_seat_here_is_denied(borough, child):
    with pytest.raises(NotPossible, match="seat in this partnership"):
        deny(actor=borough.officer, now=NOW, person=child.pk, user=make_borough().worker.user.pk, reason="X")
    with pytest.raises(NotPossible, match="Enter why"):
        deny(actor=borough.officer, now=NOW, person=child.pk, user=borough.worker.user.pk, reason=" ")


def test_a_restricted_record_is_not_there_for_all_but_the_named(borough, child):
    named = make_actor("social-worker", borough.worker.agency, borough.partnership)
    restrict_person(actor=borough.manager, now=NOW, person=child.pk, named=[named.user.pk], reason="Staff family")
    for actor in (borough.worker, borough.manager):
        assert not any(ways_in(actor, child))
        with acting(actor), without_application_filter():
            assert not Person.objects.filter(pk=child.pk).exists()
        with pytest.raises(Person.DoesNotExist):
            revise_person(actor=actor, now=NOW, person=child.pk, family="X")
    assert all(ways_in(named, child))
    with pytest.raises(Person.DoesNotExist):
        lift_restriction(actor=borough.manager, now=NOW, person=child.pk, because="Not named")
    lift_restriction(actor=borough.officer, now=NOW, person=child.pk, because="Left the council")
    assert all(ways_in(borough.worker, child)) and not sees(named, child)
    with acting(borough.worker):
        lines = changes("people_person", child.pk)
    assert [line["new"]["restricted"] for line in lines if line["op"] == "UPDATE"] == [True, False]
    assert {line["user_id"] for line in lines} == {
        borough.worker.user.pk, borough.manager.user.pk, borough.officer.user.pk}


def test_a_forbidden_record_and_one_that_is_not_there_answer_alike(borough, child):
    restrict_person(actor=borough.manager, now=NOW, person=child.pk, named=[borough.manager.user.pk], reason="Staff")
    said = []
    for reference in (child.reference, "PE-2222-22"):
        with pytest.raises(Person.DoesNotExist) as refusal:
            open_person(actor=borough.worker, reference=reference, why="Test", now=NOW)
        said.append(str(refusal.value).replace(reference, "…"))
    assert said[0] == said[1]


def test_restricting_needs_somebody_named_with_a_seat(borough, child):
    for named, words in (([], "at least one"), ([make_borough().worker.user.pk], "no seat")):
        with pytest.raises(NotPossible, match=words):
            restrict_person(actor=borough.manager, now=NOW, person=child.pk, named=named, reason="Staff")
    with pytest.raises(Refused):
        restrict_person(actor=borough.worker, now=NOW, person=child.pk, named=[borough.worker.user.pk], reason="Staff")
    with pytest.raises(NotPossible, match="not restricted"):
        lift_restriction(actor=borough.manager, now=NOW, person=child.pk, because="X")


def test_readers_set_while_restricted_wait_until_it_is_lifted(borough, child):
    restrict_person(actor=borough.manager, now=NOW, person=child.pk, named=[borough.manager.user.pk], reason="Staff")
    with as_system(borough.manager):
        add_readers([child.pk], readers=[borough.school.agency_token])
    assert not sees(borough.school, child)
    lift_restriction(actor=borough.manager, now=NOW, person=child.pk, because="Over")
    assert sees(borough.school, child) and sees(borough.worker, child)


def test_readers_of_many_take_as_many_statements_as_of_one_and_hooks_hear_of_the_hidden(borough, child):
    many = [make_person(borough.worker, f"Child{number}").pk for number in range(12)]
    heard = []
    after_access_change.append(heard.append)
    try:
        statements = []
        for people in (many[:1], many):
            with as_system(borough.worker), CaptureQueriesContext(connection) as queries:
                set_readers(people, readers=[desk_token("front-door", borough.partnership.pk)])
            statements.append(len(queries))
        assert heard == []  # who reads an open person opens no case of theirs
        restrict_person(actor=borough.manager, now=NOW, person=child.pk, named=[borough.manager.user.pk], reason="Staff")
    finally:
        after_access_change.remove(heard.append)
    assert statements[0] == statements[1] <= 20
    assert heard == [frozenset([child.pk])]
