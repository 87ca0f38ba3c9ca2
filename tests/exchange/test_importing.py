"""From a file to cases: all or nothing, once only, as whoever it was and for whom."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from goldthread.access.actor import Refused, acting, system
from goldthread.access.audit import changes
from goldthread.domains.front_door.models import Contact, ContactPerson
from goldthread.exchange import importing
from goldthread.exchange.importing import AlreadyLoaded, NotReady, drop, first_contacts, look, save
from goldthread.exchange.models import ImportedContact, ImportFile, ImportRun
from goldthread.notify.models import OutboxMail
from goldthread.process.models import Case, ClockRow, Event
from goldthread.process.settling import DERIVED, settle
from tests.exchange.loading import cases, everything, findings, importer, loaded, looked
from tests.exchange.making import csv_upload, many, rows, xlsx_upload
from tests.support import NOW, make_actor

pytestmark = pytest.mark.django_db


def test_looking_saves_no_contact() -> None:
    actor = importer()
    before = everything(actor)
    run = looked(actor, csv_upload(many(3)))
    assert (run.state, run.counts["contacts"], run.counts["children"]) == ("checked", 3, 3)
    assert everything(actor) == before


def test_saved_they_are_open_contacts_of_the_agency_named() -> None:
    actor = importer()
    table = rows({}, {"Contact number": "A2", "Agency": "example  PRIMARY school"},
                 {"Contact number": "A3", "Agency": "999001"}, {"Contact number": "A4", "Agency": "Somewhere else"})
    run = loaded(actor, csv_upload(table))
    assert run.state == "done" and run.saved_at == NOW
    assert [case.started_by.name for case in cases(actor)] == [
        "Exampleshire Council", "Example Primary School", "Example Primary School", "Exampleshire Council"]
    assert "Somewhere else" in run.said[0]
    with acting(actor):
        assert Case.objects.filter(closed_at=None, stage="Screening").count() == 4
        assert set(ClockRow.objects.values_list("name", flat=True)) == {"Decide and tell the referrer"}
        event = Event.objects.first()
        assert (event.recorded_by, event.recorded_at) == (actor.user, NOW)
        contact = Contact.objects.get(outside_reference="A4")
        assert (contact.referrer_agency, contact.channel, contact.consent) == ("Somewhere else", "import", "given")
        assert contact.happened_at.isoformat() == "2026-11-02T09:40:00+00:00"


def test_rows_of_one_number_are_one_contact_with_everybody_in_it() -> None:
    actor = importer()
    headings = [*rows({})[0], "Mother first name", "Mother last name", "Father first name"]
    table = rows({"Mother first name": "Ma", "Mother last name": "Exampleton", "Father first name": "Pa"},
                 {"First name": "Ben", "Who is this": "Brother or sister", "What happened": "", "Main worry": ""},
                 {"First name": "Gran", "Who is this": "adult", "Date of birth": "01/01/1950"}, headings=headings)
    run = loaded(actor, csv_upload(table))
    assert (run.counts["contacts"], run.counts["children"], run.counts["adults"]) == (1, 2, 3)
    with acting(actor):
        people = ContactPerson.objects.order_by("pk").values_list("given", "capacity")
        assert list(people) == [("Testa", "child"), ("Ben", "sibling"), ("Gran", "adult"), ("Ma", "mother"),
                                ("Pa", "father")]
        assert Case.objects.get().title == "Testa Exampleton and 1 more"


def test_a_workbook_makes_the_same_rows_as_a_csv_file() -> None:
    def stored(upload: Any) -> list[dict[str, Any]]:
        actor = importer()
        loaded(actor, upload)
        with acting(actor):
            hidden = {"id", "case_id", "event_id", "partnership_id", "readers"}
            found = [*Contact.objects.order_by("pk").values(), *ContactPerson.objects.order_by("pk").values()]
        return [{name: value for name, value in row.items() if name not in hidden} for row in found]
    assert stored(csv_upload(many(5))) == stored(xlsx_upload(many(5)))


@pytest.mark.parametrize("how", [{"encoding": "utf-8-sig"}, {"encoding": "cp1252"}, {"encoding": "utf-16"},
                                 {"delimiter": ";"}, {"delimiter": "\t"}], ids=str)
def test_encodings_and_separators(how: dict[str, Any]) -> None:
    actor = importer()
    loaded(actor, csv_upload(rows({"First name": "Zoë", "What happened": "Said “no”, and; left"}), **how))
    with acting(actor):
        assert ContactPerson.objects.get().given == "Zoë" and Contact.objects.get().worry == "Said “no”, and; left"


def test_headings_in_any_order_case_and_spacing_and_under_a_title() -> None:
    table = rows({})
    turned = [list(reversed(row)) for row in table]
    turned[0] = [f"  {name.upper().replace(' ', '_')} " for name in turned[0]]
    actor = importer()
    loaded(actor, csv_upload([["Contacts of October"], [], *turned]))
    with acting(actor):
        assert ContactPerson.objects.get().family == "Exampleton"


def test_settling_anew_changes_nothing() -> None:
    actor = importer()
    loaded(actor, csv_upload(many(3)))
    from goldthread.access.actor import writing
    with acting(system(actor.partnership.pk)), writing():
        for case in Case.objects.all():
            before = [getattr(case, name) for name in (*DERIVED, "title", "last_event", "readers")]
            settle(case, NOW)
            assert [getattr(case, name) for name in (*DERIVED, "title", "last_event", "readers")] == before


def test_the_same_files_are_loaded_once() -> None:
    actor = importer()
    run = loaded(actor, csv_upload(many(2)))
    counted = everything(actor)
    with pytest.raises(AlreadyLoaded) as refused:
        looked(actor, csv_upload(many(2), "another name.csv"))
    assert refused.value.run == run
    with acting(actor):
        assert save(actor=actor, run=run, now=NOW) == run
    assert everything(actor) == counted


def test_two_looked_through_and_only_one_saved() -> None:
    one = importer()
    other = make_actor("mash-manager", one.agency, one.partnership)
    first, second = looked(one, csv_upload(many(2))), looked(other, csv_upload(many(2)))
    with acting(one):
        save(actor=one, run=first, now=NOW)
    with acting(other), pytest.raises(AlreadyLoaded):
        save(actor=other, run=second, now=NOW)
    assert everything(one)["Case"] == 2


def test_a_contact_loaded_before_is_found_by_its_number_and_agency() -> None:
    actor = importer()
    loaded(actor, csv_upload(rows({"Agency": "Example Police"})))
    [found] = findings(actor, csv_upload(rows({"Agency": "Example Police"}, {"Contact number": "A2"})))
    assert (found.row, found.value) == (2, "A1") and "23 November 2026" in found.rule
    loaded(actor, csv_upload(rows({"Agency": "Example Primary School"})))  # another agency counts for itself


def test_what_was_sound_when_looked_at_is_looked_at_again_when_saved() -> None:
    actor = importer()
    waiting = looked(actor, csv_upload(rows({}, {"Contact number": "A2"})))
    loaded(actor, csv_upload(rows({}), "other.csv"))
    with acting(actor):
        run = save(actor=actor, run=waiting, now=NOW)
        assert run.state == "faulty" and run.findings == 1
    assert everything(actor)["Case"] == 1


def test_one_bad_row_of_many_and_nothing_is_saved() -> None:
    actor = importer()
    before = everything(actor)
    table = many(50)
    table[30][table[0].index("Date of birth")] = "31/02/2018"
    run = looked(actor, csv_upload(table))
    assert (run.state, run.findings) == ("faulty", 1)
    with acting(actor), pytest.raises(NotReady):
        save(actor=actor, run=run, now=NOW)
    assert everything(actor) == before


def test_without_all_or_nothing_a_bad_file_would_be_half_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with findings not heeded, the row counts that every hostile file is held to do change."""
    actor = importer()
    before = everything(actor)
    monkeypatch.setattr(importing.Findings, "__bool__", lambda self: False)
    table = many(5)
    table[3][table[0].index("Date of birth")] = "31/02/2018"
    run = looked(actor, csv_upload(table))
    with acting(actor):
        save(actor=actor, run=run, now=NOW)
    assert everything(actor) != before


