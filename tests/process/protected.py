"""A contact with everything on it, and every row of it that somebody sees, table by table."""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from goldthread.access.actor import Actor, acting, actor_for
from goldthread.access.models import without_application_filter
from goldthread.domains.front_door import models as m
from goldthread.people.models import Person
from goldthread.process.models import Ask, Case, CasePerson, ClockRow, Event
from goldthread.process.readers import casework_tables
from tests.front_door.scene import Scene
from tests.support import NOW, make_actor

TABLES = (Case, Event, Ask, CasePerson, ClockRow, *casework_tables())


@dataclass
class Place:
    """The scene with somebody in every other part: two privacy officers, a social worker, a second school's lead."""

    scene: Scene
    social_worker: Actor
    other_social_worker: Actor
    officer: Actor
    other_officer: Actor

    @property
    def manager(self) -> Actor:
        return self.scene.seats["mash-manager"]

    @property
    def worker(self) -> Actor:
        return self.scene.seats["mash-worker"]

    @property
    def school(self) -> Actor:
        return self.scene.seats["school-lead"]

    @property
    def police(self) -> Actor:
        return self.scene.seats["police-partner"]

    def everyone(self) -> list[Actor]:
        return [*self.scene.seats.values(), self.social_worker, self.other_social_worker, self.officer, self.other_officer]

    def full(self) -> Case:
        """A contact with each thing recorded on it once: asked of police and health, answered by police."""
        case = self.scene.ready(domestic_abuse=True)
        scene, due = self.scene, NOW + timedelta(hours=4)
        scene.record(case, m.InformationRequest(purpose="To find out", lawful_basis="public-task", about="Amira Sample",
                                                needed="What you know"),
                     m.RequestedAgency(agency=scene.police, due=due), m.RequestedAgency(agency=scene.health, due=due))
        scene.record(case, m.PartnerReply(answer="known", information="Called to the home twice", may_share="desk"),
                     by="police-partner", ask=scene.ask_of(case, scene.police))
        scene.record(case, m.Message(about="other", text="Please ring us"))
        scene.record(case, m.NewInformation(information="A second bruise"), by="school-lead")
        return scene.fresh(case)

    def person(self, case: Case) -> Person:
        with self.scene.system():
            return Person.objects.get(in_cases__case=case)


def make_place() -> Place:
    scene = Scene(NOW)
    here = scene.partnership
    def seat(role: str) -> Actor:
        return make_actor(role, scene.council, here)
    return Place(scene, seat("social-worker"), seat("social-worker"), seat("privacy-officer"), seat("privacy-officer"))


def again(actor: Actor, now: datetime = NOW) -> Actor:
    """The same person on their next request, at `now`."""
    return actor_for(actor.appointment, now=now)


def seen(actor: Actor, case: Case, *, now: datetime = NOW) -> Counter[str]:
    """How many rows of a case somebody sees in each table, both nets on; the same when only the database's is."""
    with acting(again(actor, now)):
        found = _rows(case)
        with without_application_filter():
            assert _rows(case) == found, "the two nets disagree"
    return found


def everything(case: Case, scene: Scene) -> Counter[str]:
    with scene.system():
        return _rows(case)


def _rows(case: Case) -> Counter[str]:
    found: Counter[str] = Counter()
    for table in TABLES:
        rows: Any = table.objects.filter(**{"pk" if table is Case else "case_id": case.pk})
        found[table.__name__] = rows.count()
    return +found
