"""Every malformed file is refused with words and a place; nothing of it is saved; nothing breaks."""
from __future__ import annotations

import pytest

from goldthread.access.actor import acting
from goldthread.exchange.importing import NotReady, found_in, save
from goldthread.exchange.models import ImportedContact
from goldthread.files.tables.findings import Wrong, as_csv
from goldthread.process.models import Case
from tests.exchange.loading import everything, findings, importer, looked
from tests.exchange.making import csv_upload, many, rows
from tests.exchange.malformed import every_file
from tests.support import NOW

pytestmark = pytest.mark.django_db
BATTERY = every_file()


def test_there_are_many() -> None:
    assert len(BATTERY) >= 90


@pytest.mark.parametrize("name", BATTERY)
def test_refused_with_words_and_a_place_and_nothing_saved(name: str) -> None:
    malformed, actor = BATTERY[name], importer()
    before = everything(actor)
    run = looked(actor, malformed.make())
    with acting(actor):
        found = found_in(run)
        assert run.state == "faulty" and run.findings == len(found) >= 1
        with pytest.raises(NotReady):
            save(actor=actor, run=run, now=NOW)
    assert everything(actor) == before
    fitting = [f for f in found if malformed.says in f"{f.rule} {f.mend}"
               and (not malformed.row or f.row == malformed.row) and (not malformed.column or f.column == malformed.column)]
    assert fitting, [str(each) for each in found]
    for each in found:
        assert each.rule and each.mend and "Traceback" not in each.rule and each.sheet
        assert len(each.value) <= 121 and "\0" not in each.value


def test_the_sound_file_they_are_made_from_is_taken() -> None:
    """The control: what spoils each of them is what is found, not the file it was made from."""
    assert not findings(importer(), csv_upload(rows({}, {"Contact number": "A2"})))


def test_every_finding_of_a_file_is_told_and_in_its_order() -> None:
    actor = importer()
    found = findings(actor, csv_upload(many(30, Source="2Z", Sex="Q")))
    assert len(found) == 60 and [each.row for each in found] == sorted(each.row for each in found)
    lines = as_csv(found).splitlines()
    assert len(lines) == 61 and lines[0].startswith("Sheet,Row,Column,Value")


def test_what_was_wrong_is_told_in_cells_no_spreadsheet_runs() -> None:
    found = findings(importer(), csv_upload(rows({"Source": "=cmd|' /C calc'!A0"})))
    assert "'=cmd" in as_csv(found)


def test_names_in_any_script_are_no_mistake() -> None:
    actor = importer()
    table = rows({"First name": "محمد", "Last name": "אברהם"},
                 {"Contact number": "A2", "First name": "Łukasz", "Last name": "O’Neill-李"})
    assert not findings(actor, csv_upload(table))


def test_a_finding_says_where_and_how_to_mend_it() -> None:
    [found] = findings(importer(), csv_upload(rows({"Postcode": "Nowhere"})))
    assert found.where() == "contacts.csv, row 2, Postcode"
    assert str(found).startswith("contacts.csv, row 2, Postcode (“Nowhere”): ") and str(Wrong("a", "B")) == "a. B"


def test_several_bad_files_are_all_told() -> None:
    two = rows({"Contact number": "A2", "Sex": "x"})
    found = findings(importer(), csv_upload(rows({"Source": "x"}), "one.csv"), csv_upload(two, "two.csv"))
    assert [each.sheet for each in found] == ["one.csv", "two.csv"]


def test_no_case_is_ever_without_its_import() -> None:
    actor = importer()
    looked(actor, csv_upload(many(2)))
    with acting(actor):
        assert Case.objects.count() == ImportedContact.objects.count() == 0
