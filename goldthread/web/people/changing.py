"""Adding to a chronology, merging two records and taking it back, and declaring a conflict of interest."""
from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldthread.access.actor import Refused
from goldthread.access.policy import May
from goldthread.people import actions
from goldthread.people.actions import MergeObjected
from goldthread.people.actions.common import NotPossible
from goldthread.people.models import Merge, Person
from goldthread.people.reading import open_person
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.middleware import needs
from goldthread.web.people.pages import framed, opened


class EntryForm(Form):
    """Something an agency knows happened."""

    when = kit.RoughDate(label="When did it happen?")
    what = kit.LongText(label="What happened?", rows=5, watch_words=True)
    significance = kit.LongText(label="Why does it matter?", rows=3, required=False, watch_words=True)


class MergeForm(Form):
    """Which record is the same person, and how you know."""

    other = kit.Text(label="What is the reference of the other record?", width=20, spellcheck=False)
    reason = kit.LongText(label="How do you know that they are one person?", rows=4)


class ReasonForm(Form):
    reason = kit.LongText(label="Why?", rows=4)


def _form_page(request: Any, person: Person, form: Any, heading: str, button: str, explain: str = "") -> HttpResponse:
    return render(request, "people/form.html", framed(request, person, form=form, heading=heading, button=button,
                                                      explain=explain))


@needs(May.FIND_PEOPLE)
def add_entry(request: Any, reference: str) -> HttpResponse:
    """Add a line to the chronology; uncertain dates are welcome."""
    person = opened(request, reference)
    form = EntryForm(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_entry(actor=request.actor, now=request.now, person=person.pk, **form.cleaned_data)
            return redirect("person_timeline", person.reference)
        except (NotPossible, Refused) as wrong:
            form.add_error(None, str(wrong))
    return _form_page(request, person, form, "Add to the timeline", "Add it",
                      "Give the date as well as you know it: “about May 2016” is fine.")


@needs(May.WORK_FRONT_DOOR)
def merge(request: Any, reference: str) -> HttpResponse:
    """Two records are one person. What speaks against it is shown and must be answered first."""
    person = opened(request, reference)
    form = MergeForm(request.POST or None, today=request.now.date())
    against: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            other = open_person(actor=request.actor, reference=form.cleaned_data["other"], why="merge", now=request.now)
            actions.merge(actor=request.actor, now=request.now, keep=person.pk, fold=other.pk,
                          reason=form.cleaned_data["reason"], despite=request.POST.getlist("despite"))
            return redirect("person", person.reference)
        except Person.DoesNotExist:
            form.add_error("other", "There is no such record. Check the reference")
        except MergeObjected as objected:
            against = objected.objections
        except (NotPossible, Refused) as wrong:
            form.add_error(None, str(wrong))
    merges = Merge.objects.filter(kept=person, undone_at=None).select_related("folded", "made_by")
    return render(request, "people/merge.html", framed(request, person, form=form, against=against, merges=merges))


@needs(May.WORK_FRONT_DOOR)
def unmerge(request: Any, reference: str, pk: int) -> HttpResponse:
    """Take a merge back; both histories are as they were."""
    person = opened(request, reference)
    if not Merge.objects.filter(pk=pk, kept=person, undone_at=None).exists():
        raise Http404
    form = ReasonForm(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        try:
            actions.unmerge(actor=request.actor, now=request.now, merge=pk, because=form.cleaned_data["reason"])
            return redirect("person", person.reference)
        except (NotPossible, Refused) as wrong:
            form.add_error(None, str(wrong))
    return _form_page(request, person, form, "Take this merge back", "Take it back")


@needs(May.FIND_PEOPLE)
def conflict(request: Any, reference: str) -> HttpResponse:
    """Declare that this is somebody in one's own family or life: from then on one does not see the record."""
    person = opened(request, reference)
    form = ReasonForm(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.deny(actor=request.actor, now=request.now, person=person.pk, user=request.user.pk,
                             reason=form.cleaned_data["reason"])
            return redirect("home")
        except (NotPossible, Refused) as wrong:
            form.add_error(None, str(wrong))
    return _form_page(request, person, form, "I know this person", "Close the record to me",
                      "If this is your family, a friend or a neighbour, say so. The record is then closed to you, and "
                      "a privacy officer can open it again.")
