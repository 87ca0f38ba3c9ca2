"""Figures and files of every process's list: counted by hand, made safe for outsiders, kept from whom they must be."""
from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from goldthread.access import audit
from goldthread.access.actor import acting
from goldthread.access.policy import ROLES, May
from goldthread.domains.private_fostering import models as m
from goldthread.domains.private_fostering.process import PRIVATE_FOSTERING
from goldthread.process import confining, mending
from goldthread.process.definition import Process
from goldthread.process.law import Law
from goldthread.process.models import Case
from goldthread.process.registry import all_processes
from goldthread.process.rights import works_on
from goldthread.web import counts
from goldthread.web.casework import figures
from tests.domains.scene import Scene
from tests.support import client_for, make_actor

pytestmark = pytest.mark.django_db
OTHERS = [process for process in all_processes() if process.key != "front-door"]
DAY = timedelta(days=1)


@pytest.fixture
def scene() -> Scene:
    return Scene(timezone.now())


@pytest.fixture
def year(scene: Scene) -> list[Case]:
    """Three children privately fostered: one seen in time, one late, one not seen and overdue."""
    cases = []
    for name, since, seen in (("Ada", 100, 97), ("Bo", 60, 45), ("Cy", 20, None)):
        child, begun = scene.person(name, by="manager"), scene.now - since * DAY
        notice = m.FosteringNotice(arrangement="running", told_by="A neighbour", about="Stays with an aunt",
                                   carer="An Example")
        case = scene.start("private-fostering", notice, m.FosteredPerson(person=child, capacity="child"), by="social",
                           at=begun)
        if seen is not None:
            scene.record(case, visit(), by="manager", at=scene.now - seen * DAY)
        cases.append(case)
    return cases


def visit() -> m.FosteringVisit:
    return m.FosteringVisit(kind="first", seen_alone=True, child_voice="I like my room", who="The carer", premises="Warm",
                            report="All is well")


def shown(actor: Any, key: str = "private-fostering") -> dict[str, Any]:
    answer = client_for(actor).get(f"/work/{key}/figures/")
    assert answer.status_code == 200, key
    found = answer.context
    return {"tiles": {tile.label: str(tile.number) for tile in found["tiles"]},
            "limits": {row[0]: row[1:] for row in found["limits"].rows},
            "charts": {each.title: {words: [s.values[at] for s in each.series] for at, words in enumerate(each.labels)}
                       for each in found["charts"]}, "html": answer.content.decode()}


def test_every_number_counted_by_hand(scene: Scene, year: list[Case]) -> None:
    found = shown(scene.seats["manager"])
    assert found["tiles"]["Open now"] == "3" and found["tiles"]["Begun in the last 52 weeks"] == "3"
    assert found["tiles"]["Closed in the last 52 weeks"] == "0" and found["tiles"]["Nobody has them"] == "3"
    kept, overdue, running = found["limits"]["First visit: child lives there"]
    assert (kept, overdue, running) == ("33% (1 of 3)", "1", "0")
    assert sum(begun for begun, _ in found["charts"]["Begun and closed"].values()) == 3
    assert sum(n for [n] in found["charts"]["Where the open ones stand"].values()) == 3
    assert sum(n for [n] in found["charts"][PRIVATE_FOSTERING.first.name].values()) == 3


def test_with_more_time_what_is_late_by_law_is_late(scene: Scene, year: list[Case], monkeypatch: Any) -> None:
    manager = scene.seats["manager"]
    given = {"clock": "First visit: child lives there", "reason": "The family is away", "until": scene.now + 5 * DAY}

    def counted() -> list[str]:
        found: list[str] = shown(manager)["limits"]["First visit: child lives there"]
        return found
    mending.extend(actor=manager, case=year[2], now=scene.now, **given)
    assert counted() == ["33% (1 of 3)", "1", "0"]
    page = client_for(manager).get(reverse("case_todo", args=[year[2].reference])).content.decode()
    assert "More time was given: The family is away" in page and "Late by law" in page
    monkeypatch.setattr(Law, "fixes", lambda *a: False)
    mending.extend(actor=manager, case=year[2], now=scene.now, **given)
    assert counted() == ["50% (1 of 2)", "0", "1"], "without the look at the law it would count as in time"


