"""The pages of data returns, as a browser without JavaScript uses them."""
from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goldthread.access.actor import acting, system, writing
from goldthread.dataset import actions, tasks
from goldthread.dataset.models import LONGEST_NAME, LocalSpecification, State, Submission
from goldthread.dataset.specification.declared import every, find
from goldthread.dataset.specifications import specification
from tests.dataset.place import UNTIL, Place, checked, many, rows_csv, sent
from tests.support import NOW, client_for, make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return Place()


def choose(client: Any, owed: Any, *files: tuple[str, bytes]) -> str:
    page = client.post(reverse("data_return", args=[owed.pk]), {
        "files": [SimpleUploadedFile(name, data) for name, data in files]}, follow=True)
    assert page.status_code == 200
    return str(page.content.decode())


def test_a_partner_chooses_mends_and_sends_and_an_analyst_accepts(place: Place) -> None:
    owed = place.owed()
    client, analyst = client_for(place.officer), client_for(place.analyst)
    assert "Police: incidents with children" in client.get(reverse("data")).content.decode()
    faulty = rows_csv({"born_on": "31/02/2015", "kind": "nonsense"}, {"last_name": "", "incident_number": "EX-2"})
    wrong = choose(client, owed, ("q2.csv", faulty))
    assert "3 things must be mended first" in wrong and "<title>Error: " in wrong
    assert "There is no such day in that month" in wrong and "q2.csv, row 2, Date of birth" in wrong
    assert "Choose the mended files" in wrong and "Send this return" not in wrong
    right = choose(client, owed, ("q2.csv", rows_csv(*many(4), {"incident_number": "EX-9", "born_on": "", "postcode": ""})))
    assert "Send this return" in right and "worth asking about" in right
    [version] = in_sight(place.officer)
    page = client.post(reverse("data_send", args=[version.pk]), follow=True).content.decode()
    assert "Sent" in page and "Withdraw this version" in page and "Accept this version" not in page
    assert "Version 1" in client.get(reverse("data_return", args=[owed.pk])).content.decode()
    assert "Accept this version" in analyst.get(reverse("data_version", args=[version.pk])).content.decode()
    page = analyst.post(reverse("data_accept", args=[version.pk]), follow=True).content.decode()
    assert "This version now counts for the period" in page and "Undo accepting it" in page
    assert "Accepted" in analyst.get(reverse("data") + "?show=in").content.decode()
    sent_rows = analyst.get(reverse("data_rows", args=[version.pk, "incidents"])).content.decode()
    assert "EX-1" in sent_rows and "Exampleton" in sent_rows
    assert analyst.get(reverse("data_rows", args=[version.pk, "nothing"])).status_code == 404
    board = analyst.get(reverse("data_quality")).content.decode()
    assert "How full what agencies sent is" in board and "Example Police" in board and "80% filled in" in board
    rows = analyst.get(reverse("data_quality_rows", args=[version.pk, "incidents", "born_on"])).content.decode()
    assert "q2.csv, row 6, Date of birth" in rows
    assert analyst.get(reverse("data_quality_rows", args=[version.pk, "incidents", "nothing"])).status_code == 404
    asked = reverse("data_withdraw", args=[version.pk])
    page = client.post(asked, {"reason": "Wrong quarter"}, follow=True).content.decode()
    assert "Withdrawn" in page and "Wrong quarter" in page
    page = analyst.post(reverse("data_undo", args=[version.pk]), follow=True).content.decode()
    assert "Accepted" in page


def in_sight(actor: Any) -> list[Submission]:
    with acting(actor):
        return list(Submission.objects.order_by("pk"))


def test_a_business_manager_sees_the_board_without_rows(place: Place, tmp_path: Path) -> None:
    version = sent(place.officer, place.owed(), tmp_path, ("q2.csv", rows_csv({"born_on": "", "postcode": ""})))
    client = client_for(place.manager)
    board = client.get(reverse("data_quality")).content.decode()
    assert "2 to look at" in board and reverse("data_quality_rows", args=[version.pk, "incidents", "born_on"]) not in board
    assert client.get(reverse("data_quality_rows", args=[version.pk, "incidents", "born_on"])).status_code == 404
    assert client.get(reverse("data_rows", args=[version.pk, "incidents"])).status_code == 404
    page = client.get(reverse("data_version", args=[version.pk])).content.decode()
    assert "would be of use" in page and "q2.csv, row 2" not in page
    assert "row 2" not in client.get(reverse("data_findings", args=[version.pk])).content.decode()


