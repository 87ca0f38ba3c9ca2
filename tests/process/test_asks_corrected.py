"""A request put right: who had answered it stays in the figures, and their time with them."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from goldthread.access.actor import acting
from goldthread.domains.front_door import models as m
from goldthread.process import actions, mending
from goldthread.process.actions import Writing
from goldthread.process.models import Case, ClockRow, Event
from goldthread.web.counts import Period, turnaround
from tests.borough.loading import as_owner
from tests.process.protected import Place, make_place
from tests.support import NOW

pytestmark = pytest.mark.django_db
PERIOD = Period(NOW - timedelta(days=7), NOW + timedelta(days=1), "the week")


@pytest.fixture
def place() -> Place:
    return make_place()


def correct(place: Place, case: Case) -> Event:
    """What was asked is put right, after the police had answered and health had not."""
    scene, due = place.scene, NOW + timedelta(hours=4)
    with acting(place.manager):
        old = Event.objects.get(case=case, step="information-request", replaced_by=None)
        said = m.InformationRequest(happened_at=old.happened_at, purpose="To find out", lawful_basis="public-task",
                                    about="Amira Sample", needed="What you know of the father too")
        lines = [m.RequestedAgency(agency=agency, due=due) for agency in (scene.police, scene.health)]
        return actions.correct(actor=place.manager, event=old, writing_=Writing(said, lines), now=NOW)


def clocks(place: Place, case: Case) -> dict[str, bool]:
    """Each agency asked, and whether its time has stopped; none is there twice."""
    with acting(place.manager):
        rows = list(ClockRow.objects.filter(case=case).exclude(ask=None).select_related("ask__agency"))
    assert len(rows) == len({row.ask.agency_id for row in rows})
    return {row.ask.agency.kind: row.stopped is not None for row in rows}


def answered(place: Place) -> dict[str, tuple[int, int]]:
    """By agency: asked and answered, as the front door's figures say."""
    with acting(place.manager):
        return {row.agency: (row.asked, row.answered) for row in turnaround(PERIOD, ["partner-reply"])}


def test_who_had_answered_stays_in_the_figures(place: Place) -> None:
    case = place.full()
    before, said = clocks(place, case), answered(place)
    assert before == {"police": True, place.scene.health.kind: False}
    correct(place, case)
    assert clocks(place, case) == before and answered(place) == said
    correct(place, case)
    assert clocks(place, case) == before and answered(place) == said, "nor when it is put right once more"


def test_what_was_asked_in_error_and_taken_back_counts_for_nothing(place: Place) -> None:
    case = place.full()
    new = correct(place, case)
    mending.withdraw(actor=place.manager, event=new, reason="The wrong child", now=NOW)
    assert clocks(place, case) == {} and answered(place) == {}


def test_negative_control_asks_that_do_not_follow_the_correction_are_lost(place: Place, monkeypatch: Any) -> None:
    case = place.full()
    with connection.cursor() as cursor, as_owner():
        cursor.execute("""create or replace function process_standing(which bigint) returns bigint language sql stable
            as $$ select id from process_event where id = which and replaced_by_id is null $$""")
    correct(place, case)
    assert clocks(place, case) == {place.scene.health.kind: False} and list(answered(place).values()) == [(1, 0)]
