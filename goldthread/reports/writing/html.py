"""The report as a web page: one file, no scripts, nothing fetched, everything from the input escaped."""
import re
from collections.abc import Callable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from goldthread.reports.writing.blocks import Chart
from goldthread.reports.writing.drawing import svg
from goldthread.reports.writing.figures import anchor
from goldthread.reports.writing.report import Written

LONG_TABLES = frozenset({"how-table", "figures-table", "holding-table", "unchecked-table", "checklist-table",
                         "sources-table"})
NEW_PAGE = frozenset({"training", "budget", "indicators", "consistency", "how", "checklist", "figures-of-this-report"})

_WHOLE_PAGE = re.compile(r"^(?::root|html|body) \{", re.MULTILINE)


def render_html(report: Written) -> str:
    """The whole page, styles inside."""
    return _page(report, _style("report.css"), paged=False)


def render_body(report: Written, lead: Callable[[str], str] | None = None) -> str:
    """Contents and sections only, for a page of the site that brings `stylesheet` itself: no style, no script.

    lead: the address of a figure of the records by its key; its place in the report's own list unless given.
    """
    return _environment().get_template("body.html").render(_context(report, paged=False) | ({"lead": lead} if lead else {}))


def render_blocks(blocks: list, lead: Callable[[str], str]) -> str:
    """The blocks of one section, for a page of the site."""
    return _environment().get_template("section.html").render(
        {"blocks_shown": blocks, "paged": False, "draw": _draw, "long_tables": LONG_TABLES, "lead": lead})


def stylesheet(within: str = "") -> str:
    """The style sheet that `render_body` needs. within: a class of the site's page that it is to stay inside."""
    style = _style("report.css")
    return f".{within} {{\n{_WHOLE_PAGE.sub('& {', style)}}}\n" if within else style


def render_paged(report: Written) -> str:
    """The page as the PDF writer takes it: styles for paper, nothing to click open."""
    return _page(report, _style("report.css") + _style("pdf.css"), paged=True)


def _page(report: Written, style: str, paged: bool) -> str:
    made = report.made_at
    return _environment().get_template("report.html").render(
        _context(report, paged) | {"style": style, "made_on": f"{made.day} {made:%B %Y}"})


def _context(report: Written, paged: bool) -> dict:
    return {"report": report, "paged": paged, "draw": _draw, "long_tables": LONG_TABLES, "big": NEW_PAGE,
            "lead": lambda key: f"#{anchor(key)}"}



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
