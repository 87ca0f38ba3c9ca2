"""One indicator: what it means, how it has gone, beside whom, by what, and what is said of it."""
from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.measure import actions, reading
from goldthread.measure.actions.saying import answers_for
from goldthread.measure.facts import BY
from goldthread.measure.indicators import POLARITIES, UNITS, Indicator
from goldthread.measure.models import Published, Said
from goldthread.measure.periods import Period, period_of
from goldthread.measure.protecting import DEFAULT, HIDDEN
from goldthread.measure.trend import limits
from goldthread.measure.words import category_words
from goldthread.web.charts import Chart, Series, number
from goldthread.web.components import Column, Event, Link, Row, Table, View
from goldthread.web.forms import fields
from goldthread.web.forms.base import Form
from goldthread.web.measures.common import (
    SEES,
    indicator_of,
    kind_views,
    owner_words,
    period_in,
    sight_of,
)
from goldthread.web.meetings.common import tried

MANY = {"month": 25, "quarter": 13, "year": 7}
CHARTED = 12  # categories of a breakdown in its chart
AREAS = 4     # of others beside us


class SayForm(Form):
    """Something said of a number."""

    KINDS = [("challenge", "A question that should be answered"), ("comment", "What explains the number")]
    kind = fields.Choice(label="What is it?", choices=KINDS)
    text = fields.LongText(label="What do you want to say?")


