"""Contacts in the shape of the Standard Safeguarding Dataset."""
from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from goldthread.access.actor import acting, system, writing
from goldthread.domains.front_door.models import Contact, ContactPerson, IdentifiedPerson
from goldthread.exchange.layouts.ssd import FLAGS
from goldthread.people import actions as people
from goldthread.people.actions.readers import set_readers
from goldthread.people.models import Identifier, Person, SearchKey
from goldthread.process import mending
from goldthread.process.models import Case, CasePerson, ClockRow
from goldthread.rules.codes import every
from tests.exchange.loading import cases, everything, findings, importer, loaded
from tests.exchange.making import (
    SSD_CONTACT,
    SSD_PERSON,
    book,
    csv_upload,
    flags,
    saved,
    ssd_uploads,
    table_of,
)
from tests.support import NOW, make_actor

pytestmark = pytest.mark.django_db


def contact(**changes: Any) -> dict[str, Any]:
    return {**SSD_CONTACT, **{f"cont_{name}": value for name, value in changes.items()}}


def test_a_contact_with_an_outcome_is_loaded_as_finished_and_its_child_is_known() -> None:
    actor = importer()
    run = loaded(actor, *ssd_uploads([SSD_CONTACT], [SSD_PERSON]))
    assert (run.layout, run.counts["finished"], run.counts["people"]) == ("ssd", 1, 1)
    with acting(actor):
        case = Case.objects.get()
        assert case.closed_at and case.closed_at.date() == date(2025, 3, 4) and case.title == "Testa Exampleton"
        assert not ClockRow.objects.exists()
        made = Contact.objects.get()
        assert "No further action" in made.worry and (made.source, made.concern) == ("2A", "not-recorded")
        person = Person.objects.get()
        assert (person.given, person.born_on, person.sex) == ("Testa", date(2018, 5, 14), "F")
        assert set(Identifier.objects.values_list("scheme", "value", "verified")) == {
            ("council", "P1", True), ("nhs", "9990000018", False)}
        assert IdentifiedPerson.objects.get().newly_made and CasePerson.objects.get().person == person
        assert SearchKey.objects.get().numbers == ["council:P1", "nhs:9990000018"]


def test_one_without_an_outcome_is_open_work() -> None:
    actor = importer()
    loaded(actor, *ssd_uploads([contact(contact_outcome_json=""), contact(
        contact_id="C2", contact_outcome_json=flags(nfa="", advice="N"))], [SSD_PERSON]))
    assert [case.closed_at for case in cases(actor)] == [None, None]


def test_a_child_is_found_again_by_the_council_s_number() -> None:
    actor = importer()
    loaded(actor, *ssd_uploads([SSD_CONTACT], [SSD_PERSON]))
    run = loaded(actor, *ssd_uploads([contact(contact_id="C2"), contact(contact_id="C3")], [SSD_PERSON]))
    assert run.counts["people"] == 0
    with acting(actor):
        assert Person.objects.count() == 1 and CasePerson.objects.count() == 3
        assert [line.newly_made for line in IdentifiedPerson.objects.order_by("pk")] == [True, False, False]


def test_of_two_records_merged_it_is_the_one_kept() -> None:
    actor = importer()
    loaded(actor, *ssd_uploads([SSD_CONTACT], [SSD_PERSON]))
    with acting(actor):
        folded = Person.objects.get()
        kept = people.add_person(actor=actor, now=NOW, given="Testa", family="Exampleton")
        people.merge(actor=actor, now=NOW, keep=kept.pk, fold=folded.pk, reason="Same child")
    loaded(actor, *ssd_uploads([contact(contact_id="C2")]))
    with acting(actor):
        assert IdentifiedPerson.objects.last().person == kept


def test_a_number_whose_birth_differs_makes_no_two_children_one() -> None:
    actor = importer()
    loaded(actor, *ssd_uploads([SSD_CONTACT], [SSD_PERSON]))
    before = everything(actor)
    [found] = findings(actor, *ssd_uploads([contact(contact_id="C2")], [{**SSD_PERSON, "pers_dob": "2017-05-14"}]))
    assert found.column == "cont_person_id" and "another day" in found.rule
    assert everything(actor) == before


def test_a_child_whom_the_importer_must_not_see_is_not_told_of_and_the_case_is_hidden_alike() -> None:
    actor = importer()
    loaded(actor, *ssd_uploads([SSD_CONTACT], [SSD_PERSON]))
    privacy = make_actor("mash-manager", actor.agency, actor.partnership)
    with acting(privacy):
        people.restrict_person(actor=privacy, now=NOW, person=Person.objects.get().pk, named=[privacy.user.pk],
                               reason="Safety")
    loaded(actor, *ssd_uploads([contact(contact_id="C2")], [{**SSD_PERSON, "pers_dob": "2017-05-14"}]))
    with acting(actor):
        assert not Case.objects.exists() and not Contact.objects.exists()
    with acting(privacy):
        assert Case.objects.count() == 2


