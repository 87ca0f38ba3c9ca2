"""The partnership's own processes as a source of reports: how many were begun and ended in a year, and how many are open.

Those of people are told by the rule for small numbers, and enter the register of releases under their figure's key. Those
of a process that the scorecard tells over several years only are not told of one.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache

from django.db.models import Q

from goldthread.base.dates import LONDON
from goldthread.measure.conditions import comparisons
from goldthread.measure.indicators import Count, Indicator, all_indicators, others, told_steps
from goldthread.measure.reading import YEARS_ONLY
from goldthread.process import registry
from goldthread.process.definition import Process
from goldthread.process.models import Case
from goldthread.process.registry import all_processes
from goldthread.reports.yearly.figures import Asked, Figure, Source, add, counted, numbers

KEY, TABLE = "casework", "casework"
PREFIX = "process."
NO_PERSON = frozenset({"Agency", "Year", "Arrangements"})  # what a case is about; all else is told as of people, to be safe
MOMENTS = (("begun", "Begun in the year"), ("ended", "Ended in the year"), ("open", "Open at the end"))


def span(asked: Asked) -> tuple[datetime, datetime]:
    """From the first moment of the year to the first after it."""
    first, last = (datetime.combine(day, time(), LONDON) for day in (asked.since, asked.until + timedelta(days=1)))
    return first, last


def figures(asked: Asked) -> Iterator[Figure]:
    """Three figures of every process; only those that are about people are told by the rule for small numbers."""
    first, last = span(asked)
    wanted = {"begun": Q(opened_at__gte=first, opened_at__lt=last), "ended": Q(closed_at__gte=first, closed_at__lt=last),
              "open": Q(opened_at__lt=last) & (Q(closed_at=None) | Q(closed_at__gte=last))}
    for process in sorted(all_processes(), key=lambda each: each.name):
        people = process.subject not in NO_PERSON
        for moment, words in MOMENTS:
            rows = Case.objects.filter(wanted[moment], process_key=process.key)
            found = counted(
                f"{PREFIX}{process.key}.{moment}", _words(process, words), rows.count(),
                people=people, unit="cases", source=KEY, subject=process.key, rows_of="cases", find_rows=numbers(rows),
                query=f"process_case of {process.key}, not taken back, {moment} from {asked.since} to {asked.until}",
                how=_how(process, moment, asked), placed=(TABLE, process.plural, words),
                months=(asked.period.months[0], asked.period.end))
            yield replace(found, said=None, text=YEARS_ONLY, tells=()) if process.key in grave() else found


@cache
def grave() -> frozenset[str]:
    """The processes that the scorecard counts over several years only, because they are rare and grave."""
    compared = [each for one in all_indicators() if one.sensitive for each in comparisons(one.numerator.where)]
    return frozenset(text for each in compared if each.column == "process" and each.must for text in each.texts)


def _words(process: Process, moment: str) -> str:
    return f"{process.plural}: {moment[0].lower()}{moment[1:]}"


def meaning(key: str) -> Indicator | None:
    """What a figure of this source counts, as the register of releases holds it; None for a key of another's.

    What was begun is counted as the scorecard counts records, so that both are held against each other.
    """
    name, _, moment = key.removeprefix(PREFIX).rpartition(".")
    if not key.startswith(PREFIX) or moment not in dict(MOMENTS) or name not in {each.key for each in all_processes()}:
        return None
    process = registry.get(name)
    begins = process.stages[0].steps[0].key
    ours = " and recorded = 'yes'" if (name, begins) in told_steps() else ""
    count = {"begun": Count("happened", f"process = '{name}' and step = '{begins}'{ours}", "records"),
             "ended": Count("ended", f"process = '{name}'", "records"),
             "open": Count("still-open", f"process = '{name}'", "last")}[moment]
    return Indicator(key, "", _words(process, dict(MOMENTS)[moment]), f"Cases of {process.name}.", count, None, "", "n",
                     "neutral", "year", "", "the partnership's own records", "", (), date.min)


def _how(process: Process, moment: str, asked: Asked) -> str:
    last = f"{asked.until.day} {asked.until:%B %Y}"
    when = {"begun": f"begun from {asked.since.day} {asked.since:%B %Y} to {last}",
            "ended": f"ended from {asked.since.day} {asked.since:%B %Y} to {last}",
            "open": f"begun by {last} and not ended by then"}[moment]
    return f"{process.plural} {when}, counted in the partnership's own records."


CASEWORK = add(Source(KEY, "Our own processes", figures, lambda asked: {TABLE: "Work of the year, by process"},
                      charted=frozenset({TABLE})))
others.append(meaning)
