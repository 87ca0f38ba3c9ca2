"""Counts of people made safe to be said: small ones not shown, the others to the nearest five, each by itself.

Source of the default: NHS England, Hospital Episode Statistics disclosure control since September 2018 (1 to 7 not shown,
others to the nearest 5). That alone can still be undone; `measure.release` looks for how before anything is let out.
"""
from __future__ import annotations

from dataclasses import dataclass

HIDDEN = "c"  # the public statistics' sign for confidential


@dataclass(frozen=True)
class Shown:
    """What a reader is told of a count, and what they can take from it: a whole number from `low` to `high`.

    high None: any number from `low` on.
    """

    text: str
    low: int
    high: int | None


@dataclass(frozen=True)
class Rule:
    """How counts of people are said. small: from 1 to this many are not shown. nearest: the others are rounded to it
    (1: as they are). base: a percentage of fewer is not said. least: how many numbers a hidden count must still be able
    to be, as far as anybody can work out.
    """

    small: int = 7
    nearest: int = 5
    base: int = 20
    least: int = 3

    def __post_init__(self) -> None:
        if self.small < 0 or self.nearest < 1 or self.base < 1 or not 2 <= self.least <= max(self.small, 2):
            raise ValueError("A rule needs small of 0 or more, nearest and base of 1 or more, and least from 2 to small")

    def is_small(self, count: int) -> bool:
        return 1 <= count <= self.small

    def rounded(self, count: int) -> int | None:
        """The count as it may be said: None when it is too small to be."""
        if self.is_small(count):
            return None
        return self.nearest * ((count + self.nearest // 2) // self.nearest)

    def words(self) -> str:
        """The rule as readers are told it."""
        if not self.small:
            return "Every number is shown as it is: only for those who may open the records behind it."
        return (f"Counts of 1 to {self.small} are not shown and others are to the nearest {self.nearest}, so that nobody "
                f"can be told from them. Percentages are worked out from these, and not said of fewer than {self.base}.")

    def shown(self, count: int) -> Shown:
        """What a reader learns of a count said by this rule, who knows the rule."""
        said = self.rounded(count)
        if count == 0:
            return Shown("0", 0, 0)
        if said is None:
            return Shown(HIDDEN, 1, self.small)
        half = self.nearest // 2
        low = said - half
        high = said + self.nearest - 1 - half
        return Shown(f"{said:,}", max(low, self.small + 1), high)


HIDDEN_WHOLLY = Shown(HIDDEN, 0, None)
EXACT = Rule(small=0, nearest=1, base=1, least=2)
DEFAULT = Rule()
