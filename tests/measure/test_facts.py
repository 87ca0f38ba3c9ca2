"""Facts: made anew only where something changed, as if made whole; of one partnership alone; closed to others."""
from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from goldthread.access.actor import acting, system
from goldthread.domains.front_door import models as m
from goldthread.exchange.facts.building import refresh
from goldthread.measure.engines import DuckDB
from goldthread.measure.facts import TABLES
from goldthread.measure.store import Made, Store
from goldthread.orgs.models import Partnership
from goldthread.process import actions
from goldthread.process.models import Case, Event
from tests.measure.world import World

pytestmark = pytest.mark.django_db


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with DuckDB(store.files()) as duck:
        return {key: duck.rows(f"select {', '.join(column.name for column in table.columns)} from {key} order by all")
                for key, table in TABLES.items()}


def test_what_is_made_anew_where_something_changed_is_what_is_made_whole(world: World) -> None:
    store, now = Store.of(world.partnership.pk), world.now + timedelta(hours=1)
    refresh(world.partnership.pk, world.now, whole=True)  # another test may have made them as of another hour
    before = everything(store)
    with acting(world.seat("mash-manager")):
        case = Case.objects.filter(process_key="front-door", closed_at=None).order_by("pk").first()
        assert case is not None
    with transaction.atomic():
        actions.record(actor=world.seat("mash-worker"), case=case, step=case.process.step("new-information"),
                       writing_=actions.Writing(m.NewInformation(information="More", happened_at=now)), now=now)
        touched = refresh(world.partnership.pk, now)
        part = everything(store)
        assert 0 < len(touched) and part["happened"] != before["happened"]
        refresh(world.partnership.pk, now, whole=True)
        assert everything(store) == part
        transaction.set_rollback(True)
    refresh(world.partnership.pk, world.now, whole=True)
    assert everything(store) == before


def test_nothing_changed_makes_nothing_anew(world: World) -> None:
    assert refresh(world.partnership.pk, world.now) == ()


def test_every_standing_record_is_there_once_and_none_of_another_partnership(world: World) -> None:
    with DuckDB(Store.of(world.partnership.pk).files()) as duck:
        [[records, cases]] = duck.rows("select sum(once), count(distinct case_id) from happened")
        ours = {row[0] for row in duck.rows("select distinct case_id from happened")}
    with transaction.atomic(), acting(system(world.partnership.pk)):
        standing = Event.objects.filter(replaced_by=None, case__voided_at=None)
        assert records == standing.count() and cases == standing.values("case").distinct().count()
    other = Partnership.objects.exclude(pk=world.partnership.pk).get(slug="southbridge")
    with transaction.atomic(), acting(system(other.pk)):
        assert not ours & set(Case.objects.values_list("pk", flat=True))


def test_files_are_the_services_own(world: World) -> None:
    store = Store.of(world.partnership.pk)
    files = [path for paths in store.files().values() for path in paths]
    assert files and all(path.stat().st_mode & 0o077 == 0 for path in files)
    assert store.folder.stat().st_mode & 0o077 == 0 and not list(store.folder.glob("*.csv"))


def test_a_safe_address_is_in_no_area(world: World) -> None:
    safe = world.ask("select distinct person_id from people_address where safe and until is null")
    with DuckDB(Store.of(world.partnership.pk).files()) as duck:
        areas = dict(duck.rows("select child_id, max(area) from happened where child_id is not null group by 1"))
    open_too = {row[0] for row in world.ask("select person_id from people_address where not safe and until is null")}
    assert all(areas.get(row[0], "not known") == "not known" for row in safe if row[0] not in open_too)


def test_files_of_other_columns_are_not_read_until_they_are_made_anew(
        world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    store.path("spans").touch()
    store.note(Made(world.now, 1, ()))
    assert store.readable()["spans"] == [store.path("spans")]
    monkeypatch.setattr("goldthread.measure.store.SHAPE", "that of another edition")
    assert store.made() is None and store.readable() == {}