@SEES
def indicator_page(request: Any, key: str) -> HttpResponse:
    """Its definition, its numbers so far as somebody may see them, and what is said of it."""
    each, last = indicator_of(request.actor, key), period_in(request)
    sight = sight_of(request.actor, [each])
    told = reading.series(request.actor, [key], last.kind, last, MANY[last.kind], sight)[key]
    form = SayForm(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid():
        write = actions.comment if form.cleaned_data["kind"] == "comment" else actions.challenge
        if tried(form, write, actor=request.actor, each=each, period=last.key, text=form.cleaned_data["text"],
                 now=request.now):
            messages.success(request, "Your words stand with the number.")
            return redirect(f"{reverse('indicator', args=[key])}?period={last.key}")
    by = request.GET.get("breakdown", "")
    found = list(Published.objects.filter(series=key, replaced_at=None).exclude(area="").order_by("-year", "area")[:200])
    return render(request, "measures/indicator.html", {
        "indicator": each, "period": last, "kinds": kind_views(last.kind), "facts": _facts(each), "form": form,
        "chart": _trend(each, told), "limits": limits([number.value for number in told]), "table": _numbers(each, told),
        "protected": not sight.opens(each), "rule": DEFAULT.words(), "hidden": HIDDEN, "breakdowns": _ways(each, last, by),
        "broken": _broken(request, each, last, by, sight) if by in BY else None, "beside": _beside(each, told, found),
        "comparators": _comparators(each, found),
        "said": [_said(row, request.actor, each) for row in Said.objects.filter(
            indicator=key, answers=None).select_related("by", "agency").order_by("-at")[:50]]})


def _facts(each: Indicator) -> list[Row]:
    rows = [Row("In the list of indicators", each.reference), Row("Unit", UNITS[each.unit]),
            Row("How to read it", POLARITIES[each.polarity].capitalize()), Row("Who answers for it", owner_words(each)),
            Row("Priority it serves", each.priority), Row("Source", each.source),
            Row("Compared with", ", ".join(each.comparators) or "Nothing"),
            Row("Counted", _counted(each))]
    return rows + ([Row("Target", f"{each.target:g}")] if each.target is not None else [])


def _counted(each: Indicator) -> str:
    """The declaration in the words it is checked and counted by, for whoever wants to know exactly."""
    return " of ".join(f"{count.counts} of {count.table} where {count.where}" for count in each.counts)


def _own(each: Indicator, told: list[reading.Told]) -> Series:
    """Its numbers for a chart, with why there is none where there is none."""
    return Series(each.title, [number.value for number in told], [number.text for number in told])


def _trend(each: Indicator, told: list[reading.Told]) -> Chart:
    values = [number.value for number in told]
    series = [_own(each, told)]
    if found := limits(values):
        series += [Series(name, [round(value, 1)] * len(values)) for name, value in (
            ("Mean", found.mean), ("Upper limit", found.upper), ("Lower limit", found.lower))]
    if each.target is not None:
        series.append(Series("Target", [each.target] * len(values)))
    return Chart(each.title, "line", [number.period.short for number in told], series, UNITS[each.unit], each.meaning)


def _numbers(each: Indicator, told: list[reading.Told]) -> Table:
    rows = [[Link(one.period.words, reverse("indicator_rows", args=[each.key, one.period.key])), one.text,
             f"{one.of} {one.over}".strip()]
            for one in reversed(told)]
    return Table("The numbers, and what is behind each", [Column("Period"), Column("Value", "number"),
                                                          Column("Worked out from")], rows)


def _ways(each: Indicator, last: Period, picked: str) -> list[Any]:
    return [View(f"By {words.lower()}", f"?period={last.key}&breakdown={by}", by == picked) for by, words in BY.items()]


def _broken(request: Any, each: Indicator, last: Period, by: str, sight: reading.Sight) -> dict[str, Any]:
    """A breakdown of the last period: its chart and its table."""
    found = reading.broken_down(request.actor, each, last, by, sight)
    behind = reverse("indicator_rows", args=[each.key, last.key])
    rows = [[Link(category_words(by, category), f"{behind}?{urlencode({'by': by, 'category': category})}"), told.text,
             told.of] for category, told in found]
    most = sorted(found, key=lambda pair: -(pair[1].value or 0))[:CHARTED]
    title = f"By {BY[by].lower()}, {last.words}"
    chart = Chart(title, "bars", [category_words(by, category) for category, _ in most],
                  [_own(each, [told for _, told in most])], UNITS[each.unit], first=BY[by])
    return {"chart": chart if most else None,
            "table": Table(title, [Column(BY[by]), Column("Value", "number"), Column("Worked out from")], rows,
                           caption_hidden=True, nothing="There is nothing to break down.")}


def _comparators(each: Indicator, found: list[Published]) -> Table | None:
    rows = [[row.area, str(row.year), number(row.value), row.source] for row in found[:30]]
    return Table("What others publish", [Column("Area"), Column("Year ending"), Column("Value", "number"), Column("Source")],
                 rows) if rows else None


def _beside(each: Indicator, told: list[reading.Told], found: list[Published]) -> Chart | None:
    """The number beside those that others publish for the years, each as the last that was out; counts are only compared
    year by year, rates and shares whatever the period.
    """
    whole, years = each.unit == "n", [period_of(number.period.end, "year").until.year for number in told]
    areas: dict[str, dict[int, float]] = {}
    for row in found:
        areas.setdefault(row.area, {})[row.year] = row.value
    if not areas or whole and told[-1].period.kind != "year":
        return None
    series = [_own(each, told)]
    for area, values in list(areas.items())[:AREAS]:
        series.append(Series(area, [values.get(year) if whole else values.get(max(
            (known for known in values if known <= year), default=0)) for year in years]))
    return Chart("Beside what others publish", "line", [number.period.short for number in told], series, UNITS[each.unit],
                 "Of each area the last year that was out.")


def _said(row: Said, actor: Any, each: Indicator) -> dict[str, Any]:
    def event(one: Said) -> Event:
        return Event(one.get_kind_display(), one.at, one.agency.name, one.by.name, one.text)
    answers = list(row.answered_by.select_related("by", "agency").order_by("at"))
    open_ = row.kind == "challenge" and not answers and answers_for(actor, each)
    return {"events": [event(row), *map(event, answers)], "answer": reverse(
        "indicator_answer", args=[each.key, row.pk]) if open_ else ""}


class AnswerForm(Form):
    """The answer to a challenge."""

    text = fields.LongText(label="Your answer")


@SEES
def answer(request: Any, key: str, pk: int) -> HttpResponse:
    """Answer a challenge."""
    each = indicator_of(request.actor, key)
    question = Said.objects.filter(indicator=key, kind="challenge", pk=pk).first()
    if question is None or not answers_for(request.actor, each):
        raise Http404
    form = AnswerForm(request.POST or None, today=request.now.date())
    if request.method == "POST" and form.is_valid() and tried(
            form, actions.answer, actor=request.actor, each=each, question=question, text=form.cleaned_data["text"],
            now=request.now):
        return redirect("indicator", key)
    return render(request, "dataset/plain.html", {
        "title": "Answer a challenge", "why": question.text, "form": form, "button": "Answer", "up": reverse(
            "indicator", args=[key]), "up_words": each.title})