def test_findings_as_a_file_and_hostile_values_are_not_run(place: Place) -> None:
    owed, client = place.owed(), client_for(place.officer)
    hostile = rows_csv({"kind": '"><b onclick="x()">', "first_name": "=cmd|' /C calc'!A0"})
    page = choose(client, owed, ("<i src=x>.csv", hostile))
    assert "<b onclick" not in page and "<i src=x" not in page and "&lt;b onclick=" in page
    [version] = in_sight(place.officer)
    file = client.get(reverse("data_findings", args=[version.pk]))
    assert file["Content-Disposition"].startswith("attachment") and b"'=cmd" in file.content


def test_nobody_else_finds_the_pages(place: Place, tmp_path: Path) -> None:
    owed = place.owed()
    version = checked(place.officer, owed, tmp_path, ("q2.csv", rows_csv(*many(1))))
    for nobody in (place.head, make_actor("analyst"), make_actor("gp", place.police, place.partnership)):
        client = client_for(nobody)
        for name, pk in (("data_return", owed.pk), ("data_version", version.pk), ("data_findings", version.pk),
                         ("data_withdraw", version.pk)):
            assert client.get(reverse(name, args=[pk])).status_code == 404, (nobody.role, name)
        assert client.post(reverse("data_send", args=[version.pk])).status_code == 404
    assert client_for(place.officer).get(reverse("data_send", args=[version.pk])).status_code == 405


def test_asking_reminding_and_dropping_on_pages(place: Place) -> None:
    client = client_for(place.analyst)
    page = client.post(reverse("data_plan"), {
        "key": "police-incidents", "agencies": [str(place.police.pk)], "rhythm": "quarter", "first_day": "1",
        "first_month": "1", "first_year": "2026", "many": "2", "days": "21"}, follow=True).content.decode()
    assert "2 returns are asked for" in page and "January to March 2026" in page and "Late" in page
    assert "There is a problem" in client.post(reverse("data_plan"), {"many": "x"}).content.decode()
    with acting(place.analyst):
        from goldthread.dataset.owed import calendar
        first = calendar().order_by("due").first()
    page = client.post(reverse("data_remind", args=[first.pk]), follow=True).content.decode()
    assert "1 person was reminded" in page
    page = client.post(reverse("data_drop", args=[first.pk]), {"reason": "Sent by post"}, follow=True).content.decode()
    assert "is not asked of Example Police" in page


def test_a_return_defined_on_a_page_is_asked_for_sent_and_held_to(place: Place, tmp_path: Path) -> None:
    client = client_for(place.analyst)
    form = {"title": "Short breaks", "meaning": "One row a child", "about": "children", "column-TOTAL_FORMS": "4",
            "column-INITIAL_FORMS": "0"}
    columns = [("Child number", "text", ["required", "part"], "", ""), ("Began", "date", ["required"], "", ""),
               ("Ended", "date", [], "", "Began"), ("Outcome", "code", [], "A: Ended as planned\nB: Ended early", "")]
    for place_, (name, kind, holds, codes, after) in enumerate(columns):
        form |= {f"column-{place_}-{key}": value for key, value in
                 {"name": name, "kind": kind, "holds": holds, "codes": codes, "after": after}.items()}
    wrong = client.post(reverse("data_define"), {**form, "column-3-codes": ""}).content.decode()
    assert "There is a problem" in wrong and "empty" in wrong
    page = client.post(reverse("data_define"), form, follow=True).content.decode()
    assert "The return is defined" in page and "A Ended as planned; B Ended early" in page
    with acting(place.analyst):
        key = LocalSpecification.objects.get().key
    owed = place.owed(key)
    sender = client_for(place.officer)
    data = "Child number,Began,Ended,Outcome\n1,03/08/2026,01/08/2026,Ended as planned\n1,03/08/2026,,C\n"
    page = choose(sender, owed, ("breaks.csv", data.encode()))
    assert "3 things must be mended" in page and "“Ended” is before “Began”" in page and "Use one of: A, B." in page
    page = choose(sender, owed, ("breaks.csv", b"Child number,Began,Ended,Outcome\n1,03/08/2026,05/08/2026,a\n"))
    assert "Send this return" in page
    assert sender.get(reverse("data_template", args=[key, "rows"])).content.decode("utf-8-sig") == (
        "Child number,Began,Ended,Outcome\r\n")
    assert client_for(place.head).get(reverse("data_specification", args=[key])).status_code == 404
    page = client.post(reverse("data_end_specification", args=[key]), follow=True).content.decode()
    assert "is not asked for any more after today" in page


