"""The pages of the scorecard, over a borough that was counted: what is shown, to whom, and made safe how."""
from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from goldthread.access.actor import Actor, acting, system, writing
from goldthread.commands import scorecard as command
from goldthread.commands.main import parser_for
from goldthread.exchange.facts import building, scorecard
from goldthread.measure import reading
from goldthread.measure.indicators import indicators
from goldthread.measure.models import Counted, Published
from goldthread.measure.protecting import EXACT
from goldthread.measure.since import Since
from goldthread.measure.store import Store
from goldthread.process import confining
from goldthread.process.models import Case
from goldthread.web.measures import behind, board, common
from goldthread.web.measures.common import seen
from tests.measure.world import World
from tests.support import client_for, make_actor, make_agency

pytestmark = pytest.mark.django_db
QUARTER = "2026-2027-Q1"


def counted(world: World, key: str, end: int = 202606, kind: str = "quarter") -> float:
    with acting(system(world.partnership.pk)):
        return float(Counted.objects.get(indicator=key, end=end, kind=kind).numerator)


def rows(answer: object) -> dict[str, list[str]]:
    return {row[0].words: [str(cell) for cell in row[1:]] for table in answer.context["tables"] for row in table.rows}  # type: ignore[attr-defined]


@pytest.mark.parametrize("group", ["priority", "agency"])
def test_a_board_member_reads_every_indicator_made_safe(world: World, group: str) -> None:
    answer = client_for(world.seat("board-member")).get(f"/scorecard/?period={QUARTER}&group={group}")
    found = rows(answer)
    assert set(found) == {each.title for each in indicators(world.now.date())}
    assert int(found["Contacts received"][0]) % 5 == 0
    assert "c stands for a count that is not shown" in answer.content.decode()
    assert found["Allegations against people who work with children"][0] == "Only over several years"


def test_what_is_rare_and_grave_is_summed_over_the_years_its_declaration_says(world: World) -> None:
    """By hand: 6, 9 and 8 deaths of three years; the same sum stands beside every quarter of the year that follows."""
    with transaction.atomic(), acting(system(world.partnership.pk)), writing():
        Counted.objects.filter(kind="year").delete()
        for end, many in ((202303, 40), (202403, 6), (202503, 9), (202603, 8)):
            Counted.objects.create(partnership=world.partnership, indicator="child-deaths", kind="year", end=end,
                                   numerator=many, value=many)
        for end in (202606, 202609):
            Counted.objects.create(partnership=world.partnership, indicator="child-deaths", kind="quarter", end=end,
                                   numerator=3, value=3)
    member = client_for(world.seat("board-member"))
    for quarter in ("2026-2027-Q1", "2026-2027-Q2"):
        assert rows(member.get(f"/scorecard/?period={quarter}"))["Child deaths notified"][0] == "25 over 3 years"
    assert rows(member.get("/scorecard/?period=2024-2025&by=year"))["Child deaths notified"][0] == "55 over 3 years"
    assert rows(member.get("/scorecard/?period=2023-2024"))["Child deaths notified"][0] == "Only over several years"
    page = member.get("/scorecard/indicators/child-deaths/?period=2026-2027-Q1").content.decode()
    assert "April 2023 to March 2026" in page
    assert "Only over several years" in rows(member.get("/scorecard/"))["Privately fostered children"][0], "no sum"


def test_whoever_works_on_the_records_sees_their_numbers_as_they_are(world: World) -> None:
    found = rows(client_for(world.seat("mash-manager")).get(f"/scorecard/?period={QUARTER}"))
    assert float(found["Contacts received"][0]) == counted(world, "contacts")
    safe = rows(client_for(world.seat("analyst")).get(f"/scorecard/?period={QUARTER}"))
    assert found["Contacts received"] != safe["Contacts received"] or counted(world, "contacts") % 5 == 0


def test_what_is_kept_from_childrens_workers_is_not_even_a_number_for_them(world: World) -> None:
    manager = world.seat("mash-manager")
    hidden = [each for each in indicators(world.now.date()) if not seen(manager, each)]
    assert {each.key for each in hidden} >= {"allegations"}
    client = client_for(manager)
    assert client.get("/scorecard/indicators/allegations/").status_code == 404
    assert "Allegations against" not in client.get("/scorecard/").content.decode()
    assert client_for(world.seat("board-member")).get("/scorecard/indicators/allegations/").status_code == 200


