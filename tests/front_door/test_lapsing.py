"""A request nobody answered ends with the contact; a school's notice is still to be read."""
from __future__ import annotations

import pytest

from goldthread.access.actor import acting, system
from goldthread.domains.front_door.process import FRONT_DOOR
from goldthread.process.models import Ask, ClockRow
from tests.process.walking import World, begin, do, fresh

pytestmark = pytest.mark.django_db


def test_what_partners_were_asked_lapses_when_the_contact_is_closed_and_a_notice_does_not() -> None:
    world = World(FRONT_DOOR)
    case = begin(world)
    for key in ("identification", "rating", "information-request", "encompass-notice"):
        do(world, case, FRONT_DOOR.step(key))
    asks = Ask.objects
    with acting(system(world.partnership.pk)):
        assert asks.filter(case=case, withdrawn_at=None).count() == 2, "nothing lapses while the contact is open"
    for key in ("decision", "answer-to-referrer"):
        do(world, case, FRONT_DOOR.step(key))
    with acting(system(world.partnership.pk)):
        closed = fresh(world, case).closed_at
        assert asks.get(case=case, step="partner-reply").withdrawn_at == closed
        assert asks.get(case=case, step="encompass-read").withdrawn_at is None
        running = ClockRow.objects.filter(case=case, stopped=None).values_list("name", flat=True)
        assert list(running) == ["School reads the notice"]
