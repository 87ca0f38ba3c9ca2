"""The indicators section: values, earlier values, and changes."""
import altair as alt

from goldthread.reports.arithmetic import less, relative_change, shown
from goldthread.reports.checking.indicators import series, unit_of
from goldthread.reports.checking.subjects import Subject
from goldthread.reports.reading.records import Indicator, Inputs
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

COLUMNS = (Column("Indicator"), Column("Owner"), Column("Period"), Column("Value", True), Column("Before", True),
           Column("Change", True), Column("In percent", True), Column("Note"))
MOST_DRAWN = 14
UNITS = {"money": "GBP", "percent": "percent"}


def indicators_section(inputs: Inputs, figures: Figures) -> Section:
    """The section: a chart of what changed, and a table of every indicator."""
    section = Section("indicators", "Indicators")
    if not inputs.indicators:
        section.blocks.append(Text("There are no indicators in the files, so there is nothing to show here."))
        return section
    file = inputs.file("indicators")
    by_row = {each.rows[0]: each for each in series(inputs)}
    rows = tuple(_row(each, by_row.get(each.row), figures, file) for each in inputs.indicators)
    moved = [each for each in by_row.values() if each.before is not None]
    section.lead = _lead(inputs, moved)
    if moved:
        section.blocks.append(_chart(moved, inputs))
    section.blocks.append(Table("indicators-table", "Indicators and how they changed", COLUMNS, rows))
    return section


def _lead(inputs: Inputs, moved: list[Subject]) -> str:
    up = sum(each.now.value > each.before.value for each in moved)
    down = sum(each.now.value < each.before.value for each in moved)
    count = len(inputs.indicators)
    text = f"The files hold {count} indicator{'s' if count != 1 else ''}."
    if moved:
        text += (f" {len(moved)} can be compared with the period before: {up} went up, {down} went down"
                 f"{f', {len(moved) - up - down} stayed the same' if len(moved) > up + down else ''}. "
                 "Up is not always better: read each with its meaning.")
    return text


def _row(each: Indicator, subject: Subject | None, figures: Figures, file: str) -> tuple[Cell, ...]:
    kind = unit_of(each)
    unit = UNITS.get(kind, each.unit or "count")
    key = f"indicator-r{each.row}"
    value = before = change = share = None
    if each.value is not None:
        value = figures.add(key, each.name, each.value, unit, file, [each.row])
    if subject and subject.before is not None:
        was = subject.before.value
        before = figures.add(f"{key}-before", f"{each.name}, period before", was, unit, file, subject.rows[-1:])
        change = figures.add(f"{key}-change", f"{each.name}, change", less(each.value, was, kind),
                             "percentage points" if kind == "percent" else unit, file, subject.rows)
        worked = relative_change(each.value, was, kind)
        if worked:
            share = figures.add(f"{key}-change-percent", f"{each.name}, change in percent", worked, "percent", file,
                                subject.rows, True)
    said = shown(each.value, kind) + (f" {each.unit}" if kind == "count" and each.unit else "") if value else "–"
    period = each.period.replace("-", "\u2011") or "–"
    return (Cell(each.name), Cell(each.owner or "–"), Cell(period), Cell(said, value),
            Cell(before.text, before) if before else Cell("–"), _signed(change), _signed(share), Cell(each.note))


def _signed(figure: Figure | None) -> Cell:
    if figure is None:
        return Cell("–")
    plus = "+" if figure.value > 0 and not figure.text.startswith("+") else ""
    return Cell(plus + figure.text.replace("percentage points", "points"), figure)


def _chart(moved: list[Subject], inputs: Inputs) -> Chart:
    """For each unit a panel: a line from the earlier dot to the later one."""
    units = {each.row: each.unit for each in inputs.indicators}
    moved, part = largest(moved, lambda each: abs(relative_change(each.now.value, each.before.value).value)
                          if each.before.value else 0, MOST_DRAWN)
    groups: dict[str, list[Subject]] = {}
    for each in moved:
        unit = "percent" if each.unit == "percent" else units.get(each.rows[0], "") or "count"
        groups.setdefault(unit, []).append(each)
    panels = [_panel(unit, group) for unit, group in groups.items()]
    spec = styled(alt.vconcat(*panels).resolve_scale(x="independent", color="shared"))
    return Chart("indicators-chart", "What changed since the period before",
                 "For each indicator a line runs from its earlier value (gold dot) to its latest value (blue dot). "
                 f"{part.replace('largest', 'largest changes')}The table below gives every number.", spec,
                 "indicators-table")


def _panel(unit: str, group: list[Subject]):
    order = [wrapped(each.name) for each in group]
    lines, dots = [], []
    for name, each in zip(order, group, strict=True):
        before, now = float(each.before.value), float(each.now.value)
        change = relative_change(each.now.value, each.before.value, each.unit)
        points = less(each.now.value, each.before.value, each.unit)
        sign = "+" if points.value > 0 else ""
        told = f"{sign}{shown(points.value, 'count')} points" if each.unit == "percent" else (
            f"{sign}{shown(change.value, 'percent')}" if change else f"{sign}{shown(points.value, each.unit)}")
        lines.append({"name": name, "before": before, "now": now, "end": max(before, now),
                      "label": f"{shown(each.before.value, each.unit)} to {shown(each.now.value, each.unit)}, {told}"})
        dots += [{"name": name, "value": before, "when": "Period before"},
                 {"name": name, "value": now, "when": "Latest"}]
    x_scale = alt.Scale(zero=True, nice=True)
    rule = alt.Chart(alt.Data(values=lines)).mark_rule(strokeWidth=3, color="#8a949e").encode(
        y=names_axis(order), x=alt.X("before:Q", title=unit.capitalize(), scale=x_scale, axis=alt.Axis(tickCount=5)),
        x2="now:Q")
    dot = alt.Chart(alt.Data(values=dots)).mark_circle(size=150, opacity=1).encode(
        y=names_axis(order), x=alt.X("value:Q", scale=x_scale),
        color=alt.Color("when:N", scale=alt.Scale(domain=["Period before", "Latest"], range=[ACCENT, DARK])))
    words = alt.Chart(alt.Data(values=lines)).mark_text(align="left", dx=12, fontSize=13, color=QUIET).encode(
        y=names_axis(order), x="end:Q", text="label:N")
    return (rule + dot + words).properties(width=WIDTH, height={"step": 40})
