"""National returns and inspection lists: ask for one, agree for one's desk, see what our checks find, take the file."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from goldthread.access.actor import Refused, acting, system_for
from goldthread.access.policy import May
from goldthread.base.dates import full_words
from goldthread.exchange import tasks
from goldthread.exchange.exports import actions
from goldthread.exchange.exports.kinds import DESKS, KINDS, Asked, Kind
from goldthread.exchange.models import Export, ExportFile, ExportState
from goldthread.files.tables.findings import Finding, as_csv
from goldthread.web.components import Column, Link, Pages, Row, Table, Tag
from goldthread.web.exporting.forms import FILE, AskForm
from goldthread.web.meetings.common import today_of, tried
from goldthread.web.middleware import needs

LENDS = needs(*DESKS)
MAKES = needs(May.MANAGE_SOCIAL_CARE)
COLOURS = {ExportState.ASKED: "yellow", ExportState.MAKING: "blue", ExportState.MADE: "green", ExportState.FAILED: "red"}
TYPES = {"xml": "application/xml", "zip": "application/zip",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
PAGE, SHOWN = 50, 200
WEIGHTS = {"error": "To mend", "query": "Worth asking about"}


@LENDS
def history(request: Any) -> HttpResponse:
    """Every export that the desk's records went into, or is asked to agree to; newest first."""
    begin = int(given) if (given := request.GET.get("from", "")).isdigit() else 0
    found = list(Export.objects.select_related("user").order_by("-asked_at", "-id")[begin:begin + PAGE + 1])
    lines = [[Link(title(each), reverse("export", args=[each.pk])), _tag(each), each.asked_at, str(each.user)]
             for each in found[:PAGE]]
    return render(request, "exporting/history.html", {
        "may": request.actor.may(May.MANAGE_SOCIAL_CARE),
        "table": Table("Exports", [Column("Export"), Column("State"), Column("Asked for", "ago"), Column("Who")], lines,
                       caption_hidden=True, nothing="Nothing has been asked for yet."),
        "pages": Pages(f"?from={max(begin - PAGE, 0)}" if begin else "",
                       f"?from={begin + PAGE}" if len(found) > PAGE else "")})


@MAKES
def kinds(request: Any) -> HttpResponse:
    """Choose what to make."""
    return render(request, "exporting/kinds.html", {"kinds": [
        (each, reverse("export_ask", args=[each.key])) for each in KINDS.values()]})


@MAKES
def ask(request: Any, kind: str) -> HttpResponse:
    """Say of which year or day."""
    chosen = KINDS.get(kind)
    if chosen is None:
        raise Http404
    before = Export.objects.exclude(council="").order_by("-pk").first()
    form = AskForm(request.POST or None, kind=chosen, council=before.council if before else "", today=today_of(request))
    if request.method == "POST" and form.is_valid():
        made = tried(form, tasks.ask_for_export, actor=request.actor, kind=kind, asked=form.asked(),
                     dry=form.cleaned_data["what"] != FILE, now=request.now)
        if made:
            return redirect("export", made.pk)
    return render(request, "dataset/plain.html", {
        "form": form, "title": chosen.title, "why": _why(chosen), "button": "Make it", "up": reverse("export_kinds"),
        "up_words": "What to make", "has_errors": form.is_bound})


def _why(kind: Kind) -> str:
    others = [right.value for right in kind.rights[1:]]
    return kind.meaning + (f" Somebody who may {' and somebody who may '.join(others)} must agree: records of their desk "
                           "are in it." if others else "")


@LENDS
def one(request: Any, pk: int) -> HttpResponse:
    """How far an export has got and, for its maker, what is in it and what our checks find."""
    export = _export(pk)
    wanting, all_of_them = _wanting(request, export), _wanting(request, export, also=True)
    try:
        file, closed = actions.found_in(actor=request.actor, export=export, now=request.now), ""
    except (Refused, ExportFile.DoesNotExist):
        file, closed = None, ""
    except ValidationError as wrong:
        file, closed = None, " ".join(wrong.messages)
    found = file.findings if file else []
    return render(request, "exporting/one.html", {
        "export": export, "title": title(export), "tag": _tag(export), "facts": _facts(export), "file": file,
        "closed": closed,
        "mine": export.user_id == request.actor.user.pk, "wanting": [each.value for each in wanting],
        "also": [each.value for each in all_of_them if each not in wanting],
        "may_agree": any(map(request.actor.may, all_of_them)), "percent": 100 * export.done // max(export.of, 1),
        "has_file": file is not None and not export.dry, "shown": min(len(found), SHOWN),
        "all": file.errors + file.queries if file else 0, "findings": _findings_table(found[:SHOWN])})


