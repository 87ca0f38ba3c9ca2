"""Reports: read a partnership's figures, check what its report prints, and write the report.

    read_inputs(folder or {name: bytes}) -> Inputs            raises ReportInputError with every fault
    check_consistency(inputs) -> Consistency                  findings, unchecked, holding
    make_report(inputs, now=..., title=...) -> Report
    render_html(report) -> str                                one page; render_body for a page of the site
    build_report(folder, out, now=..., title=...) -> ReportResult

Drawing and typesetting take seconds to load, so what needs them is fetched when first asked for.
"""
from importlib import import_module

from goldthread.reports.checking.consistency import Consistency, check_consistency
from goldthread.reports.reading.errors import InputFault, ReportInputError
from goldthread.reports.reading.inputs import read_inputs
from goldthread.reports.reading.records import Inputs

_LATER = {"ReportResult": "build", "build_report": "build", "render_all": "build", "Report": "writing.report",
          "make_report": "writing.report", "render_html": "writing.html", "render_body": "writing.html",
          "stylesheet": "writing.html", "render_pdf": "writing.pdf", "render_docx": "writing.word"}

__all__ = ["Consistency", "InputFault", "Inputs", "ReportInputError", "check_consistency", "read_inputs",
           *sorted(_LATER)]


def __getattr__(name: str):
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
