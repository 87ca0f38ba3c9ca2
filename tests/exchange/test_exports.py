"""Exports on pages: other desks agree, the worker makes, its maker alone takes; what is kept from somebody stays kept."""
from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from goldthread.access import audit
from goldthread.access.actor import Refused, acting
from goldthread.dataset import actions as returns
from goldthread.domains.looked_after import models as m
from goldthread.exchange import tasks
from goldthread.exchange.care import reading
from goldthread.exchange.exports import actions
from goldthread.exchange.models import Export, ExportFile, ExportState
from goldthread.people.actions import add_address, restrict_person
from goldthread.people.models import Person
from tests.dataset.place import Place, sent
from tests.domains.scene import Scene
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db
BEGAN = datetime(2025, 5, 6, 9, tzinfo=UTC)
YEAR = {"year": "2026", "what": "file"}


def in_care(scene: Scene, given: str, postcode: str = "ZZ1 1AA") -> Person:
    """A girl looked after since May 2025, in one placement."""
    child = scene.person(given, by="manager")
    case = scene.start("looked-after", m.CareStart(
        status="V2", need="N1", education="yes", why="Nobody at home", home_postcode=postcode, alone=False, before="Z1"),
        m.CareChild(person=child), by="manager", at=BEGAN)
    scene.record(case, m.CareWorker(worker=scene.seats["social"].user), by="manager", at=BEGAN)
    scene.record(case, m.Placement(kind="U6", provider="PR1", lasting="shorter", postcode="ZZ1 9ZZ"), by="manager", at=BEGAN)
    return child


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    """What is left to the worker is done at once."""
    monkeypatch.setattr(tasks.make_export, "defer", lambda export: tasks.make_export(export=export))
    return Scene()


def asked(scene: Scene, kind: str = "ssda903", said: dict[str, str] | None = None, by: str = "manager") -> int:
    page = client_for(scene.seats[by]).post(reverse("export_ask", args=[kind]), said or YEAR)
    assert page.status_code == 302, page.content.decode()
    return int(re.findall(r"\d+", page["Location"])[-1])


def agreed(scene: Scene, pk: int, by: str = "lead") -> str:
    return client_for(scene.seats[by]).post(reverse("export_agree", args=[pk]), follow=True).content.decode()


def made(scene: Scene, said: dict[str, str] | None = None) -> int:
    pk = asked(scene, said=said)
    agreed(scene, pk)
    return pk


def shown(scene: Scene, pk: int, by: str = "manager") -> str:
    return client_for(scene.seats[by]).get(reverse("export", args=[pk])).content.decode()


def table(scene: Scene, pk: int, name: str = "episodes") -> str:
    answer = client_for(scene.seats["manager"]).get(reverse("export_file", args=[pk]))
    assert answer["Content-Type"] == "application/zip"
    return ZipFile(io.BytesIO(answer.content)).read(f"{name}.csv").decode()


def state(scene: Scene, pk: int) -> Export:
    with scene.system():
        return Export.objects.get(pk=pk)


def reference(child: Person) -> str:
    return child.reference.replace("-", "")


def test_two_desks_agree_the_worker_makes_and_the_maker_takes(scene: Scene) -> None:
    child = in_care(scene, "Testa")
    pk = asked(scene)
    assert "It waits until somebody agrees who may manage missing children" in shown(scene, pk)
    assert "Agree for my desk" not in shown(scene, pk) and "Agree for my desk" in shown(scene, pk, "lead")
    assert client_for(scene.seats["manager"]).get(reverse("export_file", args=[pk])).status_code == 404
    assert "You have agreed for your desk" in agreed(scene, pk) and state(scene, pk).state == ExportState.MADE
    page = shown(scene, pk)
    assert "Rows: header 1, episodes 1" in page and "0 to mend" in page and "Take the file" in page
    assert reference(child) in table(scene, pk)
    with acting(scene.seats["manager"]):
        told = {(row["user_id"], row["why"]) for kind, ref in (("ssda903", 2026), ("export", pk))
                for row in audit.readings(kind, ref)}
        people = audit.readings_by(scene.seats["manager"].user.pk, since=BEGAN)
    wrote = "wrote the return on looked-after children of 2026"
    assert told == {(scene.seats["manager"].user.pk, wrote), (scene.seats["lead"].user.pk, wrote),
                    *((scene.seats["manager"].user.pk, f"{did}: Looked-after children (SSDA903)")
                      for did in ("read what our checks found in an export", "took away an export"))}
    assert sum(child.pk in row["people"] for row in people if row["kind"] in ("ssda903", "export")) == 3
    with scene.system():
        kept = [row["new"]["state"] for row in audit.changes("exchange_export", pk)]
    assert (kept[0], kept[-1]) == ("asked", "made")


