"""A right that is taken away is gone with the very next request of the same session."""
from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from goldthread.access.models import BreakGlass
from goldthread.orgs.models import Appointment, Participation, User
from goldthread.people import actions as people
from goldthread.process import confining
from tests.matrix.asking import Asking, what
from tests.matrix.oracle import Expected
from tests.matrix.situations import Maker, allocate
from tests.matrix.world import Viewer, World

pytestmark = pytest.mark.django_db
Take = Callable[[World, Viewer, str], Any]
YESTERDAY = timedelta(days=1)


def _seat(**values: Any) -> Take:
    def take(world: World, viewer: Viewer, case: str) -> None:
        assert viewer.actor
        Appointment.objects.filter(pk=viewer.actor.appointment.pk).update(**values)
    return take


def _end_seat(world: World, viewer: Viewer, case: str) -> None:
    _seat(ends=timezone.localdate() - YESTERDAY)(world, viewer, case)


def _close_account(world: World, viewer: Viewer, case: str) -> None:
    assert viewer.actor
    User.objects.filter(pk=viewer.actor.user.pk).update(is_active=False)


def _end_part(world: World, viewer: Viewer, case: str) -> None:
    assert viewer.actor
    Participation.objects.filter(agency=viewer.actor.agency, partnership=world.here).update(
        until=timezone.localdate() - YESTERDAY)


def _restrict(world: World, viewer: Viewer, case: str) -> None:
    manager, found = world.staff["manager"], world.fresh(world.cases[case])
    confining.restrict(actor=manager, case=found, named=[manager.user.pk], reason="Kept", now=world.now)


def _restrict_person(world: World, viewer: Viewer, case: str) -> None:
    manager, person = world.staff["manager"], world.cases[case].person
    assert person
    people.restrict_person(actor=manager, now=world.now, person=person, named=[manager.user.pk], reason="Kept")


def _deny(world: World, viewer: Viewer, case: str) -> None:
    person = world.cases[case].person
    assert viewer.actor and person
    people.deny(actor=world.staff["guard"], now=world.now, person=person, user=viewer.actor.user.pk, reason="Niece")


def _give_to_another(world: World, viewer: Viewer, case: str) -> None:
    maker = Maker(world)
    maker.manager = world.staff["manager"]
    allocate(maker, world.cases[case], world.staff["manager"])


def _hour_over(world: World, viewer: Viewer, case: str) -> None:
    assert viewer.actor
    BreakGlass.objects.filter(user=viewer.actor.user).update(until=timezone.now())


def _cover_over(world: World, viewer: Viewer, case: str) -> None:
    assert viewer.actor
    Appointment.objects.filter(covered_by=viewer.actor.appointment).update(cover_until=timezone.localdate() - YESTERDAY)


OWN = {"school-lead": "open school", "gp": "open gp-practice", "police-partner": "open police", "partner": "open housing",
       "health-visitor": "open community-trust", "health-partner": "open community-trust",
       "social-worker": "open council", "early-help-worker": "open council", "mash-worker": "open housing",
       "mash-manager": "open housing"}
ANY: tuple[Take, ...] = (_end_seat, _close_account, _end_part, _restrict, _restrict_person, _deny, _seat(role="scrutineer"))
CASES: list[tuple[str, str, Take]] = [
    *((role, case, take) for role, case in OWN.items() for take in ANY),
    *((role, f"allocated {role}", _give_to_another) for role in ("social-worker", "early-help-worker")),
    *((role, "glass", _hour_over) for role in ("social-worker", "early-help-worker")),
    ("social-worker", "covered", _cover_over),
    ("analyst", "restricted, named", _restrict), ("board-member", "about a named person", _deny)]


@pytest.mark.parametrize("role,case,take", CASES,
                         ids=[f"{r}-{t.__name__.strip('_')}-{n}" for n, (r, _, t) in enumerate(CASES)])
def test_gone_with_the_next_request(world: World, role: str, case: str, take: Take) -> None:
    asking, viewer = Asking(world), world.viewers[role]
    url = f"/case/{world.cases[case].reference}/"
    assert what(asking.answer(viewer, "GET", url)) is Expected.OPEN
    take(world, viewer, case)
    after = asking.answer(viewer, "GET", url)
    assert what(after) in (Expected.HIDDEN, Expected.SIGN_IN, Expected.NO_SEAT)
    if what(after) is Expected.HIDDEN:
        assert asking.faults_of_hidden(viewer, after, url) == []


def test_negative_control_a_right_that_stays_is_noticed(world: World) -> None:
    asking, viewer = Asking(world), world.viewers["school-lead"]
    url = f"/case/{world.cases['open school'].reference}/"
    _seat(title="Deputy head")(world, viewer, "")
    assert what(asking.answer(viewer, "GET", url)) is Expected.OPEN


def test_an_ask_no_longer_wanted_by_a_role_that_does_not_answer_any_more(world: World) -> None:
    asking, viewer = Asking(world), world.viewers["police-partner"]
    url = f"/asked/{world.cases['asked'].asks[viewer.agency]}/"
    assert what(asking.answer(viewer, "GET", url)) is Expected.OPEN
    _seat(role="board-member")(world, viewer, "")
    assert what(asking.answer(viewer, "GET", url)) is Expected.HIDDEN
