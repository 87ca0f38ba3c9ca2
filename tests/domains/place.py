"""A partnership with the agencies and people a test needs, and records made there."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from goldthread.access.actor import Actor, acting, system
from goldthread.orgs.models import Agency, Partnership
from goldthread.process import actions
from goldthread.process.actions import Writing
from goldthread.process.definition import Process
from goldthread.process.models import Ask, Case, ClockRow, Event
from tests.support import NOW, make_actor, make_agency, make_partnership


@dataclass
class Place:
    """Who is there. `now` may be moved on."""

    now: datetime = NOW
    partnership: Partnership = field(default_factory=make_partnership)

    def agency(self, kind: str, name: str) -> Agency:
        return make_agency(kind, partnership=self.partnership, name=name)

    def seat(self, role: str, agency: Agency | None = None) -> Actor:
        return make_actor(role, agency, self.partnership, now=self.now)

    def system(self) -> Any:
        return acting(system(self.partnership.pk))

    def begin(self, actor: Actor, process: Process, record: Any, *lines: Any, at: datetime | None = None) -> Case:
        record.happened_at = at or self.now
        with acting(actor):
            return actions.start(actor=actor, process=process, writing_=Writing(record, lines), now=self.now)

    def record(self, actor: Actor, case: Case, record: Any, *lines: Any, at: datetime | None = None,
               ask: Ask | None = None) -> Event:
        record.happened_at = at or self.now
        with acting(actor):
            return actions.record(actor=actor, case=case, step=case.process.step(record.step_key()), ask=ask,
                                  writing_=Writing(record, lines), now=self.now)

    def fresh(self, case: Case) -> Case:
        with self.system():
            return Case.objects.get(pk=case.pk)

    def ask_of(self, case: Case, agency: Agency) -> Ask:
        with self.system():
            return Ask.objects.get(case=case, agency=agency, answered_at=None)

    def clock(self, case: Case, name: str) -> ClockRow:
        with self.system():
            return ClockRow.objects.filter(case=case, name=name).latest("cycle")

    def event(self, case: Case, record: Any) -> Event:
        with self.system():
            return Event.objects.filter(case=case, step=record.step_key(), replaced_by=None).latest("pk")
