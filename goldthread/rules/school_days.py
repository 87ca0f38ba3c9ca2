"""School term dates: the next school day (for telling a school before it opens) and limits in school days."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from goldthread.rules.data_files import BadData, table
from goldthread.rules.data_files import day as read_day


class TermDatesMissing(LookupError):
    """No term dates are loaded for the time asked about, or for the partnership."""


@dataclass(frozen=True)
class SchoolDays:
    """Term dates of one partnership's schools.

    `terms` are (first day, last day) of each half term, both included; `closed` are days inside them when
    pupils do not come (training days, bank holidays). `opens` is when the first school opens."""

    name: str
    terms: tuple[tuple[date, date], ...]
    closed: frozenset[date] = frozenset()
    opens: time = time(8, 30)
    zone: str = "Europe/London"

    def __post_init__(self):
        following = [first for first, _ in self.terms[1:]] + [date.max] * bool(self.terms)
        for (first, last), then in zip(self.terms, following, strict=True):
            if not first <= last < then:
                raise ValueError(f"{self.name}: the term from {first} to {last} must end on or after its "
                                 f"first day and before the next begins.")

    def is_school_day(self, day: date) -> bool:
        return (day.weekday() < 5 and day not in self.closed
                and any(first <= day <= last for first, last in self.terms))

    def next_school_day(self, day: date, n: int = 1) -> date:
        """The nth school day after `day`; n = 0 is `day` itself. Raises TermDatesMissing."""
        if n < 0:
            raise ValueError(f"{self.name}: school days are counted forwards, not {n}.")
        self._check_known(day)
        while n:
            day += timedelta(days=1)
            self._check_known(day)
            n -= self.is_school_day(day)
        return day

    def between(self, a: date, b: date) -> int:
        """School days after `a` up to and including `b`, which must not be before it."""
        if b < a:
            raise ValueError(f"School days are counted forwards: {b} is before {a}.")
        self._check_known(a)
        self._check_known(b)
        return sum(self.is_school_day(a + timedelta(days=n)) for n in range(1, (b - a).days + 1))

    def _check_known(self, day: date) -> None:
        if not self.terms or not self.terms[0][0] <= day <= self.terms[-1][1]:
            raise TermDatesMissing(f"{self.name}: no term dates are loaded for {day:%d %B %Y}. "
                                   f"Add the council's published term dates.")

    def next_opening(self, when: datetime) -> datetime:
        """When school next opens after an aware instant: the limit for Operation Encompass (T09)."""
        local = when.astimezone(ZoneInfo(self.zone))
        day = local.date()
        if not (self.is_school_day(day) and local.time() < self.opens):
            day = self.next_school_day(day)
        return datetime.combine(day, self.opens, ZoneInfo(self.zone))


def school_days(partnership: str, extra_closed: Iterable[date] = ()) -> SchoolDays:
    """Term dates from rules/data/school_terms.csv. Raises TermDatesMissing naming what is loaded."""
    terms, closed = _loaded().get(partnership, ((), ()))
    if not terms:
        raise TermDatesMissing(f"No term dates are loaded for “{partnership}”. "
                               f"There are: {', '.join(sorted(_loaded()))}.")
    return SchoolDays(partnership, terms, frozenset(closed) | frozenset(extra_closed))


@cache
def _loaded() -> dict[str, tuple[tuple, tuple]]:
    by_place: dict[str, tuple[list, list]] = {}
    for line, row in enumerate(table("school_terms.csv"), start=2):
        where = f"school_terms.csv line {line}"
        first, last = read_day(row["first"], where), read_day(row["last"], where)
        terms, closed = by_place.setdefault(row["partnership"], ([], []))
        if row["kind"] == "term":
            terms.append((first, last))
        elif row["kind"] == "closed" and first == last:
            closed.append(first)
        else:
            raise BadData(f"{where}: kind is “term”, or “closed” for a single day.")
    return {place: (tuple(sorted(terms)), tuple(closed)) for place, (terms, closed) in by_place.items()}