def test_nobody_else_sees_what_is_in_it(scene: Scene) -> None:
    in_care(scene, "Testa")
    pk = made(scene)
    other = make_actor("team-manager", scene.seats["manager"].agency, scene.partnership)
    page = client_for(other).get(reverse("export", args=[pk])).content.decode()
    assert "Looked-after children (SSDA903), year to 31 March 2026" in page and "What is in it" not in page
    for who in (other, scene.seats["lead"], make_actor("team-manager")):
        for name in ("export_file", "export_findings"):
            assert client_for(who).get(reverse(name, args=[pk])).status_code == 404
        with acting(who), pytest.raises((Refused, ExportFile.DoesNotExist)):
            actions.take(actor=who, export=state(scene, pk), now=scene.now)
    assert client_for(make_actor("team-manager")).get(reverse("export", args=[pk])).status_code == 404
    assert "Take the file" in shown(scene, pk)


def test_those_whose_desk_is_in_one_find_them_where_they_look(scene: Scene) -> None:
    analyst = make_actor("analyst", scene.seats["manager"].agency, scene.partnership)
    way = f'href="{reverse("exports")}"'
    for who, paths in ((analyst, ("/", "/data/")), (scene.seats["front"], ("/", reverse("front_door"))),
                       (scene.seats["manager"], ("/", reverse("work_list", args=["looked-after"])))):
        for path in paths:
            assert way in client_for(who).get(path).content.decode(), (who.role, path)
    for path in ("/", reverse("work_list", args=["looked-after"])):
        assert way not in client_for(scene.seats["social"]).get(path).content.decode()


def test_only_those_asked_can_agree(scene: Scene) -> None:
    pk = asked(scene)
    assert "Your desk is not asked" in agreed(scene, pk, "front") or state(scene, pk).state == ExportState.ASKED
    assert "Your desk is not asked" in agreed(scene, pk, "manager") and state(scene, pk).state == ExportState.ASKED
    with pytest.raises(Export.DoesNotExist):
        actions.agree(actor=make_actor("exploitation-lead"), export=state(scene, pk), now=scene.now)
    agreed(scene, pk)
    assert "Nobody waits for this any more" in agreed(scene, pk)


def test_a_dry_run_says_what_to_mend_and_keeps_no_file(scene: Scene) -> None:
    in_care(scene, "Testa", postcode="not told 1")
    pk = made(scene, said={**YEAR, "what": "look"})
    page = shown(scene, pk)
    assert "To mend" in page and "not told 1" in page and "Take the file" not in page
    assert "not told 1" in client_for(scene.seats["manager"]).get(
        reverse("export_findings", args=[pk])).content.decode()
    page = client_for(scene.seats["manager"]).post(reverse("export_make", args=[pk]), follow=True).content.decode()
    assert "It waits until somebody agrees" in page
    client_for(scene.seats["manager"]).get(reverse("export_file", args=[pk]))
    with scene.system():
        assert not ExportFile.objects.get(export=pk).data


