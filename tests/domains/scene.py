"""A borough with its missing and exploitation desk, social care, a school and police, and cases of theirs."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any

from goldthread.access.actor import Actor, acting, system
from goldthread.domains.exploitation import models as x
from goldthread.domains.exploitation import subjects
from goldthread.domains.missing import models as m
from goldthread.orgs.models import Partnership
from goldthread.people.actions import add_person
from goldthread.people.models import Person
from goldthread.process import actions, registry
from goldthread.process.actions import Writing
from goldthread.process.models import Ask, Case, Event
from tests.support import NOW, make_actor, make_agency, make_partnership

_numbers = count(1)


@dataclass
class Scene:
    """Who is there: a lead and two workers at the desk, a social worker, a front door, a school and police."""

    now: datetime = NOW
    partnership: Partnership = field(default_factory=make_partnership)

    def __post_init__(self) -> None:
        council = make_agency("childrens-services", partnership=self.partnership, name=f"Invented Council {next(_numbers)}")
        self.school = make_agency("school", partnership=self.partnership)
        self.police = make_agency("police", partnership=self.partnership)
        seat = {"lead": "exploitation-lead", "worker": "exploitation-worker", "other": "exploitation-worker",
                "social": "social-worker", "manager": "team-manager", "front": "mash-manager"}
        self.seats: dict[str, Actor] = {who: make_actor(role, council, self.partnership, now=self.now)
                                        for who, role in seat.items()}
        self.seats["police"] = make_actor("police-partner", self.police, self.partnership, now=self.now)
        self.seats["school"] = make_actor("school-lead", self.school, self.partnership, now=self.now)

    def system(self) -> Any:
        return acting(system(self.partnership.pk))

    def person(self, given: str, born: date | None = date(2011, 5, 3), by: str = "lead") -> Person:
        return add_person(actor=self.seats[by], now=self.now, given=given, family="Exampleton", born_on=born, sex="F")

    def start(self, process: str, record: Any, *lines: Any, by: str = "worker", at: datetime | None = None,
              came_from: Case | None = None) -> Case:
        record.happened_at, actor = at or self.now, self.seats[by]
        with acting(actor):
            return actions.start(actor=actor, process=registry.get(process), writing_=Writing(record, lines),
                                 now=max(self.now, record.happened_at), came_from=came_from)

    def record(self, case: Case, record: Any, *lines: Any, by: str = "worker", at: datetime | None = None,
               ask: Ask | None = None) -> Event:
        record.happened_at, actor = at or self.now, self.seats[by]
        with acting(actor):
            return actions.record(actor=actor, case=case, step=case.process.step(record.step_key()), ask=ask,
                                  writing_=Writing(record, lines), now=max(self.now, record.happened_at))

    def fresh(self, case: Case) -> Case:
        with self.system():
            found: Case = Case.objects.get(pk=case.pk)
        return found

    def missing(self, *children: Person, at: datetime | None = None, by: str = "worker", **given: Any) -> Case:
        values = {"last_seen_at": at or self.now, "kind": "M", "reported_by": "A carer", "lives": "home",
                  "circumstances": "Did not come home from school", "trigger_plan": False} | given
        return self.start("missing", m.MissingReport(**values), *(m.MissingChild(person=c) for c in children), by=by, at=at)

    def exploitation(self, *children: Person, links: tuple[Any, ...] = (), by: str = "worker", **given: Any) -> Case:
        values = {"subject": "child", "harm": "criminal", "worry": "Men in a car wait for her", "referred_by": "A school"}
        return self.start("exploitation", x.ExploitationReferral(**(values | given)),
                          *(x.ReferredPerson(person=c) for c in children), *links, by=by)

    def place(self, name: str, by: str = "worker") -> x.Place:
        return subjects.add(actor=self.seats[by], model=x.Place, now=self.now, name=name, kind="premises")

    def group(self, name: str, by: str = "worker") -> x.Group:
        return subjects.add(actor=self.seats[by], model=x.Group, now=self.now, name=name, kind="gang")

    def level(self, case: Case, level: str) -> None:
        self.record(case, x.Screening(result="panel", score=40, analysis="Several signs"))
        self.record(case, x.RiskLevel(level=level, reason="What the signs add up to"))
