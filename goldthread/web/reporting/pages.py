"""Upload spreadsheets, read the report and its findings, download it."""
from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from goldthread.access.policy import May
from goldthread.files.checking import check_table_upload
from goldthread.files.faults import BadFile
from goldthread.process.drafts import DraftStore
from goldthread.reports import (
    ReportInputError,
    make_report,
    read_inputs,
    render_body,
    render_docx,
    render_html,
    render_pdf,
    stylesheet,
)
from goldthread.reports.build import as_json
from goldthread.reports.reading.inputs import kind_of
from goldthread.web.components import Column, Table
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.middleware import needs, public

KINDS = {"training": ("training-courses", "Training courses"), "budget": ("budget", "Budget"),
         "indicators": ("indicators", "Indicators"), "printed": ("printed-totals", "What the printed report states")}


class UploadForm(Form):
    """A title and any of the four tables."""

    title = kit.Text(label="What is the report called?", required=False, max_length=150)
    training = kit.File(label="Training courses", required=False, accept=".csv,.xlsx")
    budget = kit.File(label="Budget", required=False, accept=".csv,.xlsx")
    indicators = kit.File(label="Indicators", required=False, accept=".csv,.xlsx")
    printed = kit.File(label="What the printed report states", required=False, accept=".csv,.xlsx")


FORMS: dict[str, tuple[str, Callable[[Any], bytes]]] = {
    "report.html": ("text/html; charset=utf-8", lambda r: render_html(r).encode()),
    "report.pdf": ("application/pdf", render_pdf),
    "report.docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", render_docx),
    "figures.json": ("application/json", lambda r: as_json([f.as_json() for f in r.figures])),
    "consistency.json": ("application/json", lambda r: as_json([f.as_finding() for f in r.consistency.findings])),
    "unchecked.json": ("application/json", lambda r: as_json([f.as_unchecked() for f in r.consistency.unchecked])),
}


@needs(May.BUILD_REPORTS)
def upload(request: Any) -> HttpResponse:
    """Choose the files. What is wrong in them is listed by file, row and column; nothing is kept until all holds."""
    form = UploadForm(request.POST or None, request.FILES or None, today=request.now.date())
    faults: Table | None = None
    if request.method == "POST" and form.is_valid():
        sent = _sent(form)
        if not sent and not form.errors:
            form.add_error("training", "Choose at least one file")
        if sent and not form.errors:
            try:
                read_inputs(sent)
                token = uuid4()
                _store(request, token).save({
                    "title": form.cleaned_data["title"], "made": request.now.isoformat(),
                    "files": {name: b64encode(data).decode() for name, data in sent.items()}})
                return redirect("report", token)
            except ReportInputError as wrong:
                faults = _fault_table(wrong)
    return render(request, "reporting/upload.html", {"form": form, "faults": faults, "has_errors": bool(faults)})


def _sent(form: Any) -> dict[str, bytes]:
    """The files that may be read, each under the name of its table."""
    found: dict[str, bytes] = {}
    for field, (kind, _) in KINDS.items():
        if file := form.cleaned_data.get(field):
            try:
                extension = file.name.rsplit(".", 1)[-1].lower()
                found[f"{kind}.{extension}"] = check_table_upload(file)
            except BadFile as bad:
                form.add_error(field, str(bad))
    return found


def _fault_table(wrong: ReportInputError) -> Table:
    rows = [[KINDS_BY_NAME.get(kind_of(f.file) or "", f.file), str(f.row or ""), f.column, f.value,
             f"{f.problem[:1].upper()}{f.problem[1:]}. {f.mend}"] for f in wrong.faults]
    columns = [Column("File"), Column("Row"), Column("Column"), Column("What is there"), Column("What to do")]
    return Table("What to mend before the report can be made", columns, rows)


KINDS_BY_NAME = dict(KINDS.values())


def _store(request: Any, token: UUID) -> DraftStore:
    return DraftStore(request.actor, f"report/{token}", f"user:{request.user.pk}", request.now)


def _report(request: Any, token: UUID) -> Any:
    """The report made of what this person uploaded under this number."""
    kept = _store(request, token).load()
    if not kept:
        raise Http404
    files = {name: b64decode(data) for name, data in kept["files"].items()}
    name = request.actor.partnership.name
    return make_report(read_inputs(files, name=name), now=datetime.fromisoformat(kept["made"]),
                       title=kept["title"] or None)


@needs(May.BUILD_REPORTS)
def overview(request: Any, token: UUID) -> HttpResponse:
    """What does not hold, first; then the report and its forms to take away."""
    report = _report(request, token)
    findings = [f.as_finding() for f in report.consistency.findings]
    rows = [[f["where"], f["stated"], f["recomputed"], f["arithmetic"], f["certainty"]] for f in findings]
    columns = [Column("Where"), Column("Stated"), Column("Worked out"), Column("How"), Column("How sure")]
    table = Table("Figures that do not hold", columns, rows, nothing="Every figure that could be checked holds.")
    return render(request, "reporting/overview.html", {
        "report": report, "token": token, "table": table, "figures": len(report.figures), "forms": list(FORMS),
        "unchecked": len(report.consistency.unchecked)})


@needs(May.BUILD_REPORTS)
def read(request: Any, token: UUID) -> HttpResponse:
    """The report as a page."""
    report = _report(request, token)
    return render(request, "reporting/report.html", {
        "report": report, "token": token, "body": mark_safe(render_body(report))})  # autoescaped where it is made


@needs(May.BUILD_REPORTS)
def download(request: Any, token: UUID, name: str) -> HttpResponse:
    """One form of the report, to be saved."""
    if name not in FORMS:
        raise Http404
    kind, make = FORMS[name]
    answer = HttpResponse(make(_report(request, token)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@public
def style(request: Any) -> HttpResponse:
    """The report's own style sheet."""
    answer = HttpResponse(stylesheet(), content_type="text/css")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer
