"""From a folder of spreadsheets to the report's files."""
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from goldthread.reports.reading.inputs import read_inputs
from goldthread.reports.writing.html import render_html
from goldthread.reports.writing.pdf import render_pdf
from goldthread.reports.writing.report import Report, make_report
from goldthread.reports.writing.word import render_docx


@dataclass(frozen=True)
class ReportResult:
    """What was written: the report itself and the files by name."""

    report: Report
    files: tuple[Path, ...]

    @property
    def findings(self) -> list[dict[str, str]]:
        return [each.as_finding() for each in self.report.consistency.findings]

    @property
    def unchecked(self) -> list[dict[str, str]]:
        return [each.as_unchecked() for each in self.report.consistency.unchecked]


def build_report(folder: Path | Mapping[str, bytes], out: Path, *, now: datetime,
                 title: str | None = None) -> ReportResult:
    """Read the four tables in `folder` (or uploaded files by name) and write every form of the report into `out`.

    All forms are made before the first is written, and each is put in place whole. Raises ReportInputError for bad
    input, OSError if `out` cannot be written.
    """
    report = make_report(read_inputs(folder), now=now, title=title)
    return ReportResult(report, put_files(out, render_all(report)))


def put_files(out: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, each put in place whole. Raises OSError if that cannot be."""
    out.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        _put(out / name, content)
    return tuple(out / name for name in contents)


def render_all(report: Report) -> dict[str, bytes]:
    """Every form of the report by file name."""
    return {
        "report.html": render_html(report).encode(),
        "report.pdf": render_pdf(report),
        "report.docx": render_docx(report),
        "figures.json": as_json([each.as_json() for each in report.figures]),
        "consistency.json": as_json([each.as_finding() for each in report.consistency.findings]),
        "unchecked.json": as_json([each.as_unchecked() for each in report.consistency.unchecked]),
    }


def as_json(value: list) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _put(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
