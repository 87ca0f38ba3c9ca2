"""The calendar a person's own programs read: when and what kind of meeting, and nothing else."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from goldthread.access.actor import acting
from goldthread.meeting import actions
from goldthread.meeting.calendar import _folded, calendar_of
from goldthread.meeting.models import CalendarKey, Meeting
from tests.meeting.scene import Panel
from tests.support import NOW

pytestmark = pytest.mark.django_db


def read(text: str) -> list[dict[str, str]]:
    """The events of a calendar, read by the rules of RFC 5545: lines end in CR LF, a space continues the one before."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR") and "VERSION:2.0" in lines
    events: list[dict[str, str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and ":" in line and not line.startswith("END:"):
            name, _, value = line.partition(":")
            assert name not in events[-1]
            events[-1][name] = value
    return events


def test_when_and_what_kind_and_nothing_else() -> None:
    panel = Panel(NOW)
    at = datetime(2027, 6, 7, 9, 0, tzinfo=UTC)
    on = panel.meeting(at, place="4 Test Street", plan="Amira Sample", minutes_long=90)
    off = panel.meeting(at + timedelta(days=28))
    actions.cancel_meeting(actor=panel.chair, meeting=off, reason="Amira is away", now=NOW)
    with acting(panel.police):
        meetings = list(Meeting.objects.select_related("body").order_by("planned_at"))
        text = calendar_of(meetings, host="service.example.org", now=NOW)
    first, second = read(text)
    assert first == {"UID": f"meeting-{on.pk}@service.example.org", "DTSTAMP": "20261123T100000Z", "SUMMARY": "Panel",
                     "DTSTART": "20270607T090000Z", "DTEND": "20270607T103000Z", "STATUS": "CONFIRMED"}
    assert second["STATUS"] == "CANCELLED"
    for secret in ("Amira", "Test Street", "Northbridge", "risk"):
        assert secret not in text


def test_long_lines_are_folded() -> None:
    pieces = _folded("UID:" + "a" * 200)
    assert all(len(piece) <= 75 for piece in pieces) and len(pieces) == 3
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == "UID:" + "a" * 200


def test_the_secret_opens_the_calendar_of_one_person_until_it_is_renewed() -> None:
    panel = Panel(NOW)
    first = actions.renew_key(actor=panel.police, now=NOW)
    assert [a.user for a in actions.holder(first, now=NOW)] == [panel.police.user]
    with panel.scene.system():
        assert first not in str(CalendarKey.objects.values().get()), "only its hash is kept"
    second = actions.renew_key(actor=panel.police, now=NOW)
    assert actions.holder(first, now=NOW) == [] and actions.holder("", now=NOW) == []
    assert len(actions.holder(second, now=NOW)) == 1
    seat = panel.police.appointment
    seat.ends = NOW.date() - timedelta(days=1)
    seat.save()
    assert actions.holder(second, now=NOW) == [], "nobody without a seat"
