"""The days that the lists are told for, and what every list says of a child."""
from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from goldthread.exchange.care.rows import age
from goldthread.exchange.records import reference_of
from goldthread.orgs.models import Appointment
from goldthread.process.models import Case

Row = dict[str, Any]
YES, NO, UNKNOWN = "True", "False", "Unknown"


def yes_no(value: bool | None) -> str:
    """As the lists write it, an answer that is not known too."""
    return UNKNOWN if value is None else YES if value else NO


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last where it has fewer days."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Span:
    """The day of the lists, in one partnership: six and twelve months before it, and who works in which team."""

    day: date
    partnership: int
    seats: Mapping[int, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def half_year(self) -> date:
        return months_before(self.day, 6)

    @cached_property
    def year(self) -> date:
        return months_before(self.day, 12)

    def lately(self, *days: date | None) -> bool:
        """Whether any of these days is within the six months."""
        return any(each is not None and self.half_year <= each <= self.day for each in days)

    def within_year(self, *days: date | None) -> bool:
        return any(each is not None and self.year <= each <= self.day for each in days)

    def worker(self, case: Case | None) -> Row:
        """Who has a case, and in which team."""
        name, team = self.seats.get(case.allocated_to_id or 0, ("", "")) if case else ("", "")
        return {"Allocated Team": team, "Allocated Worker": name}


def span_of(day: date, partnership: Any, today: date) -> Span:
    """Raises nothing: somebody who has left is told by no name."""
    seats = Appointment.objects.filter(partnership=partnership).current(today).select_related("user", "team").order_by("pk")
    return Span(day, partnership.pk, {each.user_id: (each.user.name, team.name if (team := each.team_on(today)) else "")
                                      for each in seats})


def who(person: Any, day: date) -> Row:
    """What each list begins with."""
    born = person.born_on if person.born_on and person.born_on <= day else None
    return {"Child Unique ID": reference_of(person), "Gender": person.sex if person.sex in ("M", "F") else "U",
            "Ethnicity": person.ethnicity or "NOBT", "Date of Birth": born,
            "Age of Child (Years)": age(born, day) if born else -1 if person.due_on else None}


def disabled(person: Any) -> Row:
    return {"Does the Child have a Disability": yes_no(person.disabled)}
