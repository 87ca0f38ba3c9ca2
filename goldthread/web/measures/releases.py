"""The register of releases: what was ever let out, what is being prepared, why something is held back, and the files."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.access.actor import Refused, acting, system
from goldthread.access.policy import May
from goldthread.exchange.facts import writing
from goldthread.exchange.facts.releases import card_of
from goldthread.measure import actions, periods, tasks
from goldthread.measure.actions.releasing import SIGNATURES, signatures
from goldthread.measure.facts import BY, CROSSINGS
from goldthread.measure.gate import Chosen, name_of
from goldthread.measure.indicators import indicator, indicators
from goldthread.measure.models import Release, ReleaseState
from goldthread.measure.periods import LENGTHS
from goldthread.measure.protecting import DEFAULT, Rule
from goldthread.web.components import Column, Link, Table, Tag
from goldthread.web.forms import fields
from goldthread.web.forms.base import Form
from goldthread.web.measures.common import KEEPS, SEES
from goldthread.web.meetings.common import today_of, tried
from goldthread.web.middleware import public

COLOURS = {ReleaseState.LOOKING: "blue", ReleaseState.BLOCKED: "red", ReleaseState.CLEAR: "yellow",
           ReleaseState.PUBLISHED: "green", ReleaseState.DROPPED: "grey"}
OVER = (ReleaseState.PUBLISHED, ReleaseState.DROPPED)
MOST_SHOWN = 400


class ReleaseForm(Form):
    """What is to be let out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicators"].choices = [(each.key, f"{each.reference} {each.title}")
                                             for each in indicators(kwargs["today"])]

    title = fields.Text(label="What is it called?", max_length=150, help_text="Such as: Scorecard, summer of 2026")
    kind = fields.Choice(label="By month, quarter or year?", choices=[(kind, kind.capitalize()) for kind in LENGTHS])
    first = fields.Date(label="A day in the first period")
    last = fields.Date(label="A day in the last period")
    breakdowns = fields.Choices(label="Broken down by what?", choices=list(BY.items()), required=False)
    crossings = fields.Choices(label="Broken down by two at once?", choices=list(CROSSINGS.items()), required=False,
                               help_text="Each number of the one within each of the other. Many will be too small to show")
    small = fields.Text(label="Counts of 1 to how many are not shown?", initial=str(DEFAULT.small), width=3,
                        inputmode="numeric")
    nearest = fields.Text(label="The others are rounded to the nearest how many?", initial=str(DEFAULT.nearest), width=3,
                          inputmode="numeric")
    indicators = fields.Choices(label="Which numbers?", choices=[])

    def clean(self) -> Any:
        cleaned = super().clean()
        for name, least in (("small", 3), ("nearest", 1)):
            text = self.cleaned_data.get(name, "")
            if text and not (text.isascii() and text.isdigit() and least <= int(text) <= 50):
                self.add_error(name, f"Enter a whole number from {least} to 50")
        return cleaned

    def rule(self) -> Rule:
        """How small numbers are to be made safe."""
        return replace(DEFAULT, small=int(self.cleaned_data["small"]), nearest=int(self.cleaned_data["nearest"]))

    def chosen(self) -> Chosen:
        """What was asked for. Adds an error where the periods are the wrong way round."""
        asked = self.cleaned_data
        first, last = (periods.period_of(asked[name].year * 100 + asked[name].month, asked["kind"])
                       for name in ("first", "last"))
        found = [first]
        while found[-1].end < last.end:
            found.append(periods.period_of(periods.added(found[-1].end, 1), asked["kind"]))
        return Chosen(tuple(indicator(key) for key in asked["indicators"]), tuple(found),
                      (*asked["breakdowns"], *asked["crossings"]))


@SEES
def releases(request: Any) -> HttpResponse:
    """Everything that was let out or is being prepared."""
    rows = [[Link(row.title, reverse("release", args=[row.pk])), Tag(row.get_state_display(), COLOURS[row.state]), row.at,
             row.published_at or ""] for row in Release.objects.order_by("-at", "-pk")[:200]]
    return render(request, "measures/releases.html", {"may": request.actor.may(May.KEEP_SCORECARD), "table": Table(
        "Releases", [Column("Release"), Column("State"), Column("Prepared", "on"), Column("Published", "on")], rows,
        caption_hidden=True, nothing="Nothing was let out yet.")})


