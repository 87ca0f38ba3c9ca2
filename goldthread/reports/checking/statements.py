"""What a printed text states, piece by piece: “rose by about 6% to 412” is a change and a value."""
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing a piece states."""

    VALUE = "value"
    PREVIOUS = "previous value"
    CHANGE = "change"
    RATIO = "multiple"
    DIRECTION = "direction"
    SAME = "no change"


class Bound(StrEnum):
    """How exactly it is meant."""

    EXACT = "exactly"
    ABOUT = "about"
    OVER = "over"
    JUST_OVER = "just over"
    AT_LEAST = "at least"
    UNDER = "under"
    NEARLY = "nearly"
    AT_MOST = "at most"
    BETWEEN = "between"


@dataclass(frozen=True)
class Statement:
    """One piece. `unit` is money (pounds), percent, points or count, or empty if there is no number.

    `step` is the size of the last printed digit; `fraction` marks words such as “a third” or “4 in 5”;
    `direction` is +1, -1 or 0 (not said); `base` is the 1,167 of “907 of 1,167”; `high` ends a range.
    """

    kind: Kind
    words: str
    number: Decimal | None = None
    unit: str = ""
    step: Decimal = Decimal(1)
    bound: Bound = Bound.EXACT
    direction: int = 0
    fraction: bool = False
    base: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Parsed:
    """All pieces of one printed text, and any over- or underspend word in it (-1, +1, or 0).

    `unclear`: several values of one unit stand side by side and nothing says which is which.
    """

    statements: tuple[Statement, ...]
    variance: int = 0
    unclear: bool = False
