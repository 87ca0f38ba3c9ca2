"""The pages, as a browser without JavaScript uses them."""
from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goldthread.access.actor import acting
from goldthread.exchange import tasks
from goldthread.exchange.models import ImportRun, State
from goldthread.process.models import Case
from tests.exchange.loading import cases, importer
from tests.exchange.making import SSD_CONTACT, SSD_PERSON, csv_bytes, many, rows, ssd_uploads
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db
DAYS = ["02/11/2025", "03/11/2025"]


def chosen(client: Any, data: bytes, name: str = "november.csv", **more: Any) -> Any:
    asked = {"contacts": SimpleUploadedFile(name, data), "layout": "", **more}
    return client.post(reverse("import_choose"), asked, follow=True)


def old(table: list[list[Any]]) -> bytes:
    """The table with contacts of a year ago: pages go by today's date."""
    place = table[0].index("Date of contact")
    return csv_bytes([table[0], *([*row[:place], "02/11/2025", *row[place + 1:]] for row in table[1:])])


def test_choose_look_save_see_undo() -> None:
    actor = importer()
    client = client_for(actor)
    assert "No file has been loaded yet" in client.get(reverse("imports")).content.decode()
    page = chosen(client, old(many(3)))
    text = page.content.decode()
    assert "Save all 3 contacts" in text and "B0" in text and not cases(actor)
    [run] = in_sight(actor)
    page = client.post(reverse("import_save", args=[run.pk]), follow=True).content.decode()
    assert "See the contacts" in page and "Undo this import" in page and len(cases(actor)) == 3
    listed = client.get(reverse("import_contacts", args=[run.pk])).content.decode()
    assert all(case.reference in listed for case in cases(actor))
    assert client.get(reverse("import_undo", args=[run.pk])).status_code == 200
    assert "Why" in client.post(reverse("import_undo", args=[run.pk]), {"reason": ""}).content.decode()
    page = client.post(reverse("import_undo", args=[run.pk]), {"reason": "Wrong file"}, follow=True).content.decode()
    assert "Undone" in page and "Wrong file" in page and not cases(actor)
    assert "november.csv" in client.get(reverse("imports")).content.decode()


def in_sight(actor: Any) -> list[ImportRun]:
    with acting(actor):
        return list(ImportRun.objects.order_by("pk"))


def test_what_is_to_be_mended_is_on_the_page_and_whole_in_a_file() -> None:
    actor = importer()
    client = client_for(actor)
    page = chosen(client, old(many(250, Source="2Z"))).content.decode()
    assert "250 things must be mended" in page and "The first 200 of 250" in page and "<title>Error: " in page
    assert page.count("2Z</span>") == 200
    [run] = in_sight(actor)
    file = client.get(reverse("import_findings", args=[run.pk]))
    assert file["Content-Disposition"].startswith("attachment") and file.content.count(b"2Z") == 250
    assert client.post(reverse("import_save", args=[run.pk]), follow=True).status_code == 200 and not cases(actor)


def test_the_same_file_again_shows_the_import_it_was() -> None:
    client = client_for(importer())
    data = old(many(1))
    page = chosen(client, data)
    run = int(page.redirect_chain[-1][0].rstrip("/").rsplit("/", 1)[-1])
    client.post(reverse("import_save", args=[run]))
    again = chosen(client, data, "renamed.csv").content.decode()
    assert "already" in again and "Nothing was done again" in again


def test_the_dataset_in_two_files() -> None:
    actor = importer()
    contacts, people = ssd_uploads([SSD_CONTACT], [SSD_PERSON])
    page = chosen(client_for(actor), contacts.data, people=SimpleUploadedFile("ssd_person.csv", people.data))
    text = page.content.decode()
    assert "Testa Exampleton" in text and "No further action" in text and "Finished before" in text


def test_hostile_names_and_values_are_shown_and_not_run() -> None:
    table = old(rows({"Source": '"><b onclick="x()">2Z</b>'}))
    page = chosen(client_for(importer()), table, "<i src=x>.csv").content.decode()
    assert "<b onclick" not in page and "&lt;b onclick=" in page and "<i src=x" not in page


def test_templates_are_handed_out() -> None:
    client = client_for(importer())
    for layout in ("own", "ssd"):
        assert client.get(reverse("import_template", args=[layout, "csv"])).content.startswith(b"\xef\xbb\xbf")
        assert client.get(reverse("import_template", args=[layout, "xlsx"])).content.startswith(b"PK")
    assert client.get(reverse("import_template", args=["own", "exe"])).status_code == 404
    assert client.get(reverse("import_template", args=["other", "csv"])).status_code == 404


