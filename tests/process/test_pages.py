"""Every page of every case opens for those it is for, and is not there for anyone else."""
from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from goldthread.access.actor import acting, system
from goldthread.process.definition import Process, Standing
from goldthread.process.models import Event
from goldthread.process.registry import all_processes
from tests.process.walking import World, walk
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
