"""What returns are made of: every specification with its columns and rules, and simple ones defined on a page."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.dataset import actions
from goldthread.dataset.actions.specifying import MOST_COLUMNS, Asked
from goldthread.dataset.checking.words import words
from goldthread.dataset.models import LocalSpecification
from goldthread.dataset.rights import collects
from goldthread.dataset.specification.declared import UnknownSpecification
from goldthread.dataset.specification.definition import KINDS, Column, Specification
from goldthread.dataset.specification.lists import codes_of
from goldthread.dataset.specification.rules import Order, Unique
from goldthread.dataset.specifications import LOCAL, offered, specification
from goldthread.files.tables.safe_cells import safe
from goldthread.web.components import Column as Head
from goldthread.web.components import Link, Table
from goldthread.web.dataset import forms
from goldthread.web.dataset.common import COLLECTS, TAKES_PART
from goldthread.web.meetings.common import today_of, tried

COLUMNS_OFFERED, PREFIX = 8, "column"
MOST_CODES = 40


@TAKES_PART
def specifications(request: Any) -> HttpResponse:
    """Every return that can be asked for."""
    lines = [[Link(each.title, reverse("data_specification", args=[each.key]), each.meaning), len(each.tables),
              "This partnership" if each.key.startswith(LOCAL) else each.edition] for each in offered(today_of(request))]
    return render(request, "dataset/specifications.html", {
        "table": Table("Returns", [Head("Return"), Head("Tables", "number"), Head("Edition")], lines, caption_hidden=True),
        "collects": collects(request.actor, request.actor.partnership.pk)})


@TAKES_PART
def one(request: Any, key: str) -> HttpResponse:
    """A return's columns and rules, and a file to fill in for each table."""
    spec = _spec(key, request)
    tables = [{"table": table, "columns": Table(table.title, [
        Head("Column"), Head("What it is"), Head("Kind"), Head("Needed")], [
            [each.name, each.title + (f". {each.meaning}" if each.meaning else ""), _kind(spec, each, request),
             "Yes" if each.required else "Where known" if each.wanted else ""] for each in table.columns],
        caption_hidden=True), "rules": [words(rule, spec)[0] for rule in spec.rules if rule.table == table.key]}
        for table in spec.tables]
    return render(request, "dataset/specification.html", {
        "spec": spec, "tables": tables, "own": key.startswith(LOCAL),
        "collects": collects(request.actor, request.actor.partnership.pk)})


def _spec(key: str, request: Any) -> Specification:
    try:
        return specification(key, today_of(request))
    except UnknownSpecification as unknown:
        raise Http404 from unknown


def _kind(spec: Specification, column: Column, request: Any) -> str:
    if column.kind != "code":
        return KINDS[column.kind]
    today = today_of(request)
    codes = codes_of(spec, column, today, today)
    told = "; ".join(f"{each.code} {each.label}".strip() for each in codes[:MOST_CODES])
    return told + ("; and more" if len(codes) > MOST_CODES else "")


@TAKES_PART
def template(request: Any, key: str, table: str) -> HttpResponse:
    """An empty file of one table."""
    spec = _spec(key, request)
    try:
        found = spec.table(table)
    except KeyError as unknown:
        raise Http404 from unknown
    heading = ",".join(str(safe(each.name)) for each in found.columns)
    return HttpResponse(f"\ufeff{heading}\r\n", content_type="text/csv; charset=utf-8",
                        headers={"Content-Disposition": f'attachment; filename="{found.key}.csv"'})


@COLLECTS
def define(request: Any) -> HttpResponse:
    """A simple return of the partnership's own: from nothing, or like a table of another return (`like`, `table`)."""
    more = "more" in request.POST
    if request.method == "POST" and not more:
        form, columns = forms.DefineForm(request.POST), formset_factory(forms.ColumnForm, extra=0, max_num=MOST_COLUMNS)(
            request.POST, prefix=PREFIX)
        if form.is_valid() and columns.is_valid():
            made = tried(form, actions.define, actor=request.actor, now=request.now, title=form.cleaned_data["title"],
                         meaning=form.cleaned_data["meaning"], about=form.cleaned_data["about"].replace("nobody", ""),
                         columns=[_asked(each) for each in columns.cleaned_data if each.get("name")])
            if made:
                messages.success(request, "The return is defined. Now ask agencies for it")
                return redirect("data_specification", made.key)
    else:
        said, lines = _typed(request.POST) if more else _like(request)
        form = forms.DefineForm(initial=said)
        columns = formset_factory(forms.ColumnForm, extra=COLUMNS_OFFERED if more or not lines else 2, max_num=MOST_COLUMNS)(
            initial=lines, prefix=PREFIX)
    return render(request, "dataset/define.html", {"form": form, "columns": columns, "has_errors": form.is_bound})


def _typed(data: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What stands in the form as it is, to be gone on with."""
    lines = []
    many = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    for at in range(min(int(many) if many.isdecimal() else 0, MOST_COLUMNS)):
        line = {name: data.get(f"{PREFIX}-{at}-{name}", "") for name in ("name", "kind", "codes", "after")}
        lines.append(line | {"holds": data.getlist(f"{PREFIX}-{at}-holds")})
    return {name: data.get(name, "") for name in ("title", "meaning", "about")}, [each for each in lines if each["name"]]


def _like(request: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The table of another return that the address names; nothing without one."""
    if not request.GET.get("like"):
        return {}, []
    spec = _spec(request.GET["like"], request)
    try:
        table = spec.table(request.GET.get("table", ""))
    except KeyError as unknown:
        raise Http404 from unknown
    today = today_of(request)
    parts = {name for rule in spec.rules if isinstance(rule, Unique) and rule.table == table.key for name in rule.columns}
    after = {rule.last: rule.first for rule in spec.rules if isinstance(rule, Order) and rule.table == table.key}
    return {"title": f"Our {table.title.lower()}", "meaning": spec.meaning, "about": table.about or "nobody"}, [
        {"name": each.name, "kind": each.kind, "after": after.get(each.name, ""),
         "holds": [*(["required"] if each.required else []), *(["part"] if each.name in parts else [])],
         "codes": "\n".join(f"{code.code}: {code.label}" if code.label else code.code
                            for code in codes_of(spec, each, today, today)) if each.kind == "code" else ""}
        for each in table.columns]


def _asked(said: dict[str, Any]) -> Asked:
    return Asked(said["name"], said["kind"] or "text", "required" in said["holds"], "part" in said["holds"], said["codes"],
                 said["after"])


@COLLECTS
@require_POST
def end(request: Any, key: str) -> HttpResponse:
    """Ask for a return of the partnership's own no longer."""
    row = LocalSpecification.objects.filter(key=key, valid_to=None).first()
    if row is None:
        raise Http404
    actions.end(actor=request.actor, specification=row, now=request.now)
    messages.success(request, f"{row.title} is not asked for any more after today")
    return redirect("data_specifications")