def test_the_number_of_a_period_in_which_counting_began_says_so_and_bends_no_chart(
        world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    page, client = f"/scorecard/indicators/contacts/?period={QUARTER}", client_for(world.seat("mash-manager"))
    monkeypatch.setattr(reading.Since, "of", lambda *_: Since({"front-door": 202604}, None, 202109))
    whole = client.get(page).context
    monkeypatch.setattr(reading.Since, "of", lambda *_: Since({"front-door": 202605}, None, 202109))
    part = client.get(page).context
    assert part["table"].rows[0][1] == whole["table"].rows[0][1] == f"{counted(world, 'contacts'):,.0f}"
    assert "counted from May 2026 on" in part["table"].rows[0][2] and "counted from" not in whole["table"].rows[0][2]
    assert part["chart"].series[0].values[-1] is None and whole["chart"].series[0].values[-1] == counted(world, "contacts")
    assert part["chart"].series[0].words(-1) == whole["table"].rows[0][1], "told all the same"


@pytest.mark.parametrize("by", ["age", "sex", "ethnicity", "area", "ward", "source"])
def test_a_breakdown_adds_up_to_the_whole(world: World, by: str) -> None:
    answer = client_for(world.seat("mash-manager")).get(f"/scorecard/indicators/contacts/?period={QUARTER}&breakdown={by}")
    values = [float(row[1].replace(",", "")) for row in answer.context["broken"]["table"].rows]
    assert len(values) > 1 and sum(values) == counted(world, "contacts")
    [link, *_] = answer.context["broken"]["table"].rows[-1]
    behind = client_for(world.seat("mash-manager")).get(link.url)
    assert behind.context["many"] == values[-1] and link.words in behind.content.decode(), "each number opens to its records"


def test_the_board_says_of_when_it_is_how_far_it_is_and_is_brought_up_to_date_on_request(
        world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper, store, told = client_for(world.seat("analyst")), Store.of(world.partnership.pk), list[int | None]()
    asked = reverse("scorecard_update")
    assert asked not in client_for(world.seat("mash-manager")).get("/scorecard/").content.decode()
    page = keeper.get("/scorecard/").content.decode()
    assert f"on {world.now:%-d %B %Y}; brought up to date every hour" in page and asked in page
    assert "are being brought up to date" in keeper.post(asked, follow=True).content.decode()
    assert "wait to be brought up to date already" in keeper.post(asked, follow=True).content.decode()
    monkeypatch.setattr(building, "_write", lambda *_: told.append(store.told()))
    with transaction.atomic():
        scorecard.update(world.partnership.pk, world.now, whole=True)
        transaction.set_rollback(True)
    assert told[0] == 0 and told == sorted(told) and told[-1] is not None and told[-1] < 100 and store.told() is None
    store.tell(1, 4)
    assert "brought up to date: 25% done" in keeper.get("/scorecard/").content.decode()
    store.tell(1, 1)


def test_a_number_opens_to_its_records_for_those_who_work_on_them(world: World) -> None:
    answer = client_for(world.seat("mash-manager")).get(f"/scorecard/indicators/contacts/rows/{QUARTER}/")
    assert answer.context["many"] == counted(world, "contacts")
    assert len(answer.context["table"].rows) == min(answer.context["many"], 50)
    part = client_for(world.seat("mash-manager")).get(f"/scorecard/indicators/contacts-from-police/rows/{QUARTER}/")
    whole = client_for(world.seat("mash-manager")).get(f"/scorecard/indicators/contacts-from-police/rows/{QUARTER}/?of=all")
    assert part.context["many"] == counted(world, "contacts-from-police") < whole.context["many"] == answer.context["many"]
    why = client_for(world.seat("board-member")).get(f"/scorecard/indicators/contacts/rows/{QUARTER}/").content.decode()
    assert "are read by those who work on contacts" in why and "FD-" not in why


def test_nobody_is_told_how_many_records_are_kept_from_them(world: World) -> None:
    manager, other = world.seat("mash-manager"), world.seat("mash-manager")
    page = f"/scorecard/indicators/contacts/rows/{QUARTER}/"
    before = client_for(other).get(page)
    with acting(manager):
        kept = Case.objects.get(reference=before.context["table"].rows[0][0].words)
    confining.restrict(actor=manager, case=kept, named=[manager.user.pk], reason="Kept", now=world.now)
    after = client_for(other).get(page)
    assert _numbers(other) == [after.context["many"]] * 4, "board, page, breakdown and file tell of the same records"
    assert _numbers(manager) == [before.context["many"]] * 4
    assert after.context["many"] == before.context["many"] - 1 and kept.reference not in after.content.decode()
    assert client_for(manager).get(page).context["many"] == before.context["many"]


def _numbers(actor: Actor) -> list[float]:
    """How many contacts somebody is told of: on the board, on the page, by age together, in a file before rounding."""
    client, key = client_for(actor), "contacts"
    page = client.get(f"/scorecard/indicators/{key}/?period={QUARTER}&breakdown=age")
    broken = sum(float(row[1].replace(",", "")) for row in page.context["broken"]["table"].rows)
    with patch.object(board, "DEFAULT", EXACT):
        file = json.loads(client.get(f"/scorecard/board.json?period={QUARTER}").content)["numbers"]
    return [float(rows(client.get(f"/scorecard/?period={QUARTER}"))["Contacts received"][0].replace(",", "")),
            float(page.context["table"].rows[0][1].replace(",", "")), broken,
            next(float(one["value"].replace(",", "")) for one in file if one["indicator"] == key)]


def test_negative_control_a_number_of_all_records_tells_that_one_is_kept(world: World,
                                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the whole number shown beside the list, the difference would be what is restricted."""
    manager, other = world.seat("mash-manager"), world.seat("mash-manager")
    with acting(manager):
        kept = Case.objects.get(reference=client_for(other).get(
            f"/scorecard/indicators/contacts/rows/{QUARTER}/").context["table"].rows[0][0].words)
    confining.restrict(actor=manager, case=kept, named=[manager.user.pk], reason="Kept", now=world.now)
    listed = client_for(other).get(f"/scorecard/indicators/contacts/rows/{QUARTER}/").context["many"]
    assert set(_numbers(other)) == {listed}
    monkeypatch.setattr(common, "kept_from", lambda actor, processes: frozenset())
    assert set(_numbers(other)) == {listed + 1}


def test_negative_controls_of_what_is_shown_to_whom(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each rule switched off once: the exact number, the records and the hidden indicator would then be seen."""
    member, manager = client_for(world.seat("board-member")), client_for(world.seat("mash-manager"))
    monkeypatch.setattr(common, "opens_rows", lambda actor, each: True)
    monkeypatch.setattr(common, "kept_from", lambda actor, processes: frozenset())
    assert float(rows(member.get(f"/scorecard/?period={QUARTER}"))["Contacts received"][0]) == counted(world, "contacts")
    monkeypatch.setattr(behind, "opens_rows", lambda actor, each: True)
    assert "are read by those who work on" not in member.get(
        f"/scorecard/indicators/contacts/rows/{QUARTER}/").content.decode()
    monkeypatch.setattr(common, "seen", lambda actor, each: True)
    assert manager.get("/scorecard/indicators/allegations/").status_code == 200


def test_a_challenge_is_answered_by_the_agency_that_answers_for_the_number(world: World) -> None:
    member, analyst = client_for(world.seat("board-member")), client_for(world.seat("analyst"))
    page = "/scorecard/indicators/contacts/"
    assert member.post(page, {"kind": "challenge", "text": "Why so many in June?"}).status_code == 302
    police = client_for(make_actor("agency-senior", make_agency("police", partnership=world.partnership), world.partnership))
    assert "Only those who keep the scorecard" in police.post(page, {"kind": "comment", "text": "x"}).content.decode()
    [entry] = analyst.get(page).context["said"]
    assert entry["answer"] and analyst.post(entry["answer"], {"text": "A school changed its rule"}).status_code == 302
    assert "A school changed its rule" in member.get(page).content.decode()


def test_figures_that_others_publish_are_loaded_whole_or_not_at_all(world: World) -> None:
    client = client_for(world.seat("analyst"))

    def load(text: str) -> str:
        file = SimpleUploadedFile("published.csv", text.encode(), "text/csv")
        return client.post("/scorecard/published/", {"upload": file}, follow=True).content.decode()
    head = "series,area,year,value,source\n"
    assert "Line 3: there is no series" in load(head + "contacts,England,2025,1,Invented\nnothing,England,2025,1,Invented\n")
    with acting(world.seat("analyst")):
        assert not Published.objects.exists()
    assert "2 figures are new" in load(
        head + "population-0-17,,2025,60000,Invented estimate\nre-referrals,England,2025,22.4,Invented statistics\n")
    scorecard.update(world.partnership.pk, world.now + timedelta(minutes=1))
    rate = rows(client_for(world.seat("mash-manager")).get(f"/scorecard/?period={QUARTER}"))
    assert rate["Contacts for every 10,000 children"][0] == f"{counted(world, 'contacts') * 4 * 10_000 / 60_000:.1f}"
    page = client_for(world.seat("board-member")).get("/scorecard/indicators/re-referrals/?period=2026-2027-Q1")
    [ours, england] = page.context["beside"].series
    assert england.name == "England" and england.values[-1] == 22.4 and "22.4" in page.content.decode()
    assert [value is None for value in england.values] == [
        label.split()[-1] < "2024/25" for label in page.context["beside"].labels], "of years after it, the last that was out"


def test_files_are_made_safe_even_for_who_sees_the_numbers(world: World) -> None:
    client = client_for(world.seat("mash-manager"))
    data = json.loads(client.get(f"/scorecard/board.json?period={QUARTER}").content)
    contacts = next(one for one in data["numbers"] if one["indicator"] == "contacts")
    assert int(contacts["value"]) % 5 == 0 and "allegations" not in {one["indicator"] for one in data["numbers"]}
    assert next(one for one in data["indicators"] if one["key"] == "contacts")["meaning"]
    assert client.get(f"/scorecard/board.pdf?period={QUARTER}").content.startswith(b"%PDF")
    assert client.get(f"/scorecard/board.xlsx?period={QUARTER}").content.startswith(b"PK")


def test_a_release_is_prepared_held_back_mended_signed_and_open_to_everybody(world: World) -> None:
    analyst, partner = client_for(world.seat("analyst")), client_for(world.seat("lead-partner"))
    asked = {"title": "Spring", "kind": "quarter",
             "first_day": "1", "first_month": "4", "first_year": "2026", "last_day": "1",
             "last_month": "6", "last_year": "2026", "breakdowns": ["sex"], "crossings": ["age+sex"], "small": "7",
             "nearest": "5", "indicators": ["contacts", "contacts-from-police"]}
    answer = analyst.post("/scorecard/releases/prepare/", asked)
    assert answer.status_code == 302
    page = answer["Location"]
    if "can be worked out" in analyst.get(page).content.decode():
        analyst.post(f"{page}mend")
    for client in (analyst, partner):
        client.post(f"{page}sign")
    assert "Published" in analyst.get(page).content.decode()
    public = Client()
    assert "Spring" in public.get("/open-data/").content.decode()
    number = page.rstrip("/").split("/")[-1]
    lines = list(csv.DictReader(io.StringIO(public.get(f"/open-data/{number}.csv").content.decode("utf-8-sig"))))
    assert {line["Breakdown"] for line in lines} == {"", "sex", "age+sex"}
    assert any(line["Category"].endswith(", Female") for line in lines if line["Breakdown"] == "age+sex")
    assert all(line["Numerator"] in ("c", "0") or int(line["Numerator"]) % 5 == 0 for line in lines)


def test_the_command_writes_every_form(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                       capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--partnership", "northbridge", "--period", QUARTER, "--out", str(tmp_path)]
    assert command.run(parser_for("scorecard", command).parse_args(words)) == 0
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".csv", ".json", ".pdf", ".xlsx"]
    assert "numbers of April 2026 to June 2026" in capsys.readouterr().out