def test_a_restricted_record_is_in_no_number_of_whoever_may_not_see_it(scene: Scene, year: list[Case]) -> None:
    confining.restrict(actor=scene.seats["manager"], case=year[0], named=[scene.seats["manager"].user.pk], reason="Kept",
                       now=scene.now)
    other = make_actor("team-manager", scene.seats["manager"].agency, scene.partnership, now=scene.now)
    assert shown(other)["tiles"]["Open now"] == "2" and shown(scene.seats["manager"])["tiles"]["Open now"] == "3"


def test_for_who_sees_figures_only_they_are_whole_and_safe(scene: Scene, year: list[Case], monkeypatch: Any) -> None:
    confining.restrict(actor=scene.seats["manager"], case=year[0], named=[scene.seats["manager"].user.pk], reason="Kept",
                       now=scene.now)
    analyst = make_actor("analyst", scene.seats["manager"].agency, scene.partnership, now=scene.now)
    found = shown(analyst)
    assert found["tiles"]["Open now"] == "1 to 7"
    assert found["limits"]["First visit: child lives there"][0] == "Too few to say"
    assert "/work/private-fostering/?" not in found["html"] and year[1].reference not in found["html"]
    monkeypatch.setattr(counts, "safe", lambda n: n)
    assert shown(analyst)["charts"]["Where the open ones stand"], "the page is drawn from what safe() lets through"
    assert sum(n for [n] in shown(analyst)["charts"]["Where the open ones stand"].values()) == 3, "the negative control"


@pytest.mark.parametrize("process", OTHERS, ids=lambda process: process.key)
def test_whose_figures_they_are(scene: Scene, process: Process) -> None:
    """By role: those who work on it, those who see figures; nobody who works with children's records of a hidden one."""
    council = scene.seats["manager"].agency
    for role in ("team-manager", "lado", "analyst", "board-member", "mash-manager", "gp", "social-worker"):
        actor = make_actor(role, council, scene.partnership, now=scene.now)
        may = ROLES[role].may
        hidden = process.key == "allegations" and May.FIND_PEOPLE in may
        wanted = 200 if works_on(actor, process) or (May.SEE_FIGURES in may and not hidden) else 404
        assert client_for(actor).get(f"/work/{process.key}/figures/").status_code == wanted, role
        listed = client_for(actor).get("/figures/")
        assert (listed.status_code == 200) == (May.SEE_FIGURES in may)
        if listed.status_code == 200:
            assert (f"/work/{process.key}/figures/" in listed.content.decode()) == (wanted == 200), role


def test_negative_control_hidden_figures_without_the_rule(scene: Scene, monkeypatch: Any) -> None:
    monkeypatch.setattr(figures, "may_count", lambda actor, process: actor.may(May.SEE_FIGURES))
    assert client_for(scene.seats["manager"]).get("/work/allegations/figures/").status_code == 200


@pytest.mark.parametrize("process", all_processes(), ids=lambda process: process.key)
def test_every_list_is_taken_away_by_those_whose_list_it_is(scene: Scene, process: Process) -> None:
    for actor in scene.seats.values():
        for kind in ("csv", "xlsx"):
            status = client_for(actor).get(f"/work/{process.key}/list.{kind}").status_code
            assert status == (200 if works_on(actor, process) else 404), (process.key, actor.role)
    assert client_for(scene.seats["manager"]).get(f"/work/{process.key}/list.pdf").status_code == 404


def test_the_file_holds_what_the_list_shows_and_each_record_is_written_down(scene: Scene, year: list[Case]) -> None:
    manager = scene.seats["manager"]
    confining.restrict(actor=manager, case=year[0], named=[manager.user.pk], reason="Kept", now=scene.now)
    other = make_actor("team-manager", manager.agency, scene.partnership, now=scene.now)
    answer = client_for(other).get("/work/private-fostering/list.csv?due=overdue")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0][:2] == ["Reference", PRIVATE_FOSTERING.subject] and {line[0] for line in lines[1:]} <= {
        case.reference for case in year[1:]} and year[2].reference in {line[0] for line in lines[1:]}
    with scene.system():
        taken = [row["why"] for row in audit.readings("case", year[2].pk)]
        assert "list taken away" in taken and "list taken away" not in [
            row["why"] for row in audit.readings("case", year[0].pk)]
    with acting(other):
        assert [row["people"] for row in audit.readings_by(other.user.pk, since=scene.now - DAY)
                if row["ref"] == year[2].pk] == [[year[2].casepersons.get().person_id]]
