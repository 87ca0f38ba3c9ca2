"""The return on looked-after children and the Annex A lists out of our own records: held to the specifications, and row by
row to another reading of what was recorded, day by day and in plain SQL."""
from __future__ import annotations

import argparse
import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from openpyxl import load_workbook

from goldthread.access import audit
from goldthread.access.actor import Actor, Refused, acting, actor_for, system, writing
from goldthread.commands import export
from goldthread.commands.refusal import Refusal
from goldthread.dataset.specification.declared import find
from goldthread.domains.looked_after.models import CareStart
from goldthread.exchange.annex_a.writing import write_annex_a
from goldthread.exchange.care.episodes import Care, Held, Lived, apart, episodes
from goldthread.exchange.care.reading import File
from goldthread.exchange.care.writing import files, write_return
from goldthread.exchange.checking import check_return, check_year
from goldthread.orgs.models import Appointment, Partnership
from goldthread.people.models import Person
from goldthread.process.models import Case, CasePerson
from goldthread.rules import codes
from tests.borough.loading import loaded_once, rows

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
TODAY, SINCE, DAY = date(2026, 11, 20), date(2025, 4, 1), date(2026, 3, 31)
pytestmark = pytest.mark.django_db
ROLES = ("team-manager", "exploitation-lead", "mash-manager")


def on(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def test_every_change_is_an_episode_with_its_reason() -> None:
    care = Care(on("01-05"), on("06-01"), "N1", "V2", "E4A", "ZZ1 1AA", (
        Lived(on("01-07"), "U6", "PR1"), Lived(on("02-01"), "K2", "PR4", "CREQB"), Lived(on("05-01"), "U6", "PR1", "CARPL"),
        Lived(on("05-20"), "U4", "PR1", "PLACE", True)), (Held(on("03-01"), "C1"), Held(on("04-01"), "C1"),
                                                         Held(on("05-01"), "C2")))
    told = episodes(care, on("01-01"), on("12-31"))
    assert [(each.began, each.new, each.status, each.place.kind, each.moved) for each in told] == [
        (on("01-05"), "S", "V2", "U6", "CREQB"), (on("02-01"), "P", "V2", "K2", ""), (on("03-01"), "L", "C1", "K2", "CARPL"),
        (on("05-01"), "B", "C2", "U6", "PLACE"), (on("05-20"), "T", "C2", "U4", "")]
    assert [each.end for each in told] == ["X1"] * 4 + ["E4A"] and told[-1].ended == on("06-01")
    assert [each.began for each in episodes(care, on("04-01"), on("04-30"))] == [on("03-01")]
    assert episodes(care, on("04-01"), on("04-30"))[0].ended is None
    assert episodes(care, on("06-02"), on("12-31")) == [] and episodes(care, on("01-01"), on("01-04")) == []


def test_times_in_care_do_not_overlap() -> None:
    one, two, three = (Care(on(began), ended, "N1", "V2") for began, ended in (
        ("01-01", on("03-01")), ("02-01", None), ("03-01", None)))
    assert apart([three, two, one]) == ([one, three], [two])


def test_no_home_is_told_of_a_child_who_came_alone() -> None:
    def home(alone: bool) -> str:
        start = CareStart(happened_at=NOW, status="V2", need="N5", home_postcode="ZZ1 1AA", alone=alone)
        known: Any = SimpleNamespace(rows=lambda model, _: [start] if model is CareStart else [], last=lambda *_: None)
        return File(known, Case(pk=1)).care.home

    assert (home(alone=False), home(alone=True)) == ("ZZ1 1AA", "")


def test_one_place_says_what_a_code_means() -> None:
    spec = find("ssda903", DAY)
    of = {name: {each.code for each in spec.lists[name]} for name in ("rec", "accom", "activ", "cin")}
    assert of["rec"] - {"X1"} == {each.code for each in codes.every("care-end-reasons")}
    assert {each[0] for each in of["accom"] - {"0"}} == {each.code for each in codes.every("care-leaver-homes")}
    assert of["activ"] - {"0"} == {each.code for each in codes.every("care-leaver-activities")}
    assert of["cin"] == {each.code for each in codes.every("primary-needs")} - {"N0", "N9"}


@dataclass
class Told:
    """What was written of one small borough, and from whose seats."""

    folder: Path
    lists: Path
    seats: list[Actor]

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.folder / f"{name}.csv").open(encoding="utf-8") as handle:
            return list(csv.DictReader(handle))

    def sheet(self, number: int) -> tuple[str, list[dict[str, Any]]]:
        """What a list says of itself, and its rows by heading."""
        [title, *_], headings, *found = load_workbook(self.lists)[f"List {number}"].iter_rows(values_only=True)
        return str(title), [dict(zip(headings, row, strict=False)) for row in found]


