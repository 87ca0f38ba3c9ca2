"""How good the data is that agencies send: by agency and field, with the rows behind each number for those allowed."""
from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.dataset.models import FieldCount, Submission
from goldthread.dataset.owed import counting
from goldthread.dataset.rights import opens_rows
from goldthread.dataset.specification.declared import UnknownSpecification
from goldthread.dataset.specification.definition import Specification
from goldthread.dataset.specifications import specification
from goldthread.web.charts import Chart, Series
from goldthread.web.components import Column, Link, Table, View
from goldthread.web.dataset.common import TAKES_PART, found_rows, period, version_of

MOST_VERSIONS = 400
MOST_ROWS = 200


@TAKES_PART
def board(request: Any) -> HttpResponse:
    """Of the newest return of each agency: how full each field is, and how much was found in it."""
    newest: dict[tuple[str, int], Submission] = {}
    for each in counting().order_by("-expectation__until", "-pk")[:MOST_VERSIONS]:
        newest.setdefault((each.expectation.specification, each.expectation.agency_id), each)
    titles = {key: version.expectation.title for (key, _), version in newest.items()}
    chosen = request.GET.get("return") or next(iter(sorted(titles, key=lambda key: titles[key])), "")
    if titles and chosen not in titles:
        raise Http404
    versions = sorted((v for (key, _), v in newest.items() if key == chosen), key=lambda v: v.expectation.agency.name)
    shown = _shown(request.actor, versions) if versions else {}
    return render(request, "dataset/quality.html", {
        "views": [View(title, f"?return={key}", key == chosen) for key, title in sorted(titles.items(), key=lambda t: t[1])],
        "title": titles.get(chosen, ""), **shown})


def _shown(actor: Any, versions: list[Submission]) -> dict[str, Any]:
    counts = list(FieldCount.objects.filter(submission__in=versions).order_by("pk"))
    owed = versions[0].expectation
    spec = specification(owed.specification, owed.until)
    of_version: dict[int, list[FieldCount]] = {}
    for count in counts:
        of_version.setdefault(count.submission_id, []).append(count)
    names = [each.expectation.agency.name for each in versions]
    chart = Chart("How full what agencies sent is", "bars", names, [Series("Cells filled in (%)", [
        _full(of_version.get(each.pk, []), spec) for each in versions])], "percent",
        "Of the fields that are asked to be filled in, in the newest return of each agency.", "Agency")
    lines = [[title, *(_cell(actor, version, by_field.get(field)) for version, by_field in _by_field(versions, of_version))]
             for field, title in _fields(counts, spec)]
    table = Table("By field: filled in, and what was found", [Column("Field"), *(Column(name) for name in names)], lines)
    sources = Table("Returns counted", [Column("Agency"), Column("Return"), Column("To ask about", "number")], [
        [each.expectation.agency.name, Link(period(each.expectation), reverse("data_version", args=[each.pk])), each.queries]
        for each in versions])
    return {"chart": chart, "table": table, "sources": sources}


def _by_field(versions: list[Submission], of_version: dict[int, list[FieldCount]]
              ) -> list[tuple[Submission, dict[tuple[str, str], FieldCount]]]:
    return [(each, {(c.table, c.column): c for c in of_version.get(each.pk, [])}) for each in versions]


def _fields(counts: list[FieldCount], spec: Specification) -> list[tuple[tuple[str, str], str]]:
    """The fields that anything was sent of, in the order of the specification."""
    sent = {(each.table, each.column) for each in counts if each.rows}
    several = len({table for table, _ in sent}) > 1
    return [((table.key, column.name), f"{table.title}: {column.title}" if several else column.title)
            for table in spec.tables for column in table.columns if (table.key, column.name) in sent]


def _full(counts: list[FieldCount], spec: Specification) -> float | None:
    asked = {(table.key, column.name) for table in spec.tables for column in table.columns
             if column.required or column.wanted}
    cells = sum(each.rows for each in counts if (each.table, each.column) in asked)
    empty = sum(each.empty for each in counts if (each.table, each.column) in asked)
    return round(100 * (cells - empty) / cells, 1) if cells else None


def _cell(actor: Any, version: Submission, count: FieldCount | None) -> Any:
    if count is None or not count.rows:
        return "Not sent"
    words = f"{100 * (count.rows - count.empty) / count.rows:.0f}% filled in"
    many = count.errors + count.queries
    if not many:
        return words
    found = f"{many:,} to look at"
    if not opens_rows(actor, version.expectation):
        return f"{words}, {found}"
    return Link(found, reverse("data_quality_rows", args=[version.pk, count.table, count.column]), words)


@TAKES_PART
def rows(request: Any, pk: int, table: str, column: str) -> HttpResponse:
    """The rows of one agency in which something was found in one field."""
    version = version_of(pk)
    owed = version.expectation
    try:
        title = specification(owed.specification, owed.until).table(table).column(column).title
    except (KeyError, UnknownSpecification) as unknown:
        raise Http404 from unknown
    if not opens_rows(request.actor, owed):
        raise Http404
    found = found_rows(request.actor, version, MOST_ROWS, kind__table=table, kind__column=column)
    lines = [[each.where(), each.value, each.rule[:1].upper() + each.rule[1:], each.mend] for each in found]
    columns = [Column("Where"), Column("Value"), Column("What is wrong"), Column("How to mend it")]
    return render(request, "dataset/rows.html", {
        "version": version, "owed": owed, "title": f"{title}: rows to look at", "most": MOST_ROWS,
        "table": Table(f"{title}: rows to look at", columns, lines, caption_hidden=True,
                       nothing="Nothing was found in this field."),
        "up": reverse("data_quality"), "up_words": "How good the data is"})