def test_without_people_the_child_goes_by_the_number() -> None:
    actor = importer()
    run = loaded(actor, *ssd_uploads([SSD_CONTACT]))
    assert "not in ssd_person" in run.said[0]
    with acting(actor):
        assert ContactPerson.objects.get().family == "Council number P1"
        assert Identifier.objects.get().value == "P1"


def test_people_hidden_from_all_are_not_found_again() -> None:
    actor = importer()
    loaded(actor, *ssd_uploads([SSD_CONTACT], [SSD_PERSON]))
    with acting(system(actor.partnership.pk)), writing():
        set_readers(Person.objects.values_list("pk", flat=True), readers=[])
    run = loaded(actor, *ssd_uploads([contact(contact_id="C2")], [SSD_PERSON]))
    assert run.counts["people"] == 1


def test_both_parts_as_sheets_of_one_workbook() -> None:
    made = book(table_of(SSD_CONTACT), "ssd_contacts")
    for row in table_of(SSD_PERSON):
        page = made["ssd_person"] if "ssd_person" in made.sheetnames else made.create_sheet("ssd_person")
        page.append(row)
    from goldthread.files.tables.sheets import Upload
    actor = importer()
    run = loaded(actor, Upload("extract.xlsx", saved(made)))
    assert run.counts["people"] == 1 and cases(actor)[0].title == "Testa Exampleton"


def test_further_columns_of_the_dataset_are_let_be() -> None:
    actor = importer()
    person = {**SSD_PERSON, "pers_gender": "02", "pers_send_flag": "N", "pers_expected_dob": "NULL"}
    loaded(actor, *ssd_uploads([contact(contact_source_desc="School")], [person]))
    with acting(actor):
        assert Contact.objects.get().referrer_name == "School"


def test_every_flag_of_the_dataset_is_known() -> None:
    assert len(FLAGS) == 10 and set(FLAGS.values()) == {each.code for each in every("contact-outcomes")}
    actor = importer()
    loaded(actor, *ssd_uploads([contact(contact_outcome_json=flags(new_referral="Y", cp_enquiry="1", nfa="N"))]))
    with acting(actor):
        assert "New referral; Child protection enquiry" in Contact.objects.get().worry


@pytest.mark.parametrize(("changes", "column", "says"), [
    ({"contact_id": ""}, "cont_contact_id", "empty"), ({"person_id": ""}, "cont_person_id", "empty"),
    ({"contact_date": "2025-02-30"}, "cont_contact_date", "no such day"),
    ({"contact_date": "2027-01-01"}, "cont_contact_date", "future"),
    ({"contact_date": "2017-01-01"}, "cont_contact_date", "before the child was born"),
    ({"contact_source_code": "2Z"}, "cont_contact_source_code", "not in the list"),
    ({"contact_outcome_json": "NFA"}, "cont_contact_outcome_json", "not the JSON"),
    ({"contact_outcome_json": "[1]"}, "cont_contact_outcome_json", "not a list of named"),
    ({"contact_outcome_json": '{"NFA_FLAG": "maybe"}'}, "cont_contact_outcome_json", "neither Y nor N"),
    ({"contact_outcome_json": '{"X_FLAG": "Y"}'}, "cont_contact_outcome_json", "no outcome X_FLAG"),
    ({"contact_outcome_json": "[" * 100_000}, "cont_contact_outcome_json", "JSON"),
    ({"contact_id": "x" * 61}, "cont_contact_id", "more than 60"),
], ids=str)
def test_what_does_not_hold_is_found(changes: dict[str, Any], column: str, says: str) -> None:
    actor = importer()
    before = everything(actor)
    found = findings(actor, *ssd_uploads([contact(**changes)], [SSD_PERSON]))
    assert any(each.column == column and says in each.rule and each.row == 2 for each in found), [str(f) for f in found]
    assert everything(actor) == before


def test_a_contact_twice_in_the_file_and_a_person_twice() -> None:
    actor = importer()
    found = findings(actor, *ssd_uploads([SSD_CONTACT, SSD_CONTACT], [SSD_PERSON, SSD_PERSON]))
    assert [(each.sheet, each.row) for each in found] == [("ssd_contacts.csv", 3), ("ssd_person.csv", 3)]


def test_people_alone_are_no_contacts() -> None:
    [found] = findings(importer(), csv_upload(table_of(SSD_PERSON), "ssd_person.csv"))
    assert "ssd_contacts" in found.rule


def test_loaded_as_finished_it_can_be_taken_up_again() -> None:
    actor = importer("mash-manager")
    loaded(actor, *ssd_uploads([SSD_CONTACT], [SSD_PERSON]))
    with acting(actor):
        mending.reopen(actor=actor, case=Case.objects.get(), from_step="rating", reason="New worry", now=NOW)
        assert Case.objects.get().closed_at is None
