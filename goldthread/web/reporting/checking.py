"""Hold any report against itself, and see whether it gives somebody away. A file is kept only where they say so."""
from __future__ import annotations

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from goldthread.access.policy import May
from goldthread.files.checking import check_document_upload
from goldthread.files.faults import BadFile
from goldthread.process.drafts import DraftStore
from goldthread.reports.checking.document_check import check_document
from goldthread.reports.checking.finding import Finding
from goldthread.reports.document import UnreadableDocument, read_document
from goldthread.reports.gate import Identifier, identifiers
from goldthread.web.charts import Chart, Series
from goldthread.web.components import Column, Table
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.middleware import needs

ACCEPT = ".docx,.pdf,.txt,.md"
COLUMNS = (Column("Where"), Column("In its sentence"), Column("Stated"), Column("Worked out"), Column("How sure"),
           Column("What to do"))
GATE, LOOK = "gives-away", "worth-a-look"


class CheckForm(Form):
    """The report, one of an earlier year, and whether to keep them."""

    report = kit.File(label="The report", accept=ACCEPT, help_text="Word, PDF, plain text or Markdown")
    earlier = kit.File(label="The report of the year before", required=False, accept=ACCEPT,
                       help_text="If you have it: what this report says of that year is then checked too")
    keep = kit.YesNo(label="Keep the files for 30 days, for you only?", help_text="If not, they are forgotten when the "
                                                                                  "page is made")


@needs(May.BUILD_REPORTS)
def check(request: Any) -> HttpResponse:
    """Choose a report and see what does not hold."""
    form = CheckForm(request.POST or None, request.FILES or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        files = _taken(form)
        if not form.errors:
            if not form.cleaned_data["keep"]:
                return _results(request, form, files)
            token = uuid4()
            _store(request, token).save({name: [file[0], b64encode(file[1]).decode()] for name, file in files.items()})
            return redirect("report_check_kept", token)
    return render(request, "reporting/check.html", {"form": form})


@needs(May.BUILD_REPORTS)
def kept(request: Any, token: UUID) -> HttpResponse:
    """The findings of files that were kept, all or of one kind."""
    found = _store(request, token).load()
    if not found:
        raise Http404
    files = {name: (file[0], b64decode(file[1])) for name, file in found.items()}
    return _results(request, None, files, reverse("report_check_kept", args=[token]))


def _store(request: Any, token: UUID) -> DraftStore:
    return DraftStore(request.actor, f"check/{token}", f"user:{request.user.pk}", request.now)


def _taken(form: Any) -> dict[str, tuple[str, bytes]]:
    """The files by field, with their names; what is wrong with one is told at its field."""
    found = {}
    for field in ("report", "earlier"):
        if file := form.cleaned_data.get(field):
            try:
                found[field] = check_document_upload(file)
                read_document(*found[field])
            except (BadFile, UnreadableDocument) as bad:
                form.add_error(field, str(bad))
    return found


def _results(request: Any, form: Any, files: dict[str, tuple[str, bytes]], url: str = "") -> HttpResponse:
    document = read_document(*files["report"])
    earlier = [read_document(*files["earlier"])] if "earlier" in files else []
    checked, given_away = check_document(document, earlier), identifiers(document)
    wanted = request.GET.get("kind", "")
    sure = [each for each in checked.findings if each.sure]
    look = [each for each in checked.findings if not each.sure]
    counts = Counter(each.name for each in sure)
    kinds = {each.name: each.kind for each in sure}
    tables = [(kinds[name], _table(name, list(group))) for name, group in groupby(
        sorted(sure, key=lambda each: (-counts[each.name], each.name)), key=lambda each: each.name)]
    if look:
        tables.append((LOOK, _look_table(look)))
    if given_away:
        tables.append((GATE, _gate_table(given_away)))
    chart = Chart("What was found, by kind", "bars", list(counts), [Series("Findings", list(counts.values()))], "findings",
                  first="Kind")
    return render(request, "reporting/checked.html", {
        "name": files["report"][0], "checked": checked, "sure": len(sure), "look": len(look),
        "given_away": len(given_away), "url": url, "wanted": wanted,
        "kinds": [(kind, table.caption, len(table.rows)) for kind, table in tables], "chart": chart if counts else None,
        "tables": [(kind, table) for kind, table in tables if wanted in ("", kind)]})


def _table(name: str, found: Sequence[Finding]) -> Table:
    rows = [[_where(each), _marked(each.quote, each.stated), each.stated, _worked(each), f"{each.certainty:.0%}",
             each.advice]
            for each in found]
    return Table(name, COLUMNS, rows)


def _look_table(found: Sequence[Finding]) -> Table:
    rows = [[_where(each), _marked(each.quote, each.stated), each.name, _worked(each), f"{each.certainty:.0%}", each.advice]
            for each in found]
    return Table("Worth a look: about every second of these is right", (*COLUMNS[:2], Column("What"), *COLUMNS[3:]), rows)


def _where(found: Finding) -> SafeString:
    """The place, and the other one that it is held against."""
    other = format_html(' <span class="gt-second">beside {}</span>', found.also) if found.also else ""
    return format_html("{}{}", str(found.at), other)


def _worked(found: Finding) -> SafeString:
    return format_html('{} <span class="gt-second">{}</span>', found.recomputed, found.arithmetic)


def _gate_table(found: Sequence[Identifier]) -> Table:
    rows = [[str(each.at), _marked(each.quote, each.words), each.name, each.why, f"{each.certainty:.0%}", each.mend]
            for each in found]
    columns = (*COLUMNS[:2], Column("What"), Column("Why"), *COLUMNS[4:])
    return Table("What may give somebody away", columns, rows)


def _marked(quote: str, words: str) -> SafeString:
    """The sentence with the words it is about marked."""
    at = quote.casefold().find(words.casefold()) if words else -1
    if at < 0:
        return format_html("{}", quote)
    return format_html("{}<mark>{}</mark>{}", quote[:at], quote[at:at + len(words)], quote[at + len(words):])