def seat(role: str) -> Actor:
    found = Appointment.objects.filter(role=role, partnership__slug="northbridge").select_related(
        "user", "agency", "partnership").order_by("pk").first()
    assert found is not None
    return actor_for(found, now=NOW)


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("care")
    with django_db_blocker.unblock(), loaded_once(0.03, folder):
        made = Told(folder / "return", folder / "lists.xlsx", [seat(role) for role in ROLES])
        write_return(seats=made.seats, year=2026, folder=made.folder)
        write_annex_a(seats=made.seats, day=TODAY, path=made.lists, now=NOW)
        yield made


def all_rows(query: str) -> list[dict[str, Any]]:
    with acting(system(Partnership.objects.get(slug="northbridge").pk)):
        return rows(query)


def of_children(query: str) -> dict[str, list[dict[str, Any]]]:
    """Rows of a statement in which `{whose}` joins the child of a case `r.case_id`, by the child's number in returns."""
    whose = """join process_case c on c.id = r.case_id join process_caseperson k on k.case_id = c.id and k.capacity = 'child'
        join people_person p on p.id = k.person_id join process_event e on e.id = r.event_id and e.replaced_by_id is null"""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in all_rows(query.format(whose=whose, local="(r.happened_at at time zone 'Europe/London')::date")):
        found[row["reference"].replace("-", "")].append(row)
    return found


def by_day() -> dict[str, list[tuple[date, date | None, str, str, str]]]:
    """Each child's episodes, by looking at every day whether the order or the home is another than the day before."""
    begun = of_children("select p.reference, {local} as day, r.status, r.education from looked_after_carestart r {whose}")
    homes = of_children("select p.reference, {local} as day, r.kind, r.postcode, r.id from looked_after_placement r {whose}"
                        " order by r.happened_at")
    orders = of_children("select p.reference, {local} as day, r.status from looked_after_statuschange r {whose}"
                         " order by r.happened_at")
    ends = of_children("select p.reference, {local} as day from looked_after_careend r {whose}")
    found = {}
    for child, [start] in begun.items():
        over = ends[child][0]["day"] if child in ends else None
        day, before, spells = start["day"], None, []
        while day <= min(DAY, (over or DAY) - timedelta(days=bool(over))):
            home = [each for each in homes[child] if each["day"] <= day][-1]
            status = [each["status"] for each in [start, *orders.get(child, [])] if each["day"] <= day][-1]
            if (home["id"], status) != before:
                spells.append([day, None, status, home["kind"], home["postcode"]])
                before = (home["id"], status)
            day += timedelta(days=1)
        for one, after in zip(spells, spells[1:], strict=False):
            one[1] = after[0]
        if spells and over and over <= DAY:
            spells[-1][1] = over
        if kept := [tuple(each) for each in spells if each[1] is None or each[1] >= SINCE]:
            found[child] = kept
    return found  # type: ignore[return-value]


def day_of(text: str) -> date | None:
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None


def test_episodes_are_what_a_look_at_every_day_finds(told: Told) -> None:
    found = defaultdict(list)
    for row in told.table("episodes"):
        found[row["CHILD"]].append((day_of(row["DECOM"]), day_of(row["DEC"]), row["LS"], row["PLACE"], row["PL_POST"]))
    assert found == by_day() and sum(map(len, found.values())) > len(found) > 3
    assert {row["CHILD"] for row in told.table("header")} == {*found, *(row["CHILD"] for row in told.table("oc3"))}


