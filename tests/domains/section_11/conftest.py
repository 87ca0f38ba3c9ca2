"""A partnership's office and two agencies, each with a lead and two seniors."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from goldthread.access.actor import Actor, acting
from goldthread.domains.section_11 import models as m
from goldthread.domains.section_11.framework import framework_on, standards
from goldthread.domains.section_11.process import SECTION_11
from goldthread.orgs.models import Agency
from goldthread.process import campaigns
from goldthread.process.actions import Writing
from goldthread.process.models import Campaign, Case
from tests.domains.place import Place


@dataclass
class Scene:
    """Who is there; `place.now` is the real time, since pages ask the clock themselves."""

    place: Place

    def __post_init__(self) -> None:
        place = self.place
        self.office = place.seat("business-manager", place.agency("partnership-office", "Northbridge Partnership"))
        self.police = place.agency("police", "Northbridge Police")
        self.trust = place.agency("acute-trust", "Northbridge Hospital")
        self.lead, self.senior = place.seat("agency-lead", self.police), place.seat("agency-senior", self.police)
        self.second = place.seat("agency-senior", self.police)
        self.other_lead, self.other_senior = place.seat("agency-lead", self.trust), place.seat("agency-senior", self.trust)

    def launch(self, *agencies: Agency, by: Actor | None = None, title: str = "Round 2026", days: int = 30) -> Campaign:
        now = self.place.now

        def first(agency: Agency, campaign: Campaign) -> Writing:
            return Writing(m.Section11Request(agency=agency, round=campaign.title, due=campaign.due, happened_at=now,
                                              framework=framework_on(now.date()).key))
        actor = by or self.office
        with acting(actor):
            return campaigns.launch(actor=actor, process=SECTION_11, title=title, agencies=agencies, now=now,
                                    due=now + timedelta(days=days), first=first)

    def case_of(self, campaign: Campaign, agency: Agency) -> Case:
        with self.place.system():
            return Case.objects.get(campaign=campaign, about_agency=agency)

    def lines(self, score: str = "2", without: str = "") -> list[Any]:
        return [m.StandardAnswer(standard=code, statement="We do", evidence="It is written down", score=score,
                                 action="We will do more" if score in "01" else "")
                for code, _ in standards(self.place.now.date()) if code != without]

    def answered(self, case: Case, score: str = "2") -> Case:
        self.place.record(self.lead, case, m.Section11Return(author="A. Lead", summary="A year"), *self.lines(score))
        self.place.record(self.senior, case, m.Section11SignOff(position="Chief"))
        self.place.record(self.lead, case, m.Section11Submission())
        return self.place.fresh(case)


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene(Place(now=timezone.now()))
