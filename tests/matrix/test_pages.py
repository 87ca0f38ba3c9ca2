"""Every address and every role is in the table, every address says who may open it, and what is asked meets every pair."""
from __future__ import annotations

import pytest

from goldthread.access.policy import GIVEN
from goldthread.orgs.models import User
from tests.matrix import oracle, test_records_agencies, test_records_council, test_records_others
from tests.matrix.asking import Asking, what
from tests.matrix.cells import every_record_cell, routes, undeclared, unlisted, url_of
from tests.matrix.oracle import Expected
from tests.matrix.sampling import pairs, record_cells, sampled
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
WHO = [*oracle.roles(), "anonymous", "without a seat"]
LEAST = 2_500  # cells about a record in an ordinary run


def test_every_address_is_in_the_table_and_says_who_may_open_it() -> None:
    assert unlisted(routes()) == []
    assert undeclared(routes()) == []


def test_every_role_that_can_be_given_is_in_the_table() -> None:
    assert set(oracle.roles()) == set(GIVEN)


def test_an_ordinary_run_meets_every_pair_of_page_role_and_relationship(world: World) -> None:
    every = list(every_record_cell(world, list(world.viewers.values())))
    chosen = sampled(every)
    met = {pair for cell in chosen for pair in pairs(cell)}
    assert met == {pair for cell in every for pair in pairs(cell)}
    assert met != {pair for cell in chosen[::2] for pair in pairs(cell)}, "with half of them it would not"
    assert LEAST <= len(chosen) < len(every) / 4, (len(chosen), len(every))


def test_every_role_is_asked_about_records_by_one_module() -> None:
    shared_out = [*test_records_agencies.WHO, *test_records_council.WHO, *test_records_others.WHO]
    assert sorted(shared_out) == sorted(WHO)


def test_every_way_of_standing_in_the_table_is_asked(world: World) -> None:
    asked = {cell.relationship for viewer in WHO for cell in record_cells(world, viewer)}
    table = oracle.table()
    assert asked - {""} == set(table["relationship"]) | set(table["person"])


@pytest.mark.parametrize("role,opens", [("administrator", True), ("business-manager", True), ("gp", False)])
def test_looking_after_the_installation_opens_its_pages_to_those_who_set_up(world: World, role: str, opens: bool) -> None:
    asking, viewer = Asking(world), world.viewers[role]
    assert viewer.actor
    urls = [url_of(name) for name, page in oracle.pages().items() if page.get("for") == ["installs"] and "only" not in page]
    assert len(urls) == 3 and {what(asking.answer(viewer, "GET", url)) for url in urls} == {Expected.HIDDEN}
    User.objects.filter(pk=viewer.actor.user.pk).update(runs_installation=True)
    answers = [asking.answer(viewer, "GET", url) for url in urls]
    assert {what(each) for each in answers} == {Expected.OPEN if opens else Expected.HIDDEN}
    assert sum(len(asking.leaks(viewer, each)) for each in answers) == 0
