"""Meetings as a calendar that other programs read (RFC 5545). It says when and what kind of meeting, and nothing else."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from goldthread.meeting.models import Meeting

LINE = 75  # octets, RFC 5545 section 3.1


def calendar_of(meetings: Iterable[Meeting], *, host: str, now: datetime) -> str:
    """The calendar's text. Names, places, subjects and links stay in the service: a calendar is read by many eyes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Goldthread//Meetings//EN", "METHOD:PUBLISH",
             "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]
    for meeting in meetings:
        lines += ["BEGIN:VEVENT", f"UID:meeting-{meeting.pk}@{host}", f"DTSTAMP:{_stamp(now)}",
                  f"DTSTART:{_stamp(meeting.planned_at)}",
                  f"DTEND:{_stamp(meeting.planned_at + timedelta(minutes=meeting.minutes_long))}",
                  f"SUMMARY:{meeting.body.get_kind_display()}",
                  f"STATUS:{'CANCELLED' if meeting.cancelled_at else 'CONFIRMED'}", "END:VEVENT"]
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> list[str]:
    """A line in pieces of at most 75 octets, each but the first begun with a space."""
    pieces, rest = [], line.encode("ascii")  # nothing but our own words and numbers is put into it
    while len(rest) > LINE:
        pieces.append(rest[:LINE].decode())
        rest = b" " + rest[LINE:]
    return [*pieces, rest.decode()]
