"""The pages of the scorecard, over a borough that was counted: what is shown, to whom, and made safe how."""
from __future__ import annotations

import pytest

from goldthread.measure.indicators import indicators
from tests.measure.world import World
from tests.support import client_for

pytestmark = pytest.mark.django_db


def test_a_board_member_reads_every_indicator(world: World) -> None:
    answer = client_for(world.seat("board-member")).get("/scorecard/?period=2026-2027-Q1")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert all(each.title in html for each in indicators(world.now.date()))
    assert "Counts of 1 to 7 are not shown" in html
