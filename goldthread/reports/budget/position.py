"""What a year's lines come to: exact to the penny, each amount with its arithmetic in words and the lines it counts."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldthread.reports.arithmetic import Worked, add, less, percent
from goldthread.reports.budget.models import BudgetLine, BudgetYear

#: Each line has three amounts.
MEASURES = {"planned": "Agreed", "committed": "Committed", "actual": "Received or spent"}
Wanted = Callable[[BudgetLine], bool]


@dataclass(frozen=True)
class Amount:
    """Pounds (of a share: percent, 0 to 100), how that was worked out, and the numbers of the lines counted."""

    value: Decimal
    how: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Share:
    """What one agency contributes, and its share of what all agencies contribute; None where that is nothing."""

    agency: str
    amount: Amount
    share: Amount | None


@dataclass(frozen=True)
class Position:
    """Where a year stands. `measure`: which amount counts for shares: what came in once it is closed, until then what was
    agreed. amounts: by what is counted ("income", "recurring-balance") and measure.
    """

    period: str
    measure: str
    amounts: dict[tuple[str, str], Amount]
    shares: tuple[Share, ...]
    carried_in: Decimal
    carried_forward: Amount

    def of(self, what: str, measure: str = "") -> Amount:
        """One amount. Raises KeyError for what is not counted."""
        return self.amounts[what, measure or self.measure]

    @property
    def variance(self) -> Amount:
        """What was spent against what was agreed: above zero for an overspend."""
        was, planned = self.of("spend", "actual"), self.of("spend", "planned")
        return _amount(less(was.value, planned.value, "money"), was.rows)


#: What is counted of each side, in the order it is shown.
PARTS: dict[str, tuple[str, Wanted]] = {
    "": ("All", lambda line: True),
    "recurring-": ("Recurring", lambda line: line.kind == "recurring"),
    "one-off-": ("One-off", lambda line: line.kind == "one-off"),
    "restricted-": ("Restricted", lambda line: line.restricted),
}


def standing(year: BudgetYear) -> list[BudgetLine]:
    """The lines of a year that stand, in their order, with their agencies."""
    return list(BudgetLine.objects.filter(year=year, replaced_at=None).select_related("agency").order_by("number", "pk"))


def position(year: BudgetYear, lines: Sequence[BudgetLine] | None = None) -> Position:
    """What a year comes to. lines: those that stand, if they were read."""
    lines = standing(year) if lines is None else lines
    measure = "actual" if year.closed_at else "planned"
    amounts: dict[tuple[str, str], Amount] = {}
    for key, (_, wanted) in PARTS.items():
        for each in MEASURES:
            sides = {side: _sum(each, [line for line in lines if line.side == side and wanted(line)])
                     for side in ("income", "spend")}
            came, went = sides["income"], sides["spend"]
            amounts |= {(f"{key}{side}", each): amount for side, amount in sides.items()}
            amounts[f"{key}balance", each] = _amount(less(came.value, went.value, "money"), (*came.rows, *went.rows))
    balance = amounts["balance", "actual"]
    left = _amount(add((year.carried_in, balance.value), "money"), balance.rows)
    return Position(year.period, measure, amounts, _shares(lines, measure), year.carried_in, left)


def _sum(measure: str, lines: Iterable[BudgetLine]) -> Amount:
    lines = list(lines)
    return _amount(add((getattr(line, measure) for line in lines), "money"), (line.pk for line in lines))


def _amount(worked: Worked, rows: Iterable[int]) -> Amount:
    return Amount(worked.value, worked.how, tuple(rows))


def _shares(lines: Iterable[BudgetLine], measure: str) -> tuple[Share, ...]:
    """Each agency's contribution, the largest first. Other income, such as from courses, is no contribution."""
    given = [line for line in lines if line.side == "income" and line.agency_id]
    whole = _sum(measure, given)
    by_agency: dict[str, list[BudgetLine]] = {}
    for line in given:
        by_agency.setdefault(line.agency.name, []).append(line)
    found = []
    for name, own in by_agency.items():
        amount = _sum(measure, own)
        worked = percent(amount.value, whole.value, "money")
        found.append(Share(name, amount, _amount(worked, whole.rows) if worked else None))
    return tuple(sorted(found, key=lambda each: (-each.amount.value, each.agency)))
