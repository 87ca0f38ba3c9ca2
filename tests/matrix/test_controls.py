"""The matrix itself put to the test: with one net gone the other holds; with both gone, or a denial forgotten by both,
it says so."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import pytest
from django.conf import settings

from goldthread.access.models import without_application_filter
from goldthread.access.rows import guarded
from tests.access.separate import as_superuser
from tests.matrix.asking import Asking, Cell, content
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
EVERY_TABLE = [model._meta.db_table for model in guarded()]


@contextmanager
def net_off(*tables: str) -> Iterator[None]:
    with as_superuser() as cursor:
        for table in tables:
            cursor.execute(f"alter table {table} disable row level security")
    yield


def test_without_the_applications_filter_postgresql_hides_everything_still(world: World, hidden: list[Cell]) -> None:
    with without_application_filter():
        tally = Asking(world).run(hidden)
    assert tally.cells > 120 and tally.faults == [], "\n".join(tally.faults[:50])


def test_without_postgresqls_net_the_applications_filter_hides_everything_still(world: World, hidden: list[Cell]) -> None:
    with net_off(*EVERY_TABLE):
        tally = Asking(world).run(hidden)
    assert tally.faults == [], "\n".join(tally.faults[:50])


@pytest.mark.parametrize("tables,page", [(["process_case"], "case"), (["people_person"], "person"),
                                         (EVERY_TABLE, "ask")])
def test_with_both_nets_gone_from_one_page_the_matrix_says_so(world: World, hidden: list[Cell], tables: list[str],
                                                             page: str) -> None:
    """Of asks only those of one's own agency: another's is asked for by agency, whatever the nets do."""
    asked = [cell for cell in hidden if cell.page == page and cell.part in ("", "mine") and not cell.closed]
    with net_off(*tables), without_application_filter():
        tally = Asking(world).run(asked)
    shown = [fault for fault in tally.faults if f" {page} " in fault]
    assert asked and len(shown) > len(asked) / 2, "\n".join(tally.faults)


def test_with_all_nets_gone_the_marked_words_are_found(world: World, hidden: list[Cell]) -> None:
    asked = [cell for cell in hidden if cell.page == "case" and cell.viewer == "school-lead"]
    with net_off(*EVERY_TABLE), without_application_filter():
        tally = Asking(world).run(asked)
    assert sum("shows" in fault for fault in tally.faults) > 3 * len(asked), "\n".join(tally.faults[:20])


def test_a_list_without_either_net_is_noticed(world: World) -> None:
    asking, viewer = Asking(world), world.viewers["mash-worker"]
    with net_off("process_case"), without_application_filter():
        response = asking.answer(viewer, "GET", "/front-door/?state=all")
        leaks = asking.leaks(viewer, response)
    assert content(response) and len(leaks) > 5
    assert asking.leaks(viewer, asking.answer(viewer, "GET", "/front-door/?state=all")) == []


def test_a_denial_forgotten_by_both_nets_is_noticed(world: World, hidden: list[Cell]) -> None:
    family = [cell for cell in hidden if "family" in cell.relationship]
    others = [cell for cell in hidden if "family" not in cell.relationship]
    with as_superuser() as cursor:
        for model in guarded():
            table = model._meta.db_table
            cursor.execute(f"drop policy readers on {table}")
            cursor.execute(f"""create policy readers on {table} to {settings.APP_ROLE} using (
                app_is_system() or (partnership_id = app_partnership() and readers && app_tokens()))""")
    with without_application_filter():
        assert Asking(world).run(islice(others, 30)).faults == [], "everything but denials holds"
        tally = Asking(world).run(family)
    assert len(tally.faults) >= len(family) / 3, "\n".join(tally.faults)


def test_every_field_written_freely_is_marked(world: World) -> None:
    """At least forty kinds of text, on cases and on people, are looked for in every answer."""
    from tests.matrix.canaries import fields_planted
    assert len(fields_planted(world.planted.facts.values())) >= 40
