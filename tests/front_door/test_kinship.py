"""What a contact states of a family is recorded once its people are identified, and taken back with what it rested on."""
from __future__ import annotations

from datetime import date

import pytest

from goldthread.access.actor import acting
from goldthread.domains.front_door import asking, kinship
from goldthread.domains.front_door import models as m
from goldthread.domains.front_door.identifying import Choice, identify
from goldthread.people.actions import add_person, record_place, relate, withdraw_relationship
from goldthread.people.models import Person, Place, Relationship
from goldthread.process import actions, mending
from goldthread.process.actions import Writing
from goldthread.process.models import Case
from goldthread.process.settling import after_settling
from tests.front_door.scene import Scene, child, text
from tests.people.factories import make_person

FAMILY = (child(), child("Bilal", born=date(2019, 2, 1), capacity="sibling", sex="M", relationship="half-brother",
                         setting=""),
          child("Sara", born=None, capacity="mother", setting="", practice="Example Road"),
          child("Omar", "Other", born=None, capacity="adult", relationship="Maternal Grandfather", setting=""),
          child("Kim", "Other", born=None, capacity="adult", relationship="lives upstairs", setting=""))


@pytest.fixture
def surgery(scene: Scene):
    return scene.agency("gp-practice", "Example Road Surgery")


def said(case: Case) -> dict[str, m.ContactPerson]:
    rows = m.ContactPerson.objects.filter(case=case, event__replaced_by=None)
    return {row.given: row for row in rows}


def decide(scene: Scene, case: Case, *, corrects=None, **who: int | None):
    """Identify those named by their first name, each as a record's id or as somebody new."""
    with scene.system():
        stated = said(case)
    worker = scene.seats["mash-worker"]
    with acting(worker):
        event, _ = identify(actor=worker, case=scene.fresh(case), now=scene.now, note="", corrects=corrects,
                            choices=[Choice(stated[name], person) for name, person in who.items()])
    return event


def everyone(scene: Scene, case: Case):
    return decide(scene, case, Amira=None, Bilal=None, Sara=None, Omar=None, Kim=None)


def kin(scene: Scene) -> set[tuple[str, str, str]]:
    with scene.system():
        return {(row.person.given, row.kind, row.other.given) for row in
                Relationship.objects.filter(withdrawn_at=None).select_related("person", "other")}


def places(scene: Scene) -> set[tuple[str, str]]:
    with scene.system():
        return {(row.person.given, row.agency.name) for row in
                Place.objects.filter(withdrawn_at=None).select_related("person", "agency")}


WHOLE = {("Bilal", "half-sibling", "Amira"), ("Sara", "mother", "Amira"), ("Omar", "grandparent", "Amira")}


@pytest.mark.parametrize(("capacity", "words", "kind"), [
    ("mother", "", "mother"), ("father", "Dad", "father"), ("mother", "lives in Leeds", "mother"),
    ("mother", "Step-mother", "step-parent"), ("adult", "his step mum", "step-parent"), ("adult", "", ""),
    ("adult", "Maternal grandmother of the child", "grandparent"), ("adult", "mum's new partner", ""),
    ("sibling", "", "sibling"), ("sibling", "twin sister", "twin"), ("adult", "Special Guardian", "special-guardian"),
    ("adult", "not the father", ""), ("adult", "neighbour", ""), ("child", "", ""), ("adult", "auntie", "aunt-uncle")])
def test_a_relationship_is_read_only_where_it_is_plain(capacity, words, kind):
    assert kinship.kin_of(m.ContactPerson(capacity=capacity, relationship=words)) == kind


def test_family_school_and_practice_are_recorded_with_their_source_and_shown(scene, surgery):
    case = scene.contact(people=FAMILY)
    assert kin(scene) == set(), "nothing before a person has decided"
    everyone(scene, case)
    assert kin(scene) == WHOLE
    assert places(scene) == {("Amira", "Larkfield Primary School"), ("Sara", "Example Road Surgery")}
    with scene.system():
        assert {row.source for row in Relationship.objects.all()} == {f"Larkfield Primary School, {case.reference}"}
        amira = Person.objects.get(given="Amira")
    worker = scene.client("mash-worker")
    page = text(worker.get(f"/person/{amira.reference}/family/"))
    assert "Sara Sample" in page and "Grandparent" in page
    assert "Larkfield Primary School" in text(worker.get(f"/person/{amira.reference}/"))


def test_negative_control_without_the_hook_nothing_is_recorded(scene, surgery, monkeypatch):
    monkeypatch.setattr("goldthread.process.settling.after_settling", [])
    everyone(scene, scene.contact(people=FAMILY))
    assert kin(scene) == set() and after_settling == [kinship.follow]


def test_who_comes_later_is_joined_to_who_was_identified_before(scene):
    case = scene.contact(people=FAMILY)
    decide(scene, case, Sara=None)
    assert kin(scene) == set()
    decide(scene, case, Amira=None)
    assert kin(scene) == {("Sara", "mother", "Amira")}