def test_a_restricted_child_is_in_no_file_and_none_is_taken_after(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    stays, goes = in_care(scene, "Testa"), in_care(scene, "Verity")
    before = made(scene)
    assert reference(goes) in table(scene, before)
    restrict_person(actor=scene.seats["manager"], person=goes.pk, reason="Kept to one desk", now=scene.now,
                    named=[scene.seats["lead"].user.pk])
    answer = client_for(scene.seats["manager"]).get(reverse("export_file", args=[before]), follow=True)
    assert "not open to you any more" in answer.content.decode()
    page = shown(scene, before)
    assert "not open to you any more" in page and "What is in it" not in page
    answer = client_for(scene.seats["manager"]).get(reverse("export_findings", args=[before]), follow=True)
    assert "not open to you any more" in answer.content.decode()
    after = made(scene)
    assert reference(stays) in table(scene, after) and reference(goes) not in table(scene, after)
    assert "1 child is left out" in shown(scene, after)
    monkeypatch.setattr(actions, "_open_still", lambda seats, people: True)
    assert reference(goes) in table(scene, before), "the control: nothing else keeps what was made before"


def test_a_safe_address_is_told_to_nobody_it_is_kept_from(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    child = in_care(scene, "Testa", postcode="ZZ1 7SF")
    add_address(actor=scene.seats["front"], now=scene.now, person=child.pk, line1="1 Example Refuge", postcode="ZZ17SF",
                safe=True)
    told = made(scene)
    assert "ZZ1 7SF" not in table(scene, told) and "ZZ1 9ZZ" in table(scene, told)
    assert "of 1 child an address is kept safe" in shown(scene, told)
    monkeypatch.setattr(reading, "_kept_safe", lambda actor, people: {pk: set() for pk in people})
    assert "ZZ1 7SF" in table(scene, made(scene))


def test_a_file_is_gone_after_a_day(scene: Scene) -> None:
    in_care(scene, "Testa")
    pk = made(scene)
    on = state(scene, pk).made_at
    assert on is not None and actions.forget(on + timedelta(hours=23)) == 0 and actions.forget(on + timedelta(hours=25)) == 1
    assert "thrown away after a day" in shown(scene, pk) and "Make the file" in shown(scene, pk)


def test_census_and_lists_and_what_was_asked_wrongly(scene: Scene) -> None:
    in_care(scene, "Testa")
    pk = asked(scene, "cin", {"year": "2026", "council": "998", "what": "file"})
    assert "Children: 1. Episodes of need: 1." in shown(scene, pk)
    assert client_for(scene.seats["manager"]).get(reverse("export_file", args=[pk])).content.startswith(b"<?xml")
    day = {"day_day": "20", "day_month": "11", "day_year": "2025"}
    lists = asked(scene, "annex-a", {**day, "what": "file"})
    assert "manage missing children and exploitation and somebody who may manage the front door" in shown(scene, lists)
    agreed(scene, lists)
    assert state(scene, lists).state == ExportState.ASKED
    agreed(scene, lists, "front")
    assert "8: 1" in shown(scene, lists)
    client = client_for(scene.seats["manager"])
    wrong = client.post(reverse("export_ask", args=["cin"]), {"year": "2026", "council": "Ex", "what": "file"})
    assert "three figures" in wrong.content.decode() and "998" in client.get(
        reverse("export_ask", args=["cin"])).content.decode()
    wrong = client.post(reverse("export_ask", args=["annex-a"]), {**day, "day_year": "2035", "what": "file"})
    assert "today or earlier" in wrong.content.decode()
    assert client.get(reverse("export_ask", args=["tax"])).status_code == 404
    listed = client.get(reverse("exports")).content.decode()
    assert "Annex A lists for an inspection, 20 November 2025" in listed and "census" in listed


EARLY = (b"person_number,last_name,born_on,sex,postcode,episode_number,source,started_on,led_by_partner\n"
         b"EH-1,Exampleton,03/11/2015,F,ZZ1 1AA,E1,2A,14/08/2026,yes\n")


def list_2(scene: Scene, *agreeing: str) -> tuple[str, list[Any]]:
    """What list 2 says of itself, and the first column of its rows."""
    day = {"day_day": "20", "day_month": "11", "day_year": "2026"}
    pk = asked(scene, "annex-a", {**day, "what": "file"})
    for who in agreeing:
        agreed(scene, pk, who)
    answer = client_for(scene.seats["manager"]).get(reverse("export_file", args=[pk]))
    [title, *_], _, *rows = load_workbook(io.BytesIO(answer.content))["List 2"].iter_rows(values_only=True)
    return str(title), [row[0] for row in rows]


def test_early_help_comes_from_returns_where_somebody_may_open_them(scene: Scene, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    place = Place()
    scene = Scene(partnership=place.partnership)
    scene.seats["analyst"] = place.analyst
    owed = place.owed("early-help", agency=place.school)
    (tmp_path / "in").mkdir()
    version = sent(place.head, owed, tmp_path / "in", ("return.csv", EARLY))
    assert list_2(scene, "analyst", "lead", "front")[1] == [], "what is not accepted is not told"
    with acting(place.analyst):
        returns.accept(actor=place.analyst, submission=version, now=scene.now)
    title, rows = list_2(scene, "analyst", "lead", "front")
    assert rows == ["EH-1"] and title.endswith("1 rows.")
    title, rows = list_2(scene, "lead", "front")
    assert rows == [] and "no seat this was made from may open any" in title


def test_a_seat_that_is_over_makes_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.make_export, "defer", lambda export: None)
    pk = made(scene)
    assert state(scene, pk).state == ExportState.MAKING and "0% of the children are read" in shown(scene, pk)
    seat = scene.seats["manager"].appointment
    seat.ends = date(2026, 1, 1)
    seat.save()
    tasks.make_export(export=pk)
    assert state(scene, pk).state == ExportState.FAILED and "no longer has the seat" in state(scene, pk).said
    with scene.system():
        assert not ExportFile.objects.filter(export=pk).exists()


def test_what_goes_wrong_leaves_nobody_waiting(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.make_export, "defer", lambda export: None)
    monkeypatch.setattr(actions, "_keep", lambda *_: {}["nothing of the kind"])
    pk = made(scene)
    with pytest.raises(KeyError):
        tasks.make_export(export=pk)
    assert state(scene, pk).state == ExportState.FAILED and "not your fault" in shown(scene, pk)
