"""How long the record of an allegation is kept: to normal retirement age, or for ten years if that is longer.

Source: Keeping Children Safe in Education Part 4 (limit T6a). Normal retirement age is taken as the state pension age by
the day of birth (rules/data/pension_ages.csv); an employer's own scheme may say otherwise.
"""
from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

from goldthread.rules.data_files import day, table
from goldthread.rules.limits import limit

NOT_ON_PERSONNEL_FILE = ("malicious", "false")  # outcomes that leave no trace in the employer's own file


@dataclass(frozen=True)
class Keeping:
    """The last day a record is kept, why, and where that is written. `to_pension`: retirement age decided it."""

    until: date
    to_pension: bool
    reason: str
    source: str


def pension_age(born_on: date) -> tuple[int, int, str]:
    """State pension age of somebody born on a day, in years and months, and the source. Raises ValueError before 1900."""
    found = [row for row in _ages() if row[0] <= born_on]
    if not found:
        raise ValueError(f"No pension age is known for somebody born on {born_on}")
    _, years, months, source = found[-1]
    return years, months, source


def keep_until(born_on: date | None, concluded_on: date) -> Keeping:
    """Until when a record concluded on a day is kept. Without a date of birth: the shortest time there is."""
    rule = limit("T6a", concluded_on)
    assert rule.span is not None
    ten, said_ten = _on(concluded_on, 0, rule.span.amount), f"{rule.span.amount // 12} years"
    if born_on is None:
        return Keeping(ten, False, f"{said_ten} from the outcome; the date of birth is not known, so retirement age could "
                                   "not be worked out", f"{rule.cite} ({rule.key})")
    years, months, source = pension_age(born_on)
    retires = _on(born_on, years, months)
    if retires > ten:
        said = f"{years} years" + (f" and {months} months" if months else "")
        return Keeping(retires, True, f"normal retirement age, taken as the state pension age of {said}",
                       f"{rule.cite} ({rule.key}); {source}")
    return Keeping(ten, False, f"{said_ten} from the outcome, which is later than retirement age",
                   f"{rule.cite} ({rule.key})")


def _on(start: date, years: int, months: int) -> date:
    """The same day so many years and months on; of a shorter month its last day."""
    whole = start.year * 12 + start.month - 1 + years * 12 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@cache
def _ages() -> list[tuple[date, int, int, str]]:
    rows = []
    for row in table("pension_ages.csv"):
        begins = day(row["born_from"], "pension_ages.csv")
        assert begins is not None
        rows.append((begins, int(row["years"]), int(row["months"]), row["source"]))
    return sorted(rows)
