"""Months, quarters and years of figures: a month is a number such as 202604; years run from April, as returns do."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LENGTHS = {"month": 1, "quarter": 3, "year": 12}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")


@dataclass(frozen=True, order=True)
class Period:
    """Some whole months. key: "2026-04", "2026-2027-Q1", "2026-2027", or "2023-04 to 2026-03"."""

    months: tuple[int, ...]

    @property
    def end(self) -> int:
        return self.months[-1]

    @property
    def kind(self) -> str:
        return next(kind for kind, length in LENGTHS.items() if length == len(self.months))

    @property
    def key(self) -> str:
        year, month = divmod(self.months[0], 100)
        if len(self.months) not in LENGTHS.values():
            return f"{period_of(self.months[0], 'month').key} to {period_of(self.end, 'month').key}"
        if self.kind == "month":
            return f"{year}-{month:02}"
        begins, quarter = self._of_year
        whole = f"{begins}-{begins + 1}"
        return whole if self.kind == "year" else f"{whole}-Q{quarter}"

    @property
    def short(self) -> str:
        """As charts are marked, never broken over lines: "Apr 2026", "Q1 2026/27", "2026/27"."""
        year, month = divmod(self.months[0], 100)
        if self.kind == "month":
            return f"{_MONTHS[month - 1][:3]}\N{NO-BREAK SPACE}{year}"
        begins, quarter = self._of_year
        whole = f"{begins}/{(begins + 1) % 100:02}"
        return whole if self.kind == "year" else f"Q{quarter}\N{NO-BREAK SPACE}{whole}"

    @property
    def _of_year(self) -> tuple[int, int]:
        """In which year from April it begins, and in which quarter of that."""
        year, month = divmod(self.months[0], 100)
        return year if month >= 4 else year - 1, (month - 4) % 12 // 3 + 1

    @property
    def words(self) -> str:
        """As people say it."""
        first, last = (f"{_MONTHS[month % 100 - 1]} {month // 100}" for month in (self.months[0], self.months[-1]))
        return first if len(self.months) == 1 else f"{first} to {last}"

    @property
    def since(self) -> date:
        return date(self.months[0] // 100, self.months[0] % 100, 1)

    @property
    def until(self) -> date:
        """The last day."""
        return date.fromordinal(date(*_next(self.end), 1).toordinal() - 1)

    def before(self) -> Period:
        """The period of the same length just before."""
        return period_of(added(self.months[0], -1), self.kind)

    def __str__(self) -> str:
        return self.key


def _next(month: int) -> tuple[int, int]:
    later = added(month, 1)
    return later // 100, later % 100


def added(month: int, more: int) -> int:
    """So many months later."""
    whole = month // 100 * 12 + month % 100 - 1 + more
    return whole // 12 * 100 + whole % 12 + 1


def months_between(first: int, last: int) -> list[int]:
    """Every month from the first to the last, both included."""
    found = []
    while first <= last:
        found.append(first)
        first = added(first, 1)
    return found


def period_of(month: int, kind: str) -> Period:
    """The period of a kind that a month lies in. Raises KeyError for a kind there is not."""
    length = LENGTHS[kind]
    first = added(month, -((month % 100 - 4) % 12 % length))
    return Period(tuple(added(first, at) for at in range(length)))


def ends_of(months: Sequence[int], kind: str) -> dict[int, int]:
    """The last month of the period that each month lies in."""
    return {month: period_of(month, kind).end for month in months}


def read(key: str) -> Period:
    """A period by its key. Raises ValueError in words."""
    try:
        year, rest = int(key[:4]), key[5:]
        if "Q" in rest:
            found = period_of(added(year * 100 + 4, 3 * (int(rest[-1]) - 1)), "quarter")
        else:
            found = period_of(year * 100 + (int(rest) if len(rest) == 2 else 4), "month" if len(rest) == 2 else "year")
    except ValueError:
        raise _unknown(key) from None
    if found.key != key:
        raise _unknown(key)
    return found


def _unknown(key: str) -> ValueError:
    return ValueError(f"“{key}” is no period. Write a month as 2026-04, a quarter as 2026-2027-Q1, a year as 2026-2027.")


def last_whole(kind: str, today: date) -> Period:
    """The last period of a kind that is over."""
    this = period_of(today.year * 100 + today.month, kind)
    return this if today > this.until else this.before()
