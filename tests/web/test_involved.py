"""Who is involved, with telephone numbers, as far as what one may read names them."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from goldthread.domains.front_door import models as m
from goldthread.orgs.models import Participation, User
from tests.front_door.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    made = Scene(timezone.now())
    Participation.objects.filter(agency=made.health).update(lead_name="Hana Example", lead_phone="01632 960 123")
    User.objects.filter(pk=made.seats["mash-worker"].user.pk).update(phone="01632 960 456")
    return made


def rows(scene: Scene, case: Any, role: str = "mash-manager") -> dict[str, list[str]]:
    answer = scene.client(role).get(f"/case/{case.reference}/people/")
    assert answer.status_code == 200
    return {str(row[0]): [str(cell) for cell in row[1:]] for row in answer.context["professionals"].rows}


def test_worker_sender_and_agencies_asked_with_their_numbers(scene: Scene) -> None:
    case = scene.ready()
    worker = scene.seats["mash-worker"].user
    scene.record(case, m.Allocation(worker=worker))
    scene.record(case, m.InformationRequest(purpose="P", lawful_basis="public-task", about="A", needed="N"),
                 m.RequestedAgency(agency=scene.health, due=scene.now + timedelta(hours=4)))
    found = rows(scene, case)
    assert found[str(worker)][1] == "Works on it" and "01632960456" in found[str(worker)][2]
    assert found["Hana Example"][1] == "Was asked, not answered" and "01632960123" in found["Hana Example"][2]
    assert "Larkfield Primary School" in {row[0] for row in found.values()}


def test_whoever_only_sent_it_in_has_no_such_page(scene: Scene) -> None:
    case = scene.ready()
    assert scene.client("school-lead").get(f"/case/{case.reference}/people/").status_code == 404
