"""Beginning a year, keeping its lines one by one, saying what it achieved, closing it."""
from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from goldthread.access.actor import Actor
from goldthread.measure import periods
from goldthread.reports.budget.actions.common import keeping, kept, open_year, save_checked
from goldthread.reports.budget.models import BudgetLine, BudgetYear

MOST_LINES = 500
FIELDS = ("side", "name", "agency", "kind", "restricted", "planned", "committed", "actual", "note")


def begin_year(*, actor: Actor, period: str, now: datetime, carried_in: Decimal | None = None) -> BudgetYear:
    """Begin a year's budget. period: such as "2025-2026". carried_in: pounds; what the closed year before left over unless
    given. Raises Refused; ValidationError for a period that is no year, and for one that was begun.
    """
    with keeping(actor):
        try:
            year = periods.read(period)
        except ValueError as wrong:
            raise ValidationError({"period": str(wrong)}) from wrong
        if len(year.months) != 12:
            raise ValidationError({"period": "Enter a financial year, such as 2025-2026"})
        if BudgetYear.objects.filter(period=year.key).exists():
            raise ValidationError({"period": "This year was begun already"})
        made = BudgetYear(**kept(actor), period=year.key, begun_by=actor.user, begun_at=now,
                          carried_in=_left(year) if carried_in is None else carried_in)
        save_checked(made, ("period", "carried_in"))
        return made


def _left(year: periods.Period) -> Decimal:
    from goldthread.reports.budget.position import position
    before = BudgetYear.objects.filter(period=year.before().key).exclude(closed_at=None).first()
    return position(before).carried_forward.value if before else Decimal(0)


def keep_line(*, actor: Actor, year: BudgetYear, values: dict[str, Any], now: datetime,
              instead_of: BudgetLine | None = None) -> BudgetLine:
    """Add a line, or put one in place of another. values: the fields of a line that people fill in.

    Raises Refused; ValidationError naming the fields; for a closed year, and a line that was replaced meanwhile.
    """
    with keeping(actor):
        found = open_year(actor, year)
        standing = BudgetLine.objects.filter(year=found, replaced_at=None)
        number = _replace(standing, instead_of, now) if instead_of else _next(standing)
        return store(actor, found, number, values, now)


def end_line(*, actor: Actor, year: BudgetYear, line: BudgetLine, now: datetime) -> None:
    """Take a line out; that it stood there stays known. Raises as `keep_line`."""
    with keeping(actor):
        _replace(BudgetLine.objects.filter(year=open_year(actor, year), replaced_at=None), line, now)


def _replace(standing: Any, line: BudgetLine, now: datetime) -> int:
    if not standing.filter(pk=line.pk).update(replaced_at=now):
        raise ValidationError("Somebody changed this line meanwhile. Look at it again")
    return line.number


def _next(standing: Any) -> int:
    last = standing.order_by("-number").values_list("number", flat=True).first() or 0
    if last >= MOST_LINES:
        raise ValidationError(f"A year has at most {MOST_LINES} lines")
    return int(last) + 1


def store(actor: Actor, year: BudgetYear, number: int, values: dict[str, Any], now: datetime) -> BudgetLine:
    """Check and save one line. Raises ValidationError naming the fields."""
    line = BudgetLine(**kept(actor), year=year, number=number, by=actor.user, at=now, **values)
    save_checked(line, FIELDS)
    return line


def describe_year(*, actor: Actor, year: BudgetYear, value_for_money: str, carried_in: Decimal) -> BudgetYear:
    """Say what the money achieved, and what was carried in. Raises Refused, ValidationError."""
    with keeping(actor):
        found = open_year(actor, year)
        found.value_for_money, found.carried_in = value_for_money.strip(), carried_in
        save_checked(found, ("value_for_money", "carried_in"))
        return found


def close_year(*, actor: Actor, year: BudgetYear, now: datetime) -> BudgetYear:
    """The outturn stands: nothing in the year changes from here. Raises Refused; ValidationError without any lines."""
    with keeping(actor):
        found = open_year(actor, year)
        if not found.lines.filter(replaced_at=None).exists():
            raise ValidationError("There is nothing to close: the year has no lines")
        found.closed_by, found.closed_at = actor.user, now
        found.save(update_fields=["closed_by", "closed_at"])
        return found
