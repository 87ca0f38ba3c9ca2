"""Load contacts from files: choose, see what would be made or what is to be mended, save all or nothing, undo."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from goldthread.access.actor import Refused
from goldthread.access.policy import May
from goldthread.exchange import importing, tasks, undoing
from goldthread.exchange.importing import AlreadyLoaded, NotReady
from goldthread.exchange.models import ImportRun, State
from goldthread.exchange.reading import LAYOUTS
from goldthread.exchange.template import SHEETS, template_csv, template_xlsx
from goldthread.files.checking import MOST_BYTES
from goldthread.files.tables.findings import Finding, as_csv
from goldthread.files.tables.sheets import Upload
from goldthread.process.mending import WorkedOn
from goldthread.process.models import Case
from goldthread.web.components import Column, Link, Pages, Row, Table, Tag
from goldthread.web.importing.forms import ChooseForm, UndoForm
from goldthread.web.middleware import needs

IMPORTS = needs(May.IMPORT)
SHOWN = 200   # findings on the page; the file of them has all
PAGE = 50
COLOURS = {State.LOOKING: "blue", State.FAULTY: "red", State.CHECKED: "yellow", State.WAITING: "blue", State.DONE: "green",
           State.FAILED: "red", State.UNDOING: "blue", State.UNDONE: "grey"}


@IMPORTS
def history(request: Any) -> HttpResponse:
    """Every import of the partnership, newest first."""
    runs = ImportRun.objects.select_related("user").order_by("-started_at", "-id")
    if after := request.GET.get("after", ""):
        edge = runs.filter(pk=int(after)).first() if after.isdigit() else None
        if edge is None:
            raise Http404
        runs = runs.filter(started_at__lte=edge.started_at).exclude(pk=edge.pk)
    found = list(runs[:PAGE + 1])
    older = f"?after={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    lines = [[Link(str(run), reverse("import", args=[run.pk])), state_tag(run), run.counts.get("contacts", 0),
              run.started_at, str(run.user)] for run in found[:PAGE]]
    table = Table("Files loaded or looked through, newest first",
                  [Column("File"), Column("State"), Column("Contacts", "number"), Column("When", "ago"), Column("Who")],
                  lines, nothing="No file has been loaded yet.")
    pages = Pages(reverse("imports") if after else "", older)
    return render(request, "importing/history.html", {"table": table, "pages": pages})


@IMPORTS
def choose(request: Any) -> HttpResponse:
    """Choose files; they are looked through at once and nothing is saved."""
    form = ChooseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uploads = [Upload(str(file.name), file.read(MOST_BYTES + 1)) for file in (
            form.cleaned_data["contacts"], form.cleaned_data["people"]) if file]
        try:
            run = tasks.look_or_leave(actor=request.actor, uploads=uploads, layout=form.cleaned_data["layout"],
                                      now=request.now)
        except AlreadyLoaded as known:
            messages.info(request, f"{known}. Nothing was done again.")
            run = known.run
        return redirect("import", run.pk)
    return render(request, "importing/choose.html", {
        "form": form, "most": MOST_BYTES // 1024 ** 2, "has_errors": form.is_bound,
        "layouts": [(key, layout.NAME, layout.COLUMNS) for key, layout in LAYOUTS.items()]})


@IMPORTS
def template(request: Any, layout: str, kind: str) -> HttpResponse:
    """An empty file to fill in."""
    if layout not in SHEETS or kind not in ("csv", "xlsx"):
        raise Http404
    today = timezone.localdate(request.now)
    body: Any = template_xlsx(layout, today) if kind == "xlsx" else "\ufeff" + template_csv(layout)
    return _file(body, f"contacts-{layout}.{kind}", kind)


@IMPORTS
def one(request: Any, pk: int) -> HttpResponse:
    """One import: what is wrong, what would be made, how far it has got, or what came of it."""
    run = _run(pk)
    found = importing.found_in(run) if run.state == State.FAULTY else []
    touched = undoing.touched(run) if run.state == State.DONE else []
    return render(request, "importing/one.html", {
        "run": run, "facts": _facts(run), "tag": state_tag(run), "findings": _findings_table(found[:SHOWN]),
        "many": run.findings, "shown": min(len(found), SHOWN), "touched": touched[:20],
        "first": _first_table(importing.first_contacts(run)),
        "may_undo": run.user_id == request.actor.user.pk or request.actor.may(May.MANAGE_FRONT_DOOR),
        "has_errors": run.state == State.FAULTY})


@IMPORTS
@require_POST
def save(request: Any, pk: int) -> HttpResponse:
    return _do(request, pk, lambda run: tasks.save_or_leave(actor=request.actor, run=run, now=request.now))


@IMPORTS
@require_POST
def drop(request: Any, pk: int) -> HttpResponse:
    try:
        importing.drop(actor=request.actor, run=_run(pk))
    except NotReady as why:
        messages.error(request, str(why))
        return redirect("import", pk)
    messages.success(request, "The file is forgotten. Nothing was saved")
    return redirect("imports")


@IMPORTS
def undo(request: Any, pk: int) -> HttpResponse:
    """Take back every contact an import made: why, then all or nothing."""
    run = _run(pk)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _do(request, pk, lambda found: tasks.undo_or_leave(
            actor=request.actor, run=found, reason=form.cleaned_data["reason"], now=request.now))
    return render(request, "importing/undo.html", {"run": run, "form": form, "has_errors": form.is_bound})


@IMPORTS
def contacts(request: Any, pk: int) -> HttpResponse:
    """The contacts an import made, in the order of the file."""
    run, after = _run(pk), request.GET.get("after", "0")
    rows = Case.objects.filter(imported__run=run, pk__gt=int(after) if after.isdigit() else 0).select_related(
        "imported", "started_by").order_by("pk")
    found = list(rows[:PAGE + 1])
    older = f"?after={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    lines = [[Link(case.title or case.reference, reverse("case", args=[case.reference]), case.reference),
              case.imported.number, case.stage, case.opened_at, case.started_by.name] for case in found[:PAGE]]
    table = Table(f"Contacts of {run}", [Column("Child"), Column("Number in the file"), Column("Stage"),
                                         Column("Received", "on"), Column("From")], lines, caption_hidden=True,
                  nothing="There are none: they were taken back, or you must not see them.")
    return render(request, "importing/contacts.html", {"run": run, "table": table, "pages": Pages("", older)})


@IMPORTS
def findings(request: Any, pk: int) -> HttpResponse:
    """Everything to be mended, as a file to work through."""
    return _file("\ufeff" + as_csv(importing.found_in(_run(pk))), f"to-mend-{pk}.csv", "csv")


def state_tag(run: ImportRun) -> Tag:
    return Tag(str(run.get_state_display()), COLOURS[State(run.state)])


def _run(pk: int) -> ImportRun:
    found: ImportRun = get_object_or_404(ImportRun.objects.select_related("user", "undone_by", "partnership"), pk=pk)
    return found


def _do(request: Any, pk: int, action: Any) -> HttpResponse:
    """Do something to an import and show it; what stands in the way is said on its page."""
    try:
        action(_run(pk))
    except (Refused, NotReady, AlreadyLoaded) as why:
        messages.error(request, f"{why}. Nothing was changed")
    except WorkedOn as worked:
        messages.error(request, f"{worked}. Nothing was taken back")
    except ValidationError as wrong:
        messages.error(request, "; ".join(wrong.messages))
    return redirect("import", pk)


def _facts(run: ImportRun) -> list[Row]:
    counts = run.counts
    rows = [Row("Files", ", ".join(run.names)), Row("Chosen", _said(run.started_at, run.user))]
    if run.layout:
        rows.append(Row("Layout", LAYOUTS[run.layout].NAME))
    rows += [Row(name, f"{counts[key]:,}") for key, name in (
        ("rows", "Rows"), ("contacts", "Contacts"), ("children", "Children named"), ("adults", "Adults named"),
        ("finished", "Finished before, loaded as closed"), ("people", "Children recorded for the first time"))
        if counts.get(key)]
    if run.saved_at:
        rows.append(Row("Saved", _said(run.saved_at, None)))
    if run.undone_at:
        rows += [Row("Undone", _said(run.undone_at, run.undone_by)), Row("Why", run.undone_because)]
    return rows


def _said(at: Any, who: Any) -> str:
    local = timezone.localtime(at)
    return f"{local.day} {local:%B %Y, %H:%M}{f', by {who}' if who else ''}"


def _findings_table(found: Sequence[Finding]) -> Table:
    lines = [[each.where() or "All files", each.value, each.rule[:1].upper() + each.rule[1:], each.mend] for each in found]
    columns = [Column("Where"), Column("Value"), Column("What is wrong"), Column("How to mend it")]
    return Table("What to mend", columns, lines)


def _first_table(found: Sequence[list[str]]) -> Table:
    lines = [[number, people, date.fromisoformat(on), worry, outcome or "Open"]
             for number, people, on, worry, outcome in found]
    return Table("The first contacts", [Column("Number"), Column("People"), Column("Date", "on"), Column("Main worry"),
                                        Column("Outcome")], lines)


def _file(body: str | bytes, name: str, kind: str) -> HttpResponse:
    kinds = {"csv": "text/csv; charset=utf-8",
             "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    return HttpResponse(body, content_type=kinds[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'})
