"""How far linkage is: the last runs, what is to be looked at, and every link, each of which can be undone."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.access.actor import Refused
from goldthread.linkage import actions, tasks
from goldthread.linkage.models import Link as RowLink
from goldthread.linkage.models import Question, Run, RunState
from goldthread.measure.engines import BadEngine
from goldthread.web.components import Column, Link, Row, Table, Tag, Tile
from goldthread.web.forms import fields
from goldthread.web.forms.base import Form
from goldthread.web.linkage.common import LINKS, MOST
from goldthread.web.linkage.deciding import waiting

COLOURS = {RunState.WAITING: "blue", RunState.DONE: "green", RunState.FAILED: "red"}


class WrongForm(Form):
    """Why a link is wrong."""

    because = fields.Text(label="Why is this link wrong?", max_length=300)


@LINKS
def overview(request: Any) -> HttpResponse:
    """The state of linkage, and the way to the next pair."""
    runs = list(Run.objects.select_related("by").order_by("-at", "-pk")[:10])
    left = waiting().count()
    tiles = [Tile("Pairs to look at", left, "The likeliest come first", reverse("linkage_next") if left else ""),
             Tile("Decided by people", Question.objects.exclude(answer="").count(), "Kept for later returns too",
                  reverse("linkage_answers")),
             Tile("Rows linked", RowLink.objects.filter(ended_at=None).count(), "Each can be undone",
                  reverse("linkage_links"))]
    lines = [[each.at, _state(each), each.version, each.records,
              each.fresh, each.joined, each.asked, each.said or str(each.by)] for each in runs]
    return render(request, "linkage/overview.html", {
        "tiles": tiles, "left": left, "busy": any(each.state == RunState.WAITING for each in runs),
        "table": Table("The last linkages", [
            Column("When", "ago"), Column("State"), Column("Model"), Column("Descriptions", "number"),
            Column("New", "number"), Column("Rows linked", "number"), Column("To look at", "number"),
            Column("By, or why not")], lines,
            nothing="Nothing was linked yet. Once returns have come that tell who their rows are about, link them here.")})


def _state(run: Run) -> Tag:
    """How far a run is; while it is worked on, what it is at."""
    state = RunState(run.state)
    words = run.get_stage_display() if state == RunState.WAITING and run.stage else str(state.label)
    return Tag(words, COLOURS[state])


@LINKS
@require_POST
def begin(request: Any) -> HttpResponse:
    """Link what is new, or all lists anew, in the background."""
    try:
        tasks.begin(actor=request.actor, now=request.now, whole="anew" in request.POST)
        messages.success(request, "The lists are being linked. You can leave this page: the result will be here")
    except (Refused, actions.NotReady, BadEngine) as why:
        messages.error(request, f"{why}. Nothing was changed")
    return redirect("linkage")


@LINKS
def links(request: Any) -> HttpResponse:
    """The newest links: which row was found to be about whom."""
    rows = RowLink.objects.filter(ended_at=None).select_related(
        "submission__expectation__agency", "person", "made_by").order_by("-made_at", "-pk")[:MOST]
    lines = [[Link(f"Row {each.row}", reverse("linkage_link", args=[each.pk]), each.submission.expectation.title),
              each.submission.expectation.agency.name, _whom(each), each.get_how_display(), each.version, each.made_at]
             for each in rows]
    return render(request, "linkage/links.html", {"most": MOST, "table": Table("Links", [
        Column("Row"), Column("Agency"), Column("Linked to"), Column("How"), Column("Model"), Column("Made", "ago")], lines,
        caption_hidden=True, nothing="Nothing is linked.")})


def _whom(each: RowLink) -> str:
    return f"Record {each.person_id} of Goldthread" if each.person_id else "Rows of other agencies"


@LINKS
def link(request: Any, pk: int) -> HttpResponse:
    """One link, what it was made by, and the way to undo it."""
    found = RowLink.objects.select_related("submission__expectation__agency", "made_by", "ended_by", "run").filter(
        pk=pk).first()
    if found is None:
        raise Http404
    form = WrongForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_link(actor=request.actor, link=pk, because=form.cleaned_data["because"], now=request.now)
            messages.success(request, "Undone. It is not linked so again")
        except (Refused, actions.NotReady) as why:
            messages.error(request, f"{why}. Nothing was changed")
        return redirect("linkage_link", pk)
    others = RowLink.objects.filter(group=found.group, ended_at=None).exclude(pk=pk).select_related(
        "submission__expectation__agency")
    facts = [Row("Row", f"{found.row} of {found.submission.expectation.title}"),
             Row("Agency", found.submission.expectation.agency.name), Row("Linked to", _whom(found)),
             Row("How", f"{found.get_how_display()}, edition {found.version}"),
             Row("Made by", str(found.made_by)), Row("Linked with", ", ".join(
                 f"row {each.row} of {each.submission.expectation.agency.name}" for each in others[:20]) or "Nothing else")]
    if found.ended_at:
        facts += [Row("Undone by", str(found.ended_by or "")), Row("Why", found.ended_because)]
    return render(request, "linkage/link.html", {"found": found, "facts": facts, "form": form, "has_errors": form.is_bound})