def test_reviews_health_and_workers_as_recorded(told: Told) -> None:
    held = of_children("select p.reference, {local} as day, r.participation from looked_after_carereview r {whose}")
    assert sorted((row["CHILD"], day_of(row["REVIEW"]), row["REVIEW_CODE"]) for row in told.table("reviews")) == sorted(
        (child, each["day"], each["participation"]) for child, found in held.items() for each in found
        if SINCE <= each["day"] <= DAY)
    teeth = of_children("select p.reference, {local} as day from looked_after_dentalcheck r {whose}")
    whole = {child for child, found in by_day().items() if found[-1][1] is None and found[0][0] < SINCE}
    told_of = {row["CHILD"]: row for row in told.table("oc2")}
    assert set(told_of) == whole and whole
    for child, row in told_of.items():
        assert row["TEETH_CHECK"] == str(int(any(SINCE <= each["day"] <= DAY for each in teeth.get(child, []))))
    given = of_children("select p.reference, {local} as day, r.worker_id from looked_after_careworker r {whose}")
    for row in told.table("social_worker"):
        assert (day_of(row["SW_DECOM"]), row["SW_ID"]) in {(each["day"], f"SW{each['worker_id']}")
                                                          for each in given[row["CHILD"]]}


def test_lists_as_recorded(told: Told) -> None:
    begun = of_children("select p.reference, {local} as day from looked_after_carestart r {whose}")
    ends = of_children("select p.reference, {local} as day from looked_after_careend r {whose}")
    here = {child for child in begun if child not in ends or ends[child][0]["day"] >= date(2026, 5, 20)}
    title, eight = told.sheet(8)
    assert {row["Child Unique ID"] for row in eight} == here and here
    assert title == f"List 8: Children in care on 20 November 2026. {len(here)} rows."
    visits = of_children("select p.reference, max({local}) as day from looked_after_carevisit r {whose} group by 1")
    for row in eight:
        seen = visits.get(row["Child Unique ID"], [{"day": None}])[0]["day"]
        last = row["Date of Last Social Work Visit"]
        assert (last.date() if last else None) == seen
    plans = all_rows("""select count(distinct k.person_id) as many from child_protection_initialconference r
        join process_case c on c.id = r.case_id join process_caseperson k on k.case_id = c.id and k.capacity = 'child'
        where r.outcome = 'cp-plan' and (c.closed_at is null or c.closed_at > '2026-05-20')""")
    assert 0 < len(told.sheet(7)[1]) <= plans[0]["many"]
    contacts = all_rows("""select count(*) as many from front_door_contact r
        join process_caseperson k on k.case_id = r.case_id and k.capacity = 'child'
        join process_event e on e.id = r.event_id and e.replaced_by_id is null
        join orgs_partnership o on o.id = r.partnership_id and o.slug = 'northbridge'
        where r.happened_at >= '2026-05-20' and r.happened_at < '2026-11-21'""")
    assert len(told.sheet(1)[1]) == contacts[0]["many"] > 0


def test_an_empty_list_says_why(told: Told) -> None:
    for number, why in ((2, "Early help comes from agencies' accepted returns"), (11, "Adopters are not recorded")):
        title, found = told.sheet(number)
        assert "Empty: " in title and why in title and found == []


def test_both_keep_our_own_specifications(told: Told, tmp_path: Path) -> None:
    write_return(seats=told.seats, year=2027, folder=tmp_path)
    for report in (check_year("ssda903", files(told.folder), 2026, NOW), check_year("ssda903", files(tmp_path), 2027, NOW),
                   check_return("annex-a", [told.lists], date(2025, 11, 20), TODAY, NOW)):
        assert [str(each) for group in report.of_weight("error") for each in group.first] == []
        assert sum(report.rows.values()) > 20


