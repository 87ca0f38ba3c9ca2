"""Pages of the yearly report and of the money: who sees and does what, and that nothing is lost on the way."""
from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from goldthread.access.actor import Actor, acting, writing
from goldthread.domains.yearly_report import models as m
from goldthread.flows import publishing
from goldthread.process.models import Case, Draft
from goldthread.reports.budget.models import BudgetLine, BudgetYear
from goldthread.reports.yearly.models import PublishedFile, Publishing
from goldthread.web.yearly_report.standing import owing
from tests.domains.filling import Form, moment, record, send
from tests.domains.yearly_report.conftest import ANSWERS, Scene, scene
from tests.support import client_for, make_actor

__all__ = ["scene"]
pytestmark = pytest.mark.django_db
CSV = b"side,line,contributor,kind,restricted,planned,committed,actual,note\n"


def words(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def of(case: Case) -> str:
    return reverse("yearly_report", args=[case.reference])


def test_the_manager_commissions_and_sees_who_owes_what(scene: Scene) -> None:
    client, now = client_for(scene.office), scene.place.now
    page = Form(words(client, reverse("yearly_begin")))
    sent = page.filled(moment("due", now + timedelta(days=20)) | moment("freeze_at", now + timedelta(days=25)) | {
        "year": "2025-2026"}) | {f"publish_on_{part}": str(value) for part, value in zip(
            ("day", "month", "year"), (now.day, now.month, now.year + 1), strict=True)}
    sent["agencies"] = [str(agency.pk) for agency in scene.partners]  # type: ignore[assignment]
    answer = client.post(reverse("yearly_begin"), sent)
    assert answer.status_code == 302, answer.content.decode()
    assert client.post(reverse("yearly_begin"), sent)["Location"] == answer["Location"], "sent twice is begun once"
    with acting(scene.office):
        case = Case.objects.get(process_key="yearly-report")
    shown = words(client, of(case))
    assert shown.count("Has time") >= 3 and all(agency.name in shown for agency in scene.partners)
    assert case.title in words(client, reverse("reports"))
    begin = client.get(reverse("begin", args=["yearly-report"]))
    assert begin.status_code == 302 and begin["Location"] == reverse("yearly_begin"), "there is one way to begin"


@pytest.mark.parametrize("wrong", ["freeze_at", "publish_on"])
def test_dates_in_the_wrong_order_are_refused(scene: Scene, wrong: str) -> None:
    client, now = client_for(scene.office), scene.place.now
    days = {"due": 20, "freeze_at": 10 if wrong == "freeze_at" else 30, "publish_on": 25}
    on = now + timedelta(days=days["publish_on"])
    sent = Form(words(client, reverse("yearly_begin"))).filled(
        moment("due", now + timedelta(days=days["due"])) | moment("freeze_at", now + timedelta(days=days["freeze_at"])))
    sent |= {f"publish_on_{part}": str(getattr(on, part)) for part in ("day", "month", "year")}
    sent["agencies"] = [str(scene.partners[0].pk)]  # type: ignore[assignment]
    answer = client.post(reverse("yearly_begin"), sent)
    assert answer.status_code == 200 and "must not be" in answer.content.decode()
    with acting(scene.office):
        assert not Case.objects.exists()


def test_a_partner_writes_on_one_page_and_what_is_typed_is_kept(scene: Scene) -> None:
    case = scene.begun()
    ask = scene.place.ask_of(case, scene.partners[0])
    client, url = client_for(scene.answering[0]), reverse("ask", args=[ask.pk])
    assert "Please write your part of the yearly report" in words(client, reverse("home"))
    assert client.post(f"{reverse('keep')}?key=ask/{ask.pk}", {"quality": "Half a sentence"}).status_code == 200
    page = words(client, url)
    assert "Half a sentence" in page and "everybody can read it" in page and "no further than you say" not in page
    send(client, url, ANSWERS)
    with acting(scene.answering[0]):
        assert not Draft.objects.exists() and m.Contribution.objects.get(case=case).quality == ANSWERS["quality"]
    shown = words(client_for(scene.office), of(case))
    assert "Returned" in shown


def test_whoever_is_late_is_named(scene: Scene) -> None:
    scene.place.now -= timedelta(days=40)
    case = scene.begun()
    scene.contribute(case, scene.answering[0])
    scene.place.now += timedelta(days=40)
    shown = words(client_for(scene.office), of(case))
    late = shown[shown.index("Late with their contribution"):].split("</div>")[0]
    assert scene.partners[1].name in late and scene.partners[0].name not in late


def test_each_does_their_part_on_pages_and_it_is_out(scene: Scene) -> None:
    case, place = scene.begun(), scene.place
    office, scrutineer = client_for(scene.office), client_for(scene.scrutineer)
    freeze = reverse("yearly_freeze", args=[case.reference])
    assert f'href="{reverse("record", args=[case.reference, "data-freeze"])}"' in words(office, of(case))
    assert scene.partners[0].name in words(office, freeze), "who is missing is named"
    send(office, freeze, {})
    record(office, case, "draft-ready")
    assert send(scrutineer, reverse("record", args=[case.reference, "scrutineer-comment"]),
                {"view": "reserved", "comment": "Say more of outcomes"}) == of(case)
    for lead in scene.leads:
        assert "Say more of outcomes" in words(client_for(lead), of(case))
        record(client_for(lead), case, "lead-sign-off")
    assert "3 of 3" in words(office, of(case))
    send(office, reverse("yearly_publish", args=[case.reference]), {"result": "published"})
    assert "It is being laid out" in words(scrutineer, of(case)) and "Nothing is published yet" in words(
        Client(), reverse("publications"))
    with place.system():
        attempt = Publishing.objects.get()
    publishing.publish_report(attempt=attempt.pk, seat=scene.office.appointment.pk)
    assert "It changes no more" in words(scrutineer, of(case))
    with place.system():
        rows = owing(place.fresh(case), place.now)
    assert [row.ask.withdrawn_at is None for row in rows] == [row.state in ("sent", "nil") for row in rows]
    assert any(row.state == "late" for row in rows), "and what never came is still told"
    copies = reverse("yearly_copies", args=[case.reference])
    assert "Child Safeguarding Practice Review Panel" in words(office, copies)
    assert place.fresh(case).stage == "Copies"


def test_what_is_published_is_there_for_everybody_byte_for_byte_and_nothing_else_is(scene: Scene) -> None:
    case, anybody = scene.ready(), Client()
    page = words(anybody, reverse("publications"))
    assert "Nothing is published yet" in page and "2025-26" not in page
    scene.publish(case)
    with scene.place.system():
        file = PublishedFile.objects.get(name="report.html")
    url = reverse("publication", args=[file.published_id, "report.html"])
    page = words(anybody, reverse("publications"))
    assert url in page and "2025-26" in page and "young person" in page
    answer = anybody.get(url)
    assert sha256(answer.content).hexdigest() == file.sha256 and answer.content == bytes(file.data)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy
    for pk, name in ((file.published_id, "secret.html"), (file.published_id + 1, "report.html")):
        assert anybody.get(reverse("publication", args=[pk, name])).status_code == 404
    with scene.place.system(), writing(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        file.data = b"changed"
        file.save()


def test_others_do_not_see_it(scene: Scene) -> None:
    case = scene.begun()
    for role in ("agency-lead", "agency-senior", "board-member", "mash-manager", "privacy-officer"):
        client = client_for(make_actor(role, partnership=scene.place.partnership))
        for url in (of(case), reverse("reports"), reverse("budgets"), reverse("yearly_begin")):
            assert client.get(url).status_code == 404, (role, url)
    for who in (scene.scrutineer, scene.leads[0]):
        client = client_for(who)
        assert client.get(of(case)).status_code == 200
        assert client.get(reverse("yearly_begin")).status_code == 404
        assert client.post(reverse("yearly_freeze", args=[case.reference]), {}).status_code == 403


def begun(scene: Scene) -> tuple[Any, str]:
    client = client_for(scene.office)
    return client, send(client, reverse("budgets"), {"period": "2025-2026"})


def test_money_is_loaded_and_shown_with_its_picture_and_table(scene: Scene) -> None:
    client, year = begun(scene)
    lines = CSV + b"income,Council,Northbridge Council,recurring,no,1000,1000,900.50,\nspend,Staff,,,,800,800,950,\n"
    sent = client.post(f"{year}load/", {"upload": SimpleUploadedFile("b.csv", lines, content_type="text/csv")})
    assert sent.status_code == 302, sent.content.decode()
    shown = words(client, year)
    for said in ("Northbridge Council", "£1,000", "£900.50", "100%", "−£99.50", "<svg", "Income by line", "£200"):
        assert said in shown, said
    for who in (scene.scrutineer, scene.leads[0]):
        read = words(client_for(who), year)
        assert "£900.50" in read and "Add a line" not in read and "Close the year" not in read


def test_a_wrong_file_says_in_which_row_and_nothing_is_loaded(scene: Scene) -> None:
    client, year = begun(scene)
    bad = SimpleUploadedFile("b.csv", CSV + b"gift,Council,,,,lots,,,\n", content_type="text/csv")
    shown = client.post(f"{year}load/", {"upload": bad}).content.decode()
    assert "Nothing was loaded" in shown and "gift" in shown and "lots" in shown
    with acting(scene.office):
        assert not BudgetLine.objects.exists()


def test_lines_by_hand_and_the_end_of_the_year(scene: Scene) -> None:
    client, year = begun(scene)
    given = {"name": "Invented gift", "planned": "£1,250.50", "restricted": "no"} | dict.fromkeys(
        ("committed", "actual", "agency"), "")
    send(client, f"{year}lines/", given | {"side": "income"})
    with acting(scene.office):
        line = BudgetLine.objects.get()
    assert str(line.planned) == "1250.50" and line.agency is None
    assert "must be an amount" in client.post(f"{year}lines/{line.pk}/", given | {"planned": "lots"}).content.decode()
    send(client, f"{year}lines/{line.pk}/", {"planned": "1300", "agency": "", "note": ""})
    send(client, f"{year}note/", {"carried_in": "-12.34", "value_for_money": "It was good value"})
    assert client.get(f"{year}close/").status_code == 405
    client.post(f"{year}close/")
    with acting(scene.office):
        assert BudgetYear.objects.get().closed_at and BudgetYear.objects.get().value_for_money == "It was good value"
    again = client.post(f"{year}lines/", given | {"side": "spend", "kind": "one-off"})
    assert "is closed and changes no more" in again.content.decode()


@pytest.mark.parametrize("who", ["scrutineer", "lead-partner", "analyst", "agency-lead"])
def test_who_does_not_keep_the_money_changes_nothing(scene: Scene, who: str) -> None:
    _, year = begun(scene)
    actor: Actor = make_actor(who, partnership=scene.place.partnership)
    client = client_for(actor)
    for name in ("lines/", "load/", "note/", "close/"):
        assert client.post(f"{year}{name}", {}).status_code == 404, name
