"""A scorecard as files: numbers with their meaning as CSV, workbook, JSON for other systems, and PDF to be printed."""
from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from goldthread.exchange.exporting import CSV, XLSX, export_table
from goldthread.measure.facts import BESIDE, CROSSED
from goldthread.measure.indicators import POLARITIES, UNITS, Indicator, released
from goldthread.measure.periods import Period
from goldthread.measure.words import category_words

HEADINGS = ("Indicator", "Reference", "Period", "Breakdown", "Category", "Numerator", "Denominator", "Value", "Unit")
LICENCE = "Open Government Licence v3.0"
SIGNS = {"c": "too few to be said, or hidden so that no smaller number can be worked out"}


@dataclass(frozen=True)
class Line:
    """One number as it is said. numerator, denominator, value: in words or signs; empty where there is none."""

    indicator: str
    period: Period
    breakdown: str
    category: str
    numerator: str
    denominator: str
    value: str


@dataclass(frozen=True)
class Card:
    """What is written: whose scorecard, called what, of which numbers, made safe by which rule (in words)."""

    partnership: str
    title: str
    rule: str
    made: str
    lines: Sequence[Line]

    @property
    def indicators(self) -> list[Indicator]:
        return [released(key) for key in dict.fromkeys(line.indicator for line in self.lines)]


def table(card: Card) -> list[list[Any]]:
    """The rows under HEADINGS."""
    known = {each.key: each for each in card.indicators}
    return [[known[line.indicator].title, known[line.indicator].reference, line.period.key, line.breakdown,
             category_words(line.breakdown, line.category),
             line.numerator, line.denominator, line.value, UNITS[known[line.indicator].unit]] for line in card.lines]


def as_csv(card: Card) -> bytes:
    return export_table(HEADINGS, table(card), CSV)


def as_xlsx(card: Card) -> bytes:
    return export_table(HEADINGS, table(card), XLSX)


def as_json(card: Card) -> bytes:
    """Numbers with their metadata, so that they can be read without this page."""
    return json.dumps({
        "title": card.title, "publisher": card.partnership, "made": card.made, "licence": LICENCE,
        "disclosure_control": card.rule, "signs": SIGNS,
        "indicators": [_described(each) for each in card.indicators],
        "numbers": [dict(zip(("indicator", "period", "since", "until", "breakdown", "category", "numerator", "denominator",
                              "value"), (line.indicator, line.period.key, line.period.since.isoformat(),
                                         line.period.until.isoformat(), line.breakdown,
                                         line.category.replace(BESIDE, CROSSED), line.numerator,
                                         line.denominator, line.value), strict=True)) for line in card.lines],
    }, indent=1, ensure_ascii=False).encode()


def _described(each: Indicator) -> dict[str, Any]:
    return {"key": each.key, "reference": each.reference, "title": each.title, "meaning": each.meaning,
            "unit": UNITS[each.unit], "polarity": POLARITIES[each.polarity], "owner": each.owner, "source": each.source,
            "priority": each.priority, "in_force_from": each.valid_from.isoformat()}


def as_html(card: Card) -> str:
    """The scorecard as a page to be printed."""
    def cells(row: Iterable[Any]) -> str:
        return "".join(f"<td>{escape(str(cell))}</td>" for cell in row)
    head = "".join(f"<th scope=col>{each}</th>" for each in HEADINGS if each != "Reference")
    body = "".join(f"<tr>{cells([*row[:1], *row[2:]])}</tr>" for row in table(card))
    meanings = "".join(f"<dt>{escape(each.title)}</dt><dd>{escape(each.meaning)} Source: {escape(each.source)}.</dd>"
                       for each in card.indicators)
    return (f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(card.title)}</title><style>{STYLE}</style>"
            f"<h1>{escape(card.title)}</h1><p>{escape(card.partnership)}, {escape(card.made)}. {escape(card.rule)}</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><h2>What the numbers mean</h2>"
            f"<dl>{meanings}</dl></html>")


STYLE = """@page { size: A4 landscape; margin: 15mm; @bottom-right { content: counter(page) " of " counter(pages) } }
body { font: 10pt Arial, "Liberation Sans", sans-serif } table { border-collapse: collapse; width: 100% }
th, td { border-bottom: .5pt solid #b1b4b6; padding: 2pt 4pt; text-align: left; vertical-align: top }
dt { font-weight: bold }
thead { display: table-header-group } tr { break-inside: avoid }"""


def as_pdf(card: Card) -> bytes:
    from weasyprint import HTML
    found: bytes = HTML(string=as_html(card)).write_pdf(pdf_variant="pdf/ua-1")
    return found


FORMS = {"csv": ("text/csv; charset=utf-8", as_csv), "json": ("application/json", as_json),
         "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
         "pdf": ("application/pdf", as_pdf)}


def write(card: Card, folder: Path) -> list[Path]:
    """Every form in a folder. Returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for ending, (_, make) in FORMS.items():
        path = folder / f"scorecard.{ending}"
        path.write_bytes(make(card))
        found.append(path)
    return found
