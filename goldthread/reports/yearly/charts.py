"""A table of figures as a drawing: bars side by side for each column, in the numbers as they are told."""
from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from goldthread.measure.protecting import HIDDEN
from goldthread.reports.writing.blocks import Chart
from goldthread.reports.writing.drawing import ACCENT, DARK, PALE, QUIET, WIDTH, names_axis, styled, wrapped
from goldthread.reports.writing.figures import slug
from goldthread.reports.yearly.figures import WITHHELD, Figure

COLOURS = (DARK, ACCENT, QUIET, PALE)
MOST = 24


def chart(key: str, caption: str, figures: Sequence[Figure]) -> Chart:
    """Bars for each row, one a column. What is not told has no bar, and its label says so."""
    rows = list(dict.fromkeys(each.row for each in figures))[:MOST]
    columns = [name for name in dict.fromkeys(each.column for each in figures) if name != "Change"][:len(COLOURS)]
    data = [{"name": wrapped(each.row), "column": each.column, "value": float(each.said or 0), "label": each.text}
            for each in figures if each.row in rows and each.column in columns]
    base = alt.Chart(alt.Data(values=data)).encode(
        y=names_axis([wrapped(row) for row in rows]), yOffset=alt.YOffset("column:N", sort=columns))
    bars = base.mark_bar().encode(
        x=alt.X("value:Q", title=None, axis=alt.Axis(tickCount=5)),
        color=alt.Color("column:N", sort=columns, scale=alt.Scale(domain=columns, range=list(COLOURS[:len(columns)]))))
    labels = base.mark_text(align="left", dx=4, fontSize=12, color=QUIET).encode(x="value:Q", text="label:N")
    height = {"step": 20 if len(columns) > 1 else 26, "for": "offset"}
    spec = styled((bars + labels).properties(width=WIDTH, height=height))
    hidden = "".join(f" {sign}: not told." for sign in (HIDDEN, WITHHELD) if any(each.text == sign for each in figures))
    return Chart(f"chart-{slug(key)}", caption, f"A bar for each of {', '.join(columns)}; the table gives every number."
                 f"{hidden}", spec, f"table-{slug(key)}")
