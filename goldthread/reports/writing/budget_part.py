"""The budget section: income, expenditure, shares and the variance."""
import altair as alt

from goldthread.reports.arithmetic import Worked, add, less, percent, plain, pounds, rows_text
from goldthread.reports.reading.records import BudgetLine, Inputs
from goldthread.reports.writing.blocks import Cell, Chart, Column, Section, Table, Text
from goldthread.reports.writing.drawing import (
    ACCENT,
    DARK,
    QUIET,
    WIDTH,
    largest,
    names_axis,
    styled,
    wrapped,
)
from goldthread.reports.writing.figures import Figure, Figures

MOST_DRAWN = 10
SIDES = (("income", "Income"), ("expenditure", "Expenditure"))


def budget_section(inputs: Inputs, figures: Figures) -> tuple[Section, dict[str, Figure]]:
    """The section, and its headline figures by name (income, expenditure, variance)."""
    section = Section("budget", "Budget")
    file = inputs.file("budget")
    if not inputs.budget:
        section.blocks.append(Text("There are no budget lines in the files, so there is nothing to show here."))
        return section, {}
    head: dict[str, Figure] = {}
    tables = []
    for side, heading in SIDES:
        lines = [each for each in inputs.budget if each.side == side]
        if lines:
            tables.append(_side_table(side, heading, lines, figures, file, head))
    if len(head) == 2:
        income, spent = head["income"], head["expenditure"]
        worked = less(income.value, spent.value, "money")
        head["variance"] = figures.add("budget-variance", "Variance: income less expenditure", worked, "GBP", file,
                                       income.rows + spent.rows)
        tables.append(_summary(head))
        section.lead = _lead(head)
    section.blocks += [_chart(inputs.budget, tables[0].id), *tables]
    return section, head


def _side_table(side: str, heading: str, lines: list[BudgetLine], figures: Figures, file: str,
                head: dict[str, Figure]) -> Table:
    known = [each for each in lines if each.amount is not None]
    rows_known = [each.row for each in known]
    worked = add((each.amount for each in known), "money")
    earlier = any(each.previous is not None for each in lines)
    rows = []
    for each in lines:
        cells = [Cell(each.name), Cell("–"), Cell("–")]
        if each.amount is not None:
            amount = figures.add(f"budget-r{each.row}", f"{heading}: {each.name}", each.amount, "GBP", file, [each.row])
            cells[1] = Cell(amount.text, amount)
            share = percent(each.amount, worked.value, "money")
            if share:
                part = figures.add(f"budget-r{each.row}-share", f"Share of {side}: {each.name}", share, "percent", file,
                                   [each.row, *rows_known], True)
                cells[2] = Cell(part.text, part)
        rows.append((*cells, *_earlier(each, figures, file)) if earlier else tuple(cells))
    total = figures.add(f"budget-{side}", f"Total {side}",
                        Worked(worked.value, f"{worked.how} ({rows_text(rows_known)})"), "GBP", file, rows_known)
    head[side] = total
    blank = (Cell(""), Cell("")) if earlier else ()
    rows.append((Cell(f"Total {side}"), Cell(total.text, total), Cell("100%" if worked.value else "–"), *blank))
    more = (Column("Year before", True), Column("Change", True)) if earlier else ()
    return Table(f"budget-{side}-table", heading, (Column("Line"), Column("Amount", True),
                                                   Column(f"Share of {side}", True), *more),
                 tuple(rows), frozenset({len(rows) - 1}))


def _earlier(line: BudgetLine, figures: Figures, file: str) -> tuple[Cell, Cell]:
    if line.previous is None:
        return Cell("–"), Cell("–")
    before = figures.add(f"budget-r{line.row}-before", f"{line.name}, year before", line.previous, "GBP", file,
                         [line.row])
    if line.amount is None:
        return Cell(before.text, before), Cell("–")
    change = figures.add(f"budget-r{line.row}-change", f"{line.name}, change",
                         less(line.amount, line.previous, "money"), "GBP", file, [line.row])
    return Cell(before.text, before), Cell(change.text, change)


def _summary(head: dict[str, Figure]) -> Table:
    variance = head["variance"]
    word = {1: "Underspend", -1: "Overspend", 0: "Variance"}[(variance.value > 0) - (variance.value < 0)]
    return Table("budget-summary", "Income against expenditure", (Column("Side"), Column("Amount", True)),
                 ((Cell("Total income"), Cell(head["income"].text)),
                  (Cell("Total expenditure"), Cell(head["expenditure"].text)),
                  (Cell(f"{word} (income less expenditure)"), Cell(variance.text, variance))), frozenset({2}))


def _lead(head: dict[str, Figure]) -> str:
    income, spent, variance = head["income"], head["expenditure"], head["variance"].value
    text = f"Income was {income.text} and spending was {spent.text}"
    if variance == 0:
        return f"{text}: the two are equal."
    return f"{text}, so {pounds(abs(variance))} {'more was spent than came in' if variance < 0 else 'was left over'}."


def _chart(lines: list[BudgetLine], table: str) -> Chart:
    totals = {side: sum(each.amount or 0 for each in lines if each.side == side) for side, _ in SIDES}
    panels, parts = [], ""
    for (side, heading), colour in zip(SIDES, (DARK, ACCENT), strict=True):
        part = [each for each in lines if each.side == side and each.amount is not None]
        if not part:
            continue
        part, left_out = largest(part, lambda each: each.amount, MOST_DRAWN)
        parts = parts or left_out
        order = [wrapped(each.name) for each in part]
        data = [{"name": name, "amount": float(each.amount), "label": pounds(each.amount) + (
            f" ({plain(percent(each.amount, totals[side]).value, 0)}%)" if totals[side] else "")}
            for name, each in zip(order, part, strict=True)]
        most = max(float(each.amount or 0) for each in lines)
        base = alt.Chart(alt.Data(values=data)).encode(
            y=names_axis(order), x=alt.X("amount:Q", title="Pounds", scale=alt.Scale(domain=[0, most or 1]),
                                         axis=alt.Axis(format=",.0f", tickCount=4)))
        bars = base.mark_bar(color=colour, height=20)
        words = base.mark_text(align="left", dx=6, fontSize=13, color=QUIET).encode(text="label:N")
        panels.append((bars + words).properties(width=WIDTH, height={"step": 38}, title=alt.Title(
            heading, anchor="start", frame="group", fontSize=15, color=QUIET)))
    spec = styled(alt.vconcat(*panels).resolve_scale(x="shared"))
    return Chart("budget-chart", "Where the money came from and where it went",
                 "Two sets of bars, income above and expenditure below, to the same scale, with each line's share. "
                 f"{parts}The tables below give every amount.", spec, table)