def test_nothing_chosen_is_asked_for() -> None:
    page = client_for(importer()).post(reverse("import_choose"), {"layout": ""}).content.decode()
    assert "There is a problem" in page and 'href="#id_contacts"' in page


def test_pages_do_not_exist_for_others() -> None:
    actor = importer()
    client = client_for(actor)
    chosen(client, old(many(1)))
    [run] = in_sight(actor)
    names = ["import", "import_undo", "import_contacts", "import_findings"]
    for stranger in (make_actor("school-lead", partnership=actor.partnership), importer()):
        other = client_for(stranger)
        assert [other.get(reverse(name, args=[run.pk])).status_code for name in names] == [404] * 4
        assert other.post(reverse("import_save", args=[run.pk])).status_code == 404
    assert client.get(reverse("import_save", args=[run.pk])).status_code == 405


def test_dropped() -> None:
    actor = importer()
    client = client_for(actor)
    chosen(client, old(many(1)))
    client.post(reverse("import_drop", args=[in_sight(actor)[0].pk]))
    assert not in_sight(actor)


def test_a_case_somebody_has_worked_on_is_named_and_undo_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    from goldthread.exchange import undoing
    actor = importer()
    client = client_for(actor)
    chosen(client, old(many(1)))
    [run] = in_sight(actor)
    client.post(reverse("import_save", args=[run.pk]))
    monkeypatch.setattr(undoing, "touched", lambda run: ["FD-2222-2C"])
    page = client.get(reverse("import", args=[run.pk])).content.decode()
    assert "FD-2222-2C" in page and "Undo this import" not in page


def test_large_files_are_left_to_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MANY", 2)
    actor = importer()
    client = client_for(actor)
    chosen(client, old(many(3)))
    [run] = in_sight(actor)
    page = client.post(reverse("import_save", args=[run.pk]), follow=True).content.decode()
    assert "You can leave this page" in page and not cases(actor)
    tasks.save_run(run.pk, actor.appointment.pk)
    assert in_sight(actor)[0].state == State.DONE and len(cases(actor)) == 3
    tasks.save_run(run.pk, actor.appointment.pk)  # tried again: nothing twice
    assert len(cases(actor)) == 3
    client.post(reverse("import_undo", args=[run.pk]), {"reason": "Wrong"})
    assert in_sight(actor)[0].state == State.UNDOING
    tasks.undo_run(run.pk, actor.appointment.pk, "Wrong")
    assert in_sight(actor)[0].state == State.UNDONE and not cases(actor)


def test_a_very_large_file_is_looked_through_by_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "LARGE", 100)
    actor = importer()
    client = client_for(actor)
    assert "You can leave this page" in chosen(client, old(many(3))).content.decode()
    [run] = in_sight(actor)
    assert run.state == State.LOOKING and run.counts == {}
    tasks.look_run(run.pk, actor.appointment.pk)
    page = client.get(reverse("import", args=[run.pk])).content.decode()
    assert "Save all 3 contacts" in page and "Child2 Exampleton" in page
    client.post(reverse("import_save", args=[run.pk]))
    assert len(cases(actor)) == 3
    chosen(client, old(many(3)), "again.csv")
    again = in_sight(actor)[-1]
    tasks.look_run(again.pk, actor.appointment.pk)
    assert in_sight(actor)[-1].state == State.FAILED and "already" in in_sight(actor)[-1].said[0]
    chosen(client, old(many(3, Source="2Z")))
    tasks.look_run(in_sight(actor)[-1].pk, actor.appointment.pk)
    assert in_sight(actor)[-1].findings == 3


def test_the_worker_acts_for_nobody_whose_seat_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MANY", 0)
    actor = importer()
    client = client_for(actor)
    chosen(client, old(many(1)))
    [run] = in_sight(actor)
    client.post(reverse("import_save", args=[run.pk]))
    seat = actor.appointment
    seat.ends = seat.starts
    seat.save()
    tasks.save_run(run.pk, seat.pk)
    failed = in_sight(actor)[0]
    assert failed.state == State.FAILED and "no longer has the seat" in failed.said[-1]
    with acting(actor):
        assert not Case.objects.exists()
