"""Sums, shares and changes, each with the arithmetic in words."""
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Worked:
    """A figure worked out from rows: `value`, and in words how. Percentages are 0 to 100."""

    value: Decimal
    how: str


def plain(value: Decimal, places: int | None = None) -> str:
    """1167 → “1,167”, 19.90 → “19.9”; with `places`, rounded half up and without idle zeros."""
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{value.normalize():,f}"
    return "0" if text == "-0" else text.replace("-", "−")


def pounds(value: Decimal) -> str:
    """£241,080, or with pence where there are any: £198,436.22. A minus stands before the sign."""
    pence = value != value.to_integral_value()
    text = f"£{abs(value):,.2f}" if pence else f"£{abs(value):,.0f}"
    return f"−{text}" if value < 0 else text


def shown(value: Decimal, unit: str) -> str:
    """A value with its unit, as printed in a table: £1,772 · 77.7% · 1,167."""
    if unit == "money":
        return pounds(value)
    if unit == "percent":
        return f"{plain(value, 1)}%"
    return plain(value, 1)


def rows_text(rows: Iterable[int]) -> str:
    """“row 4”, “rows 2 to 14”, “rows 2, 5 and 9”."""
    rows = sorted(set(rows))
    if not rows:
        return "no rows"
    if len(rows) == 1:
        return f"row {rows[0]}"
    if rows[-1] - rows[0] == len(rows) - 1:
        return f"rows {rows[0]} to {rows[-1]}"
    return "rows " + ", ".join(map(str, rows[:-1])) + f" and {rows[-1]}"


def add(values: Iterable[Decimal], unit: str = "count") -> Worked:
    """A sum: “12 + 30 = 42”."""
    values = list(values)
    total = sum(values, Decimal(0))
    if len(values) <= 1:
        return Worked(total, shown(total, unit))
    return Worked(total, " + ".join(shown(each, unit) for each in values) + f" = {shown(total, unit)}")


def percent(part: Decimal, whole: Decimal, unit: str = "count") -> Worked | None:
    """A share in percent: “42 ÷ 50 × 100 = 84%”, or None if the whole is zero."""
    if whole == 0:
        return None
    value = part / whole * 100
    return Worked(value, f"{shown(part, unit)} ÷ {shown(whole, unit)} × 100 = {plain(value, 2)}%")


def less(first: Decimal, second: Decimal, unit: str = "count") -> Worked:
    """A difference: “£241,080 − £242,852 = −£1,772”."""
    value = first - second
    text = f"{plain(value, 2)} percentage points" if unit == "percent" else shown(value, unit)
    return Worked(value, f"{shown(first, unit)} − {shown(second, unit)} = {text}")


def relative_change(now: Decimal, before: Decimal, unit: str = "count") -> Worked | None:
    """A change in percent of the earlier value, or None if that is zero."""
    if before == 0:
        return None
    value = (now - before) / abs(before) * 100
    return Worked(value, f"({shown(now, unit)} − {shown(before, unit)}) ÷ {shown(before, unit)} × 100 "
                         f"= {plain(value, 2)}%")
