"""Pages ask for a time to the minute: what is recorded in the same minute as what came before still comes after it."""
from __future__ import annotations

from datetime import timedelta

import pytest

from goldthread.domains.missing import models as m
from goldthread.process import actions
from goldthread.process.models import ClockRow, Event
from tests.domains.scene import Scene
from tests.support import NOW

pytestmark = pytest.mark.django_db
MINUTE = NOW.replace(second=0, microsecond=0)


@pytest.mark.parametrize("mended", [True, False], ids=["as it is", "without it, the clock would run on"])
def test_what_was_done_within_a_minute_stops_its_clock(mended: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not mended:
        monkeypatch.setattr(actions, "_when", lambda said, now: said or now)
    scene = Scene(MINUTE + timedelta(seconds=20))
    case = scene.missing(scene.person("Una"), at=scene.now)
    scene.now = MINUTE + timedelta(seconds=50)
    scene.record(case, m.MissingMeeting(who="Both of us", plan="Ring her sister"), at=MINUTE)
    with scene.system():
        order = list(Event.objects.filter(case=case).order_by("happened_at").values_list("step", flat=True))
        running = ClockRow.objects.filter(case=case, name="Strategy meeting while missing", stopped=None).exists()
    assert (order == ["missing-report", "missing-meeting"]) is mended and running is not mended


@pytest.mark.parametrize("back", [timedelta(minutes=1), timedelta(days=2)])
def test_an_earlier_time_stays_as_it_was_said(back: timedelta) -> None:
    scene = Scene(MINUTE + timedelta(seconds=20))
    case = scene.missing(scene.person("Una"), at=MINUTE - back)
    with scene.system():
        assert Event.objects.get(case=case).happened_at == MINUTE - back == scene.fresh(case).opened_at
