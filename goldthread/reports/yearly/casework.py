"""The partnership's own processes as a source of reports: how many were begun and ended in a year, and how many are open."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Q

from goldthread.base.dates import LONDON
from goldthread.process.definition import Process
from goldthread.process.models import Case
from goldthread.process.registry import all_processes
from goldthread.reports.yearly.figures import Asked, Figure, Source, add, counted, numbers

KEY, TABLE = "casework", "casework"
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
            yield counted(
                f"process.{process.key}.{moment}", f"{process.plural}: {words[0].lower()}{words[1:]}", rows.count(),
                people=people, unit="cases", source=KEY, subject=process.key, rows_of="cases", find_rows=numbers(rows),
                query=f"process_case of {process.key}, not taken back, {moment} from {asked.since} to {asked.until}",
                how=_how(process, moment, asked), placed=(TABLE, process.plural, words))


def _how(process: Process, moment: str, asked: Asked) -> str:
    last = f"{asked.until.day} {asked.until:%B %Y}"
    when = {"begun": f"begun from {asked.since.day} {asked.since:%B %Y} to {last}",
            "ended": f"ended from {asked.since.day} {asked.since:%B %Y} to {last}",
            "open": f"begun by {last} and not ended by then"}[moment]
    return f"{process.plural} {when}, counted in the partnership's own records."


CASEWORK = add(Source(KEY, "Our own processes", figures, lambda asked: {TABLE: "Work of the year, by process"},
                      charted=frozenset({TABLE})))