@pytest.mark.parametrize(("file", "before", "after", "words"), [
    ("episodes", r",S,(V2|C1|C2|L1|L2),", ",S,XX,", "not in the list of codes"),
    ("episodes", r"\n([^,]+),\d\d/\d\d/\d{4},", r"\n\1,01/01/2035,", "in the future|after today|is before"),
    ("reviews", r"\n[^,]+,", "\nPNOBODY,", "there is no such “Child number”")])
def test_a_planted_error_is_found(told: Told, tmp_path: Path, file: str, before: str, after: str, words: str) -> None:
    for path in told.folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / f"{file}.csv").read_text(encoding="utf-8").replace("\r\n", "\n")
    text, many = re.subn(before, after, text, count=1)
    assert many == 1
    (tmp_path / f"{file}.csv").write_text(text, encoding="utf-8")
    report = check_year("ssda903", files(tmp_path), 2026, NOW)
    said = [str(each) for group in report.of_weight("error") for each in group.first]
    assert any(re.search(words, each) for each in said), said


def test_a_planted_error_in_the_lists_is_found(told: Told, tmp_path: Path) -> None:
    book = load_workbook(told.lists)
    sheet = book["List 8"]
    place = [cell.value for cell in sheet[2]].index("Child's Legal Status") + 1
    sheet.cell(3, place).value = "z) Nothing known"
    book.save(tmp_path / "lists.xlsx")
    report = check_return("annex-a", [tmp_path / "lists.xlsx"], date(2025, 11, 20), TODAY, NOW)
    assert ["Child's Legal Status" in str(each) for group in report.of_weight("error") for each in group.first] == [True]


def test_only_those_who_may_make_them_and_each_time_is_written_down(told: Told, tmp_path: Path) -> None:
    carer, finder, door = told.seats
    for seats, right in (([carer], "missing children"), ([finder, door], "assessments"), ([carer, finder], None)):
        if right:
            with pytest.raises(Refused, match=right):
                write_return(seats=seats, year=2026, folder=tmp_path / "none")
        with pytest.raises(Refused, match=right or "front door"):
            write_annex_a(seats=seats, day=TODAY, path=tmp_path / "none.xlsx", now=NOW)
    assert not list(tmp_path.iterdir())
    with acting(carer):
        read = {kind: {row["user_id"] for row in audit.readings(kind, ref)}
                for kind, ref in (("ssda903", 2026), ("annex-a", 20261120))}
    assert read == {"ssda903": {each.user.pk for each in (carer, finder)}, "annex-a": {each.user.pk for each in told.seats}}


def test_a_child_whose_record_is_kept_from_them_is_left_out_and_counted(told: Told, tmp_path: Path) -> None:
    with transaction.atomic():
        with acting(system()), writing():
            child = CasePerson.objects.filter(case__process_key="looked-after", capacity="child").first()
            assert child is not None
            Person.objects.filter(pk=child.person_id).update(readers=[])
        made = write_return(seats=told.seats, year=2026, folder=tmp_path / "return")
        assert made.left_out == 1
        transaction.set_rollback(True)
    assert write_return(seats=told.seats, year=2026, folder=tmp_path / "again").left_out == 0


def test_the_command_writes_and_checks(told: Told, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    emails = [each.user.email for each in told.seats]
    base = {"partnership": "northbridge", "emails": emails, "council": None, "date": None, "year": None}
    done = export.run(argparse.Namespace(**base | {"what": "ssda903", "year": 2026, "out": tmp_path / "return"}))
    assert done == 0 and "0 to mend" in capsys.readouterr().out and (tmp_path / "return" / "episodes.csv").exists()
    done = export.run(argparse.Namespace(**base | {"what": "annex-a", "date": TODAY, "out": tmp_path / "lists.xlsx"}))
    out = capsys.readouterr().out
    assert done == 0 and "0 to mend" in out and re.search(r"Empty, each saying why: 2, .*11", out)
    with pytest.raises(Refusal, match="needs --date"):
        export.run(argparse.Namespace(**base | {"what": "annex-a", "out": tmp_path / "x.xlsx"}))
    with pytest.raises(Refusal, match="1999 is not known"):
        export.run(argparse.Namespace(**base | {"what": "ssda903", "year": 1999, "out": tmp_path}))
