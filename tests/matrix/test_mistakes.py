"""The matrix notices the mistakes that are easily made: a view that declares nothing or too little, one that reads past
its actor, a role given a right that is not its own, a restricted record left in sight, a page that says too much."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import get_resolver, path

from goldthread.access import policy
from goldthread.access.actor import acting, actor_for, system
from goldthread.access.policy import May, Reads
from goldthread.process.models import Case
from goldthread.web import errors
from goldthread.web.casework import case as casework
from tests.access.separate import as_superuser
from tests.matrix import cells
from tests.matrix.asking import Asking, Cell
from tests.matrix.oracle import Expected
from tests.matrix.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["alerts", "setup_people", "people", "front_door", "report_upload", "board"])
def test_a_view_left_open_is_noticed(world: World, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    viewer = world.viewers["gp"]
    asked = [c for c in cells.plain_cells(world, [viewer]) if c.page == name]
    assert Asking(world).run(asked).faults == []
    assert all(cell.closed and Asking(world).turned_away(cell) for cell in asked)
    monkeypatch.setattr(cells.routes()[name].callback, "access", frozenset())
    assert Asking(world).run(asked).faults != []
    assert Asking(world).run(asked, every=1000).faults != [], "also where only the way in is asked"


def test_a_view_that_says_nothing_is_noticed_and_does_not_open(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(cells.routes()["case"].callback, "access")
    assert cells.undeclared(cells.routes()) == ["case"]
    case = world.cases["open school"]
    response = Asking(world).answer(world.viewers["mash-manager"], "GET", f"/case/{case.reference}/")
    assert response.status_code == 500


def test_an_address_nobody_listed_is_noticed() -> None:
    new = path("all-records/", lambda request: HttpResponse(), name="all_records")
    assert cells.unlisted({**cells.routes(), "all_records": new}) == ["all_records is not in pages.toml"]
    gone = {name: pattern for name, pattern in cells.routes().items() if name != "case"}
    assert cells.unlisted(gone) == ["case in pages.toml is no page"]


def test_a_page_of_what_is_hidden_that_says_more_is_noticed(world: World, hidden: list[Cell],
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    def chatty(request: Any, exception: Any = None) -> HttpResponse:
        response = errors.not_found(request, exception)
        return HttpResponse(response.content + request.path.encode(), status=404)
    resolver = get_resolver()
    monkeypatch.setattr(resolver, "resolve_error_handler", lambda code: chatty)
    tally = Asking(world).run(hidden[:10])
    assert len(tally.faults) >= 10


def test_a_view_that_reads_past_its_actor_is_noticed(world: World, hidden: list[Cell],
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [cell for cell in hidden if cell.page == "case"]

    def forgetful(*, actor: Any, reference: str, why: str) -> Case:
        with acting(system()):
            return Case.objects.select_related("partnership", "started_by", "allocated_to").get(reference=reference)
    assert Asking(world).run(asked).faults == []
    monkeypatch.setattr(casework, "open_case", forgetful)
    noticed = {fault.split(":")[0] for fault in Asking(world).run(asked).faults}
    assert len(noticed) == len(asked)


@pytest.mark.parametrize("role,right,page", [
    ("gp", May.FIND_PEOPLE, "people"), ("partner", May.WORK_FRONT_DOOR, "front_door"),
    ("mash-worker", May.REVIEW_ACCESS, "alerts"), ("scrutineer", May.RUN_PARTNERSHIP, "setup_people"),
    ("early-help-worker", May.IMPORT, "imports")])
def test_a_right_given_to_the_wrong_role_is_noticed(world: World, role: str, right: May, page: str,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [c for c in cells.plain_cells(world, [world.viewers[role]]) if c.page == page]
    assert Asking(world).run(asked).faults == []
    known = policy.ROLES[role]
    monkeypatch.setitem(policy.ROLES, role, replace(known, may=known.may | {right}))
    assert Asking(world).run(asked).faults != []


@pytest.mark.parametrize("role,right,page", [
    ("mash-worker", May.FIND_PEOPLE, "people"), ("analyst", May.BUILD_REPORTS, "report_upload"),
    ("privacy-officer", May.REVIEW_ACCESS, "readings"), ("social-worker", May.BREAK_GLASS, "glass")])
def test_a_right_taken_from_a_role_that_needs_it_is_noticed(world: World, role: str, right: May, page: str,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [c for c in cells.plain_cells(world, [world.viewers[role]]) if c.page == page]
    known = policy.ROLES[role]
    monkeypatch.setitem(policy.ROLES, role, replace(known, may=known.may - {right}))
    assert Asking(world).run(asked).faults != []


def test_a_role_that_reads_more_than_it_should_is_noticed(world: World, hidden: list[Cell],
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [c for c in hidden if c.viewer == "analyst" and c.page == "case" and c.relationship in ("unlinked", "asked")]
    assert len(asked) == 2 and Asking(world).run(asked).faults == []
    known = policy.ROLES["analyst"]
    monkeypatch.setitem(policy.ROLES, "analyst", replace(known, reads=known.reads | {Reads.FRONT_DOOR}))
    assert all(any(str(cell) in fault for fault in Asking(world).run(asked).faults) for cell in asked)


def test_a_restricted_record_left_in_sight_is_noticed(world: World) -> None:
    viewer = world.viewers["mash-worker"]
    assert viewer.actor
    token = policy.desk_token("front-door", world.here.pk)
    assert actor_for(viewer.actor.appointment, now=world.now).holds(token)
    asked = [c for c in cells.every_record_cell(world, [viewer])
             if c.about == "restricted school" and c.page in ("case", "case_people", "case_timeline")]
    assert len(asked) >= 3 and {c.expected for c in asked} == {Expected.HIDDEN}
    assert Asking(world).run(asked).faults == []
    with as_superuser() as cursor:
        cursor.execute("update process_case set readers = readers || %s::text where id = %s",
                       [token, world.cases["restricted school"].pk])
    noticed = Asking(world).run(asked).faults
    assert all(any(str(cell) in fault for fault in noticed) for cell in asked)