def _form(page: Any) -> dict[str, Any]:
    """What a browser would send of the page on which a return is defined."""
    columns = page.context["columns"]
    sent = {f"column-{name}": columns.management_form.initial[name] for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for form in (page.context["form"], *columns):
        sent |= {form.add_prefix(name): form.initial[name] for name in form.fields if form.initial.get(name)}
    return sent


def test_a_return_like_another_with_more_columns(place: Place) -> None:
    client, like = client_for(place.analyst), find("police-incidents", date(2026, 9, 30)).table("incidents")
    page = client.get(reverse("data_define"), {"like": "police-incidents", "table": "incidents"})
    typed = _form(page) | {"title": "Police, shorter", "column-0-name": "number of it"}
    more = client.post(reverse("data_define"), typed | {"more": "yes"})
    sent = _form(more)
    assert sent["title"] == "Police, shorter" and sent["column-0-name"] == "number of it", "what was typed stays"
    assert sent["column-TOTAL_FORMS"] == len(like.columns) + 8 and "There is a problem" not in more.content.decode()
    done = client.post(reverse("data_define"), sent | {"column-15-name": "Beat", "column-15-kind": "text"}, follow=True)
    assert "The return is defined" in done.content.decode(), done.context["columns"].errors
    with acting(place.analyst):
        [table] = specification(LocalSpecification.objects.get().key, date(2026, 9, 30)).tables
    assert [each.name for each in table.columns] == ["number of it", *[each.name for each in like.columns[1:]], "Beat"]
    assert [each.kind for each in table.columns[:-1]] == [each.kind for each in like.columns]
    assert client.get(reverse("data_define"), {"like": "police-incidents", "table": "nothing"}).status_code == 404
    for total in ("x", "-1", "9" * 40):
        assert client.post(reverse("data_define"), {"more": "yes", "column-TOTAL_FORMS": total}).status_code == 200


def test_large_files_are_left_to_the_worker(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, int]] = []
    monkeypatch.setattr(tasks, "LARGE", 100)
    monkeypatch.setattr(tasks.look_through, "defer", lambda **which: asked.append(which))
    page = choose(client_for(place.officer), place.owed(), ("q2.csv", rows_csv(*many(2))))
    assert "being done in the background" in page and "so far" not in page
    tasks.look_through(**asked[0])
    waits = asked[0]["submission"]
    assert cache.get(tasks.SO_FAR.format(waits)) == 2, "told beside the transaction that looks"
    [version] = in_sight(place.officer)
    assert version.state == "checked"
    for state in (State.LOOKING, State.CHECKED):
        with acting(system()), writing():
            Submission.objects.update(state=state)
        page = client_for(place.officer).get(reverse("data_version", args=[waits])).content.decode()
        assert ("2 rows looked through so far" in page) == (state == State.LOOKING)
    cache.delete(tasks.SO_FAR.format(waits))
    with acting(place.officer):
        assert actions.send(actor=place.officer, submission=version, now=NOW).number == 1
    tasks.look_through(**asked[0])  # again: nothing is left to do
    assert in_sight(place.officer)[0].state == "sent"


def test_what_returns_are_made_of(place: Place) -> None:
    client = client_for(place.officer)
    assert "Police: incidents with children" in client.get(reverse("data_specifications")).content.decode()
    page = client.get(reverse("data_specification", args=["police-incidents"])).content.decode()
    assert "happened_at" in page and "missing Reported missing" in page and "every missing child is graded" in page
    assert client.get(reverse("data_template", args=["police-incidents", "nothing"])).status_code == 404


def test_lists_that_ask_whole_questions_are_taken_and_shown(place: Place, tmp_path: Path) -> None:
    """Columns with long names, and with a stroke in them, as inspectors' lists have."""
    spec = find("annex-a", UNTIL)
    file = ",".join(f'"{column.name}"' for column in spec.table("list-8").columns)
    owed = place.owed("annex-a")
    page = choose(client_for(place.officer), owed, ("List 8.csv", f"{file}\nE1,x\n".encode()))
    assert "must be mended first" in page and "Unaccompanied Asylum Seeking Child" in page
    [version] = in_sight(place.officer)
    stroke = next(column.name for column in spec.table("list-8").columns if "/" in column.name and column.required)
    shown = client_for(place.analyst).get(reverse("data_quality_rows", args=[version.pk, "list-8", stroke]))
    assert shown.status_code == 200 and "This is empty" in shown.content.decode()


def test_every_columns_name_fits_where_it_is_kept() -> None:
    for spec in every():
        for table in spec.tables:
            assert len(table.key) <= 60 and all(len(each.name) <= LONGEST_NAME and len(each.title) <= LONGEST_NAME
                                                for each in table.columns), (spec.key, table.key)