def test_when_the_database_refuses_a_row_nothing_of_the_import_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    actor = importer()
    run = looked(actor, csv_upload(many(5)))
    before = everything(actor)

    def breaks(*args: Any) -> None:
        raise RuntimeError("the disk is full")
    monkeypatch.setattr(importing, "copy_rows", breaks)
    with acting(actor), pytest.raises(RuntimeError):
        save(actor=actor, run=run, now=NOW)
    assert everything(actor) == before


def test_only_roles_that_may_import() -> None:
    for role in ("school-lead", "social-worker", "business-manager", "administrator"):
        actor = importer(role)
        with pytest.raises(Refused):
            looked(actor, csv_upload(many(1)))
    actor, run = importer(), None
    run = looked(actor, csv_upload(many(1)))
    stranger = make_actor("police-partner", partnership=actor.partnership)
    with acting(stranger), pytest.raises(Refused):
        save(actor=stranger, run=run, now=NOW)


def test_another_partnership_sees_nothing_of_it() -> None:
    actor, other = importer(), importer()
    run = loaded(actor, csv_upload(many(2)))
    with acting(other):
        assert not ImportRun.objects.exists() and not ImportedContact.objects.exists() and not Case.objects.exists()
        with pytest.raises(ImportRun.DoesNotExist):
            save(actor=other, run=run, now=NOW)


