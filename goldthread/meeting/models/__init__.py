"""The typed tables of meetings."""
from goldthread.meeting.models.body import Body, BodyMember, CalendarKey, Quorum
from goldthread.meeting.models.sitting import (
           AgendaItem,
           Attendance,
           ItemAction,
           ItemMinute,
           Meeting,
           Minutes,
           MinutesPart,
           Paper,
)

__all__ = ["AgendaItem", "Attendance", "Body", "BodyMember", "CalendarKey", "ItemAction", "ItemMinute", "Meeting",
           "Minutes", "MinutesPart", "Paper", "Quorum"]
