"""Commission a yearly report, asking agencies at once; begin writing the arrangements anew."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from goldthread.access.policy import May
from goldthread.domains.yearly_report import models as m
from goldthread.domains.yearly_report.process import YEARLY_REPORT
from goldthread.flows import yearly_report as flow
from goldthread.measure import periods
from goldthread.orgs.models import Agency
from goldthread.process.leads import with_answerers
from goldthread.process.models import Case
from goldthread.rules.limits import limit
from goldthread.web.casework.forms import submission_of
from goldthread.web.forms import fields as kit
from goldthread.web.forms.base import Form
from goldthread.web.forms.date_fields import DateTime
from goldthread.web.forms.model_forms import form_for
from goldthread.web.meetings.common import tried
from goldthread.web.middleware import needs

RUNS = needs(May.RUN_REPORTS)


class CommissionForm(Form):
    """Which year, what it should show, its dates, and who is asked."""

    year = kit.Choice(label="Which year is it about?", choices=[])
    aim = kit.LongText(label="What should it show above all?", help_text="The scrutineer and the lead partners read this.")
    due = DateTime(label="By when must agencies send their contribution?", limit="future")
    freeze_at = DateTime(label="When are the figures frozen?", limit="future",
                         help_text="What is recorded later no longer changes the report.")
    publish_on = kit.Date(label="When is it meant to be published?", limit="future")
    note = kit.LongText(label="What should those who contribute know?", required=False)
    local_questions = kit.LongText(label="What do you ask besides the four questions?", required=False, rows=3,
                                   help_text="One question a line. Leave empty for none.")
    agencies = kit.Choices(label="Which agencies are asked?", small=True,
                           help_text="Only agencies where somebody may write for them: a safeguarding lead, a senior, or a "
                                     "writer appointed in the directory.")

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(key, key) for key in years(kwargs["today"])]
        self.fields["agencies"].choices = [(str(agency.pk), agency.name)
                                           for agency in with_answerers(actor.partnership, kwargs["today"],
                                                                              YEARLY_REPORT.asked).distinct()]

    def clean(self) -> Any:
        cleaned = super().clean()
        said = self.cleaned_data
        due, frozen, out = said.get("due"), said.get("freeze_at"), said.get("publish_on")
        if due and frozen and frozen < due:
            self.add_error("freeze_at", "The figures must not be frozen before contributions are due")
        if frozen and out and out < timezone.localdate(frozen):
            self.add_error("publish_on", "It must not be published before the figures are frozen")
        return cleaned


def years(today: date) -> list[str]:
    """The last whole year, the one under way and the one before, as the choices for a report."""
    last = periods.last_whole("year", today)
    return [last.key, periods.period_of(periods.added(last.end, 1), "year").key, last.before().key]


def _asked(form: Any) -> list[m.ContributionAgency]:
    chosen = Agency.objects.filter(pk__in=form.cleaned_data["agencies"]).order_by("name")
    return [m.ContributionAgency(agency=agency, due=form.cleaned_data["due"]) for agency in chosen]


@RUNS
def commission(request: Any) -> HttpResponse:
    """Begin a yearly report: everyone chosen is asked at once, or nobody is."""
    form = CommissionForm(request.POST or None, today=request.now.date(), actor=request.actor)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = tried(form, flow.commission, actor=request.actor, year=periods.read(said["year"]), asked=_asked(form),
                     said={name: said[name] for name in ("aim", "publish_on")}, now=request.now,
                     request={name: said[name] for name in ("note", "local_questions", "freeze_at")},
                     submission=submission_of(request.POST))
        if isinstance(made, Case):
            return redirect("yearly_report", made.reference)
    return render(request, "yearly_report/begin.html", {
        "form": form, "title": "Commission a yearly report", "button": "Ask these agencies",
        "law": limit("T131", request.now.date())})


@RUNS
def arrangements(request: Any) -> HttpResponse:
    """Begin writing the published arrangements anew."""
    form = form_for(m.ArrangementsCommission, ("title", "why", "publish_by"))(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        made = tried(form, flow.begin_arrangements, actor=request.actor, said=form.cleaned_data, now=request.now,
                     submission=submission_of(request.POST))
        if isinstance(made, Case):
            return redirect("yearly_report", made.reference)
    return render(request, "yearly_report/begin.html", {
        "form": form, "title": "Write the arrangements anew", "button": "Begin"})
