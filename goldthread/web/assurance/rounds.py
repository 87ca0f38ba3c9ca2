"""Rounds of section 11 returns: begun for many agencies at once, followed, and one agency's years side by side."""
from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.access.actor import Refused
from goldthread.access.policy import May
from goldthread.domains.section_11.framework import framework_on, standards
from goldthread.domains.section_11.models import Section11Request
from goldthread.orgs.models import Agency
from goldthread.process import campaigns, registry
from goldthread.process.actions import Writing
from goldthread.process.models import Campaign
from goldthread.rules.codes import label
from goldthread.web.assurance import figures
from goldthread.web.charts import Chart, Series
from goldthread.web.components import Column, Link, Table, Tag, Tile
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.forms.date_fields import DateTime
from goldthread.web.middleware import needs

COLOURS = {"sent": "green", "sent late": "yellow", "late": "red", "waiting": "blue"}


@needs(May.RUN_ASSURANCE)
def rounds(request: Any) -> HttpResponse:
    """Every round, newest first."""
    rows = Campaign.objects.filter(process_key=figures.PROCESS).order_by("-began_at", "-pk")
    lines = [[Link(row.title, reverse("round", args=[row.pk])), row.began_at, row.due, row.cases.count()] for row in rows]
    table = Table("Rounds", [Column("Round"), Column("Began", "on"), Column("Due", "on"), Column("Agencies", "number")],
                  lines, nothing="No round has been started.")
    return render(request, "section_11/rounds.html", {"table": table})


class RoundForm(Form):
    """What a round is called, by when agencies answer, and which are asked."""

    title = kit.Text(label="What is this round called?", max_length=120, help_text="For example, Section 11 return 2026")
    due = DateTime(label="By when must agencies send their return?", limit="future")
    note = kit.LongText(label="What should they know?", required=False)
    agencies = kit.Choices(label="Which agencies are asked?", small=True)


@needs(May.RUN_ASSURANCE)
def begin(request: Any) -> HttpResponse:
    """Start a round: every agency chosen is asked at once, or none is."""
    today = request.now.date()
    form = RoundForm(request.POST or None, today=today)
    taking_part = Agency.objects.taking_part(request.actor.partnership, today).distinct()
    form.fields["agencies"].choices = [(str(agency.pk), agency.name) for agency in taking_part]
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("round", _launch(request, form.cleaned_data).pk)
        except ValidationError as wrong:
            for name, errors in wrong.error_dict.items():
                form.add_error(name if name in form.fields else None, errors)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "section_11/begin.html", {"form": form, "framework": framework_on(today)})


@transaction.atomic
def _launch(request: Any, asked: dict[str, Any]) -> Campaign:
    chosen = list(Agency.objects.filter(pk__in=asked["agencies"]))
    framework = framework_on(request.now.date()).key

    def first(agency: Agency, campaign: Campaign) -> Writing:
        return Writing(Section11Request(agency=agency, round=campaign.title, framework=framework, due=campaign.due,
                                        note=asked["note"], happened_at=request.now))
    return campaigns.launch(actor=request.actor, process=registry.get(figures.PROCESS), title=asked["title"],
                            agencies=chosen, due=asked["due"], first=first, now=request.now)


@needs(May.RUN_ASSURANCE)
def one_round(request: Any, pk: int) -> HttpResponse:
    """Who has answered a round, who is late, and how the scores lie."""
    campaign = Campaign.objects.filter(pk=pk, process_key=figures.PROCESS).first()
    if campaign is None:
        raise Http404
    rows = figures.answering(campaigns.cases_of(campaign))
    states = [row.state(request.now) for row in rows]
    tiles = [Tile(words, sum(states.count(key) for key in keys)) for words, keys in (
        ("Asked", ("sent", "sent late", "late", "waiting")), ("Sent", ("sent", "sent late")), ("Late", ("late",)),
        ("Still has time", ("waiting",)))]
    return render(request, "section_11/round.html", {
        "campaign": campaign, "tiles": tiles, "table": _table(rows, states), "chart": _spread(rows, campaign)})


def _table(rows: list[figures.Answering], states: list[str]) -> Table:
    lines = [[Link(row.case.about_agency.name, reverse("case", args=[row.case.reference]), row.case.reference),
              Tag(state.capitalize(), COLOURS[state]), row.due or "", row.sent or "", _said(row.scores.own),
              _said(row.scores.moderated), Link("Year by year", reverse("agency_years", args=[row.case.about_agency_id]))]
             for row, state in zip(rows, states, strict=True)]
    return Table("Agencies", [Column("Agency"), Column("Return"), Column("Due", "on"), Column("Sent", "on"),
                              Column("Own score"), Column("Moderated"), Column("Years")], lines)


def _said(scores: dict[str, int]) -> str:
    found = figures.middle(scores)
    return "" if found is None else f"{found}"


def _spread(rows: list[figures.Answering], campaign: Campaign) -> Chart:
    asked = standards(campaign.began_at.date())
    counts = [figures.spread(rows, code) for code, _ in asked]
    series = [Series(label("section-11-scores", str(score)), [each[score] for each in counts]) for score in range(4)]
    return Chart("How far each standard is met", "shares", [title for _, title in asked], series, "agencies",
                 "Each agency's moderated score, or its own score until it is moderated.", "Standard")


@needs(May.RUN_ASSURANCE, May.ANSWER_ASSURANCE, May.SIGN_FOR_AGENCY)
def agency_years(request: Any, pk: int) -> HttpResponse:
    """One agency's scores, round by round, for the partnership's office and for the agency itself."""
    rows = figures.rounds_of(pk)
    if not rows:
        raise Http404
    asked = standards(request.now.date())
    names = [row.round for row in rows]
    series = [Series(name, [row.scores.best_known.get(code) for code, _ in asked])
              for name, row in zip(names, rows, strict=True)]
    chart = Chart("Scores year by year", "bars", [title for _, title in asked], series, "score",
                  "From 0, not met, to 3, fully met: the moderated score, or the agency's own until it is moderated.",
                  "Standard")
    lines = [[Link(name, reverse("case", args=[row.case.reference]), row.case.reference),
              row.state(request.now).capitalize(), _said(row.scores.own), _said(row.scores.moderated)]
             for name, row in zip(names, rows, strict=True)]
    table = Table("Rounds", [Column("Round"), Column("Return"), Column("Own score"), Column("Moderated")], lines)
    return render(request, "section_11/agency.html", {"agency": rows[0].case.about_agency, "chart": chart, "table": table})
