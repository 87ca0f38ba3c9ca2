"""The partnership's own words, which stand in the glossary beside those everybody has."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from goldthread.access.organisation import words as actions
from goldthread.orgs.models import LocalTerm
from goldthread.rules.glossary import UnknownTerm, expand
from goldthread.web.setup import forms
from goldthread.web.setup.forms import try_action
from goldthread.web.setup.pages import SETS_UP


@SETS_UP
def words(request: Any) -> HttpResponse:
    """Every word of one's own, those of before too, with what it means elsewhere."""
    rows = LocalTerm.objects.filter(partnership=request.actor.partnership).order_by("short", "-valid_from", "-pk")
    today = _today(request)
    shown = [(row, _usual(row.short), row.valid_to is None or row.valid_to >= today) for row in rows]
    return render(request, "setup/words.html", {"rows": shown})


@SETS_UP
def add(request: Any) -> HttpResponse:
    return _asked(request, "Add a word", {"valid_from": _today(request)})


@SETS_UP
def change(request: Any, pk: int) -> HttpResponse:
    """Another meaning from a day on; the one before stays in the list with its dates."""
    row = _row(request, pk)
    start = {name: getattr(row, name) for name in ("short", "full", "meaning", "source")}
    return _asked(request, f"Change what {row} means", {**start, "valid_from": _today(request)}, word=row.short)


@SETS_UP
def end(request: Any, pk: int) -> HttpResponse:
    row = _row(request, pk)
    form = forms.LastDayForm(request.POST or None, initial={"last_day": _today(request)})
    if request.method == "POST" and form.is_valid():
        try_action(form, actions.end_term, actor=request.actor, row=row, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"{row} is no longer used after the day you gave")
            return redirect("setup_words")
    usual = _usual(row.short)
    return _page(request, form, f"{row} is no longer used", "End", warn=True,
                 why=f"After that it means what it means elsewhere: {usual}." if usual else "")


def _asked(request: Any, title: str, initial: dict[str, Any], *, word: str = "") -> HttpResponse:
    """The form of a word; `word`: the one that is changed, whose spelling stays."""
    form = forms.WordForm(request.POST or None, initial=initial)
    if word:
        del form.fields["short"]
    if request.method == "POST" and form.is_valid():
        answers = {"short": word, **form.cleaned_data}
        made = try_action(form, actions.set_term, actor=request.actor, **answers)
        if made:
            messages.success(request, f"{made} is saved")
            return redirect("setup_words")
    return _page(request, form, title, "Save")


def _page(request: Any, form: Any, title: str, button: str, **more: Any) -> HttpResponse:
    return render(request, "setup/plain.html", {"form": form, "title": title, "button": button, "back": "setup_words",
                                                "back_to": "Your own words", **more})


def _usual(short: str) -> str:
    try:
        return expand(short)
    except UnknownTerm:
        return ""


def _row(request: Any, pk: int) -> LocalTerm:
    return get_object_or_404(LocalTerm, pk=pk, partnership=request.actor.partnership)


def _today(request: Any) -> Any:
    return timezone.localdate(request.now)
