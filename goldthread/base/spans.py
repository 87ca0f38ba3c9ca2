"""Lengths of time as the law states them: "15 working days", "72 hours", "6 months"."""
import re
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """The units a time limit can be counted in. The value is the plural written in full."""

    WORKING_DAYS = "working days"
    WORKING_HOURS = "working hours"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    SCHOOL_DAYS = "school days"

    @property
    def singular(self) -> str:
        return self.value[:-1]

    @property
    def in_hours(self) -> bool:
        """True where the limit is an instant inside a day, not the end of a day."""
        return self in (Unit.HOURS, Unit.WORKING_HOURS)


_WORDS = {word: unit for unit in Unit for word in (unit.value, unit.singular)}
_YEARS = ("year", "years")
_SPAN = re.compile(r"^\s*(\d+)\s+([a-z]+(?:\s+[a-z]+)?)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """A whole, non-negative number of one unit. `Span(0, Unit.WORKING_DAYS)` means "the same day"."""

    amount: int
    unit: Unit

    def __post_init__(self):
        if isinstance(self.amount, bool) or not isinstance(self.amount, int) or self.amount < 0:
            raise ValueError(f"A span needs a whole number of 0 or more, not {self.amount!r}.")
        object.__setattr__(self, "unit", Unit(self.unit))

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.singular if self.amount == 1 else self.unit.value}"

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Read "72 hours", "1 working day" or "2 years" (kept as months).

        Raises ValueError naming the text and the units that can be used."""
        found = _SPAN.match(text)
        word = " ".join(found[2].lower().split()) if found else ""
        if word in _YEARS:
            return cls(int(found[1]) * 12, Unit.MONTHS)
        if word not in _WORDS:
            units = ", ".join(unit.value for unit in Unit)
            raise ValueError(f"“{text}” is not a length of time. Write a number and one of: {units}.")
        return cls(int(found[1]), _WORDS[word])
