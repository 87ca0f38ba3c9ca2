"""Tags that draw the values of `components`, `forms` and `charts`."""
from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from goldthread.base import dates
from goldthread.base.text import find_blaming
from goldthread.web import charts, components, drawing, tables
from goldthread.web.navigation import lets_in
from goldthread.web.templatetags._words import ago, now_in, on, when

register = template.Library()
NOTHING = mark_safe('<span class="gt-none" aria-hidden="true">–</span><span class="govuk-visually-hidden">none</span>')


@register.simple_tag
def tag(words: str, colour: str = "") -> str:
    """A status in words."""
    return components.Tag(words, colour).__html__()


@register.filter
def shown(value: Any) -> Any:
    """A value as HTML: components draw themselves, text is escaped, nothing is a dash that is heard as "none"."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, date | dates.UncertainDate):
        return on(value)
    return value.__html__() if hasattr(value, "__html__") else value


@register.simple_tag(takes_context=True)
def cell(context: Any, value: Any, show: str = "text") -> Any:
    """A table's cell in the way its column is said."""
    if value is None or value == "":
        return NOTHING
    if show in ("when", "ago", "on") and isinstance(value, date | dates.UncertainDate):
        return on(value) if show == "on" else {"when": when, "ago": ago}[show](context, value)
    if show == "number" and isinstance(value, int):
        return f"{value:,}"
    return shown(value)


def _piece(name: str, *, context: bool = False) -> Any:
    return register.inclusion_tag(f"components/{name}.html", takes_context=context)


@register.simple_tag
def summary_list(rows: Any, plain: bool = False) -> SafeString:
    """Facts with their names: rows of `components.Row`."""
    return drawing.facts(rows, plain=plain, shown=shown)


@register.simple_tag(takes_context=True)
def table(context: Any, table: components.Table) -> SafeString:
    """A `components.Table`: caption, column and row headings, sorting by links, cards on narrow screens."""
    return tables.drawn(table, cell=lambda value, show: cell(context, value, show), request=context.get("request"))


@_piece("pagination")
def pagination(pages: components.Pages) -> dict[str, Any]:
    return {"pages": pages}


@_piece("filter_panel", context=True)
def filter_panel(context: Any, filter: components.Filter) -> dict[str, Any]:
    """The filters of a list; what else stands in the address (the sorting, the view) is kept."""
    asked, request = set(filter.form.fields), context.get("request")
    boxes = {name for name in (request.GET if request else ()) if name.rsplit("_", 1)[0] in asked}
    gone = asked | boxes | {"after", "before"}
    kept = [(name, value) for name, values in (request.GET.lists() if request else ()) if name not in gone
            for value in values]
    return {"filter": filter, "kept": kept}


@_piece("views")
def saved_views(views: Any, title: str = "Saved views") -> dict[str, Any]:
    """Ways to look at a page, one of them current; a page with several rows of them gives each its own title."""
    return {"views": views, "title": title}


@_piece("task_list")
def task_list(tasks: Any, prefix: str = "task") -> dict[str, Any]:
    """Pages of a long form with how far each has got: `paged.Task`s, grouped by their `group`."""
    return {"tasks": tasks, "prefix": prefix}


@register.simple_tag(takes_context=True)
def timeline(context: Any, events: Any, level: int = 2) -> SafeString:
    """`components.Event`s, newest first as given; `level` is that of their headings."""
    return drawing.timeline(events, level=level, ago=lambda at: ago(context, at))


@_piece("confirmation")
def confirmation(title: str, reference: str = "", reference_label: str = "Your reference") -> dict[str, Any]:
    return {"title": title, "reference": reference, "reference_label": reference_label}


@_piece("warning")
def warning(words: str) -> dict[str, Any]:
    return {"words": words}


@_piece("details")
def details(title: str, body: Any) -> dict[str, Any]:
    return {"title": title, "body": body}


@register.simple_tag
def inset(words: Any) -> SafeString:
    return format_html('<div class="govuk-inset-text">{}</div>', shown(words))


@_piece("notification_banner")
def notification_banner(text: str, kind: str = "info", title: str = "") -> dict[str, Any]:
    return {"text": text, "kind": kind, "title": title}


@_piece("identity_bar")
def identity_bar(identity: components.Identity) -> dict[str, Any]:
    return {"identity": identity}


@_piece("sub_navigation")
def sub_navigation(items: Any, label: str = "This record") -> dict[str, Any]:
    """`navigation.Item`s of one record."""
    return {"items": items, "label": label}


@_piece("tiles")
def tiles(tiles: Any, level: int = 2) -> dict[str, Any]:
    return {"tiles": tiles, "level": level}


@_piece("back_link")
def back_link(url: str, words: str = "Back") -> dict[str, Any]:
    return {"url": url, "words": words}


@_piece("breadcrumbs", context=True)
def breadcrumbs(context: Any, *steps: str) -> dict[str, Any]:
    """The way here: title, address, title, address, … A page that is closed to the reader is named and leads nowhere."""
    actor = getattr(context.get("request"), "actor", None)
    pairs = zip(steps[::2], steps[1::2], strict=True)
    return {"steps": [(title, url if lets_in(url, actor) else "") for title, url in pairs]}


@_piece("check_answers")
def check_answers(answers: Any) -> dict[str, Any]:
    """`paged.Answer`s, each with its link to change it."""
    return {"answers": answers}


@_piece("lines")
def lines(lines: Any) -> dict[str, Any]:
    """An "add another" list: a `LinesForm`."""
    return {"lines": lines}


@_piece("saved")
def saved(saved_at: datetime | None = None) -> dict[str, Any]:
    """Where autosave says that it saved."""
    return {"saved_at": saved_at}


@_piece("blaming")
def kinder_words(text: str) -> dict[str, Any]:
    """Phrases in a text that may blame a child, each with better words; nothing when there are none."""
    return {"found": find_blaming(text or "")}


@_piece("chart_with_table", context=True)
def chart_with_table(context: Any, chart: charts.Chart, level: int = 2) -> dict[str, Any]:
    """A chart beside its table, with its definition."""
    return {"chart": chart, "table": chart.table(), "level": level, "request": None, "now": now_in(context)}
