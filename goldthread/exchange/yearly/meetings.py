"""The partnership's meetings of a year and who came, as a source of reports. Panels on single children are left out."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from goldthread.meeting.models import Attendance, Meeting
from goldthread.reports.writing.figures import slug
from goldthread.reports.yearly.casework import span
from goldthread.reports.yearly.figures import Asked, Figure, Source, counted, numbers

KEY, HELD = "meetings", "meetings-held"
KINDS = ("executive", "board", "subgroup")
COLUMNS = (("attended", "Attended"), ("deputy", "Sent a deputy"), ("apologies", "Sent apologies"),
           ("absent", "Did not come"))


def figures(asked: Asked) -> Iterator[Figure]:
    """Meetings held by each group; by agency how often it came, and the share of those it was expected at."""
    first, last = span(asked)
    rows = Attendance.objects.filter(meeting__planned_at__gte=first, meeting__planned_at__lt=last,
                                     meeting__cancelled_at=None, meeting__body__kind__in=KINDS)
    held = Meeting.objects.filter(pk__in=rows.values("meeting"))
    for pk, name in held.values_list("body", "body__name").distinct().order_by("body__name", "body"):
        of = held.filter(body=pk)
        yield _count(f"meetings.held.{slug(name)}-{pk}", f"Meetings of {name}", of, "meetings", asked, (HELD, name, "Held"))
    yield _count("meetings.held", "Meetings held", held, "meetings", asked, ("", "", ""))
    counts = Counter(rows.values_list("agency", "attended"))
    for pk, name in rows.values_list("agency", "agency__name").distinct().order_by("agency__name", "agency"):
        key = f"{slug(name)}-{pk}"
        for column, words in COLUMNS:
            of = rows.filter(agency=pk, attended=column)
            yield _count(f"meetings.{column}.{key}", f"{name}: {words[0].lower()}{words[1:]}", of, "attendances", asked,
                         (KEY, name, words))
        yield _share(key, name, counts, pk, rows, asked)


def _share(key: str, name: str, counts: Counter[Any], pk: int, rows: Any, asked: Asked) -> Figure:
    """Of the meetings an agency was expected at, those it came to or sent a deputy to."""
    here = sum(counts[pk, attended] for attended in Attendance.HERE)
    expected = sum(counts[pk, column] for column, _ in COLUMNS)
    value = Decimal(100 * here) / expected
    said = value.quantize(Decimal(1), ROUND_HALF_UP)
    return Figure(f"meetings.share.{key}", f"{name}: was there or sent a deputy", value.quantize(Decimal("1.0000000000")),
                  said, f"{said}%", "per cent", f"{here} of {expected} meetings.",
                  f"meetings of {', '.join(KINDS)} held from {asked.since} to {asked.until}: attended or deputy, of all",
                  KEY, key, "attendances", KEY, name, "Was there",
                  find_rows=numbers(rows.filter(agency=pk, attended__in=Attendance.HERE)))


def _count(key: str, words: str, rows: Any, of: str, asked: Asked, placed: tuple[str, str, str]) -> Figure:
    how = f"{words}, of groups that meet for the whole partnership, from {asked.since.day} {asked.since:%B %Y} to" \
          f" {asked.until.day} {asked.until:%B %Y}."
    return counted(key, words, rows.count(), people=False, unit=of, how=how, source=KEY, subject=of, rows_of=of,
                   find_rows=numbers(rows), placed=placed,
                   query=f"meetings of {', '.join(KINDS)} held from {asked.since} to {asked.until}; {key}")


MEETINGS = Source(KEY, "Meetings", figures, lambda asked: {KEY: "Attendance by agency", HELD: "Meetings held"},
                  charted=frozenset({KEY, HELD}))
