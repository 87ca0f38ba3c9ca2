"""Counting time as the law counts it.

Conventions, in one place:
- The day of the event is day 0, in local time. A limit of n working days ends with the nth working day after.
- A limit in days, weeks, months or working days ends at the last instant of its last local day.
- A limit in months ends on the same day-number n months later, or on the month's last day if it has none.
- A limit in hours is elapsed real time, so it is not changed by clocks going forward or back.
- A limit in working hours runs only between opening and closing on working days.
- While a clock is paused it does not run: its end moves by the length of the pause counted in the clock's
  own unit (calendar days for a limit in months), the day of the pause being day 0 as everywhere. A pause
  that begins after the limit ran out changes nothing.
"""
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from zoneinfo import ZoneInfo

from goldthread.base.spans import Span, Unit
from goldthread.rules.data_files import BadData, table
from goldthread.rules.data_files import day as read_day
from goldthread.rules.school_days import SchoolDays, TermDatesMissing

LAST_INSTANT = time(23, 59, 59, 999999)
Pause = tuple[datetime, datetime | None]


class OutsideCalendar(ValueError):
    """A working day was asked for in a year for which no bank holidays are loaded."""


@dataclass(frozen=True)
class Calendar:
    """Working days and opening hours of one place.

    `covers` is the first and last day for which `holidays` is complete; None means always. `school` is needed
    only for limits in school days."""

    name: str
    holidays: frozenset[date]
    opens: time = time(9)
    closes: time = time(17)
    zone: str = "Europe/London"
    covers: tuple[date, date] | None = None
    school: SchoolDays | None = None

    def __post_init__(self):
        if self.opens >= self.closes:
            raise ValueError(f"{self.name}: it must open ({self.opens}) before it closes ({self.closes}).")

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def _working_days(self) -> list[int]:
        """The ordinals of all working days of the years that are known, where they have a first and a last."""
        first, last = (day.toordinal() for day in self.covers) if self.covers else (1, 0)
        closed = set(self._weekday_holidays)
        return [day for day in range(first, last + 1) if (day - 1) % 7 < 5 and day not in closed]

    @cached_property
    def _weekday_holidays(self) -> list[int]:
        return sorted(day.toordinal() for day in self.holidays if day.weekday() < 5)

    # -- days ---------------------------------------------------------------------------------------

    def local_day(self, when: datetime | date) -> date:
        """The local date of an aware instant; a plain date is returned as it is. ValueError if naive."""
        if not isinstance(when, datetime):
            return when
        if when.tzinfo is None:
            raise ValueError(f"{when} has no time zone. Pass an aware datetime.")
        return when.astimezone(self.tz).date()

    def is_working_day(self, day: date) -> bool:
        self._check_covered(day)
        return day.weekday() < 5 and day not in self.holidays

    def next_working_day(self, day: date, n: int = 1) -> date:
        """The nth working day after `day` (before it, if n is negative); n = 0 is `day` itself."""
        days, here = self._working_days, day.toordinal()
        at = bisect_right(days, here) + n - 1 if n > 0 else bisect_left(days, here) + n
        if n and 0 <= at < len(days) and days[0] <= here <= days[-1]:
            return date.fromordinal(days[at])
        step = timedelta(days=1 if n > 0 else -1)
        left = abs(n)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`; negative when `b` is before `a`."""
        if b < a:
            return -self.working_days_between(b, a)
        self._check_covered(a)
        self._check_covered(b)
        first, last = a.toordinal(), b.toordinal()
        holidays = bisect_right(self._weekday_holidays, last) - bisect_right(self._weekday_holidays, first)
        return _weekdays_up_to(last) - _weekdays_up_to(first) - holidays

    def end_of(self, day: date) -> datetime:
        """The last instant of a local day."""
        return datetime.combine(day, LAST_INSTANT, self.tz)

    def _check_covered(self, day: date) -> None:
        if self.covers and not self.covers[0] <= day <= self.covers[1]:
            first, last = self.covers
            raise OutsideCalendar(f"{self.name}: bank holidays are loaded from {first:%d %B %Y} to "
                                  f"{last:%d %B %Y}, so working days cannot be counted on {day:%d %B %Y}.")

    # -- limits -------------------------------------------------------------------------------------

    def add(self, start: datetime | date, span: Span) -> datetime:
        """The last instant allowed, aware and local. A plain date starts at its first instant."""
        if span.unit is Unit.HOURS:
            return (self._instant(start) + timedelta(hours=span.amount)).astimezone(self.tz)
        if span.unit is Unit.WORKING_HOURS:
            return self._add_working(self._instant(start), timedelta(hours=span.amount))
        return self.end_of(self._add_days(self.local_day(start), span))

    def before(self, event: datetime | date, span: Span) -> datetime:
        """The last instant that still leaves `span` before `event` ("at least 2 working days before").

        Raises ValueError for working hours and school days, which no source uses backwards."""
        if span.unit is Unit.HOURS:
            return (self._instant(event) - timedelta(hours=span.amount)).astimezone(self.tz)
        if span.unit in (Unit.WORKING_HOURS, Unit.SCHOOL_DAYS):
            raise ValueError(f"“{span}” cannot be counted backwards. Use hours or working days.")
        return self.end_of(self._add_days(self.local_day(event), span, -1))

    def due(self, start: datetime | date, span: Span, pauses: Iterable[Pause] = (),
            now: datetime | None = None) -> datetime:
        """As `add`, moved by the pauses: (from, to), or (from, None) for one still open, counted to `now`.

        Raises ValueError for a pause that ends before it begins, or an open one without `now`."""
        due = self.add(start, span)
        pauses = self._merged(pauses, now)
        begin = self._instant(start) if pauses else due
        for stopped, resumed in pauses:
            stopped = max(stopped, begin)
            if stopped > due:
                break
            if resumed > stopped:
                due = self._push(due, span.unit, stopped, resumed)
        return due

    def elapsed(self, start: datetime | date, end: datetime | date, unit: Unit) -> int | float:
        """How much of `unit` passed, to compare with a limit: whole days and months, parts of weeks and hours."""
        if unit is Unit.HOURS:
            return (self._instant(end) - self._instant(start)) / timedelta(hours=1)
        if unit is Unit.WORKING_HOURS:
            return self.working_time(self._instant(start), self._instant(end)) / timedelta(hours=1)
        a, b = self.local_day(start), self.local_day(end)
        if unit is Unit.WORKING_DAYS:
            return self.working_days_between(a, b)
        if unit is Unit.MONTHS:
            return _months_between(a, b)
        if unit is Unit.SCHOOL_DAYS:
            return self._schools().between(a, b)
        return (b - a).days / 7 if unit is Unit.WEEKS else (b - a).days

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Time inside opening hours between two instants; negative when `end` is before `start`."""
        if end < start:
            return -self.working_time(end, start)
        first, last = self.local_day(start), self.local_day(end)
        if first == last:
            return self._open_time(first, start, end)
        between = self.working_days_between(first, last) - self.is_working_day(last)
        return (self._open_time(first, start, None) + between * self._day_length
                + self._open_time(last, None, end))

    # -- inside -------------------------------------------------------------------------------------

    def _instant(self, when: datetime | date) -> datetime:
        if isinstance(when, datetime):
            self.local_day(when)
            return when.astimezone(UTC)
        return datetime.combine(when, time(), self.tz).astimezone(UTC)

    def _add_days(self, day: date, span: Span, sign: int = 1) -> date:
        n = sign * span.amount
        match span.unit:
            case Unit.WORKING_DAYS:
                return self.next_working_day(day, n)
            case Unit.WEEKS:
                return day + timedelta(weeks=n)
            case Unit.MONTHS:
                return add_months(day, n)
            case Unit.SCHOOL_DAYS:
                return self._schools().next_school_day(day, n)
        return day + timedelta(days=n)

    def _schools(self) -> SchoolDays:
        if self.school is None:
            raise TermDatesMissing(f"{self.name}: a limit in school days needs the partnership's term dates.")
        return self.school

    @cached_property
    def _day_length(self) -> timedelta:
        return datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)

    def _hours_of(self, day: date) -> tuple[datetime, datetime]:
        return tuple(datetime.combine(day, at, self.tz).astimezone(UTC) for at in (self.opens, self.closes))

    def _open_time(self, day: date, start: datetime | None, end: datetime | None) -> timedelta:
        if not self.is_working_day(day):
            return timedelta()
        opens, closes = self._hours_of(day)
        begin = max(opens, start) if start else opens
        finish = min(closes, end) if end else closes
        return max(finish - begin, timedelta())

    def _add_working(self, at: datetime, left: timedelta) -> datetime:
        day = self.local_day(at)
        while True:
            if self.is_working_day(day):
                opens, closes = self._hours_of(day)
                begin = max(at, opens)
                if begin + left <= closes:
                    return (begin + left).astimezone(self.tz)
                left -= max(closes - begin, timedelta())
            day += timedelta(days=1)

    def _merged(self, pauses: Iterable[Pause], now: datetime | None) -> list[tuple[datetime, datetime]]:
        merged = []
        for stopped, resumed in sorted(self._closed(*pause, now) for pause in pauses):
            if merged and stopped <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], resumed))
            else:
                merged.append((stopped, resumed))
        return merged

    def _closed(self, stopped: datetime, resumed: datetime | None, now: datetime | None):
        if resumed is None:
            if now is None:
                raise ValueError(f"The pause from {stopped} is still open. Pass now=.")
            resumed = max(now, stopped)
        if resumed < stopped:
            raise ValueError(f"A pause cannot end ({resumed}) before it begins ({stopped}).")
        return self._instant(stopped), self._instant(resumed)

    def _push(self, due: datetime, unit: Unit, stopped: datetime, resumed: datetime) -> datetime:
        if unit is Unit.HOURS:
            return (due.astimezone(UTC) + (resumed - stopped)).astimezone(self.tz)
        if unit is Unit.WORKING_HOURS:
            paused = self.working_time(stopped, resumed)
            return self._add_working(due.astimezone(UTC), paused) if paused else due
        a, b = self.local_day(stopped), self.local_day(resumed)
        if unit is Unit.WORKING_DAYS:
            return self.end_of(self.next_working_day(due.date(), self.working_days_between(a, b)))
        if unit is Unit.SCHOOL_DAYS:
            return self.end_of(self._schools().next_school_day(due.date(), self._schools().between(a, b)))
        return self.end_of(due.date() + (b - a))


def add_months(day: date, n: int) -> date:
    """The same day-number n months later (or earlier), clipped to the month's last day."""
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def _weekdays_up_to(ordinal: int) -> int:
    weeks, extra = divmod(ordinal, 7)
    return weeks * 5 + min(extra, 5)


def _months_between(a: date, b: date) -> int:
    if b < a:
        return -_months_between(b, a)
    months = (b.year - a.year) * 12 + b.month - a.month
    return months - (add_months(a, months) > b)


@cache
def bank_holidays() -> frozenset[date]:
    """Bank holidays of England and Wales as loaded, from rules/data/bank_holidays.csv. Raises BadData."""
    days = set()
    for line, row in enumerate(table("bank_holidays.csv"), start=2):
        when = read_day(row["date"], f"bank_holidays.csv line {line}")
        if when is None or when in days:
            raise BadData(f"bank_holidays.csv line {line}: the date is missing or is there twice.")
        days.add(when)
    return frozenset(days)


@cache
def england(partnership_extra: frozenset[date] = frozenset(), opens: time = time(9),
            closes: time = time(17), school: SchoolDays | None = None) -> Calendar:
    """The English working-day calendar, with a partnership's own closed days (none in law), hours and terms."""
    holidays = bank_holidays()
    covers = date(min(holidays).year, 1, 1), date(max(holidays).year, 12, 31)
    return Calendar("England", holidays | partnership_extra, opens, closes, covers=covers, school=school)
