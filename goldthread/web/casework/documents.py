"""The files of one case."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.access.actor import Refused
from goldthread.files.faults import BadFile
from goldthread.process.documents import attach
from goldthread.process.models import CaseDocument
from goldthread.process.rights import Work
from goldthread.web.casework.case import framed, opened
from goldthread.web.components import Column, Link, Table, Tag
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.middleware import needs


class DocumentForm(Form):
    """One file, and what it is."""

    title = kit.Text(label="What is it?", max_length=200)
    note = kit.LongText(label="Anything others should know about it", rows=3, required=False)
    upload = kit.File(label="File", accept=".pdf,.docx,.xlsx,.odt,.csv,.txt,.jpg,.png")


@needs()
def documents(request: Any, reference: str) -> HttpResponse:
    """The files this person may see, and a way to add one."""
    case = opened(request, reference)
    may_add = bool(Work.on(case).may_record(request.actor, case.process.step(CaseDocument.step_key())))
    form = DocumentForm(request.POST or None, request.FILES or None, today=request.now.date()) if may_add else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            with transaction.atomic():
                attach(actor=request.actor, case=case, now=request.now, **form.cleaned_data)
            return redirect("case_documents", case.reference)
        except BadFile as bad:
            form.add_error("upload", str(bad))
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "casework/documents.html", framed(request, case, form=form, table=_table(case)))


def _table(case: Any) -> Table:
    rows = (CaseDocument.objects.filter(case=case, event__replaced_by=None)
            .select_related("document", "event__agency").order_by("-happened_at"))
    lines = [[Link(r.title, reverse("document", args=[r.document_id]), r.document.name)
              if r.document.can_be_opened else r.title,
              r.event.agency.name, r.happened_at, Tag(r.document.get_scan_display(), "grey")] for r in rows]
    columns = [Column("Document"), Column("From"), Column("Added", "ago"), Column("Check")]
    return Table("Documents", columns, lines, nothing="No document you may see is here.", caption_hidden=True)
