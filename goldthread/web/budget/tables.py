"""A year's money as tables and drawings."""
from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from goldthread.reports.arithmetic import plain, pounds
from goldthread.reports.budget.models import BudgetLine, BudgetYear
from goldthread.reports.budget.position import MEASURES, PARTS, Position
from goldthread.web.charts import Chart, Series
from goldthread.web.components import Column, Link, Table, Tile

SIDES = {"income": "Income", "spend": "Spending"}


def tiles(found: Position, closed: bool) -> list[Tile]:
    """The five numbers that are asked for first, each with its arithmetic."""
    which = "as it came to be" if closed else "as agreed"
    rows = [(f"Income, {which}", found.of("income")), (f"Spending, {which}", found.of("spend")),
            ("Income less spending", found.of("balance")), ("The same without one-off money", found.of("recurring-balance")),
            ("Carried forward", found.carried_forward)]
    return [Tile(words, pounds(amount.value), amount.how if len(amount.how) < 80 else "") for words, amount in rows]


def lines_table(year: BudgetYear, lines: Sequence[BudgetLine], side: str, may: bool) -> Table:
    """Every line of one side, with what differs from what was agreed."""
    own = [line for line in lines if line.side == side]
    rows = [[Link(line.name, reverse("budget_line", args=[year.period, line.pk])) if may else line.name,
             line.agency.name if line.agency else "", _kind(line), pounds(line.planned), pounds(line.committed),
             pounds(line.actual), pounds(line.actual - line.planned)] for line in own]
    heads = [Column("Line"), Column("From whom"), Column("Kind"), *(Column(words, "number") for words in MEASURES.values()),
             Column("Against agreed", "number")]
    if side == "spend":
        rows, heads = [[row[0], *row[2:]] for row in rows], [heads[0], *heads[2:]]
    return Table(SIDES[side], heads, rows, nothing="No line yet.")


def _kind(line: BudgetLine) -> str:
    return f"{line.get_kind_display()}{', for one purpose' if line.restricted else ''}"


def position_table(found: Position) -> Table:
    """Income, spending and what is left, in all and in parts."""
    rows = []
    for key, (words, _) in PARTS.items():
        rows += [[f"{words}: {name}", *(pounds(found.of(f"{key}{what}", measure).value) for measure in MEASURES)]
                 for what, name in (("income", "income"), ("spend", "spending"), ("balance", "income less spending"))]
    return Table("Where the year stands", [Column("What"), *(Column(words, "number") for words in MEASURES.values())], rows)


def shares_table(found: Position, before: Position | None) -> Table:
    """Each agency's contribution and share, and what changed since the year before."""
    earlier = {each.agency: each.amount.value for each in before.shares} if before else {}
    rows = [[each.agency, pounds(each.amount.value), f"{plain(each.share.value, 1)}%" if each.share else "–",
             pounds(earlier[each.agency]) if each.agency in earlier else "–",
             pounds(each.amount.value - earlier[each.agency]) if each.agency in earlier else "–"] for each in found.shares]
    return Table("What each agency contributes", [Column("Agency"), Column("Contribution", "number"),
                 Column("Share of contributions", "number"), Column("Year before", "number"), Column("Change", "number")],
                 rows, nothing="No agency contributes.")


def drawing(lines: Sequence[BudgetLine], side: str) -> Chart | None:
    """The lines of one side, agreed beside what came to be."""
    own = [line for line in lines if line.side == side]
    if not own:
        return None
    return Chart(f"{SIDES[side]} by line", "bars", [line.name for line in own],
                 [Series(MEASURES[each], [float(getattr(line, each)) for line in own]) for each in ("planned", "actual")],
                 "pounds", first="Line")
