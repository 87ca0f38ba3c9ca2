"""A panel with its people, beside the front door's scene, and a meeting of it."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from goldthread.access.actor import Actor, acting
from goldthread.meeting import actions
from goldthread.meeting.models import AgendaItem, Body, Meeting
from goldthread.process.models import Case
from tests.front_door.scene import Scene
from tests.support import make_actor


@dataclass
class Panel:
    """A panel that social care's desk looks after: the hub's manager chairs, its worker writes the minutes, police sit by
    one person named, health by whoever answers for it. The school that sent the case in does not sit.
    """

    now: datetime
    scene: Scene = field(init=False)
    body: Body = field(init=False)

    def __post_init__(self) -> None:
        self.scene = Scene(self.now)
        scene, here = self.scene, self.scene.partnership
        self.runner = make_actor("team-manager", scene.council, here, now=self.now)
        self.business = make_actor("business-manager", scene.council, here, now=self.now)
        self.other_police = make_actor("police-partner", scene.police, here, now=self.now)
        with acting(self.runner):
            self.body = actions.add_body(
                actor=self.runner, name="Northbridge risk panel", kind="panel", desk="social-care",
                chair=self.chair.appointment, secretary=self.secretary.appointment, now=self.now, rhythm="Monthly")
        since = (self.now - timedelta(days=90)).date()
        for agency, person in ((scene.police, self.police.user), (scene.health, None)):
            actions.seat_member(actor=self.runner, body=self.body, agency=agency, person=person, since=since, now=self.now)
        actions.set_quorum(actor=self.runner, body=self.body, agencies=2, words="Two agencies", valid_from=since,
                           now=self.now)

    @property
    def chair(self) -> Actor:
        return self.scene.seats["mash-manager"]

    @property
    def secretary(self) -> Actor:
        return self.scene.seats["mash-worker"]

    @property
    def police(self) -> Actor:
        return self.scene.seats["police-partner"]

    @property
    def health(self) -> Actor:
        return self.scene.seats["health-partner"]

    @property
    def school(self) -> Actor:
        return self.scene.seats["school-lead"]

    def meeting(self, at: datetime | None = None, **more: Any) -> Meeting:
        at = at or self.now - timedelta(minutes=10)
        return actions.plan_meeting(actor=self.runner, body=self.body, planned_at=at, now=self.now, **more)

    def item(self, meeting: Meeting, title: str = "Data for the quarter", *, case: Case | None = None,
             by: Actor | None = None) -> AgendaItem:
        kind = AgendaItem.CASE if case else AgendaItem.PAPER
        return actions.add_item(actor=by or self.secretary, meeting=meeting, title=title, kind=kind, case=case, now=self.now)
