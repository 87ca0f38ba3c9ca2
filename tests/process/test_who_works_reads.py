"""Whoever a case is given to reads the people it is about, while it is theirs and open; a restricted case lets nobody in."""
from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from goldthread.access.actor import Actor, acting
from goldthread.domains.front_door import models as m
from goldthread.people.models import Person
from goldthread.process import confining, readers
from goldthread.process.models import Case
from tests.front_door.scene import Scene
from tests.support import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene(timezone.now())


@pytest.fixture
def worker(scene: Scene) -> Actor:
    return make_actor("social-worker", scene.council, scene.partnership, now=scene.now)


def known(scene: Scene, case: Case) -> int:
    with scene.system():
        return case.casepersons.values_list("person_id", flat=True).get()


def sees(actor: Actor, person: int) -> bool:
    with acting(actor):
        return Person.objects.filter(pk=person).exists()


def given(scene: Scene, worker: Actor, **more: Any) -> tuple[Case, int]:
    case = scene.ready(**more)
    person = known(scene, case)
    assert not sees(worker, person)
    scene.record(case, m.Allocation(worker=worker.user))
    return scene.fresh(case), person


def test_while_it_is_theirs(scene: Scene, worker: Actor) -> None:
    case, person = given(scene, worker)
    assert sees(worker, person)
    other = make_actor("social-worker", scene.council, scene.partnership, now=scene.now)
    scene.record(case, m.Allocation(worker=other.user))
    assert sees(other, person) and not sees(worker, person)


def test_no_longer_than_it_is_open(scene: Scene, worker: Actor) -> None:
    case, person = given(scene, worker)
    scene.record(case, m.Decision(level="1", detail="no-further-action", outcome="nfa", rationale="None",
                                  without_partners="Not needed"))
    scene.record(case, m.AnswerToReferrer(told="We looked carefully."))
    assert scene.fresh(case).closed_at and not sees(worker, person)
    assert sees(scene.seats["mash-worker"], person), "the front door still finds whom it knows"


def test_a_restricted_case_lets_nobody_in(scene: Scene, worker: Actor) -> None:
    case = scene.ready()
    person = known(scene, case)
    confining.restrict(actor=scene.seats["mash-manager"], case=case, named=[scene.seats["mash-manager"].user.pk],
                     reason="A colleague's family", now=scene.now)
    scene.record(case, m.Allocation(worker=worker.user))
    assert not sees(worker, person)


def test_negative_control_without_it_nobody_is_let_in(scene: Scene, worker: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "follow_work", lambda people: None)
    _, person = given(scene, worker)
    assert not sees(worker, person)
