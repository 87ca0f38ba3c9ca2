"""Working time at the front door: Monday to Friday, nine to five, without bank holidays."""
from datetime import date, datetime, time, timedelta

from goldthread.borough.plan import LONDON
from goldthread.rules.calendar import bank_holidays

OPENS, CLOSES = time(9), time(17)
DAY = 480


def _working(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays()


def _opening(day: date) -> datetime:
    while not _working(day):
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, LONDON)


def opens(at: datetime) -> datetime:
    """The first moment of working time at or after ``at``."""
    if not _working(at.date()) or at.time() >= CLOSES:
        return _opening(at.date() + timedelta(days=1))
    return max(at, datetime.combine(at.date(), OPENS, LONDON))


def after(at: datetime, minutes: float) -> datetime:
    """``minutes`` of working time after ``at``."""
    at, left = opens(at), timedelta(minutes=minutes)
    while True:
        closes = datetime.combine(at.date(), CLOSES, LONDON)
        if at + left <= closes:
            return (at + left).replace(microsecond=0)
        left -= closes - at
        at = _opening(at.date() + timedelta(days=1))
