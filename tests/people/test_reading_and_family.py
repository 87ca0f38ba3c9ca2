"""Opening a record, its family and household, and its chronology."""
from datetime import date

import pytest
from django.db import connection
from django.db.utils import DatabaseError, IntegrityError
from django.test.utils import CaptureQueriesContext

from goldthread.access.actor import Refused, acting
from goldthread.access.audit import readings
from goldthread.access.policy import agency_token, desk_token
from goldthread.base.dates import UncertainDate
from goldthread.people.actions import (
    add_address,
    add_entry,
    add_readers,
    end_relationship,
    merge,
    relate,
    replace_entry,
    set_readers,
)
from goldthread.people.actions.common import NotPossible, as_system
from goldthread.people.family import household, relatives
from goldthread.people.models import Entry, Person, Relationship
from goldthread.people.reading import open_person
from goldthread.rules.codes import codes
from tests.people.factories import make_borough, make_person
from tests.support import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def borough():
    return make_borough()


@pytest.fixture
def child(borough):
    return make_person(borough.worker)


@pytest.fixture
def mother(borough):
    return make_person(borough.worker, "Ewa", born_on=date(1990, 1, 2))


def kinds(borough, person, **more):
    with acting(borough.worker):
        return [(each.person.given, each.kind, each.age) for each in relatives(person, today=TODAY, **more)]


def test_a_record_is_opened_by_its_reference_and_read_once_in_the_log(borough, child):
    assert open_person(actor=borough.worker, reference=child.reference.lower(), why="Contact", now=NOW) == child
    with acting(borough.worker):
        lines = readings("person", child.pk)
    assert [(line["user_id"], line["why"]) for line in lines] == [(borough.worker.user.pk, "Contact")]


@pytest.mark.parametrize("reference", ["PE-2222-22", "nonsense", ""])
def test_what_is_not_there_is_not_there_and_logs_nothing(borough, child, reference):
    for actor, wanted in ((borough.worker, reference), (borough.school, child.reference)):
        with pytest.raises(Person.DoesNotExist):
            open_person(actor=actor, reference=wanted, why="Test", now=NOW)
    with acting(borough.worker):
        assert readings("person", child.pk) == []


def test_each_end_of_a_relationship_is_named(borough, child, mother):
    row = relate(actor=borough.worker, now=NOW, person=mother.pk, other=child.pk, kind="mother",
                 parental_responsibility=True)
    assert kinds(borough, child) == [("Ewa", "Mother", "36 years")]
    assert kinds(borough, mother) == [("Zofia", "Child", "10 years")]
    again = relate(actor=borough.worker, now=NOW, person=mother.pk, other=child.pk, kind="mother")
    assert again.pk == row.pk and again.parental_responsibility is True
    end_relationship(actor=borough.worker, now=NOW, relationship=row.pk, until=TODAY)
    assert kinds(borough, child) == [] and len(kinds(borough, child, ended=True)) == 1
    with pytest.raises(NotPossible, match="already ended"):
        end_relationship(actor=borough.worker, now=NOW, relationship=row.pk, until=TODAY)


def test_every_kind_has_its_other_end():
    assert [code.code for code in codes("relationships", TODAY)] == [
        code.code for code in codes("relationships-reverse", TODAY)]


def test_what_cannot_be_related(borough, child, mother):
    for wrong, words in (({"kind": "boss"}, "how they are related"), ({"other": mother.pk}, "two different")):
        with pytest.raises(NotPossible, match=words):
            relate(actor=borough.worker, now=NOW, **{"person": mother.pk, "other": child.pk, "kind": "mother", **wrong})
    with pytest.raises(Refused):
        relate(actor=borough.school, now=NOW, person=mother.pk, other=child.pk, kind="mother")


def test_who_sees_one_end_only_does_not_learn_of_the_other(borough, child, mother):
    school = agency_token(borough.school.agency.pk, borough.partnership.pk)
    relate(actor=borough.worker, now=NOW, person=mother.pk, other=child.pk, kind="mother")
    with as_system(borough.worker):
        add_readers([child.pk], readers=[school])
    with acting(borough.school):
        assert Person.objects.get() == child and not Relationship.objects.exists()
        assert relatives(child, today=TODAY) == []
    with as_system(borough.worker):
        add_readers([mother.pk], readers=[school])
    with acting(borough.school):
        assert [each.person for each in relatives(child, today=TODAY)] == [mother]


