"""Wards: loaded whole or not at all, dated, and told of a child's home on the day."""
from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from goldthread.access.actor import Refused, acting
from goldthread.exchange.facts.building import refresh
from goldthread.measure.actions import load_wards
from goldthread.measure.engines import DuckDB
from goldthread.measure.models import WardPostcode
from goldthread.measure.store import Store
from tests.measure.world import World
from tests.support import client_for

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 7)


def wards(world: World) -> dict[str, list[tuple[str, date, date | None]]]:
    found: dict[str, list[tuple[str, date, date | None]]] = {}
    with acting(world.seat("board-member")):
        for row in WardPostcode.objects.order_by("postcode", "valid_from"):
            found.setdefault(row.postcode, []).append((row.ward, row.valid_from, row.valid_to))
    return found


def test_the_borough_has_invented_wards_and_most_contacts_fall_into_one(world: World) -> None:
    names = {of[0][0] for of in wards(world).values()}
    assert len(names) > 5 and all(name.endswith((" East", " West")) for name in names)
    with DuckDB(Store.of(world.partnership.pk).files()) as duck:
        told = dict(duck.rows("select ward, count(*) from happened group by 1"))
    assert set(told) <= names | {"not known"} and sum(n for name, n in told.items() if name in names) > told["not known"]


def test_a_new_list_holds_from_its_day_and_old_figures_stay_in_old_wards(world: World) -> None:
    store = Store.of(world.partnership.pk)
    [(_, since, _)], *_ = wards(world).values()
    with DuckDB(store.files()) as duck:
        busiest = duck.rows("select ward, count(*) from happened where ward <> 'not known' group by 1 order by 2 desc")[0][0]
    mine = [code for code, of in wards(world).items() if of[0][0] == busiest]
    lines = "\n".join(f"{code.replace(' ', '').lower()},Exampleton,ZW900" for code in mine)
    with transaction.atomic():
        data = f"postcode,ward,code\n{lines}\nZZ1 9ZZ,Elsewhere,\n".encode()
        made_before = store.made()
        assert made_before is not None
        now = made_before.at + timedelta(minutes=5)
        made = load_wards(actor=world.seat("analyst"), data=data, since=MAY, now=now)
        assert (made.new, made.moved, made.same) == (1, len(mine), 0)
        assert wards(world)[mine[0]] == [(busiest, since, MAY - timedelta(days=1)), ("Exampleton", MAY, None)]
        again = load_wards(actor=world.seat("analyst"), data=data, since=MAY, now=now)
        assert (again.new, again.moved, again.same) == (0, 0, len(mine) + 1), "loaded twice, it changes nothing"
        refresh(world.partnership.pk, now)
        with DuckDB(store.files()) as duck:
            days = dict(duck.rows("select ward, [min(day), max(day)] from happened group by 1"))
        assert days[busiest][1] < MAY <= days["Exampleton"][0]
        transaction.set_rollback(True)
    refresh(world.partnership.pk, world.now, whole=True)


@pytest.mark.parametrize(("text", "words"), [
    ("postcode,name\nZZ1 1AA,x\n", "must name the columns"), ("postcode,ward\nnowhere at all,x\n", "is no postcode"),
    ("postcode,ward\nZZ1 1AA,\n", "say the ward"), ("postcode,ward\nZZ1 1AA,East\nzz11aa,West\n", "is there twice")])
def test_a_file_with_a_mistake_is_not_loaded(world: World, text: str, words: str) -> None:
    before = wards(world)
    with pytest.raises(ValidationError, match=words):
        load_wards(actor=world.seat("analyst"), data=text.encode(), since=MAY, now=world.now)
    assert wards(world) == before


def test_who_keeps_the_scorecard_loads_them_on_a_page(world: World) -> None:
    with pytest.raises(Refused):
        load_wards(actor=world.seat("board-member"), data=b"postcode,ward\nZZ1 1AA,x\n", since=MAY, now=world.now)
    client = client_for(world.seat("analyst"))
    file = SimpleUploadedFile("wards.csv", b"postcode,ward\nZZ1 9ZZ,Exampleton\n", "text/csv")
    answer = client.post("/scorecard/wards/", {"upload": file, "since_0": "7", "since_1": "5", "since_2": "2026",
                                               "since_day": "7", "since_month": "5", "since_year": "2026"}, follow=True)
    assert "1 postcodes are new" in answer.content.decode() and "Exampleton" in answer.content.decode()