@LENDS
@require_POST
def agree(request: Any, pk: int) -> HttpResponse:
    """Let the records of one's desk be read for it."""
    try:
        tasks.agree_to_export(actor=request.actor, export=_export(pk), now=request.now)
        messages.success(request, "You have agreed for your desk")
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    except Refused as why:
        messages.error(request, f"{why}")
    return redirect("export", pk)


@MAKES
@require_POST
def make(request: Any, pk: int) -> HttpResponse:
    """Ask for the file of what was only looked at, or once more for one that was thrown away."""
    export = _export(pk)
    if export.user_id != request.actor.user.pk:
        raise Http404
    made = tasks.ask_for_export(actor=request.actor, kind=export.kind, dry=False, now=request.now,
                                asked=Asked(export.year, export.day, export.council))
    return redirect("export", made.pk)


@MAKES
def take(request: Any, pk: int) -> HttpResponse:
    """The file, for whoever made it."""
    export = _export(pk)
    try:
        file = actions.take(actor=request.actor, export=export, now=request.now)
    except ExportFile.DoesNotExist:
        raise Http404 from None
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return redirect("export", pk)
    return _download(bytes(file.data), f"{export.year or export.day}-{file.name}", TYPES[file.name.rsplit(".", 1)[-1]])


@MAKES
def findings(request: Any, pk: int) -> HttpResponse:
    """Everything our checks found, as a file to work through."""
    try:
        file = actions.found_in(actor=request.actor, export=_export(pk), now=request.now)
    except ExportFile.DoesNotExist:
        raise Http404 from None
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return redirect("export", pk)
    return _download("\ufeff" + as_csv([Finding(*each[1:]) for each in file.findings]), f"to-mend-{pk}.csv",
                     "text/csv; charset=utf-8")


def title(export: Export) -> str:
    """What it is, and of when."""
    of = f"year to 31 March {export.year}" if export.year else full_words(export.day) if export.day else ""
    return f"{KINDS[export.kind].title}, {of}"


def _export(pk: int) -> Export:
    found: Export | None = Export.objects.select_related("user", "seat__agency").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _wanting(request: Any, export: Export, *, also: bool = False) -> list[May]:
    if export.state != ExportState.ASKED:
        return []
    with acting(system_for(request.actor)):
        return actions.wanting(export, request.now, also=also)


def _tag(export: Export) -> Tag:
    return Tag(str(export.get_state_display()), COLOURS[ExportState(export.state)])


def _facts(export: Export) -> list[Row]:
    lent = [f"{each.seat.user} ({each.seat.agency})" for each in
            export.seats.select_related("seat__user", "seat__agency").order_by("agreed_at", "pk")]
    rows = [Row("What", "What our checks find, and no file" if export.dry else "The file, with what our checks find"),
            Row("Asked for", _said(export.asked_at, export.user)), Row("Read from the seats of", ", ".join(lent))]
    if export.council:
        rows.append(Row("Council's number", export.council))
    return [*rows, *([Row("Made", _said(export.made_at))] if export.made_at else [])]


def _said(at: Any, who: Any = None) -> str:
    local = timezone.localtime(at)
    return f"{local.day} {local:%B %Y, %H:%M}{f', by {who}' if who else ''}"


def _findings_table(found: list[list[Any]]) -> Table:
    told = [(weight, Finding(*rest)) for weight, *rest in found]
    lines = [[WEIGHTS[weight], each.where() or "All of it", each.value, each.rule[:1].upper() + each.rule[1:], each.mend]
             for weight, each in told]
    return Table("What our checks find", [Column("Weight"), Column("Where"), Column("Value"), Column("What is wrong"),
                                          Column("How to mend it")], lines, nothing="Our checks find nothing.")


def _download(body: str | bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
