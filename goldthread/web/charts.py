"""Charts drawn on the server as SVG: no script, no inline style, colours from classes, words and patterns besides.

Every chart carries its numbers as a table; `{% chart_with_table chart %}` draws both.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from goldthread.web.components import Column, Table

WIDTH = 640
LABELS = 330  # the most room for labels beside bars; "4: Services listen and are built on need" must fit
LETTER = 7.4  # average width of a letter at 14 px, enough to keep labels apart
PATTERNS = ("", "/", "\\", "x", ".")  # laid over a series so that colour is never alone
MISSING = "not known"


@dataclass(frozen=True)
class Series:
    """One row of numbers, a value to each label of the chart; None where there is none to show.

    said: what is said of each label instead of a number, where there is none: why it is not shown; without it, "not known".
    """

    name: str
    values: Sequence[float | None]
    said: Sequence[str] = ()

    def words(self, at: int) -> str:
        """The number at a label as tables and drawings say it, or why there is none."""
        value = self.values[at]
        return self.said[at] if value is None and self.said else number(value)


@dataclass(frozen=True)
class Chart:
    """What is charted: "bars" (a bar to each label), "columns" or "line" (over time), "shares" (stacked to 100 %).

    unit: what one is ("children"); note: the definition; first: heading of the table's first column. Raises ValueError
    for an unknown kind, a series of another length than the labels, or a negative number.
    """

    title: str
    kind: str
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    note: str = ""
    first: str = ""

    def __post_init__(self) -> None:
        if self.kind not in _DRAWN:
            raise ValueError(f"No chart is called {self.kind}; there are {', '.join(sorted(_DRAWN))}")
        for each in self.series:
            if len(each.values) != len(self.labels) or len(each.said) not in (0, len(self.labels)):
                raise ValueError(f"{each.name} has {len(each.values)} values for {len(self.labels)} labels")
            if any(value is not None and value < 0 for value in each.values):
                raise ValueError(f"{each.name} has a negative number, which these charts cannot show")

    def table(self) -> Table:
        rows = [[label, *(each.words(at) for each in self.series)] for at, label in enumerate(self.labels)]
        heads = [Column(self.first or "Period"), *(Column(each.name, "number") for each in self.series)]
        return Table(f"{self.title}: the numbers", heads, rows, cards=False, caption_hidden=True)

    def describe(self) -> str:
        """What is seen, in a sentence for those who hear the page."""
        said = []
        for each in self.series:
            known = [(value, label) for value, label in zip(each.values, self.labels, strict=True) if value is not None]
            if known:
                low, high = min(known), max(known, key=lambda pair: pair[0])
                said.append(f"{each.name}: from {number(low[0])} ({low[1]}) to {number(high[0])} ({high[1]})")
        return ". ".join(said) + ". The table gives every number." if said else "No numbers are known."

    def svg(self) -> SafeString:
        """The drawing; every text in it is escaped here."""
        body, height = _DRAWN[self.kind](self)
        # two charts on one page must not share the names of their patterns
        name = "chart-" + "".join(letter if letter.isalnum() else "-" for letter in self.title.lower())
        drawing = (_patterns() + body).replace("gt-p", f"{name}-p")
        return mark_safe(  # every piece of text below has been through escape()
            f'<svg class="gt-chart" role="img" viewBox="0 0 {WIDTH} {round(height)}" aria-labelledby="{name}-t"'
            f' aria-describedby="{name}-d"><title id="{name}-t">{escape(self.title)}</title>'
            f'<desc id="{name}-d">{escape(self.describe())}</desc>{drawing}</svg>')


def number(value: float | None) -> str:
    """A number as tables and labels say it."""
    if value is None:
        return MISSING
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def top_of(most: float) -> float:
    """A round number at or above the largest value, for an axis of four equal steps that are round themselves."""
    if most <= 12:
        return max(4, 4 * ceil(most / 4))
    power = 10 ** floor(log10(most))
    return round(next(step * power for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 4.8, 6, 8, 10) if step * power >= most))


def _patterns() -> str:
    lines = {"/": "M0 8 8 0", "\\": "M0 0 8 8", "x": "M0 8 8 0M0 0 8 8", ".": "M3 4h2"}
    return "<defs>" + "".join(
        f'<pattern id="gt-p{at}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<path class="over" d="{lines[mark]}"/></pattern>' for at, mark in enumerate(PATTERNS) if mark) + "</defs>"


def _box(x: float, y: float, width: float, height: float, series: int) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}"'
    over = f'<rect {place} fill="url(#gt-p{series % 5})"/>' if series % 5 else ""
    return f'<rect class="bar s{series % 5}" {place}/>{over}'


def _text(x: float, y: float, words: Any, *, anchor: str = "start", look: str = "") -> str:
    mark = f' class="{look}"' if look else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{mark}>{escape(words)}</text>'


def _key(chart: Chart) -> tuple[str, float]:
    """Names of the series beside their colour and pattern; nothing for one series. And the height used."""
    if len(chart.series) < 2:
        return "", 6.0
    x, y, found = 0.0, 6.0, ""
    for at, each in enumerate(chart.series):
        long = 28 + len(each.name) * LETTER + 22
        if x and x + long > WIDTH:
            x, y = 0.0, y + 24
        found += _box(x, y, 18, 14, at) + _text(x + 25, y + 12, each.name)
        x += long
    return found, y + 30


def _fitting(label: Any, room: float) -> str:
    """A label as far as there is room for it; the table beside has all of it."""
    most = int(room / LETTER)
    return str(label) if len(str(label)) <= most else str(label)[: most - 1].rstrip() + "…"


def _bars(chart: Chart) -> tuple[str, float]:
    key, y = _key(chart)
    top = y - 6  # below the names of the series, which the axis must not cross
    left = min(max(len(str(label)) for label in chart.labels) * LETTER + 12, LABELS)
    most = max((value or 0 for each in chart.series for value in each.values), default=0) or 1
    room, thick = WIDTH - left - 70, 24 if len(chart.series) == 1 else 18
    body = key
    for at, label in enumerate(chart.labels):
        body += _text(left - 10, y + thick * len(chart.series) / 2 + 5, _fitting(label, left - 12), anchor="end")
        for which, each in enumerate(chart.series):
            value = each.values[at]
            long = room * (value or 0) / most
            body += _box(left, y, long, thick - 2, which)
            body += _text(left + long + 8, y + thick / 2 + 4, each.words(at), look="gt-chart__value")
            y += thick
        y += 12
    return body + f'<path class="gt-chart__axis" d="M{left:.1f} {top:.1f}V{y:.1f}"/>', y + 4


def _frame(chart: Chart) -> tuple[str, float, float, float, float]:
    """Axis and lines of a chart over time: the drawing, left edge, top, height of the plot and its highest value."""
    key, top = _key(chart)
    most = top_of(max((value or 0 for each in chart.series for value in each.values), default=0))
    left, height = max(len(number(most)), 2) * LETTER + 14, 220.0
    body = key
    for part in range(5):
        y, value = top + 8 + height * (1 - part / 4), most * part / 4
        look = "gt-chart__axis" if part == 0 else "gt-chart__grid"
        body += f'<path class="{look}" d="M{left:.1f} {y:.1f}H{WIDTH}"/>'
        body += _text(left - 8, y + 5, number(value), anchor="end", look="gt-chart__small")
    return body, left, top + 8, height, most


def _under(chart: Chart, left: float, y: float) -> str:
    """Labels under the axis, as many as fit, none beyond the picture."""
    step = (WIDTH - left) / len(chart.labels)
    widest = max(len(str(label)) for label in chart.labels) * LETTER + 10
    every = max(1, -(-int(widest) // max(int(step), 1)))
    return "".join(_text(min(left + step * (at + 0.5), WIDTH - len(str(label)) * LETTER / 2), y + 20, label,
                         anchor="middle", look="gt-chart__small")
                   for at, label in enumerate(chart.labels) if (len(chart.labels) - 1 - at) % every == 0)


def _columns(chart: Chart) -> tuple[str, float]:
    body, left, top, height, most = _frame(chart)
    step, many = (WIDTH - left) / len(chart.labels), len(chart.series)
    thick = min(step * 0.7 / many, 60)
    for which, each in enumerate(chart.series):
        for at, value in enumerate(each.values):
            x, tall = left + step * (at + 0.5) + thick * (which - many / 2), height * (value or 0) / most
            body += _box(x, top + height - tall, thick - 1, tall, which)
            if many == 1 and step > 34:
                body += _text(x + thick / 2, top + height - tall - 6, each.words(at), anchor="middle",
                              look="gt-chart__value")
    return body + _under(chart, left, top + height), top + height + 32


def _line(chart: Chart) -> tuple[str, float]:
    body, left, top, height, most = _frame(chart)
    step, dashes = (WIDTH - left) / len(chart.labels), ("", "8 5", "2 4", "12 4 2 4", "4 4")
    for which, each in enumerate(chart.series):
        points = [(left + step * (at + 0.5), top + height * (1 - value / most))
                  for at, value in enumerate(each.values) if value is not None]
        gaps = _stretches(each.values)
        path = "".join(("M" if at in gaps else "L") + f"{x:.1f} {y:.1f}" for at, (x, y) in enumerate(points))
        body += f'<path class="line s{which % 5}" stroke-dasharray="{dashes[which % 5]}" d="{path}"/>'
        body += "".join(f'<circle class="s{which % 5}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in points)
    return body + _under(chart, left, top + height), top + height + 32


def _stretches(values: Sequence[float | None]) -> set[int]:
    """Where a line starts anew among the known values: at the first, and after each gap."""
    starts, known, open_ = set(), 0, False
    for value in values:
        if value is None:
            open_ = False
            continue
        if not open_:
            starts.add(known)
        known, open_ = known + 1, True
    return starts


def _shares(chart: Chart) -> tuple[str, float]:
    body, y = _key(chart)
    left = min(max(len(str(label)) for label in chart.labels) * LETTER + 12, LABELS)
    room = WIDTH - left
    for at, label in enumerate(chart.labels):
        values = [each.values[at] or 0 for each in chart.series]
        whole, x = sum(values), left
        body += _text(left - 10, y + 21, _fitting(label, left - 12), anchor="end")
        if not whole:
            body += _text(left + 6, y + 21, "none", look="gt-chart__small")
        for which, value in enumerate(values if whole else ()):
            long = room * value / whole
            body += _box(x, y, long, 32, which)
            share = f"{value / whole:.0%}"
            if long > len(share) * 9 + 14:
                middle = x + long / 2 - 22
                body += f'<rect class="bar s{which % 5}" x="{middle:.1f}" y="{y + 6:.1f}" width="44" height="20"/>'
                body += _text(x + long / 2, y + 21, share, anchor="middle", look="gt-chart__on")
            x += long
        y += 44
    return body, y


_DRAWN = {"bars": _bars, "columns": _columns, "line": _line, "shares": _shares}


def spark(title: str, values: Sequence[float | None]) -> SafeString:
    """How a number has gone, small enough for a row of a table; its words say the same."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return SafeString('<span class="gt-second">Too few to draw</span>')
    most, step = max(known) or 1, 100 / (len(values) - 1)
    points = [(step * at, 26 - 22 * value / most) for at, value in enumerate(values) if value is not None]
    gaps = _stretches(values)
    path = "".join(("M" if at in gaps else "L") + f"{x:.1f} {y:.1f}" for at, (x, y) in enumerate(points))
    words = f"{title}: from {number(known[0])} to {number(known[-1])}, at most {number(max(known))}"
    return mark_safe(  # numbers of ours and an escaped title
        f'<svg class="gt-chart gt-spark" role="img" viewBox="-4 0 108 30" aria-label="{escape(words)}">'
        f'<path class="line s0" d="{path}"/>'
        f'<circle class="s0" cx="{points[-1][0]:.1f}" cy="{points[-1][1]:.1f}" r="3"/></svg>')
