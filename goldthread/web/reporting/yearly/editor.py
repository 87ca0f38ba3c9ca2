"""Writing one section: its text, the figures that can be put in, and beside it how it reads and what the checks find."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from goldthread.process.drafts import DraftStore
from goldthread.reports.writing.html import render_blocks
from goldthread.reports.yearly import actions, checklist, reading
from goldthread.reports.yearly.composing import Composed
from goldthread.reports.yearly.counting import Counted
from goldthread.reports.yearly.models import Document, Section
from goldthread.web.components import Column, Table
from goldthread.web.forms import fields
from goldthread.web.forms.base import Form
from goldthread.web.meetings.common import today_of, tried
from goldthread.web.reporting.yearly.common import WRITES, document_of, lead, section_of, weight

MOST_OFFERED = 25
PUT_IN = "put-in:"


class SectionForm(Form):
    """Heading, text and what of the guidance the section answers."""

    def __init__(self, *args: Any, points: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = points

    heading = fields.Text(label="Heading", max_length=120)
    text = fields.LongText(label="Text", rows=18, required=False, help_text=(
        "A blank line begins a paragraph; ## a heading below this one; - a list; **bold**; > somebody's own words."))
    items = fields.Choices(label="What of the guidance does this section answer?", choices=[], required=False)


@dataclass(frozen=True)
class Typed:
    """A section as it is in the form, not saved."""

    key: str
    heading: str
    text: str
    items: tuple[str, ...] = ()


@WRITES
def section(request: Any, pk: int, key: str) -> HttpResponse:
    """Write a section. "See how it reads", "Find" and "Put in" show the page anew with what was typed; only "Save"
    saves.
    """
    document = document_of(request, pk)
    found = section_of(document, key)
    drafts = DraftStore(request.actor, f"report/{pk}/{key}", f"user:{request.user.pk}", request.now)
    points = [(each.id, each.text) for each in checklist.asked(document.kind, today_of(request), []).points]
    seen, kept = request.POST.get("seen", str(found.revision)), drafts.load().get("typed", {})
    typed = _typed(request, found, kept)
    do = request.POST.get("do", "")
    theirs = None
    if do.startswith(PUT_IN):
        typed = replace(typed, text=_with(typed.text, do.removeprefix(PUT_IN)))
    form = SectionForm({"heading": typed.heading, "text": typed.text, "items": list(typed.items)} if request.POST else None,
                       initial={"heading": typed.heading, "text": typed.text, "items": list(typed.items)}, points=points,
                       today=today_of(request))
    if do == "save" and form.is_valid():
        try:
            if tried(form, actions.save_section, actor=request.actor, section=found, now=request.now,
                     heading=form.cleaned_data["heading"], text=form.cleaned_data["text"],
                     items=form.cleaned_data["items"], seen=int(seen) if seen.isdigit() else 0):
                drafts.discard()
                messages.success(request, f"{form.cleaned_data['heading']} is saved.")
                return redirect("report_section", pk, key)
        except actions.Conflict as met:
            theirs, seen = met.section, str(met.section.revision)
    return _page(request, document, found, form, typed, seen, theirs, drafted=bool(kept) and not request.POST)


def _typed(request: Any, found: Section, kept: dict[str, Any]) -> Typed:
    """What stands in the form: what was sent, else what was kept while typing, else what is saved."""
    if request.POST:
        return Typed(found.key, request.POST.get("heading", ""), request.POST.get("text", ""),
                     tuple(request.POST.getlist("items")))
    if kept:
        return Typed(found.key, *(str((kept.get(name) or [""])[0]) for name in ("heading", "text")),
                     tuple(kept.get("items", ())))
    return Typed(found.key, found.heading, found.text, tuple(found.items))


def _with(text: str, token: str) -> str:
    """The text with a token at its end: a figure in the sentence, a table or chart on a line of its own."""
    apart = " " if token.startswith("{{figure:") else "\n\n"
    return f"{text.rstrip()}{apart}{token}".lstrip()


def _page(request: Any, document: Document, found: Section, form: Any, typed: Typed, seen: str, theirs: Section | None,
          drafted: bool) -> HttpResponse:
    others = list(document.sections.all())
    made = reading.composed(request.actor, document, request.now, [
        typed if each.key == found.key else each for each in others])
    checked = reading.checked(request.actor, document, made, request.now)
    here = [each for each in checked.found if each.section == typed.heading]
    shown = next(each for each in made.written if each.id == found.key)
    wanted = request.POST.get("find", "").strip()
    return render(request, "reporting/yearly/section.html", {
        "document": document, "section": found, "form": form, "seen": seen, "theirs": theirs, "drafted": drafted,
        "draft_key": f"report/{document.pk}/{found.key}", "parts": others, "find": wanted,
        "preview": mark_safe(render_blocks(shown.blocks, lead(document))),  # escaped where it is made
        "problems": [each for each in made.problems if each.section == typed.heading],
        "findings": Table("What the checks found here", [Column("What"), Column("In its sentence"), Column("Why"),
                                                         Column("What to do"), Column("Weight")], [
            [each.what, each.quote, each.told, each.advice, weight(each, each.finding in checked.answers)] for each in here],
            nothing="The checks found nothing in this section."),
        "offered": offered(reading.counted(request.actor, document, request.now), made, wanted), "most": MOST_OFFERED,
        "before": _before(request, document, found.key), "up": reverse("report_document", args=[document.pk])})


def offered(counted: Counted, made: Composed, wanted: str) -> list[tuple[str, str, str]]:
    """What can be put in whose name or key has all the words looked for: token, what it is, how it is told."""
    words = wanted.casefold().split()
    tables = [(f"{{{{{kind}:{key}}}}}", f"{'Chart' if kind == 'chart' else 'Table'}: {counted.captions.get(key, key)}", "")
              for key in counted.tables for kind in (("chart", "table") if key in counted.charted else ("table",))]
    numbers = [(f"{{{{figure:{each.key}}}}}", each.label, each.text) for each in counted.all.values()]
    return [each for each in (*numbers, *tables) if words and all(
        word in f"{each[0]} {each[1]}".casefold() for word in words)][:MOST_OFFERED]


def _before(request: Any, document: Document, key: str) -> Section | None:
    """The same section of the last report before this one."""
    for each in reading.earlier(request.actor, document)[:1]:
        found: Section | None = Section.objects.filter(document=each, key=key).first()
        return found
    return None
