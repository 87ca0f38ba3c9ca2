"""No mail at night but for what cannot wait."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from goldthread.notify import timing
from goldthread.notify.timing import DAILY, LONDON, NEVER, NOW


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize("at,expected", [
    ("2026-11-23 06:59:59", "2026-11-23 07:00"), ("2026-11-23 07:00", "2026-11-23 07:00"),
    ("2026-11-23 19:59:59", "2026-11-23 19:59:59"), ("2026-11-23 20:00", "2026-11-24 07:00"),
    ("2026-11-23 23:59", "2026-11-24 07:00"), ("2026-11-24 00:01", "2026-11-24 07:00"),
    ("2026-07-01 19:30", "2026-07-01 19:30"), ("2026-12-31 21:00", "2027-01-01 07:00"),
])
def test_night_ends_at_seven(at: str, expected: str) -> None:
    assert timing.night_over(london(at).astimezone(UTC)) == london(expected)


@pytest.mark.parametrize("evening,hours", [
    ("2026-03-28 20:00", 10), ("2026-10-24 20:00", 12), ("2026-10-23 20:00", 11)])
def test_seven_is_by_the_clock_on_the_wall_when_the_clocks_change(evening: str, hours: int) -> None:
    begun = london(evening).astimezone(UTC)
    assert timing.night_over(begun) - begun == timedelta(hours=hours)


@pytest.mark.parametrize("urgent,due,expected", [
    (False, None, False), (True, None, True), (False, "2026-11-24 06:00", True), (False, "2026-11-24 07:00", True),
    (False, "2026-11-24 07:01", False), (False, "2026-11-23 22:00", True)])
def test_what_may_wake_somebody(urgent: bool, due: str | None, expected: bool) -> None:
    now = london("2026-11-23 21:00")
    assert timing.any_hour(urgent=urgent, due=london(due) if due else None, now=now) is expected


@pytest.mark.parametrize("how,wakes,now,expected", [
    (NOW, False, "2026-11-23 12:00", "2026-11-23 12:00"), (NOW, False, "2026-11-23 22:00", "2026-11-24 07:00"),
    (NOW, True, "2026-11-23 22:00", "2026-11-23 22:00"), (DAILY, False, "2026-11-23 12:00", "2026-11-24 07:00"),
    (DAILY, False, "2026-11-23 03:00", "2026-11-23 07:00"), (DAILY, True, "2026-11-23 12:00", "2026-11-23 12:00"),
    (NEVER, True, "2026-11-23 12:00", None)])
def test_when_a_mail_leaves(how: str, wakes: bool, now: str, expected: str | None) -> None:
    assert timing.leaves(how, now=london(now), wakes=wakes) == (london(expected) if expected else None)


def test_every_group_offers_its_default_and_requests_cannot_be_silenced() -> None:
    assert all(group.default in group.choices for group in timing.GROUPS.values())
    assert NEVER not in timing.GROUPS["asked"].choices
    assert timing.group_of("overdue", asked=True).key == "reminder"
    assert timing.group_of("partner-reply", asked=True).key == "asked"
    assert timing.group_of("decision", asked=False).key == "recorded"
