"""The report as a tagged PDF that declares PDF/UA-1."""
import io

import pikepdf
from pikepdf import Array, Dictionary, Name
from weasyprint import HTML
from weasyprint.urls import URLFetchingError

from goldthread.reports.writing.html import render_paged
from goldthread.reports.writing.report import Written


def render_pdf(report: Written) -> bytes:
    """Tagged PDF with language, title, bookmarks, chart descriptions and scoped table headers."""
    drawn = HTML(string=render_paged(report), url_fetcher=_fetch_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return scope_headers(drawn)


def _fetch_nothing(url: str, *_args, **_kwargs):
    raise URLFetchingError(f"The report needs nothing from outside, but asked for {url}")


def scope_headers(content: bytes) -> bytes:
    """Say of every table header cell whether it heads a column or a row; the layout engine leaves that out."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for table in _of_kind(pdf.Root.StructTreeRoot, Name.Table):
            for part in _children(table):
                for row in [part] if part.S == Name.TR else _children(part):
                    _scope_row(row, column=part.S == Name.THead)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _scope_row(row, column: bool) -> None:
    for cell in _children(row):
        if cell.S == Name.TH:
            attributes = cell.get("/A", Dictionary(O=Name.Table))
            attributes["/Scope"] = Name.Column if column else Name.Row
            cell["/A"] = attributes


def _children(element) -> list:
    kids = element.get("/K")
    if kids is None:
        return []
    return [each for each in (kids if isinstance(kids, Array) else [kids])
            if isinstance(each, Dictionary) and "/S" in each]


def _of_kind(root, kind) -> list:
    """All structure elements of a kind, without recursion: a long report nests and chains deep."""
    found, waiting = [], _children(root)
    while waiting:
        element = waiting.pop()
        if element.S == kind:
            found.append(element)
        waiting.extend(_children(element))
    return found
