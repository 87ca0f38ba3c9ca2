"""All reports; one report with its sections, what guidance asks of it, what the checks found, and its versions."""
from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from goldthread.access.policy import May
from goldthread.reports import render_body, stylesheet
from goldthread.reports.yearly import actions, checklist, reading
from goldthread.reports.yearly.findings import Stop
from goldthread.reports.yearly.models import Document, Kind, PublishedFile
from goldthread.reports.yearly.reading import Checked
from goldthread.web.components import Column, Link, Table, Tag
from goldthread.web.forms import fields
from goldthread.web.forms.base import Form
from goldthread.web.meetings.common import today_of, tried
from goldthread.web.middleware import public
from goldthread.web.reporting.yearly.common import READS, WRITES, document_of, lead, weight

GIVES = {"report.html": "Web page", "report.pdf": "PDF", "report.docx": "Word", "figures.json": "Figures as data"}


class AnswerForm(Form):
    """Why something may stay as it is."""

    reason = fields.LongText(label="Why may this stay as it is?", rows=3)


@READS
def documents(request: Any) -> HttpResponse:
    """All reports, the newest first."""
    rows = [[Link(each.title, reverse("report_document", args=[each.pk])), each.get_kind_display(), reading.year_words(each),
             "Published" if each.publisheds.exists() else "Being written"] for each in reading.of_kind(request.actor)]
    return render(request, "reporting/yearly/documents.html", {"table": Table(
        "Reports", [Column("Report"), Column("Kind"), Column("Of"), Column("State")], rows, caption_hidden=True,
        nothing="No report has been begun. It is begun with its process.")})


@READS
def document(request: Any, pk: int) -> HttpResponse:
    """One report at a glance."""
    found = document_of(request, pk)
    made = reading.composed(request.actor, found, request.now)
    checked = reading.checked(request.actor, found, made, request.now)
    sections = list(found.sections.select_related("changed_by"))
    asked = checklist.asked(found.kind, today_of(request), sections)
    many = Counter(each.section for each in checked.open)
    writes = request.actor.may(May.BUILD_REPORTS) and not found.publisheds.exists()
    wrong = Counter(each.section for each in made.problems)
    rows = [[Link(each.heading, reverse("report_section", args=[pk, each.key])) if writes else each.heading,
             str(len(each.text.split())), str(many[each.heading] + wrong[each.heading] or ""), each.changed_at,
             each.changed_by.name] for each in sections]
    return render(request, "reporting/yearly/document.html", {
        "document": found, "freeze": found.freezes.select_related("by").order_by("-number").first(), "asked": asked,
        "yearly": found.kind == Kind.YEARLY,
        "problems": made.problems, "open": len(checked.open), "writes": writes, "missing": len(asked.missing),
        "parts": Table("Sections", [Column("Section"), Column("Words", "number"), Column("To answer or mend", "number"),
                                       Column("Last saved", "ago"), Column("By")], rows),
        "checklist": Table("Points of the guidance, and the section that answers each", [
            Column("Point"), Column("Duty"), Column("State"), Column("Section"), Column("Wording checked against")], [
            [each.text, each.duty, each.state, ", ".join(each.sections) or "None",
             each.checked or Tag("Unverified", "yellow")]
            for each in asked.points]),
        "findings": _findings(found, checked, writes) if writes or not found.publisheds.exists() else None,
        "earlier": reading.earlier(request.actor, found),
        "versions": [(version, [(GIVES[each.name], each) for each in version.files.defer("data").order_by("pk")])
                     for version in found.publisheds.select_related("by").order_by("-number")]})


def _findings(found: Document, checked: Checked, writes: bool) -> Table:
    rows = [[each.what, each.section, each.quote, each.told, weight(each, each.finding in checked.answers),
             _answer(found, each, checked, writes)] for each in checked.found]
    return Table("What the checks found", [
        Column("What"), Column("Section"), Column("In its sentence"), Column("Why"), Column("Weight"), Column("Answer")],
        rows, nothing="The checks found nothing.")


def _answer(found: Document, each: Stop, checked: Checked, writes: bool) -> Any:
    if given := checked.answers.get(each.finding):
        return f"{given.reason} ({given.by.name})"
    return Link("Answer", reverse("report_document_answer", args=[found.pk, each.finding])) if writes else ""


@WRITES
def answer(request: Any, pk: int, finding: str) -> HttpResponse:
    """Say why something that was found may stay."""
    found = document_of(request, pk)
    made = reading.composed(request.actor, found, request.now)
    checked = reading.checked(request.actor, found, made, request.now)
    each = next((one for one in checked.found if one.finding == finding), None)
    if each is None:
        raise Http404
    form = AnswerForm(request.POST or None, today=today_of(request))
    if request.method == "POST" and form.is_valid() and tried(
            form, actions.answer, actor=request.actor, document=found, finding=finding, what=each.what,
            reason=form.cleaned_data["reason"], now=request.now):
        messages.success(request, "Your answer is kept with the report.")
        return redirect("report_document", pk)
    return render(request, "dataset/plain.html", {
        "title": each.what, "why": f"“{each.quote}” {each.told} {each.advice}", "form": form, "button": "Keep this answer",
        "up": reverse("report_document", args=[pk]), "up_words": found.title})


@require_POST
@WRITES
def freeze(request: Any, pk: int) -> HttpResponse:
    """Freeze the data of a report that has no process; that of one with a process is frozen there."""
    found = document_of(request, pk)
    if found.case_id:
        raise Http404
    try:
        actions.freeze_document(found, request.actor, request.now)
        messages.success(request, "The figures are frozen as they are now.")
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    return redirect("report_document", pk)


@READS
def read(request: Any, pk: int) -> HttpResponse:
    """The report as it reads now, with a way from every figure to its page."""
    found = document_of(request, pk)
    made = reading.composed(request.actor, found, request.now)
    return render(request, "reporting/yearly/read.html", {
        "report": made, "document": found, "body": mark_safe(render_body(made, lead(found)))})  # escaped where it is made


@READS
def download(request: Any, pk: int, number: int, name: str) -> HttpResponse:
    """A published version in one of its forms."""
    found = PublishedFile.objects.filter(published__document=pk, published__number=number, name=name).first()
    if found is None:
        raise Http404
    answered = HttpResponse(bytes(found.data), content_type=found.content_type)
    answered["Content-Disposition"] = f'attachment; filename="{name}"'
    return answered


@public
def style(request: Any) -> HttpResponse:
    """The report's style sheet, kept inside the part of a page that shows a report."""
    answered = HttpResponse(stylesheet("gt-report"), content_type="text/css")
    answered["Cache-Control"] = "public, max-age=3600"
    return answered