def test_the_source_agency_sees_its_contacts_and_not_the_file() -> None:
    actor = importer()
    loaded(actor, csv_upload(rows({"Agency": "Example Primary School"}, {"Contact number": "A2"})))
    school = cases(actor)[0].started_by
    lead = make_actor("school-lead", school, actor.partnership)
    with acting(lead):
        assert [case.pk for case in Case.objects.all()] == [cases(actor)[0].pk]
        assert not ImportRun.objects.exists() and not ImportFile.objects.exists()


def test_nobody_is_notified() -> None:
    actor = importer()
    loaded(actor, csv_upload(many(3)))
    with acting(system(actor.partnership.pk)):
        assert not OutboxMail.objects.exists()


def test_history_names_the_importer_and_files_do_not_stay() -> None:
    actor = importer()
    run = loaded(actor, csv_upload(many(1)))
    with acting(actor):
        assert not ImportFile.objects.exists()
        assert {row["user_id"] for row in changes("process_case", Case.objects.get().pk)} == {actor.user.pk}
        assert {row["user_id"] for row in changes("exchange_importrun", run.pk)} == {actor.user.pk}


def test_dropped_files_are_gone() -> None:
    actor = importer()
    run = looked(actor, csv_upload(many(1)))
    with acting(actor):
        drop(actor=actor, run=run)
        assert not ImportRun.objects.exists() and not ImportFile.objects.exists()
    done = loaded(actor, csv_upload(many(1)))
    with acting(actor), pytest.raises(NotReady):
        drop(actor=actor, run=done)


def test_the_first_contacts_are_shown_before_saving() -> None:
    actor = importer()
    run = looked(actor, csv_upload(many(40)))
    with acting(actor):
        shown = first_contacts(run)
        assert [each[0] for each in shown] == ["B0", "B1", "B2", "B3", "B4"]
        assert shown[0][1:] == ["Child0 Exampleton", "2026-11-02", "Neglect", ""]
        assert not first_contacts(save(actor=actor, run=run, now=NOW))


def test_a_later_look_at_the_same_faulty_file_takes_the_place_of_the_first() -> None:
    actor = importer()
    upload = csv_upload(rows({"Source": "99"}))
    looked(actor, upload)
    with acting(actor):
        look(actor=actor, uploads=[upload], now=NOW + timedelta(minutes=5))
        assert ImportRun.objects.count() == 1


def test_a_contact_with_an_emergency_is_told_as_one() -> None:
    actor = importer()
    headings = [*rows({})[0], "Danger now", "Domestic abuse", "Keep address"]
    loaded(actor, csv_upload(rows({"Danger now": "Y", "Domestic abuse": "TRUE", "Keep address": "no"}, headings=headings)))
    with acting(actor):
        contact = Contact.objects.get()
        assert contact.immediate_danger and contact.domestic_abuse and not contact.address_safe
