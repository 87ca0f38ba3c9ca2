"""A partnership's office, its three partners, its scrutineer, and a report begun."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from goldthread.access.actor import Actor, acting
from goldthread.domains.yearly_report import models as m
from goldthread.flows import yearly_report as flow
from goldthread.measure import periods
from goldthread.orgs.models import Participation
from goldthread.process.actions import Writing
from goldthread.process.models import Case
from tests.domains.place import Place

YEAR = periods.read("2025-2026")
ANSWERS = {"gives": "yes", "quality": "Children are seen sooner", "evidence": "An audit of invented files",
           "plans": "Train everybody again", "good_news": "“They listened to me”"}


@dataclass
class Scene:
    """Who is there; `place.now` is the real time, since pages ask the clock themselves."""

    place: Place

    def __post_init__(self) -> None:
        place = self.place
        self.office = place.seat("business-manager", place.agency("partnership-office", "Northbridge Partnership"))
        self.scrutineer = place.seat("scrutineer", place.agency("scrutiny", "Invented Scrutiny"))
        self.partners = [place.agency(kind, f"Northbridge {name}") for kind, name in (
            ("council", "Council"), ("icb", "Health Board"), ("police", "Police"))]
        Participation.objects.filter(agency__in=self.partners).update(statutory_partner=True)
        self.leads = [place.seat("lead-partner", agency) for agency in self.partners]
        self.answering = [place.seat("agency-lead", agency) for agency in self.partners]

    def begun(self, days: int = 30) -> Case:
        now = self.place.now
        with acting(self.office):
            return flow.commission(
                actor=self.office, year=YEAR, now=now, said={"aim": "What changed", "publish_on": now.date()},
                request={"freeze_at": now + timedelta(days=days + 5)},
                asked=[m.ContributionAgency(agency=agency, due=now + timedelta(days=days)) for agency in self.partners])

    def contribute(self, case: Case, who: Actor, **said: Any) -> Any:
        return self.place.record(who, case, m.Contribution(**ANSWERS | said), ask=self.place.ask_of(case, who.agency))

    def freeze(self, case: Case) -> Any:
        return self.by_flow(flow.freeze, case, m.DataFreeze())

    def publish(self, case: Case, by: Actor | None = None, **said: Any) -> Any:
        return self.by_flow(flow.publish, case, m.ReportPublished(**{"result": "published"} | said), by)

    def by_flow(self, do: Any, case: Case, record: Any, by: Actor | None = None) -> Any:
        actor, record.happened_at = by or self.office, self.place.now
        with acting(actor):
            return do(actor=actor, case=case, step=case.process.step(record.step_key()), writing_=Writing(record),
                      now=self.place.now)

    def drafted(self, case: Case) -> Case:
        self.by_flow(flow.ready, case, m.DraftReady(summary="The whole of it"))
        return case

    def commented(self, case: Case) -> Case:
        self.place.record(self.scrutineer, case, m.ScrutineerComment(view="supports", comment="It is honest"))
        return case

    def signed(self, case: Case, *leads: Actor) -> Case:
        for lead in leads or self.leads:
            self.place.record(lead, case, m.LeadSignOff(position="Chief"))
        return case

    def ready(self) -> Case:
        """Up to the point where it may be published."""
        case = self.begun()
        self.freeze(case)
        return self.signed(self.commented(self.drafted(case)))


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Files are not drawn here: that a report comes out in every form is held by the tests of the document."""
    monkeypatch.setattr("goldthread.reports.yearly.versions.forms", lambda made, freeze, tell=None: {
        "report.html": ("text/html", f"<h1>{made.title}</h1>".encode())})
    return Scene(Place(now=timezone.now()))
