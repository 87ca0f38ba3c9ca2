"""The courses of a year as a source of reports. Staff are counted and no children, so all is told as it is."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from goldthread.reports.writing.figures import slug
from goldthread.reports.yearly.figures import Asked, Figure, Source, add, whole
from goldthread.reports.yearly.models import Course, Kind

KEY = "courses"
PARTS = (("attendees", "Attended"), ("places", "Places offered"))


def figures(asked: Asked) -> Iterator[Figure]:
    """For each course of the year's report and for all of them: who came, how many could have, and the share."""
    rows = list(Course.objects.filter(document__kind=Kind.YEARLY, document__period=asked.period.key, replaced_at=None)
                .order_by("document", "row"))
    for at, each in enumerate(rows, start=1):
        told = f"{each.name} ({each.delivery})" if each.delivery else each.name
        yield from _line(f"courses.{at}-{slug(each.name)[:40]}", told, [each], asked)
    if rows:
        yield from _line("courses.all", "All courses", rows, asked)


def _line(key: str, told: str, rows: Sequence[Course], asked: Asked) -> Iterator[Figure]:
    sums = {}
    for part, words in PARTS:
        known = [getattr(each, part) for each in rows]
        sums[part] = None if not known or None in known else sum(known)
        many = sums[part]
        yield Figure(f"{key}.{part}", f"{told}: {words.lower()}", whole(many), whole(many),
                     "–" if many is None else f"{many:,}", "people" if part == "attendees" else "places",
                     _how(rows, words), f"courses of {asked.period.key}, {part}; {key}", KEY, KEY, "", KEY, told, words)
    came, could = sums["attendees"], sums["places"]
    if came is not None and could:
        share = Decimal(100 * came) / could
        said = share.quantize(Decimal(1), ROUND_HALF_UP)
        yield Figure(f"{key}.share", f"{told}: take-up", whole(share), said, f"{said}%", "per cent",
                     f"{came:,} of {could:,} places.", f"courses of {asked.period.key}: attended, of places; {key}", KEY,
                     KEY, "", KEY, told, "Take-up")


def _how(rows: Sequence[Course], words: str) -> str:
    whence = f"row {rows[0].row}" if len(rows) == 1 else f"{len(rows)} courses"
    return f"{words}: {whence} of the spreadsheet of courses loaded by {rows[0].by.name}."


COURSES = add(Source(KEY, "Training", figures, lambda asked: {KEY: "Courses of the year, and who came"}))
