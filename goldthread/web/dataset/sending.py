"""One return: choose its files, see what to mend, send; its versions; accepting, withdrawing and undoing them."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from goldthread.access.actor import Refused
from goldthread.dataset import actions, tasks
from goldthread.dataset.actions import NotReady
from goldthread.dataset.models import HANDED_IN, Expectation, SentTable, State, Submission
from goldthread.dataset.reading.files import ACCEPTED
from goldthread.dataset.rights import collects, opens_rows, sends
from goldthread.dataset.rows import open_rows
from goldthread.dataset.specifications import specification
from goldthread.files.storing import Damaged
from goldthread.files.tables.findings import as_csv
from goldthread.web.components import Column, Link, Pages, Row, Table
from goldthread.web.dataset import forms
from goldthread.web.dataset.common import (
    COLLECTS,
    TAKES_PART,
    expectation_of,
    found_rows,
    on_disk,
    period,
    state_tag,
    version_of,
)
from goldthread.web.meetings.common import today_of, tried

SHOWN = 100   # rows with findings on the page; the file of them has all that were kept
HINTS = {"rows": "A CSV file or an Excel workbook (.xlsx)", "xml": "An XML file"}


@TAKES_PART
def expectation(request: Any, pk: int) -> HttpResponse:
    """What is asked, the versions sent, and the form to send one: files are looked through and nothing is sent yet."""
    row = expectation_of(pk)
    spec = specification(row.specification, row.until)
    may_send = sends(request.actor, row) and not row.dropped_at
    form = forms.SendForm(request.POST or None, request.FILES or None, hint=HINTS[spec.form],
                          accept=",".join(f".{each}" for each in ACCEPTED[spec.form]))
    if request.method == "POST" and may_send and form.is_valid():
        with on_disk(form.cleaned_data["files"]) as sources:
            version = tried(form, tasks.check_or_leave, actor=request.actor, expectation=row, sources=sources,
                            now=request.now)
        if version:
            return redirect("data_version", version.pk)
    versions = Submission.objects.filter(expectation=row).select_related("user").order_by("-number", "-pk")
    handed_in = any(each.state in HANDED_IN for each in versions)
    return render(request, "dataset/return.html", {
        "row": row, "spec": spec, "facts": _asked(row), "versions": _versions(versions), "may_send": may_send, "form": form,
        "collects": collects(request.actor, row.partnership_id), "handed_in": handed_in, "has_errors": form.is_bound,
        "late": not handed_in and not row.dropped_at and row.due < today_of(request)})


def _asked(row: Expectation) -> list[Row]:
    rows = [Row("Agency", row.agency.name), Row("Period", period(row)), Row("Due", f"{row.due.day} {row.due:%B %Y}")]
    return rows + ([Row("Not asked for any more", row.dropped_because)] if row.dropped_at else [])


def _versions(versions: Any) -> Table:
    lines = [[Link(f"Version {each.number}" if each.number else "Not sent", reverse("data_version", args=[each.pk]),
                   ", ".join(each.names)), state_tag(each), each.errors, each.queries, each.sent_at or each.chosen_at,
              str(each.user)] for each in versions]
    columns = [Column("Version"), Column("State"), Column("To mend", "number"), Column("To ask about", "number"),
               Column("When", "ago"), Column("Who")]
    return Table("Versions", columns, lines, nothing="Nothing was sent yet.")


@TAKES_PART
def version(request: Any, pk: int) -> HttpResponse:
    """One version: what is to be mended, or what is ready to be sent, or what came of it."""
    found = version_of(pk)
    kinds = list(found.foundkinds.order_by("pk"))  # type: ignore[attr-defined]
    rows = found_rows(request.actor, found, SHOWN)
    total = sum(each.many for each in kinds)
    return render(request, "dataset/version.html", {
        "so_far": tasks.rows_so_far(found) if found.state == State.LOOKING else 0,
        "version": found, "row": found.expectation, "period": period(found.expectation), "tag": state_tag(found),
        "facts": _facts(found), "kinds": _kinds(kinds), "rows": _rows(rows), "shown": len(rows), "total": total,
        "may_send": sends(request.actor, found.expectation), "collects": collects(request.actor, found.partnership_id),
        "may_open": opens_rows(request.actor, found.expectation), "has_errors": found.state == State.FAULTY,
        "files": list(found.sentfiles.select_related("document").order_by("pk")),  # type: ignore[attr-defined]
        "tables": list(found.senttables.order_by("pk"))})  # type: ignore[attr-defined]


@TAKES_PART
def rows(request: Any, pk: int, table: str) -> HttpResponse:
    """The rows of one table as they were sent, some at a time, for those who may open them."""
    found = version_of(pk)
    begin = int(given) if (given := request.GET.get("from", "")).isdigit() else 0
    try:
        opened = open_rows(request.actor, found, table, "read the rows of a return").slice(begin, SHOWN + 1).collect()
    except (Refused, SentTable.DoesNotExist) as hidden:
        raise Http404 from hidden
    declared = specification(found.expectation.specification, found.expectation.until).table(table)
    names = [each.name for each in declared.columns]
    lines = [[number, *("" if cell is None else cell for cell in cells)]
             for number, *cells in opened.head(SHOWN).select("_row", *names).iter_rows()]
    columns = [Column("Row", "number"), *(Column(each.title) for each in declared.columns)]
    return render(request, "dataset/rows.html", {
        "version": found, "owed": found.expectation, "title": declared.title, "pages": Pages(
            f"?from={max(begin - SHOWN, 0)}" if begin else "", f"?from={begin + SHOWN}" if opened.height > SHOWN else ""),
        "table": Table(declared.title, columns, lines, cards=False, caption_hidden=True, nothing="There is no further row."),
        "up": reverse("data_version", args=[pk]), "up_words": str(found)})


@TAKES_PART
def findings(request: Any, pk: int) -> HttpResponse:
    """What was found, row by row, as a file to work through."""
    found = version_of(pk)
    return HttpResponse("\ufeff" + as_csv(found_rows(request.actor, found)), content_type="text/csv; charset=utf-8",
                        headers={"Content-Disposition": f'attachment; filename="to-mend-{pk}.csv"'})


@TAKES_PART
@require_POST
def send(request: Any, pk: int) -> HttpResponse:
    return _do(request, pk, actions.send, "Sent. The partnership's data desk was told")


@COLLECTS
@require_POST
def accept(request: Any, pk: int) -> HttpResponse:
    return _do(request, pk, actions.accept, "Accepted. This version now counts for the period")


@COLLECTS
@require_POST
def undo(request: Any, pk: int) -> HttpResponse:
    return _do(request, pk, actions.undo, "Undone")


@TAKES_PART
@require_POST
def forget(request: Any, pk: int) -> HttpResponse:
    """Forget files that were looked through and not sent."""
    found = version_of(pk)
    try:
        actions.forget(actor=request.actor, submission=found)
    except (NotReady, Refused) as why:
        messages.error(request, f"{why}. Nothing was changed")
        return redirect("data_version", pk)
    messages.success(request, "The files are forgotten. Nothing was sent")
    return redirect("data_return", found.expectation_id)


@TAKES_PART
def withdraw(request: Any, pk: int) -> HttpResponse:
    """Take a version back: why, then it counts no longer."""
    found = version_of(pk)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _do(request, pk, actions.withdraw, "Withdrawn", reason=form.cleaned_data["reason"])
    return render(request, "dataset/plain.html", {
        "form": form, "title": f"Withdraw {found}", "button": "Withdraw", "up": reverse("data_version", args=[pk]),
        "up_words": str(found), "has_errors": form.is_bound,
        "why": "It counts no longer, and the return is owed again. What was sent can still be read about."})


def _do(request: Any, pk: int, action: Any, done: str, **more: Any) -> HttpResponse:
    """Do something to a version and show it; what stands in the way is said on its page."""
    try:
        action(actor=request.actor, submission=version_of(pk), now=request.now, **more)
        messages.success(request, done)
    except (Refused, NotReady, Damaged) as why:
        messages.error(request, f"{why}. Nothing was changed")
    except ValidationError as wrong:
        messages.error(request, "; ".join(wrong.messages))
    return redirect("data_version", pk)


def _facts(found: Submission) -> list[Row]:
    rows = [Row("Agency", found.expectation.agency.name), Row("Period", period(found.expectation)),
            Row("Files", ", ".join(found.names)), Row("Chosen", _said(found.chosen_at, found.user))]
    waiting = found.waitingfiles.exclude(table="").order_by("pk")  # type: ignore[attr-defined]
    tables = [*found.senttables.order_by("pk"), *waiting]  # type: ignore[attr-defined]
    if tables:
        rows.append(Row("Rows", f"{sum(each.rows for each in tables):,}"))
    if found.sent_at:
        rows.append(Row("Sent", _said(found.sent_at, None)))
    if found.accepted_at:
        rows.append(Row("Accepted", _said(found.accepted_at, found.accepted_by)))
    if found.withdrawn_at:
        rows += [Row("Withdrawn", _said(found.withdrawn_at, found.withdrawn_by)), Row("Why", found.withdrawn_because)]
    return rows


def _said(at: Any, who: Any) -> str:
    local = timezone.localtime(at)
    return f"{local.day} {local:%B %Y, %H:%M}{f', by {who}' if who else ''}"


def _kinds(kinds: Any) -> Table:
    lines = [[each.title or "The file", each.rule[:1].upper() + each.rule[1:], each.mend,
              "Must be mended" if each.weight == "error" else "Please look at it", each.many] for each in kinds]
    return Table("What was found", [Column("Column"), Column("What is wrong"), Column("How to mend it"), Column("Weight"),
                                    Column("How often", "number")], lines, nothing="Nothing was found.")


def _rows(rows: Any) -> Table:
    lines = [[each.where() or "All files", each.value, each.rule[:1].upper() + each.rule[1:], each.mend] for each in rows]
    return Table("Where it was found", [Column("Where"), Column("Value"), Column("What is wrong"), Column("How to mend it")],
                 lines)
