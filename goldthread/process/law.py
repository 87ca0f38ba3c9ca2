"""The time limits and calendar one partnership counts by: dated national limits, and its own dated local ones."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from goldthread.base.spans import Span
from goldthread.rules.calendar import Calendar
from goldthread.rules.limits import Limit, by_choice, limit


@dataclass(frozen=True)
class LocalRule:
    """A partnership's own length for a limit the sources leave to it, in force from and to (both included)."""

    key: str
    span: Span
    valid_from: date
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Law:
    """Answers when something is due under the edition in force on the day its clock started."""

    calendar: Calendar
    local: tuple[LocalRule, ...] = ()

    def limit(self, rule: str, on: date) -> Limit:
        """The limit in force on a day. Raises UnknownLimit."""
        return limit(rule, on, {r.key: r.span for r in self.local if r.key == rule and r.in_force(on)})

    def counts(self, rule: str, started: datetime) -> bool:
        """Whether the partnership counts by a limit at all: one by choice only while it has set it for itself."""
        return rule not in by_choice() or any(
            r.key == rule and r.in_force(self.calendar.local_day(started)) for r in self.local)

    def fixes(self, rule: str, started: datetime) -> bool:
        """Whether the law sets a limit ("" is none) and leaves nothing of it to the partnership."""
        return bool(rule) and not self.limit(rule, self.calendar.local_day(started)).local

    def due(self, rule: str, started: datetime, pauses: Sequence[tuple[datetime, datetime | None]],
            now: datetime) -> tuple[datetime, str]:
        """The last instant allowed and the edition that says so. Raises ValueError for a limit without a number."""
        found = self.limit(rule, self.calendar.local_day(started))
        if found.span is None:
            raise ValueError(f"Limit {rule} ({found.name}) has no number to count")
        return self.calendar.due(started, found.span, pauses, now), found.edition

    def around(self, rule: str, planned: datetime) -> tuple[datetime, str]:
        """The last instant that is so long before a planned time, or after it where the limit is counted forward, and the
        edition that says so. Raises as `due`."""
        found = self.limit(rule, self.calendar.local_day(planned))
        if found.span is None or not found.before:
            return self.due(rule, planned, (), planned)
        return self.calendar.before(planned, found.span), found.edition
