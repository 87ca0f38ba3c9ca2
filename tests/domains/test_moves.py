"""A child's new address is told to those who work with the child, and a move between areas is offered."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import Refused, acting, writing
from goldthread.access.organisation import partnership as settings
from goldthread.domains.missing.models import MissingWorker
from goldthread.flows import moves
from goldthread.notify.models import InboxNotice
from goldthread.orgs.bounds import inside
from goldthread.orgs.models import Partnership
from goldthread.people import actions as people
from goldthread.people.actions import after_move
from goldthread.people.models import Address
from goldthread.process.models import Case
from goldthread.process.moves import TOLD
from tests.domains.scene import Scene
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db
TODAY, BEFORE = timedelta(0), timedelta(days=400)


@pytest.fixture
def scene() -> Scene:
    return Scene(timezone.now())


def live(scene: Scene, person: Any, line1: str, ago: timedelta, by: str = "lead", **more: Any) -> None:
    people.add_address(actor=scene.seats[by], now=scene.now, person=person.pk, line1=line1,
                       since=(scene.now - ago).date(), **more)


def told(scene: Scene) -> set[int]:
    with scene.system():
        return set(InboxNotice.objects.filter(kind="new-address").values_list("user_id", flat=True))


def test_whoever_works_with_the_child_is_told(scene: Scene) -> None:
    una = scene.person("Una")
    live(scene, una, "1 Old Street", BEFORE)
    case = scene.missing(una)
    live(scene, una, "2 New Street", TODAY)
    desk = {scene.seats[who].user.pk for who in ("worker", "other")}
    assert told(scene) == desk, "the desk, but for whoever recorded it"
    scene.record(case, MissingWorker(worker=scene.seats["worker"].user), by="lead")
    live(scene, una, "3 Newer Street", TODAY)
    with scene.system():
        last = list(InboxNotice.objects.filter(kind="new-address").order_by("pk").values_list("user_id", flat=True))
    assert last[len(desk):] == [scene.seats["worker"].user.pk], "the one worker it was given to"


@pytest.mark.parametrize("which", ["first address", "safe address", "closed", "another person", "switched off"])
def test_nobody_is_told_of_what_is_no_move(scene: Scene, which: str, monkeypatch: pytest.MonkeyPatch) -> None:
    una, other = scene.person("Una"), scene.person("Otto")
    if which != "first address":
        live(scene, una, "1 Old Street", BEFORE)
        live(scene, other, "1 Old Street", BEFORE)
    case = scene.missing(una)
    if which == "closed":
        with scene.system(), writing():
            Case.objects.filter(pk=case.pk).update(closed_at=scene.now)
    if which == "switched off":
        monkeypatch.setattr(people.homes, "after_move", [])
    live(scene, other if which == "another person" else una, "2 New Street", TODAY, safe=which == "safe address")
    assert told(scene) == set()
    assert after_move or which == "switched off"


def words(scene: Scene) -> str:
    """What was told last."""
    with scene.system():
        return str(InboxNotice.objects.filter(kind="new-address").order_by("pk").last().text)  # type: ignore[union-attr]


def own(scene: Scene, districts: str) -> None:
    administrator = make_actor("administrator", scene.seats["lead"].agency, scene.partnership, now=scene.now)
    settings.set_districts(actor=administrator, districts=districts)
    scene.partnership.refresh_from_db()
    for actor in scene.seats.values():
        actor.partnership.refresh_from_db()


@pytest.mark.parametrize("districts,postcode,told_so,said,offered", [
    ("ZZ1 ZZ2", "ZZ60 1AA", False, moves.OUTSIDE, True), ("ZZ1, ZZ60", "ZZ60 1AA", True, moves.WITHIN, False),
    ("", "ZZ60 1AA", None, moves.NOT_KNOWN, True), ("ZZ1 ZZ2", "", None, moves.NOT_KNOWN, True)])
def test_whether_the_new_home_is_out_of_the_area_is_said_and_then_the_move_is_offered(
        scene: Scene, districts: str, postcode: str, told_so: bool | None, said: str, offered: bool) -> None:
    una = scene.person("Una")
    live(scene, una, "1 Old Street", BEFORE, postcode="ZZ1 1AA")
    case = scene.exploitation(una)
    own(scene, districts)
    live(scene, una, "2 New Street", TODAY, postcode=postcode)
    assert words(scene) == TOLD[told_so]
    page = client_for(scene.seats["worker"]).get(reverse("case", args=[case.reference])).content.decode()
    assert "The child has moved" in page and said in page
    with acting(scene.seats["worker"]):
        now = Case.objects.get(pk=case.pk)
        assert moves.moved(now) is offered
        carried = [offer.carry(now) for offer in moves.MOVES if offer.after == "exploitation" and offer.carry]
    assert (carried[0].get("direction") == "out") is (said == moves.OUTSIDE)


@pytest.mark.parametrize("districts,postcode,within", [
    ("EC1 N1", "EC1A 1BB", True), ("EC1A", "EC1V 4AA", False), ("N1", "N11 1AA", False), ("N1", "N1 9GU", True),
    ("N1", "nonsense", None), ("", "N1 9GU", None)])
def test_a_district_stands_for_its_parts_and_for_no_other(districts: str, postcode: str, within: bool | None) -> None:
    assert inside(Partnership(districts=districts), postcode) is within


def test_what_is_no_district_is_not_kept(scene: Scene) -> None:
    for wrong in ("Northtown", "N1 9GU", "N"):
        with pytest.raises(ValidationError, match="not the first half of a postcode"):
            own(scene, f"N4 {wrong}")
    with pytest.raises(Refused):
        settings.set_districts(actor=scene.seats["lead"], districts="N1")
    own(scene, " n1,n4\nN1 ")
    assert scene.partnership.districts == "N1 N4"


def test_a_move_is_offered_on_the_case_and_recorded_on_the_childs_page(scene: Scene) -> None:
    """By the page: the old address ends, the case offers the move, and what help the child has goes along."""
    una = scene.person("Una")
    live(scene, una, "1 Old Street", BEFORE)
    case = scene.exploitation(una)
    with acting(scene.seats["worker"]):
        assert not moves.moved(Case.objects.get(pk=case.pk))
    page = client_for(scene.seats["worker"])
    url = reverse("person_address", args=[una.reference])
    assert "1 Old Street" in page.get(url).content.decode()
    today = timezone.localdate()
    sent = {"line1": "2 New Street", "town": "Otherton", "postcode": "", "left": "yes", "since_day": today.day,
            "since_month": today.month, "since_year": today.year}
    assert page.post(url, {**sent, "line1": ""}).status_code == 200
    assert page.post(url, sent).status_code == 302
    with acting(scene.seats["worker"]):
        homes = {home.line1: home.until for home in Address.objects.filter(person=una)}
        assert homes == {"1 Old Street": today, "2 New Street": None}
        assert moves.moved(Case.objects.get(pk=case.pk))
