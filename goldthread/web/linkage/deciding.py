"""Uncertain pairs, one at a time: both descriptions beside each other, why it is not sure, and what somebody decided."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.access.actor import Refused
from goldthread.access.audit import log_reading
from goldthread.linkage import actions
from goldthread.linkage.gathering import KIND
from goldthread.linkage.models import Question
from goldthread.web.components import Column, Link, Table, Tag
from goldthread.web.forms import fields
from goldthread.web.forms.base import Form
from goldthread.web.linkage.common import (
    BEFORE,
    LINKS,
    MOST,
    MOVED,
    PARTS,
    edition,
    name_of,
    said_of,
    weights,
)

COLOURS = {"same": "green", "different": "red", "unsure": "yellow"}


class AnswerForm(Form):
    """What somebody decides of one pair."""

    answer = fields.Choice(label="Are they the same person?", choices=Question.ANSWERS)
    because = fields.Text(label="What decided it?", required=False, max_length=300)


def waiting() -> Any:
    """Open questions the acting person may see, the likeliest first."""
    return Question.objects.filter(answer="", left_at=None).order_by("-weight", "pk")


@LINKS
def following(request: Any) -> HttpResponse:
    """The next pair to look at, after the one that is left for now."""
    rows = waiting()
    left = Question.objects.filter(pk=request.GET.get("after")).first() if request.GET.get("after", "").isdigit() else None
    if left is not None:
        rows = rows.filter(Q(weight__lt=left.weight) | Q(weight=left.weight, pk__gt=left.pk))
    found = rows.first()
    if found is None:
        messages.success(request, "You have been through all pairs" if left else "Nothing more is to be looked at")
        return redirect("linkage")
    return redirect("linkage_question", found.pk)


@LINKS
def question(request: Any, pk: int) -> HttpResponse:
    """One pair, and the answer to it."""
    found = _question(pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(actor=request.actor, question=pk, now=request.now, **form.cleaned_data)
        except (Refused, actions.NotReady) as why:
            messages.error(request, f"{why}. Nothing was changed")
            return redirect("linkage_question", pk)
        messages.success(request, "Kept. This pair is not asked again")
        return redirect("linkage_next")
    log_reading(kind=KIND, ref=found.pk, why="looked at two descriptions that may be of one person",
                people=[found.person_id] if found.person_id else [], agency=request.actor.agency.pk)
    return render(request, "linkage/question.html", {
        "question": found, "form": form, "has_errors": form.is_bound, "left": waiting().count(), **_compared(found)})


def _question(pk: int) -> Question:
    found: Question | None = Question.objects.select_related("answered_by").filter(pk=pk).exclude(told=[]).first()
    if found is None:
        raise Http404
    return found


def _compared(found: Question) -> dict[str, Any]:
    model = edition(found.version)
    besides = {BEFORE: "Before anything is compared", MOVED: model.moved.words if model.moved else ""}
    told = [(model.comparison(each["part"]), each) for each in found.told if each["part"] not in besides]
    rows = [[comparison.title, said_of(found.said_one, comparison), said_of(found.said_other, comparison),
             next(level.words for level in comparison.levels if level.key == each["level"])]
            for comparison, each in told if comparison.key in PARTS]
    columns = [Column("What is compared"), Column(found.list_one), Column(_second(found)), Column("How it compares")]
    chart = weights("What speaks for one person, and what against", [
        *((comparison.title, each["bits"]) for comparison, each in told),
        *((besides[each["part"]], each["bits"]) for each in found.told if each["part"] in besides)],
        "A weight of 1 makes it twice as likely that both are one person, a weight of 3 eight times.", "What is compared")
    bar = next((each.words for each in model.bars if each.key == found.bar), "")
    return {"table": Table("Both descriptions", columns, rows), "chart": chart, "bar": bar, "model": model,
            "chance": round(100 * model.chance(found.weight)),
            "names": (name_of(found.said_one), name_of(found.said_other))}


def _second(found: Question) -> str:
    return found.list_other if found.list_other != found.list_one else f"{found.list_other}, again"


@LINKS
@require_POST
def take_back(request: Any, pk: int) -> HttpResponse:
    """An answer taken back: the pair is open again."""
    found = _question(pk)
    try:
        actions.take_back(actor=request.actor, question=found.pk, now=request.now)
        messages.success(request, "Taken back. The pair is to be looked at again")
    except (Refused, actions.NotReady) as why:
        messages.error(request, f"{why}. Nothing was changed")
    return redirect("linkage_question", pk)


@LINKS
def answers(request: Any) -> HttpResponse:
    """What was decided, by whom and when, newest first."""
    rows = Question.objects.exclude(answer="").select_related("answered_by").order_by("-answered_at", "-pk")[:MOST]
    lines = [[Link(f"{name_of(each.said_one)} and {name_of(each.said_other)}", reverse("linkage_question", args=[each.pk]))
              if each.told else "A link that was undone",
              Tag(each.get_answer_display(), COLOURS[each.answer]), each.because, str(each.answered_by), each.answered_at]
             for each in rows]
    return render(request, "linkage/answers.html", {"table": Table("Decided", [
        Column("Pair"), Column("Answer"), Column("Why"), Column("By"), Column("When", "ago")], lines, caption_hidden=True,
        nothing="Nothing was decided yet.")})
