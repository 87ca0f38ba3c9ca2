"""Tables as HTML, written straight out: a list's cells are most of a page, and a template takes ten times as long."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from goldthread.web.components import Table, escaped

ARROWS = {"ascending": "▲", "descending": "▼"}


def drawn(table: Table, *, cell: Callable[[Any, str], Any], request: Any = None) -> SafeString:
    """A table with caption, column and row headings.

    cell: a value as HTML, given how its column says it. request: whose address the links that sort lead back to.
    Raises ValueError for a row of another length than the columns.
    """
    if not table.rows:
        return format_html('<div class="gt-empty"><p class="govuk-body">{}</p></div>', table.nothing)
    look = "govuk-visually-hidden" if table.caption_hidden else "govuk-table__caption--m"
    begin = (f'<table class="govuk-table gt-table{" gt-cards" if table.cards else ""}">\n'
             f'<caption class="govuk-table__caption {look}">{conditional_escape(table.caption)}</caption>\n'
             f'<thead class="govuk-table__head"><tr class="govuk-table__row">{_heads(table, request)}</tr></thead>\n'
             '<tbody class="govuk-table__body">\n')
    made = begin + _body(table, cell) + "</tbody>\n</table>\n"
    if not table.cards:
        made = (f'<div class="gt-scroll" tabindex="0" role="region" aria-label="{conditional_escape(table.caption)}">\n'
                f"{made}</div>\n")
    return mark_safe(made)


def _heads(table: Table, request: Any) -> str:
    made = []
    for head in table.heads():
        column, order = head["column"], head["order"]
        look = " govuk-table__header--numeric" if column.numeric else ""
        sort = f' aria-sort="{order}"' if order else ""
        title = conditional_escape(column.title)
        if head["turn"] and request:
            title = (f'<a class="gt-sort" href="{_sorted(request, head["turn"])}">{title} <span class="gt-sort__arrow" '
                     f'aria-hidden="true">{ARROWS.get(order, "↕")}</span></a>')
        made.append(f'<th scope="col" class="govuk-table__header{look}"{sort}>{title}</th>')
    return "".join(made)


def _sorted(request: Any, turn: str) -> str:
    """The address of the same list from its beginning, in another order."""
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query["sort"] = turn
    return escape(f"?{query.urlencode()}")


def _body(table: Table, cell: Callable[[Any, str], Any]) -> str:
    parts = [("", "", "")] * len(table.columns)
    for n, column in enumerate(table.columns):
        look = " govuk-table__cell--numeric" if column.numeric else ""
        parts[n] = (f'<td class="govuk-table__cell{look}" data-label="{conditional_escape(column.title)}"><span>',
                    "</span></td>", column.show)
    if parts:
        parts[0] = '<th scope="row" class="govuk-table__header">', "</th>", table.columns[0].show
    made = []
    for row in table.rows:
        made.append('<tr class="govuk-table__row">')
        for value, (before, after, show) in zip(row, parts, strict=True):
            drawn = value and type(value) in (str, SafeString)
            made += before, escaped(value if drawn else cell(value, show)), after
        made.append("</tr>\n")
    return "".join(made)
