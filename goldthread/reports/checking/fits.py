"""Does a stated number fit the worked-out one, as an honest writer would mean it?

Printed digits are judged at their own precision: half-up, half-even and cut-off digits all fit. Words such as
“about”, “over” and “nearly” get the room that careful writing gives them; the numbers are in `Room`.
"""
import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from goldthread.reports.checking.statements import Bound, Statement

HUNDRED = Decimal(100)
NEAR = Decimal("0.12")


@dataclass(frozen=True)
class Room:
    """Slack as a share of the stated number, and in whole points for percentages."""

    share: Decimal
    points: Decimal


ABOUT = Room(Decimal("0.03"), Decimal(1))
OVER = Room(Decimal("0.15"), Decimal(15))
AT_LEAST = Room(Decimal("0.50"), Decimal(30))
JUST = Room(Decimal("0.05"), Decimal(3))
NEARLY = Room(Decimal("0.10"), Decimal(5))
FRACTION = Decimal("2.5")
FRACTION_ABOUT = Decimal("4.5")


def fits(stated: Statement, actual: Decimal, floor: bool = False) -> bool:
    """Whether `actual` (of the same unit) bears out the statement.

    `floor`: the actual figure is itself only known to be at least this.
    """
    number = stated.number
    if stated.bound == Bound.BETWEEN:
        return number <= actual <= stated.high
    if stated.bound == Bound.EXACT:
        if stated.fraction:
            return abs(actual - number) <= FRACTION
        return any(_rounded(actual, stated.step, way) == number for way in (ROUND_HALF_UP, ROUND_HALF_EVEN,
                                                                           ROUND_DOWN))
    if stated.bound == Bound.ABOUT:
        return abs(actual - number) <= _about(stated)
    return _fits_side(stated, actual, number, floor)


def _fits_side(stated: Statement, actual: Decimal, number: Decimal, floor: bool) -> bool:
    if stated.bound == Bound.AT_MOST:
        return actual <= number
    if stated.bound == Bound.UNDER:
        return actual < number
    if stated.bound == Bound.NEARLY:
        return number - _room(stated, NEARLY) <= actual < number
    above = {Bound.OVER: OVER, Bound.AT_LEAST: AT_LEAST, Bound.JUST_OVER: JUST}[stated.bound]
    reached = actual >= number if floor or stated.bound == Bound.AT_LEAST else actual > number
    return reached and actual - number <= _room(stated, above)


def literally_true(stated: Statement, actual: Decimal) -> bool:
    """“Over 770” is literally true of 907, though no careful writer would say so."""
    return stated.bound in (Bound.OVER, Bound.AT_LEAST) and actual >= stated.number


def _rounded(value: Decimal, step: Decimal, way: str) -> Decimal:
    return (value / step).quantize(Decimal(1), rounding=way) * step


def _round_unit(number: Decimal) -> Decimal:
    """The size of the last digit that is not a trailing zero: 770 → 10, 4,000 → 1,000, 19.9 → 0.1."""
    if number == 0:
        return Decimal(1)
    return Decimal(1).scaleb(int(number.normalize().as_tuple().exponent))


def _room(stated: Statement, room: Room) -> Decimal:
    if stated.unit in ("percent", "points"):
        return room.points * 2 if stated.fraction and room is JUST else room.points  # 55% is “a little over half”
    slack = max(stated.number * room.share, stated.step)
    return max(slack, _round_unit(stated.number)) if room in (OVER, AT_LEAST) else slack


def _about(stated: Statement) -> Decimal:
    if stated.fraction:
        return FRACTION_ABOUT
    if stated.unit in ("percent", "points"):
        near = Decimal("0.99") * stated.step
        round_ten = stated.number >= 20 and stated.number % 10 == 0
        return Decimal("2.5") if round_ten else near
    unit = _round_unit(stated.number)
    one_digit = stated.number == unit * (stated.number // unit) and stated.number < unit * 10
    half = unit / 2
    if one_digit and stated.number >= HUNDRED:
        return max(stated.number * Decimal("0.075"), stated.step)
    return max(half, stated.number * ABOUT.share if stated.number >= HUNDRED else Decimal(0), stated.step / 2)


def look_alike(one: Decimal, other: Decimal) -> bool:
    """Whether one number is likely to be the other mistyped, or not brought up to date."""
    first, second = (re.sub(r"\D", "", f"{each:f}") for each in (one, other))
    if sorted(first) == sorted(second) or abs(one - other) <= NEAR * max(abs(one), abs(other)):
        return True
    return len(first) == len(second) >= 3 and sum(a != b for a, b in zip(first, second, strict=True)) == 1


def mistyped(right: Decimal, printed: Decimal, digits: int) -> bool:
    """Two digits changed round, or one put wrong of at least so many."""
    one, other = f"{right:f}", f"{printed:f}"
    apart = sum(a != b for a, b in zip(one, other, strict=False))
    return len(one) == len(other) and apart == 1 and len(one) >= digits or swapped(right, printed)


def swapped(right: Decimal, printed: Decimal) -> bool:
    """Two digits changed round."""
    one, other = f"{right:f}", f"{printed:f}"
    return sorted(one) == sorted(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 2
