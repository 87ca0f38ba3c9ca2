"""A report of 40 pages and 15 charts put together from figures and laid out as web page, PDF and Word document.

What is measured is everything after counting: reading the text, putting figures in, drawing, laying out. In a process of
its own, so loading the drawing and typesetting libraries is in it. The scale changes nothing.
"""
from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pypdfium2

from bench.result import Result, spent

if TYPE_CHECKING:
    from goldthread.reports.yearly.composing import Composed
    from goldthread.reports.yearly.figures import Figure

name = "The yearly report in three forms"
SECTIONS, CHARTS, MOST_SECONDS, PAGES = 15, 15, 10.0, 40
MONTHS = ("April to June", "July to September", "October to December", "January to March")
WORDS = ("Agencies met every month and looked at what children had told them. What changed is written down beside each "
         "action, with who saw to it and how anybody knows. Where nothing changed, that is said as well. ")


@dataclass(frozen=True)
class Part:
    """A section as somebody wrote it."""

    key: str
    heading: str
    text: str


def run(scale: float) -> list[Result]:
    """All forms of one report, and each by itself."""
    from goldthread.commands.environment import start_django
    os.environ.setdefault("DATABASE_URL", "postgresql:///unused")  # nothing is read
    start_django()
    made: dict[str, bytes] = {}
    kept: list[Composed] = []
    results = []
    whole = wall = 0.0
    for form in ("composed", "report.html", "report.pdf", "report.docx"):
        took = spent(lambda form=form: made.update(_make(form, kept)))  # type: ignore[misc]
        whole, wall = whole + took.cpu, wall + took.wall
        results.append(Result(form, scale, "s of CPU", round(took.cpu, 2), more={
            "wall": round(took.wall, 2), "peak MB": took.peak_mb, "kB": round(len(made.get(form, b"")) / 1000)}))
    pages = len(pypdfium2.PdfDocument(made["report.pdf"]))
    charts = made["report.html"].count(b"<svg")
    return [Result("put together and laid out in three forms", scale, "s of CPU", round(whole, 2), None, MOST_SECONDS, {
        "wall": round(wall, 2), "pages": pages, "charts": charts}),
            Result("pages it falls short of", scale, "", max(0, PAGES - pages), None, 0),
            Result("charts it falls short of", scale, "", max(0, CHARTS - charts), None, 0), *results]


def _make(form: str, kept: list[Composed]) -> dict[str, bytes]:
    """One form; the report itself is put together once, first."""
    from goldthread.reports.writing.html import render_html
    from goldthread.reports.writing.pdf import render_pdf
    from goldthread.reports.writing.word import render_docx
    if form == "composed":
        kept.append(_composed())
        return {}
    return {form: {"report.html": lambda: render_html(kept[0]).encode(), "report.pdf": lambda: render_pdf(kept[0]),
                   "report.docx": lambda: render_docx(kept[0])}[form]()}


def _composed() -> Composed:
    from goldthread.reports.yearly.composing import Frame, compose
    from goldthread.reports.yearly.counting import Counted
    figures = {each.key: each for at in range(SECTIONS) for each in _figures(at)}
    captions = {f"table-{at}": f"Table of section {at}" for at in range(SECTIONS)} | {
        f"quarters-{at}": f"Something counted in section {at}, by quarter" for at in range(SECTIONS)}
    frame = Frame("Marlpit: yearly report 2025-26", "Marlpit", datetime(2026, 11, 1, tzinfo=ZoneInfo("Europe/London")))
    return compose(frame, [Part(f"part-{at}", f"Part {at} of the year", _text(at)) for at in range(SECTIONS)],
                   Counted(figures, captions, frozenset(captions)))


def _text(at: int) -> str:
    paragraphs = [f"{WORDS * 4}There were {{{{figure:f{at}-{row}}}}} of them, **more** than before." for row in range(5)]
    quote = "> They asked me, and then they did it.\n> — a young person"
    return "\n\n".join([*paragraphs[:2], f"{{{{chart:quarters-{at}}}}}", "## What was done", quote, *paragraphs[2:],
                        f"{{{{table:table-{at}}}}}", "- one thing\n- another thing\n- a third thing"])


def _figures(at: int) -> Iterator[Figure]:
    from goldthread.reports.yearly.figures import Figure
    for row in range(9):
        for column, more in (("2025-26", 5), ("2024-25", 0)):
            many = 100 + 5 * row + more
            key = f"f{at}-{row}" + ("" if more else ".before")
            yield Figure(key, f"Thing {row} of part {at}", Decimal(many), Decimal(many), str(many), "number",
                         "Counted in the records of the year.", f"records of thing {row}", "casework",
                         table=f"table-{at}", row=f"Thing {row} that is counted in part {at}", column=column)
    for quarter in MONTHS:
        for column, many in (("2025-26", 25), ("2024-25", 20)):
            key, label = f"q{at}-{quarter}-{column}", f"Thing of part {at}, {quarter}"
            yield Figure(key, label, Decimal(many), Decimal(many), str(many), "number",
                         "Counted in the records of the quarter.", "records", "casework", table=f"quarters-{at}",
                         row=quarter, column=column)
