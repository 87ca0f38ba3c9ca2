"""Every page of every case opens for those it is for, and is not there for anyone else."""
from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from goldthread.access.actor import acting, system
from goldthread.process.definition import Process, Standing
from goldthread.process.models import Event
from goldthread.process.registry import all_processes, get
from tests.process.walking import World, begin, manager_of, walk
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db
every_process = pytest.mark.parametrize("process", all_processes(), ids=lambda p: p.key)
PAGES = ("case", "case_todo", "case_timeline", "case_people", "case_sharing", "case_looked")


def desk(world: World) -> Any:
    return next(a for s, a in world.seats.items() if s.standing is Standing.DESK)


@every_process
def test_pages_of_a_case(process: Process) -> None:
    world = World(process)
    case = walk(world, optional=True)
    with acting(system(world.partnership.pk)):
        events = list(Event.objects.filter(case=case).values_list("pk", flat=True))
    urls = [reverse(p, args=[case.reference]) for p in PAGES]
    urls += [reverse("event", args=[case.reference, e]) for e in events]
    for url in urls:
        answer = client_for(desk(world)).get(url)
        assert answer.status_code == 200, url
        assert escape(case.title) in answer.content.decode(), url
    for stranger in (make_actor("mash-manager"), make_actor("board-member", partnership=world.partnership)):
        for url in urls:
            assert client_for(stranger).get(url).status_code == 404, url


def _page(actor: Any, case: Any, name: str = "case") -> str:
    return " ".join(client_for(actor).get(reverse(name, args=[case.reference])).content.decode().split())


def test_of_a_closed_case_nothing_is_said_to_be_done_now() -> None:
    """What may be added, recorded late or taken up again has its own place; whoever may do none of it sees none of it."""
    world = World(get("child-in-need"))
    running, closed = begin(world), walk(world)
    manager, chair = manager_of(world), make_actor("conference-chair", partnership=world.partnership)
    given = reverse("record", args=[closed.reference, "need-worker"])
    for actor, may in ((manager, True), (chair, False)):
        for name in ("case", "case_todo"):
            page = _page(actor, closed, name)
            assert "What you can do now" not in page and "For you" not in page and "This is closed" in page
            assert ("Take it up again" in page) is may is (given in page)
            added = page.index(reverse("record", args=[closed.reference, "case-document"]))
            assert not may or added < page.index("Record late what happened before it was closed") < page.index(given)
    worker = world.actor(running.process.step("need-plan"), running)
    for name in ("case", "case_todo"):
        page = _page(worker, running, name)
        places = [page.index(what) for what in (
            reverse("record", args=[running.reference, "need-plan"]), "If needed",
            reverse("record", args=[running.reference, "case-document"]))]
        assert places == sorted(places), "what is due stands before what is only possible"
    assert "What you can do now" in _page(manager, running) and "This is closed" not in _page(manager, running)