@KEEPS
def prepare(request: Any) -> HttpResponse:
    """Choose what is to be let out."""
    form = ReleaseForm(request.POST or None, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["last"] < form.cleaned_data["first"]:
            form.add_error("last", "The last period must not be before the first")
        elif made := tried(form, tasks.prepare_or_leave, actor=request.actor, title=form.cleaned_data["title"],
                           chosen=form.chosen(), now=request.now, rule=form.rule()):
            return redirect("release", made.pk)
    return render(request, "dataset/plain.html", {
        "title": "Prepare a release", "form": form, "button": "Make it safe and look for leaks", "up": reverse("releases"),
        "up_words": "Releases", "why": "Small numbers are hidden and the others rounded. Then every figure that was ever "
        "let out is held against these, as somebody would who wants to find a child."})


def _release(pk: int) -> Release:
    found: Release | None = Release.objects.select_related("by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@SEES
def release(request: Any, pk: int) -> HttpResponse:
    """One release: its figures, what holds it back, who signed it, its files."""
    found = _release(pk)
    signed = list(signatures(found).select_related("by", "agency"))
    figures = list(found.releasedfigures.order_by("pk")[:MOST_SHOWN])
    may = {"mend": found.state == ReleaseState.BLOCKED and request.actor.may(May.KEEP_SCORECARD),
           "sign": found.state == ReleaseState.CLEAR and request.actor.may(May.SIGN_RELEASES)
           and request.user.pk not in {one.by_id for one in signed},
           "drop": found.state not in OVER and request.actor.may(May.KEEP_SCORECARD)}
    return render(request, "measures/release.html", {
        "release": found, "colour": COLOURS[found.state], "may": may, "signed": signed,
        "wanted": SIGNATURES, "percent": 100 * found.done // max(found.of, 1), "aside": found.aside.splitlines(),
        "findings": list(found.releasefindings.order_by("pk")[:50]),
        "hidden": found.releasedfigures.filter(hidden=True).count(), "forms": list(writing.FORMS),
        "table": Table("Its figures", [Column("Figure"), Column("As it is said", "number"), Column("Hidden besides")],
                       [[name_of(one), one.text, "Yes" if one.hidden else ""] for one in figures])})


def _do(request: Any, pk: int, write: Any, **more: Any) -> HttpResponse:
    found = _release(pk)
    try:
        write(actor=request.actor, release=found, **more)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    except Refused:
        raise Http404 from None
    return redirect("release", pk)


@require_POST
@KEEPS
def mend(request: Any, pk: int) -> HttpResponse:
    return _do(request, pk, tasks.mend_or_leave, now=request.now)


@require_POST
@SEES
def sign(request: Any, pk: int) -> HttpResponse:
    return _do(request, pk, tasks.sign_or_leave, now=request.now)


@require_POST
@KEEPS
def drop(request: Any, pk: int) -> HttpResponse:
    return _do(request, pk, actions.drop)


@SEES
def download(request: Any, pk: int, form: str) -> HttpResponse:
    """A release as a file, safe or not yet: what is not out is for those who prepare it."""
    found = _release(pk)
    if form not in writing.FORMS or found.state != ReleaseState.PUBLISHED and not request.actor.may(May.KEEP_SCORECARD):
        raise Http404
    return _file(found, form)


def _file(found: Release, form: str) -> HttpResponse:
    kind, make = writing.FORMS[form]
    answer = HttpResponse(make(card_of(found)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="scorecard-{found.pk}.{form}"'
    return answer


@public
def open_data(request: Any) -> HttpResponse:
    """Everything that is out, for everybody, as data with its meaning."""
    with acting(system()):
        found = list(Release.objects.filter(state=ReleaseState.PUBLISHED).select_related("partnership").order_by(
            "-published_at")[:200])
    rows = [[row.title, row.partnership.name, row.published_at, Link("CSV", reverse("open_data_file", args=[row.pk, "csv"])),
             Link("JSON", reverse("open_data_file", args=[row.pk, "json"]))] for row in found]
    return render(request, "measures/open_data.html", {"table": Table(
        "Published figures", [Column("What"), Column("By"), Column("Published", "on"), Column("Table"), Column("Data")],
        rows, caption_hidden=True, nothing="Nothing is published yet.")})


@public
def open_data_file(request: Any, pk: int, form: str) -> HttpResponse:
    """A published release as a file, for everybody."""
    with acting(system()):
        found = Release.objects.filter(state=ReleaseState.PUBLISHED, pk=pk).first()
        if found is None or form not in writing.FORMS:
            raise Http404
        return _file(found, form)