def test_a_correction_moves_it_to_the_right_person_and_back(scene, surgery):
    other = make_person(scene.seats["mash-worker"], "Amy", "Sample")
    case = scene.contact(people=FAMILY)
    first = everyone(scene, case)
    with scene.system():
        ids = {row.given: row.pk for row in Person.objects.all()}
    rest = {name: ids[name] for name in ("Bilal", "Sara", "Omar", "Kim")}
    second = decide(scene, case, corrects=first, Amira=other.pk, **rest)
    assert kin(scene) == {(who, kind, "Amy") for who, kind, _ in WHOLE}
    assert places(scene) == {("Amy", "Larkfield Primary School"), ("Sara", "Example Road Surgery")}
    decide(scene, case, corrects=second, Amira=ids["Amira"], **rest)
    assert kin(scene) == WHOLE
    with scene.system():
        assert Relationship.objects.count() == 6, "nothing is deleted, and what was there is taken up again"


def test_withdrawing_who_they_are_takes_back_what_rested_on_it(scene, surgery):
    case = scene.contact(people=FAMILY)
    event = everyone(scene, case)
    manager = scene.seats["mash-manager"]
    with acting(manager):
        mending.withdraw(actor=manager, event=event, reason="The wrong family", now=scene.now)
    assert kin(scene) == set() and places(scene) == set()


def test_a_corrected_contact_changes_what_rested_on_its_words(scene, surgery):
    case = scene.contact(people=FAMILY)
    everyone(scene, case)
    lead, contact = scene.seats["school-lead"], scene.events(case, "contact")[0]
    with scene.system():
        record = contact.record
    values = {name: getattr(record, name) for name in ("stream", "concern", "worry", "consent", "source", "referrer_name",
                                                       "referrer_agency", "referrer_phone", "happened_at")}
    lines = [m.ContactPerson(**{**person, "relationship": "uncle" if person["given"] == "Omar" else
                                person.get("relationship", "")}) for person in FAMILY]
    with acting(lead):
        actions.correct(actor=lead, event=contact, writing_=Writing(m.Contact(**values), lines), now=scene.now)
    assert ("Omar", "aunt-uncle", "Amira") in kin(scene) and ("Omar", "grandparent", "Amira") not in kin(scene)


def test_what_is_known_already_or_was_withdrawn_by_a_person_is_left_alone(scene, surgery):
    worker = scene.seats["mash-worker"]
    amira, sara = make_person(worker, "Amira", "Sample"), make_person(worker, "Sara", "Sample", born_on=None, adult=True)
    mine = relate(actor=worker, now=scene.now, person=sara.pk, other=amira.pk, kind="mother", source="Register of births")
    elsewhere = record_place(actor=worker, now=scene.now, person=amira.pk, agency=scene.other_school.pk)
    case = scene.contact(people=FAMILY)
    event = decide(scene, case, Amira=amira.pk, Sara=sara.pk, Bilal=None)
    with scene.system():
        assert Relationship.objects.get(person=sara) == mine
        assert Place.objects.get(person=amira) == elsewhere, "another school is recorded: a person must look"
        bilal = Relationship.objects.get(kind="half-sibling")
    withdraw_relationship(actor=worker, now=scene.now, relationship=bilal.pk, because="A friend's child")
    with scene.system():
        ids = {row.given: row.pk for row in Person.objects.all()}
    decide(scene, case, corrects=event, Amira=amira.pk, Sara=sara.pk, Bilal=ids["Bilal"])
    assert kin(scene) == {("Sara", "mother", "Amira")}
    manager = scene.seats["mash-manager"]
    with acting(manager):
        mending.withdraw(actor=manager, event=scene.events(case, event.step)[-1], reason="Wrong", now=scene.now)
    assert kin(scene) == {("Sara", "mother", "Amira")} and places(scene) == {("Amira", "Mill Lane Academy")}


def test_their_practice_and_school_are_the_first_to_be_asked(scene, surgery):
    near = scene.agency("gp-practice", "Near Surgery")
    type(near).objects.filter(pk=near.pk).update(postcode="ZZ99 3CA")
    case = scene.contact(people=(child(setting=""),))
    worker = scene.seats["mash-worker"]
    with acting(worker):
        assert [a.name for a in asking.to_ask(scene.fresh(case), scene.now)[0].agencies] == ["Near Surgery"]
    decide(scene, case, Amira=None)
    with scene.system():
        amira = Person.objects.get()
    record_place(actor=worker, now=scene.now, person=amira.pk, agency=surgery.pk)
    record_place(actor=worker, now=scene.now, person=amira.pk, agency=scene.other_school.pk)
    with acting(worker):
        first = asking.to_ask(scene.fresh(case), scene.now)[0]
    assert [a.name for a in first.agencies][:2] == ["Mill Lane Academy", "Example Road Surgery"]
    assert near not in first.agencies, "a practice near by is proposed only for a child whose own is not known"


def test_a_relationship_recorded_in_error_is_taken_back_on_the_family_page(scene):
    worker = scene.seats["mash-worker"]
    amira, sara = make_person(worker), add_person(actor=worker, now=scene.now, given="Sara", family="Sample", adult=True)
    row = relate(actor=worker, now=scene.now, person=sara.pk, other=amira.pk, kind="mother")
    client, address = scene.client("mash-worker"), f"/person/{amira.reference}/family/{row.pk}/error/"
    assert "Sara Sample is not their mother" in text(client.get(address))
    client.post(address, {"reason": "She is the aunt"})
    assert kin(scene) == set() and client.get(address).status_code == 404
    assert "No family is recorded" in text(client.get(f"/person/{amira.reference}/family/"))