def test_family_follows_a_merge_and_names_everyone_once(borough, child, mother):
    again = make_person(borough.worker)
    for each in (child, again):
        relate(actor=borough.worker, now=NOW, person=mother.pk, other=each.pk, kind="mother")
    merge(actor=borough.worker, now=NOW, keep=child.pk, fold=again.pk, reason="Same")
    assert kinds(borough, child) == kinds(borough, again) == [("Ewa", "Mother", "36 years")]
    assert kinds(borough, mother) == [("Zofia", "Child", "10 years")]


def test_the_household_shares_a_current_home_and_statements_do_not_grow(borough, child, mother):
    neighbour = make_person(borough.worker, "Next", "Door")
    relate(actor=borough.worker, now=NOW, person=mother.pk, other=child.pk, kind="mother")
    for person, line in ((child, "1 Sample Road"), (mother, "1 SAMPLE ROAD"), (neighbour, "3 Sample Road")):
        add_address(actor=borough.worker, now=NOW, person=person.pk, line1=line, postcode="AB1 1AA")
    statements = []
    for more in (0, 4):
        for number in range(more):
            lodger = make_person(borough.worker, f"Lodger{number}", born_on=None)
            add_address(actor=borough.worker, now=NOW, person=lodger.pk, line1="1 Sample Road", postcode="AB1 1AA")
        with acting(borough.worker), CaptureQueriesContext(connection) as queries:
            found = [(each.person.given, each.kind, each.age) for each in household(child, today=TODAY)]
        statements.append(len(queries))
    assert found[:2] == [("Ewa", "Mother", "36 years"), ("Lodger0", "", "age not known")] and len(found) == 5
    assert statements[0] == statements[1]


def test_entries_keep_uncertain_dates_and_are_replaced_not_altered(borough, child):
    common = {"actor": borough.worker, "now": NOW}
    first = add_entry(**common, person=child.pk, when=UncertainDate.parse("about May 2016"), what="Moved")
    assert (first.when_text, first.earliest, first.latest) == ("about May 2016", date(2016, 4, 1), date(2016, 6, 30))
    second = replace_entry(**common, entry=first.pk, when=UncertainDate.parse("3 June 2016"), what="Moved to aunt")
    with acting(borough.worker):
        assert Entry.objects.get(pk=first.pk).replaced_by == second and Entry.objects.count() == 2
    with pytest.raises(NotPossible, match="already been corrected"):
        replace_entry(**common, entry=first.pk, when=UncertainDate.parse("2016"), what="X")
    for wrong, words in (({"when": UncertainDate.parse("2031")}, "future"), ({"what": " "}, "Enter what happened")):
        with pytest.raises(NotPossible, match=words):
            add_entry(**common, person=child.pk, **{"when": UncertainDate.parse("2016"), "what": "X", **wrong})


def test_an_entry_can_be_altered_by_nobody_in_the_database(borough, child):
    entry = add_entry(actor=borough.worker, now=NOW, person=child.pk, when=UncertainDate.unknown(), what="Seen")
    for change in (lambda: Entry.objects.filter(pk=entry.pk).update(what="Not seen"),
                   lambda: Entry.objects.filter(pk=entry.pk).delete()):
        with pytest.raises((IntegrityError, DatabaseError), match="append-only"), as_system(borough.worker):
            change()


def test_an_agency_that_sees_the_child_may_add_and_correct_its_own_only(borough, child):
    with as_system(borough.worker):
        set_readers([child.pk], readers=[desk_token("front-door", borough.partnership.pk),
                                         borough.school.agency_token])
    mine = add_entry(actor=borough.school, now=NOW, person=child.pk, when=UncertainDate.parse("2025"), what="Absent")
    assert mine.agency == borough.school.agency and mine.recorded_by == borough.school.user
    with pytest.raises(NotPossible, match="Ask them to"):
        replace_entry(actor=borough.worker, now=NOW, entry=mine.pk, when=UncertainDate.parse("2025"), what="Present")
    with pytest.raises(Entry.DoesNotExist):
        replace_entry(actor=make_borough().worker, now=NOW, entry=mine.pk, when=UncertainDate.parse("2025"), what="X")
