"""How a process is doing, from its declaration alone: how many, where they stand, what came out, which limits were kept."""
from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from goldthread.access.actor import Actor, acting, system
from goldthread.access.policy import May
from goldthread.process import registry
from goldthread.process.definition import Process, Step
from goldthread.process.models import Case, ClockRow, Event
from goldthread.process.rights import works_on
from goldthread.web import counts
from goldthread.web.casework.words import outcome_words
from goldthread.web.charts import Chart
from goldthread.web.components import Column, Link, Table, Tile
from goldthread.web.middleware import needs

MOST_CHARTS = 6  # of outcomes, the steps recorded most


def may_count(actor: Actor, process: Process) -> bool:
    """Whether somebody sees a process's figures: those who work on it, and those who see the partnership's figures.

    Of a process kept from children's workers, not even a number that is made safe is shown to who finds children.
    """
    if works_on(actor, process):
        return True
    return actor.may(May.SEE_FIGURES) and not (process.sender_only and actor.may(May.FIND_PEOPLE))


@needs()
def process_figures(request: Any, process: str) -> HttpResponse:
    """For those who work on it, of the rows they may open; for others, whole counts made safe."""
    try:
        found = registry.get(process)
    except KeyError:
        raise Http404 from None
    if not may_count(request.actor, found) or found.key == "front-door":
        raise Http404
    own = works_on(request.actor, found)
    picked = request.GET.get("period", "year")
    p = counts.period(picked, request.now)
    with acting(request.actor if own else system(request.actor.partnership.pk)), counts.protecting(not own):
        shown = Counted(found, p, reverse("work_list", args=[found.key]) if own else "").shown()
    return render(request, "casework/figures.html", {
        "process": found, "period": p, "periods": counts.PERIODS, "picked": picked, "protected": not own, **shown})


class Counted:
    """One process in one period. `list_url`: the list behind the numbers, "" for those who may not open it."""

    def __init__(self, process: Process, p: counts.Period, list_url: str) -> None:
        self.process, self.p, self.list_url = process, p, list_url
        self.cases = Case.objects.filter(process_key=process.key)
        self.open = self.cases.filter(closed_at=None)
        self.started = self.cases.filter(opened_at__gte=p.since, opened_at__lte=p.now)
        self.closed = self.cases.filter(closed_at__gte=p.since, closed_at__lte=p.now)

    def shown(self) -> dict[str, Any]:
        asking = [step.asks.step_key() for step in self.process.own_steps if step.asks]  # type: ignore[attr-defined]
        return {"tiles": self.tiles(), "charts": [self.volumes(), self.stages(), *self.outcomes()],
                "limits": self.limits(), "answers": self.answers(asking) if asking else None}

    def _list(self, **query: str) -> str:
        return f"{self.list_url}?{urlencode(query)}" if self.list_url else ""

    def tiles(self) -> list[Tile]:
        since = timezone.localtime(self.p.since).date().isoformat()
        return [
            Tile("Open now", counts.said(self.open.count()), url=self.list_url),
            Tile("Overdue", counts.said(self.open.filter(next_due__lt=self.p.now).count()), "A time limit has passed",
                 self._list(due="overdue")),
            Tile("Nobody has them", counts.said(self.open.filter(allocated_to=None).count()), url=self._list(who="nobody")),
            Tile(f"Begun in {self.p.words}", counts.said(self.started.count()),
                 url=self._list(received=since, state="all")),
            Tile(f"Closed in {self.p.words}", counts.said(self.closed.count()))]

    def volumes(self) -> Chart:
        begun, ended = self._by_period(self.started, "opened_at"), self._by_period(self.closed, "closed_at")
        days = sorted({*begun, *ended})
        return Chart("Begun and closed", "columns", [counts.day_words(self.p, day) for day in days],
                     [counts.series("Begun", (begun[day] for day in days)),
                      counts.series("Closed", (ended[day] for day in days))], self.process.plural.lower(),
                     "By the day they were begun and closed. First and last may be part periods.",
                     "Month" if counts.is_long(self.p) else "Week beginning")

    def _by_period(self, rows: Any, field: str) -> Counter[date]:
        found = rows.annotate(at=counts.by_period(self.p, field)).values("at").order_by("at").annotate(n=Count("pk"))
        return Counter({timezone.localtime(row["at"]).date(): row["n"] for row in found})

    def stages(self) -> Chart:
        found = dict(self.open.values_list("stage").order_by("stage").annotate(n=Count("pk")))
        names = [stage.name for stage in self.process.stages]
        return Chart("Where the open ones stand", "bars", names,
                     [counts.series("Open", (found.get(name, 0) for name in names))], self.process.plural.lower(),
                     "By the stage whose required steps are not all done.", "Stage")

    def outcomes(self) -> list[Chart]:
        """What came out of each step that comes out somehow, as it stands: corrected and withdrawn records left out."""
        rows = Event.objects.filter(case__process_key=self.process.key, replaced_by=None, happened_at__gte=self.p.since,
                                    happened_at__lte=self.p.now).exclude(outcome="")
        by_step: dict[str, Counter[str]] = {}
        for key, outcome, n in rows.values_list("step", "outcome").order_by("step").annotate(n=Count("pk")):
            by_step.setdefault(key, Counter())[outcome] = n
        steps = [step for step in self.process.own_steps if step.key in by_step]
        most = sorted(steps, key=lambda step: -by_step[step.key].total())[:MOST_CHARTS]
        return [self._outcome(step, by_step[step.key]) for step in steps if step in most]

    def _outcome(self, step: Step, found: Counter[str]) -> Chart:
        rows = found.most_common(12)
        return Chart(step.name, "bars", [outcome_words(step, code).split(":")[0] for code, _ in rows],
                     [counts.series("Recorded", (n for _, n in rows))], "records",
                     "Every record of the period that still stands.", "Outcome")

    def limits(self) -> Table:
        """Each time limit: kept by the end of it, overdue now, still running."""
        running = Q(stopped=None)
        lines = []
        for clock in self.process.all_clocks:
            rows = ClockRow.objects.filter(case__process_key=self.process.key, name=clock.name)
            begun = rows.filter(started__gte=self.p.since, started__lte=self.p.now)
            if not begun.exists():
                continue
            late, left = (rows.filter(running, due_by_law__lt=self.p.now),
                          rows.filter(running, due_by_law__gte=self.p.now))
            lines.append([clock.name, str(counts.timely(begun, self.p.now)), counts.said(late.count()),
                          counts.said(left.count())])
        return Table("Time limits", [Column("Limit"), Column("Kept"), Column("Overdue now", "number"),
                                     Column("Running, not due yet", "number")], lines,
                     nothing="No time limit began in this period.")

    def answers(self, steps: list[str]) -> Table:
        lines = [[t.agency, counts.said(t.asked), counts.said(t.answered), str(t.in_time)]
                 for t in counts.turnaround(self.p, steps)]
        columns = [Column("Agency"), Column("Asked", "number"), Column("Answered", "number"), Column("In time")]
        return Table("How agencies answer", columns, lines, nothing="No agency was asked in this period.")


@needs(May.SEE_FIGURES)
def all_figures(request: Any) -> HttpResponse:
    """The figures of every process that somebody may see, one page each."""
    links = [Link(process.plural, figures_url(process)) for process in registry.all_processes()
             if may_count(request.actor, process)]
    return render(request, "casework/all_figures.html", {"links": sorted(links, key=lambda link: link.words)})


def figures_url(process: Process) -> str:
    """Where a process's figures are; the front door has a board of its own."""
    return reverse("board") if process.key == "front-door" else reverse("process_figures", args=[process.key])
