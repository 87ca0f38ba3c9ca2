"""Files on a case: taken in whole or not at all, and read by whoever reads their record."""
from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goldthread.access.actor import acting, system
from goldthread.files.models import Document
from goldthread.process import confining
from goldthread.process.definition import Process, Standing
from goldthread.process.models import CaseDocument
from goldthread.process.registry import all_processes
from tests.process.walking import World, begin, fresh, manager_of
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db
every_process = pytest.mark.parametrize("process", all_processes(), ids=lambda p: p.key)


def desk(world: World) -> Any:
    """Whoever manages the work at the desk."""
    return next(a for s, a in world.seats.items() if s.standing is Standing.DESK and s.right is world.process.manager)


def sent(client: Any, case: Any, content: bytes = b"What the school saw on Monday.", name: str = "notes.txt") -> Any:
    upload = SimpleUploadedFile(name, content, content_type="text/plain")
    return client.post(reverse("case_documents", args=[case.reference]), {"title": "School's notes", "upload": upload})


@every_process
def test_a_file_is_kept_listed_and_handed_out_to_the_desk_only(process: Process) -> None:
    world = World(process)
    case = begin(world)
    client = client_for(desk(world))
    assert sent(client, case).status_code == 302
    with acting(system(world.partnership.pk)):
        number = CaseDocument.objects.get(case=case).document_id
    assert "notes.txt" in client.get(reverse("case_documents", args=[case.reference])).content.decode()
    got = client.get(reverse("document", args=[number]))
    assert b"".join(got.streaming_content) == b"What the school saw on Monday."
    assert "attachment" in got["Content-Disposition"]
    stranger = client_for(make_actor("school-lead", partnership=world.partnership))
    assert stranger.get(reverse("document", args=[number])).status_code == 404
    if Standing.DESK in {seat.standing for seat in process.first.by}:
        return  # whoever started it reads it as the desk
    starter = client_for(world.actor(process.first))
    assert "notes.txt" not in starter.get(reverse("case_documents", args=[case.reference])).content.decode()


@every_process
def test_a_bad_file_is_refused_in_words_and_nothing_is_kept(process: Process) -> None:
    world = World(process)
    case = begin(world)
    page = sent(client_for(desk(world)), case, b"MZ\x90", "notes.exe").content.decode()
    assert "There is a problem" in page
    with acting(system(world.partnership.pk)):
        assert not Document.objects.exists() and not CaseDocument.objects.exists()


@every_process
def test_a_restricted_case_takes_its_files_with_it(process: Process) -> None:
    world = World(process)
    case = begin(world)
    manager = desk(world)
    sent(client_for(manager), case)
    other = manager_of(world)
    officer = make_actor("privacy-officer", manager.agency, world.partnership)
    with acting(other):
        assert Document.objects.count() == 1
    with acting(officer):
        confining.restrict(actor=officer, case=fresh(world, case), named=[manager.user.pk], reason="Staff family",
                         now=world.now)
    with acting(other):
        assert not Document.objects.exists()
    with acting(manager):
        assert Document.objects.count() == 1
