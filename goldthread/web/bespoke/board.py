"""The front door's board: a few charts, each with its table, its definition and the list behind its numbers."""
from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.access.actor import acting, system
from goldthread.access.policy import May
from goldthread.rules.codes import label
from goldthread.web import counts
from goldthread.web.bespoke import figures
from goldthread.web.charts import Chart, Series
from goldthread.web.components import Column, Link, Table, Tile
from goldthread.web.middleware import needs

STREAMS = (("safeguarding", "Safeguarding"), ("early-help", "Early help"))


def _list(request: Any, **query: str) -> str:
    """The list that shows what a number counts, for those who work it; "" for those who see figures only."""
    if not request.actor.may(May.WORK_FRONT_DOOR):
        return ""
    return f"{reverse('front_door')}?{urlencode(query)}" if query else reverse("front_door")


@needs(May.SEE_FIGURES, May.MANAGE_FRONT_DOOR)
def board(request: Any) -> HttpResponse:
    """For those who work the front door, of the rows they may open; for others, whole counts made safe."""
    own = request.actor.may(May.WORK_FRONT_DOOR)
    who = request.actor if own else system(request.actor.partnership.pk)
    picked = request.GET.get("period", "year")
    p = counts.period(picked, request.now)
    with acting(who), counts.protecting(not own):
        shown = {
            "tiles": _tiles(request, p), "charts": [_volumes(p), _ages(p), _sources(p), _outcomes(p), _asked(p)],
            "timeliness": _timeliness(request, p), "turnaround": _turnaround(p), "consent": _consent(p)}
    return render(request, "bespoke/board.html", {"period": p, "periods": counts.PERIODS, "picked": picked,
                                                  "protected": not own, **shown})


def _tiles(request: Any, p: counts.Period) -> list[Tile]:
    late = figures.overdue(p.now)
    return [
        Tile("Open now", counts.said(figures.open_now().count()), url=_list(request)),
        Tile("Overdue", counts.said(late), "A time limit has passed", _list(request, due="overdue")),
        Tile("Nobody has them", counts.said(figures.open_now().filter(allocated_to=None).count()),
             url=_list(request, who="nobody")),
        Tile(f"Received in {p.words}", counts.said(figures.received(p).count()),
             url=_list(request, received=p.since.date().isoformat(), state="all")),
        Tile("Referrers told in time", str(figures.told_in_time(p)), "Within one working day"),
    ]


def _volumes(p: counts.Period) -> Chart:
    rows = figures.volumes(p)
    days = sorted({day for day, _, _ in rows})
    found = {(day, kind): n for day, kind, n in rows}
    labels = [counts.day_words(p, day) for day in days]
    series = [counts.series(words, (found.get((day, key), 0) for day in days)) for key, words in STREAMS]
    return Chart("Contacts received", "columns", labels, series, "contacts",
                 "Every contact that reached the front door, by the day it was received. First and last may be part "
                 "periods.", "Month" if counts.is_long(p) else "Week beginning")


def _ages(p: counts.Period) -> Chart:
    rows = figures.ages(p.now)
    return Chart("How long open contacts have been open", "bars", [words for words, _ in rows],
                 [counts.series("Open contacts", (n for _, n in rows))], "contacts",
                 "Calendar days since the contact was received.", "Open for")


def _counted(title: str, found: Any, codes: str, note: str, first: str) -> Chart:
    rows = [(label(codes, code) if code else "Not recorded", n) for code, n in found.most_common(12)]
    return Chart(title, "bars", [words for words, _ in rows],
                 [counts.series("Contacts", (n for _, n in rows))], "contacts", note, first)


def _sources(p: counts.Period) -> Chart:
    return _counted("Who got in touch", figures.sources(p), "contact-sources",
                    "By the national source of contacts and referrals.", "Source")


def _outcomes(p: counts.Period) -> Chart:
    return _counted("What was decided", figures.outcomes(p), "contact-outcome-details",
                    "By decisions made in the period, the contact's main outcome.", "Outcome")


def _asked(p: counts.Period) -> Chart:
    rows = figures.partners_asked_by_level(p)
    return Chart("At which level of need partners are asked", "bars", [label("threshold-levels", k) for k, _ in rows],
                 [Series("Partners asked (%)", [share.percent for _, share in rows], [str(share) for _, share in rows])],
                 "percent",
                 "Decisions before which at least one partner was asked for information, of all decisions at the level.",
                 "Level")


def _timeliness(request: Any, p: counts.Period) -> Table:
    lines = [[Link(rating.capitalize(), _list(request, mark=rating)) if _list(request) else rating.capitalize(),
              str(share)] for rating, share in figures.rating_timeliness(p)]
    return Table("Decided in time, by rating", [Column("Rating"), Column("In time")], lines)


def _turnaround(p: counts.Period) -> Table:
    lines = [[t.agency, counts.said(t.asked), counts.said(t.answered), counts.said(t.nil), str(t.in_time), _middle(t)]
             for t in counts.turnaround(p, ("partner-reply",))]
    columns = [Column("Agency"), Column("Asked", "number"), Column("Answered", "number"),
               Column("Nothing known", "number"), Column("In time"), Column("Half answered within, hours")]
    return Table("How partners answer", columns, lines, nothing="No partner was asked in this period.")


def _middle(t: counts.Turnaround) -> str:
    """The hours within which half were answered; of a few answers it would tell of each."""
    return f"{t.median_hours:.1f}" if t.median_hours is not None and counts.enough(t.answered) else ""


def _consent(p: counts.Period) -> Table:
    found = figures.consent(p)
    whole = sum(found.values())
    lines = [[label("consent-statuses", code) if code else "Nothing recorded", counts.said(n),
              str(counts.Share(n, whole))] for code, n in found.most_common()]
    return Table("Consent", [Column("What was said"), Column("Contacts", "number"), Column("Share")], lines)
