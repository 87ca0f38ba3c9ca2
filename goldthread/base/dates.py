"""Dates as families and records know them ("about May 2016"), ages, and times as people say them."""
import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    UNKNOWN = "unknown"


_MONTHS = {name.lower(): n for names in (calendar.month_name, calendar.month_abbr)
           for n, name in enumerate(names) if n} | {"sept": 9}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_ABOUT = re.compile(r"^((about|around|circa|approximately|roughly)\s+|(approx\.?|c\.?|~)\s*(?=\d|[a-z]{3}))", re.I)
_UNKNOWN = {"", "unknown", "not known", "don't know", "don’t know", "?"}
_NUMERIC = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+([a-z]+),?\s+(\d{4})")
_WORD_YEAR = re.compile(r"([a-z]+),?\s+(\d{4})")
_HELP = "Write a day (3 March 2016), month (March 2016), season (spring 2016), a year (2016) or “not known”."


@dataclass(frozen=True)
class UncertainDate:
    """A date known only so well. Stored as three columns: `date` (first day of what is known, None when
    unknown), `precision` and `about`.

    "About" widens by a week (a day), a month (a month or season) or a year (a year) each way."""

    date: date | None
    precision: Precision = Precision.DAY
    about: bool = False

    def __post_init__(self):
        precision = Precision(self.precision)
        if (self.date is None) != (precision is Precision.UNKNOWN):
            raise ValueError("A date that is not known has no day, and every other date has one.")
        if precision is Precision.UNKNOWN and self.about:
            raise ValueError("A date that is not known cannot be “about”.")
        object.__setattr__(self, "precision", precision)
        object.__setattr__(self, "date", _first_day(self.date, precision))

    @classmethod
    def unknown(cls) -> "UncertainDate":
        return cls(None, Precision.UNKNOWN)

    @classmethod
    def parse(cls, text: str) -> "UncertainDate":
        """Read what a person wrote; day before month. Raises ValueError with the ways to write it."""
        said = " ".join(text.split())
        if said.lower() in _UNKNOWN:
            return cls.unknown()
        about = _ABOUT.match(said)
        rest = said[about.end():].lower() if about else said.lower()
        try:
            day, precision = _read(rest)
        except ValueError as wrong:
            raise ValueError(f"“{text.strip()}” is not a date. {_HELP}") from wrong
        return cls(day, precision, bool(about))

    def triple(self) -> tuple[date | None, str, bool]:
        """The three values to store; `UncertainDate(*triple)` gives it back."""
        return self.date, self.precision.value, self.about

    def words(self) -> str:
        """"3 March 2016", "about May 2016", "spring 2016", "2016", "not known"."""
        return ("about " if self.about else "") + _WORDS[self.precision](self.date)

    __str__ = words

    @property
    def exact(self) -> bool:
        return self.precision is Precision.DAY and not self.about

    @property
    def earliest(self) -> date:
        """The first day it can be; the first day there is, when unknown."""
        if self.date is None:
            return date.min
        if not self.about:
            return self.date
        if self.precision is Precision.DAY:
            return self.date - timedelta(days=7)
        return _months_on(self.date, -self._give)

    @property
    def latest(self) -> date:
        """The last day it can be; the last day there is, when unknown."""
        if self.date is None:
            return date.max
        if self.precision is Precision.DAY:
            return self.date + timedelta(days=7 if self.about else 0)
        months = _LENGTH[self.precision] + (self._give if self.about else 0)
        return _months_on(self.date, months) - timedelta(days=1)

    @property
    def _give(self) -> int:
        return 12 if self.precision is Precision.YEAR else 1

    def could_be(self, other: "UncertainDate") -> bool:
        """True when both can mean the same day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def sort_key(self) -> tuple[date, date]:
        """Earliest first, then the better known first; unknown dates come last."""
        return (date.max, date.max) if self.date is None else (self.earliest, self.latest)

    def __lt__(self, other: "UncertainDate") -> bool:
        return self.sort_key() < other.sort_key()


_LENGTH = {Precision.MONTH: 1, Precision.SEASON: 3, Precision.YEAR: 12}


def day_words(day: date) -> str:
    """"3 March 2016"."""
    return f"{day.day} {day:%B %Y}"


def _season_words(day: date) -> str:
    return f"{next(name for name, month in _SEASONS.items() if month == day.month)} {day.year}"


_WORDS = {
    Precision.DAY: day_words,
    Precision.MONTH: lambda day: f"{day:%B %Y}",
    Precision.SEASON: _season_words,
    Precision.YEAR: lambda day: str(day.year),
    Precision.UNKNOWN: lambda day: "not known",
}


def _first_day(day: date | None, precision: Precision) -> date | None:
    if precision is Precision.SEASON and day.month not in _SEASONS.values():
        raise ValueError("A season starts in March, June, September or December.")
    if precision in (Precision.MONTH, Precision.SEASON):
        return day.replace(day=1)
    return day.replace(month=1, day=1) if precision is Precision.YEAR else day


def _read(text: str) -> tuple[date, Precision]:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text), Precision.DAY
    if found := _NUMERIC.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1])), Precision.DAY
    if found := _DAY_WORD.fullmatch(text):
        return date(int(found[3]), _month(found[2]), int(found[1])), Precision.DAY
    if found := _WORD_YEAR.fullmatch(text):
        if found[1] in _SEASONS:
            return date(int(found[2]), _SEASONS[found[1]], 1), Precision.SEASON
        return date(int(found[2]), _month(found[1]), 1), Precision.MONTH
    if found := re.fullmatch(r"(\d{1,2})[/.\-](\d{4})", text):
        return date(int(found[2]), int(found[1]), 1), Precision.MONTH
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 1, 1), Precision.YEAR
    raise ValueError(text)


def _month(word: str) -> int:
    if word not in _MONTHS:
        raise ValueError(word)
    return _MONTHS[word]


def _months_on(day: date, n: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, day.day)


# -- ages ---------------------------------------------------------------------------------------------

def age_on(born: date, on: date) -> int:
    """Completed years. Someone born on 29 February comes of age on 1 March in other years.

    Raises ValueError when `on` is before birth."""
    if on < born:
        raise ValueError(f"{day_words(on)} is before the birth on {day_words(born)}.")
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_words(born: "date | UncertainDate | None", on: date, due: date | None = None) -> str:
    """"9 days", "4 months", "7 years", "6 or 7 years", "unborn, due 3 March 2027", "age not known".

    A date of birth after `on` is read as the day a baby is due."""
    if isinstance(born, UncertainDate):
        if born.exact:
            born = born.date
        else:
            return _uncertain_age(born, on)
    if born is None or born > on:
        due = due or born
        if due is None:
            return "age not known"
        return f"unborn, {'due' if due >= on else 'was due'} {day_words(due)}"
    days, months = (on - born).days, _whole_months(born, on)
    if days < 14:
        return count_words(days, "day")
    if months < 3:
        return count_words(days // 7, "week")
    return count_words(months, "month") if months < 24 else count_words(age_on(born, on), "year")


def _uncertain_age(born: UncertainDate, on: date) -> str:
    if born.date is None or born.earliest > on:
        return "age not known"
    oldest, youngest = age_on(born.earliest, on), age_on(min(born.latest, on), on)
    if oldest == youngest:
        return f"about {count_words(oldest, 'year')}" if oldest else "under 1 year"
    joint = "or" if oldest - youngest == 1 else "to"
    return f"{youngest} {joint} {count_words(oldest, 'year')}"


def _whole_months(a: date, b: date) -> int:
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)


def count_words(n: int, thing: str) -> str:
    """"1 day", "2 days"."""
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"


# -- times, the way people say them -------------------------------------------------------------------


def clock_words(at: time) -> str:
    """"3:40 pm", "9 am", "midday", "midnight"."""
    if (at.hour, at.minute) in ((0, 0), (12, 0)):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes} {'pm' if at.hour >= 12 else 'am'}"


def full_words(value: date | datetime) -> str:
    """"3 March 2025"; a time with its day of the week, "Monday 3 March 2025, 3:40 pm": in England."""
    if not isinstance(value, datetime):
        return day_words(value)
    here = value.astimezone(LONDON)
    return f"{here:%A} {day_words(here)}, {clock_words(here.time())}"


def in_words(when: datetime | date, now: datetime) -> str:
    """When something is due: "today at 3:40 pm", "tomorrow", "Monday 3 March", "3 days late".

    Limits that end with the day, and plain dates, have no time of day. The year is said when it is not this
    one. Raises ValueError for naive times."""
    end, here = _london(when), _london(now)
    late = here.astimezone(UTC) - end.astimezone(UTC)  # in one zone Python would compare wall clocks
    if late > timedelta(0):
        return _late_words((here.date() - end.date()).days, late)
    at = "" if _ends_with_day(when, end) else f" at {clock_words(end.time())}"
    match (end.date() - here.date()).days:
        case 0:
            return f"today{at}"
        case 1:
            return f"tomorrow{at}"
    return _weekday_words(end.date(), here.date()) + at


def ago_words(when: datetime | date, now: datetime) -> str:
    """When something happened: "yesterday", "Monday 3 March at 9 am". Raises ValueError if naive."""
    then, here = _london(when, first=True), _london(now)
    at = f" at {clock_words(then.time())}" if isinstance(when, datetime) else ""
    match (here.date() - then.date()).days:
        case 0:
            return f"today{at}"
        case 1:
            return f"yesterday{at}"
    return _weekday_words(then.date(), here.date()) + at


def _london(when: datetime | date, first: bool = False) -> datetime:
    if not isinstance(when, datetime):
        return datetime.combine(when, time(0) if first else time.max, LONDON)
    if when.tzinfo is None:
        raise ValueError(f"{when} has no time zone. Pass an aware datetime.")
    return when.astimezone(LONDON)


def _ends_with_day(when: datetime | date, local: datetime) -> bool:
    return not isinstance(when, datetime) or local.time() == time.max


def _late_words(days: int, late: timedelta) -> str:
    if days:
        return f"{count_words(days, 'day')} late"
    minutes = max(late // timedelta(minutes=1), 1)
    return f"{count_words(minutes, 'minute') if minutes < 60 else count_words(minutes // 60, 'hour')} late"


def _weekday_words(day: date, today: date) -> str:
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day:%A} {day.day} {day:%B}{year}"
