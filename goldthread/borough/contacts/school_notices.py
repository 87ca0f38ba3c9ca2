"""Operation Encompass: the school is told of a domestic abuse incident before the child's next school day."""
from datetime import datetime, timedelta

from goldthread.borough.agencies.directory import Directory
from goldthread.borough.chance import Draw
from goldthread.borough.contacts.referrers import school_of
from goldthread.borough.contacts.timetable import term_days
from goldthread.borough.plan import Plan
from goldthread.borough.records.contacts import SchoolNotice
from goldthread.borough.records.people import Family, Person

NEVER_SENT, SENT_LATE, READ, READ_LATE = 0.04, 0.05, 0.9, 0.12


class SchoolNotices:
    """Notices of one contact."""

    def __init__(self, plan: Plan, directory: Directory):
        self._now, self._directory = plan.now, directory
        self._terms = term_days()

    def of(self, family: Family, children: list[Person], at: datetime, draw: Draw) -> tuple[SchoolNotice, ...]:
        """One for each child enrolled at a school (not a nursery) on the day."""
        found = []
        for child in children:
            school_id = self._school(family, child, at)
            if school_id is not None:
                found.append(self._notice(child.person_id, school_id, at, draw))
        return tuple(found)

    def _school(self, family: Family, child: Person, at: datetime) -> int | None:
        school_id = school_of(family, [child], at.date())
        nursery = school_id is not None and self._directory.school_by_id[school_id].phase == "nursery"
        return None if nursery else school_id

    def _notice(self, child_id: int, school_id: int, at: datetime, draw: Draw) -> SchoolNotice:
        due, chance, part, attention = self._terms.next_opening(at), draw(), draw(), draw()
        minutes = draw()
        if chance < NEVER_SENT:
            return SchoolNotice(child_id, school_id, due, None, None)
        sent = due + timedelta(minutes=int(20 + 900 * part))
        if chance >= NEVER_SENT + SENT_LATE:
            sent = at + min((due - at) * (0.1 + 0.85 * part), timedelta(hours=1 + 13 * part))
        sent = max(sent.replace(microsecond=0), at + timedelta(seconds=1))
        if sent > self._now:
            return SchoolNotice(child_id, school_id, due, None, None)
        opened = max(due, sent) + timedelta(minutes=int(3 + 90 * minutes))
        if attention > READ - READ_LATE:
            opened += timedelta(days=1 + int(3 * minutes))
        read = opened if attention < READ and opened <= self._now else None
        return SchoolNotice(child_id, school_id, due, sent, read)
