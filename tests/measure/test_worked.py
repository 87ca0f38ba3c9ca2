"""Figures of the partnership's own meetings and thread: recorded through actions, counted by hand."""
from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from goldthread.access.actor import acting, system
from goldthread.exchange.facts import scorecard
from goldthread.measure.models import Counted
from goldthread.meeting import actions as meetings
from goldthread.thread import actions
from goldthread.thread.models import Action
from tests.front_door.scene import Scene
from tests.support import NOW, client_for, make_actor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONTH = 202611


class Partnership:
    """A subgroup of three agencies that the business manager looks after, and a finding with what followed."""

    def __init__(self) -> None:
        self.scene = Scene(NOW)
        self.here = self.scene.partnership
        self.manager = make_actor("business-manager", self.scene.council, self.here)
        self.police, self.health = self.scene.seats["police-partner"], self.scene.seats["health-partner"]
        self.group = meetings.add_body(actor=self.manager, name="Learning subgroup", kind="subgroup", desk="assurance",
                                       chair=self.manager.appointment, now=NOW)
        for agency in (self.scene.police, self.scene.health, self.scene.council):
            meetings.seat_member(actor=self.manager, body=self.group, agency=agency, person=None,
                                 since=(NOW - 90 * DAY).date(), now=NOW)

    def meet(self, **came: str) -> Any:
        meeting = meetings.plan_meeting(actor=self.manager, body=self.group, planned_at=NOW - timedelta(hours=1), now=NOW)
        for agency, how in came.items():
            meetings.mark_attendance(actor=self.manager, meeting=meeting, agency=getattr(self.scene, agency), attended=how,
                                     who="", now=NOW)
        return meeting

    def give(self, due: timedelta, **more: Any) -> Action:
        return actions.give(actor=self.manager, what="Ask fathers", agency=self.scene.police, due=(NOW + due).date(),
                            now=NOW, **more)

    def number(self, key: str) -> tuple[float, float | None]:
        with acting(system(self.here.pk)):
            row = Counted.objects.filter(indicator=key, kind="month", end=MONTH).first()
        return (row.numerator, row.denominator) if row else (0, 0)


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Partnership:
    settings.MEDIA_ROOT = tmp_path / "media"
    return Partnership()


def test_members_are_expected_guests_are_not_and_nobody_at_a_meeting_that_was_cancelled(place: Partnership) -> None:
    place.meet(police="attended", health="deputy", school="attended")  # the council is a member and nothing is written of it
    cancelled = place.meet(police="attended")
    meetings.cancel_meeting(actor=place.manager, meeting=cancelled, reason="No room", now=NOW)
    place.meet()  # nothing was written down: not yet held
    scorecard.update(place.here.pk, NOW, whole=True)
    assert place.number("group-attendance") == (2, 3)


def test_actions_in_time_late_and_not_yet_due_and_those_of_findings_by_themselves(place: Partnership) -> None:
    finding = actions.add_finding(actor=place.manager, source="Audit of 12 files", theme="Neglect", what="x", now=NOW)
    called_for = actions.recommend(actor=place.manager, finding=finding, what="Ask both parents", now=NOW)
    actions.recommend(actor=place.manager, finding=finding, what="Nothing follows yet", now=NOW)
    done = place.give(DAY, recommendation=called_for)
    late = place.give(DAY)
    place.give(9 * DAY)
    dropped = place.give(2 * DAY)
    actions.drop(actor=place.manager, action=dropped, reason="Not needed", now=NOW)
    scorecard.update(place.here.pk, NOW, whole=True)
    assert place.number("actions-in-time") == (0, 0)
    evidence = actions.give_evidence(actor=place.police, action=done, what="They were asked", now=NOW)
    actions.judge(actor=place.manager, evidence=evidence, enough=True, now=NOW)
    actions.close(actor=place.manager, action=done, reason="Done", now=NOW)
    actions.note_impact(actor=place.police, action=done, difference="Fathers come", known_by="Audit", now=NOW)
    scorecard.update(place.here.pk, NOW + 3 * DAY)  # `late` is, and nobody recorded anything on a case meanwhile
    assert late.pk and place.number("actions-in-time") == (1, 2)
    assert place.number("audit-actions") == (1, 1)
    assert place.number("recommendations-with-impact") == (1, 2)
    assert scorecard.update(place.here.pk, NOW + 3 * DAY) == 0, "nothing changed, nothing is counted anew"


def test_the_number_is_broken_down_by_agency_and_says_where_it_comes_from(place: Partnership) -> None:
    for _ in range(12):
        place.meet(police="attended", health="absent", council="attended")
    scorecard.update(place.here.pk, NOW, whole=True)
    client = client_for(make_actor("board-member", place.scene.council, place.here))
    page = client.get("/scorecard/indicators/group-attendance/?period=2026-11&breakdown=source").content.decode()
    assert "Attendance at the partnership" in page and "Police" in page
    behind = client.get("/scorecard/indicators/group-attendance/rows/2026-11/").content.decode()
    assert "own meetings and actions" in behind and f'href="{reverse("meetings")}"' in behind
