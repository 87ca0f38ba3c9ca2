"""An allegation about a teaching assistant, reported by a school; and everybody who must not learn of it."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from goldthread.access.actor import Actor
from goldthread.domains.allegations import models as m
from goldthread.domains.allegations.process import ALLEGATIONS
from goldthread.process.models import Case
from tests.domains.place import Place


@dataclass
class Scene:
    """Who is there; `place.now` is the real time, since pages ask the clock themselves."""

    place: Place

    def __post_init__(self) -> None:
        place = self.place
        self.council = place.agency("childrens-services", "Northbridge Council")
        self.school = place.agency("school", "Larkfield Primary School")
        self.police_force = place.agency("police", "Northbridge Police")
        self.officer = place.seat("lado", self.council)
        self.head, self.colleague = place.seat("school-lead", self.school), place.seat("school-lead", self.school)
        self.police = place.seat("agency-lead", self.police_force)
        self.constable = place.seat("police-partner", self.police_force)
        self.workers = {role: place.seat(role, self.council) for role in (
            "mash-worker", "mash-manager", "social-worker", "team-manager", "conference-chair", "early-help-worker",
            "business-manager", "exploitation-lead")}

    def report(self, by: Actor | None = None, **given: Any) -> Case:
        values = {"given": "Quentin", "family": "Madeupson", "born_on": date(1990, 5, 3), "job": "Teaching assistant",
                  "sector": "school", "employer": "Larkfield Primary School", "what": "Held a child by the arm",
                  "safe_now": "He is not with children today", "knows": False, "reporter": "A. Head",
                  "reporter_phone": "01632 960001", "known_at": self.place.now - timedelta(hours=3)} | given
        return self.place.begin(by or self.head, ALLEGATIONS, m.AllegationReport(**values),
                                at=self.place.now - timedelta(hours=1))

    def met(self, case: Case) -> Case:
        self.place.record(self.officer, case, m.Threshold(decision="allegation", criterion="harmed",
                                                          reason="A mark was seen"))
        return self.place.fresh(case)


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene(Place(now=timezone.now()))
