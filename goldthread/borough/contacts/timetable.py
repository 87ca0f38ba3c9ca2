"""When contacts come, from what source, about which household, and which came before about the same one.

Only whole numbers are kept for the year (a dozen bytes a contact), so the heavy part can be streamed.
"""
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from goldthread.borough.chance import Shuffle, Weighted
from goldthread.borough.contacts.sources import Source, by_day
from goldthread.borough.places import Area
from goldthread.borough.plan import LONDON, Plan
from goldthread.rules.calendar import bank_holidays
from goldthread.rules.school_days import SchoolDays, school_days

MONTHS = (1.0, 0.96, 1.16, 0.92, 1.03, 1.07, 0.98, 0.66, 0.94, 1.17, 1.19, 0.9)
WEEKDAYS = (1.12, 1.08, 1.06, 1.04, 1.1, 0.34, 0.32)
BANK_HOLIDAY, OUT_OF_TERM = 0.4, 0.88
REPEAT, SOON_AGAIN = 0.203, 0.12
#: Minutes of the plan's last day that have contacts: until ten o'clock, half an hour before its present.
SO_FAR_TODAY = 600
#: A family may be the subject this long before its first child is born, as an unborn baby.
BEFORE_BIRTH = timedelta(days=200)
#: Share of families drawn that are kept, by district: some districts have more contacts than others.
KEEN = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45)
SCHOOL_AGE, HEALTH_VISITING_AGE = timedelta(days=1800), timedelta(days=1700)


@dataclass(frozen=True, slots=True)
class Slot:
    """A contact to be filled in: its number in the area from 1, and the household index it is about."""

    number: int
    at: datetime
    source: Source
    household: int
    previous: tuple[int, ...]


def term_days() -> SchoolDays:
    """The term dates that this invented borough follows."""
    return school_days("illustrative")


def day_kind(day: date, terms: SchoolDays) -> str:
    """Term, holiday (a weekday without school) or weekend (bank holidays too)."""
    if day.weekday() >= 5 or day in bank_holidays():
        return "weekend"
    return "term" if terms.is_school_day(day) else "holiday"


class Timetable:
    """The slots of one area, in order of time."""

    def __init__(self, plan: Plan, area: Area, born: Callable[[int], list[date]], district: Callable[[int], int]):
        self._plan, self._area, self._born, self._district = plan, area, born, district
        self._days = plan.stream(f"contact-days/{area.key}")
        self._hours = plan.stream(f"contact-hours/{area.key}")
        self._whose = plan.stream(f"contact-households/{area.key}")

    def slots(self) -> Iterator[Slot]:
        """Every contact of the year, oldest first."""
        terms = term_days()
        draw = self._whose.at(0)
        order, next_new = Shuffle(self._area.households, draw), 0
        households, before, after = array("I"), array("i"), array("i")
        starts: list[int] = []
        for place, count in enumerate(self._counts(terms)):
            day = self._plan.first_day + timedelta(days=place)
            starts.append(len(households))
            for at, source in self._of_day(day, count, terms):
                number = len(households)
                earlier = self._earlier(number, draw, starts) if number > 20 and draw() < REPEAT else -1
                while earlier >= 0 and after[earlier] >= 0:
                    earlier = after[earlier]
                if earlier >= 0:
                    household = households[earlier]
                    after[earlier] = number
                else:
                    household, next_new = self._new(day, source, order, next_new, draw)
                households.append(household)
                before.append(earlier)
                after.append(-1)
                yield Slot(number + 1, at, source, household, _chain(number, before))

    def _counts(self, terms: SchoolDays) -> array:
        days = [self._plan.first_day + timedelta(days=place) for place in range(365)]
        choice = Weighted((place, self._weight(day, terms)) for place, day in enumerate(days))
        counts, draw = array("I", [0] * 365), self._days.at(0)
        for _ in range(self._area.contacts):
            counts[choice.pick(draw)] += 1
        return counts

    def _weight(self, day: date, terms: SchoolDays) -> float:
        kind = day_kind(day, terms)
        weight = MONTHS[day.month - 1] * WEEKDAYS[day.weekday()]
        if day in bank_holidays():
            weight *= BANK_HOLIDAY
        elif kind == "holiday":
            weight *= OUT_OF_TERM
        return weight * 0.3 if day == self._plan.today else weight

    def _of_day(self, day: date, count: int, terms: SchoolDays) -> list[tuple[datetime, Source]]:
        draw, choice = self._hours.at(day.toordinal()), by_day(day_kind(day, terms))
        found = []
        while len(found) < count:
            source = choice.pick(draw)
            minutes = source.rhythm.pick(draw) * 60 + int(draw() * 60)
            if day == self._plan.today and minutes >= SO_FAR_TODAY:
                continue
            if 60 <= minutes < 120:
                minutes += 60
            at = datetime.combine(day, time(minutes // 60, minutes % 60, int(draw() * 60)), LONDON)
            found.append((at, source))
        return sorted(found, key=lambda pair: pair[0])

    def _earlier(self, number: int, draw: Callable[[], float], starts: list[int]) -> int:
        """An earlier contact whose family comes again: at times within days, else the nearer the likelier."""
        if draw() < SOON_AGAIN:
            since = starts[max(0, len(starts) - 8)]
            return since + int(draw() * (number - since)) if number > since else number - 1
        return int(number * draw() ** 0.6)

    def _new(self, day: date, source: Source, order: Shuffle, place: int,
             draw: Callable[[], float]) -> tuple[int, int]:
        """A family not drawn before that this source could know of, and where the drawing goes on."""
        while True:
            household = self._area.first_household + order(place)
            place += 1
            if draw() < KEEN[self._district(household)] and self._fits(day, source, self._born(household)):
                return household, place

    def _fits(self, day: date, source: Source, born: list[date]) -> bool:
        if source.kind in ("school", "school-nurse", "education-service"):
            return day - born[0] > SCHOOL_AGE
        if source.kind == "health-visitor":
            return day - born[-1] < HEALTH_VISITING_AGE and born[0] - day < BEFORE_BIRTH
        return born[0] - day < BEFORE_BIRTH


def _chain(number: int, before: array) -> tuple[int, ...]:
    found = []
    while before[number] >= 0:
        number = before[number]
        found.append(number + 1)
    return tuple(found)
