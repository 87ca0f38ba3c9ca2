"""The model, explained: what each comparison tells, from which weight records are joined, how far that can be trusted."""
from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from goldthread.base.text import nickname_source
from goldthread.linkage.model import MISSING, Comparison, Model, NoModel, claimed, model
from goldthread.linkage.models import Question, Run, RunState
from goldthread.web.charts import Chart, Series
from goldthread.web.components import Column, Row, Table
from goldthread.web.linkage.common import LINKS, request_day, weights


@LINKS
def model_page(request: Any) -> HttpResponse:
    """The model in force today."""
    try:
        now = model(request_day(request))
    except NoModel as none:
        raise Http404 from none
    last = Run.objects.filter(state=RunState.DONE).order_by("-at", "-pk").first()
    return render(request, "linkage/model.html", {
        "model": now, "facts": _facts(now, last), "calibration": _calibration(now), "decided": _decided(now),
        "parts": [(each, _chart(each), _levels(each)) for each in now.comparisons],
        "bars": Table("What is never joined by itself", [Column("What is found"), Column("What happens")], [
            [each.words, "Somebody is asked" if each.asked else "They stay two people"] for each in now.bars]),
        "blocks": Table("What is compared at all", [Column("Two records are compared where these agree")], [
            [" and ".join(each.by).replace("_", " ")] for each in now.blocks])})


def _facts(now: Model, last: Run | None) -> list[Row]:
    rows = [Row("Edition", now.version), Row("In force from", f"{now.valid_from.day} {now.valid_from:%B %Y}"),
            Row("Where its numbers come from", now.source), Row("Note", now.note),
            Row("Short forms of names", f"From a table: {nickname_source()}. Among names that are alike, one that "
                f"{now.rarer:g} times as many people bear is taken for the full name"),
            Row("Joined without a person", f"From a weight of {now.joined:g}"),
            Row("Asked about", f"From a weight of {now.asked:g}")]
    if last:
        rows += [Row("In the last linkage", f"{last.records:,} descriptions, {last.pairs:,} pairs weighed, {last.joined:,} "
                     f"rows linked, {last.asked:,} pairs to look at"),
                 Row("What every pair began with", f"A weight of {now.before(last.records):.1f}")]
    return rows


def _chart(each: Comparison) -> Chart:
    told = [(level.words, level.bits) for level in each.levels if level.key != MISSING]
    return weights(f"{each.title}: match weights", told, "", "How it compares")


def _levels(each: Comparison) -> Table:
    return Table(f"{each.title}: how often", [Column("How it compares"), Column("Of one person", "number"),
                                             Column("Of two people", "number")],
                 [[level.words, _share(level.same), _share(level.others)] for level in each.levels if level.key != MISSING],
                 cards=False)


def _share(chance: float) -> str:
    if chance >= 0.001:
        return f"{100 * chance:.1f}%"
    return f"1 in {round(1 / chance):,}"


def _calibration(now: Model) -> Chart | None:
    if not now.measured:
        return None
    labels = [f"{each.weight:g} to {each.weight + 1:g}" for each in now.measured]
    labels[-1] = f"{now.measured[-1].weight:g} or more"
    middles = [each.weight + 0.5 for each in now.measured]
    return Chart("How often a weight is right", "line", labels, [
        Series("What the weight says by itself", [round(100 * claimed(middle), 1) for middle in middles]),
        Series("What it stands for here", [round(100 * now.chance(middle), 1) for middle in middles]),
        Series("What was found", [round(100 * each.same / each.pairs, 1) for each in now.measured])], "percent",
        "Of pairs in the invented borough that no bar holds apart, by weight: the share that truly is one person. Weights "
        "up to 16 say more than they hold, for what agrees within a family counts as if it were found apart. So the share "
        "that was found is shown with each pair.", "Weight")


def _decided(now: Model) -> Table:
    """The same of what people decided here: what to look at before the limits are moved."""
    bands: dict[int, list[int]] = {}
    for weight, answer in Question.objects.filter(version=now.version, weight__isnull=False).exclude(
            answer__in=("", "unsure")).values_list("weight", "answer"):
        bands.setdefault(int(weight // 1), []).append(answer == "same")
    return Table("What people decided here, by weight", [
        Column("Weight"), Column("Decided", "number"), Column("The same person", "number")],
        [[f"{band} to {band + 1}", len(found), sum(found)] for band, found in sorted(bands.items())],
        nothing="Nothing was decided yet.")
