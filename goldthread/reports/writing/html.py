"""The report as a web page: one file, no scripts, nothing fetched, everything from the input escaped."""
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from goldthread.reports.writing.blocks import Chart
from goldthread.reports.writing.drawing import svg
from goldthread.reports.writing.report import Report

LONG_TABLES = frozenset({"how-table", "holding-table", "unchecked-table", "checklist-table", "sources-table"})
NEW_PAGE = frozenset({"training", "budget", "indicators", "consistency", "how", "checklist"})


def render_html(report: Report) -> str:
    """The whole page, styles inside."""
    return _page(report, _style("report.css"), paged=False)


def render_body(report: Report) -> str:
    """Contents and sections only, for a page of the site that brings `stylesheet` itself: no style, no script."""
    return _environment().get_template("body.html").render(_context(report, paged=False))


def stylesheet() -> str:
    """The style sheet that `render_body` needs."""
    return _style("report.css")


def render_paged(report: Report) -> str:
    """The page as the PDF writer takes it: styles for paper, nothing to click open."""
    return _page(report, _style("report.css") + _style("pdf.css"), paged=True)


def _page(report: Report, style: str, paged: bool) -> str:
    made = report.made_at
    return _environment().get_template("report.html").render(
        _context(report, paged) | {"style": style, "made_on": f"{made.day} {made:%B %Y}"})


def _context(report: Report, paged: bool) -> dict:
    return {"report": report, "paged": paged, "draw": _draw, "long_tables": LONG_TABLES, "big": NEW_PAGE}


def _draw(chart: Chart) -> str:
    return svg(chart.spec, chart.id, chart.title, chart.description)


@cache
def _environment() -> Environment:
    environment = Environment(loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    return environment


@cache
def _style(name: str) -> str:
    return _environment().loader.get_source(_environment(), name)[0]
