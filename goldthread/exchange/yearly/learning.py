"""What was found, recommended and done in a year, and what difference it made, as a source of reports.

Counts of the partnership's own decisions, not of people, so they are told as they are.
"""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q

from goldthread.reports.yearly.casework import span
from goldthread.reports.yearly.figures import Asked, Figure, Source, counted, numbers
from goldthread.rules.codes import label
from goldthread.thread.models import Action, Finding, Impact, Recommendation

KEY = "learning"
BY_KIND = "actions"


def figures(asked: Asked) -> Iterator[Figure]:
    """The thread of the year as one table, and its actions by kind of agency as another."""
    first, last = span(asked)
    year = {"given_at__gte": first, "given_at__lt": last}
    by_end = Q(given_at__lt=last) & (Q(done_at=None) | Q(done_at__gte=last)) & (Q(dropped_at=None) | Q(dropped_at__gte=last))
    impact = Exists(Impact.objects.filter(action=OuterRef("pk"), at__lt=last))
    done = Action.objects.filter(done_at__gte=first, done_at__lt=last)
    lines: list[tuple[str, str, str, Any]] = [
        ("findings", "Findings written down", "findings", Finding.objects.filter(at__gte=first, at__lt=last)),
        ("recommendations", "Recommendations made", "recommendations",
         Recommendation.objects.filter(at__gte=first, at__lt=last)),
        ("given", "Actions given", "actions", Action.objects.filter(**year)),
        ("done", "Actions done", "actions", done),
        ("impact", "Actions done whose difference to children is written down", "actions", done.filter(impact)),
        ("open", "Actions open at the end", "actions", Action.objects.filter(by_end)),
        ("overdue", "Of these, overdue", "actions", Action.objects.filter(by_end, due__lte=asked.known)),
    ]
    for name, words, of, rows in lines:
        yield _count(f"thread.{name}", words, of, rows, asked, (KEY, words, "Number"))
    kinds = Action.objects.filter(Q(**year) | by_end | Q(done_at__gte=first, done_at__lt=last))
    for kind in sorted(set(kinds.values_list("agency__kind", flat=True)), key=lambda each: label("agency-kinds", each)):
        for name, words, _, rows in lines[2:]:
            if words != lines[4][1]:
                yield _count(f"thread.{name}.{kind}", f"{words}: {label('agency-kinds', kind)}", "actions",
                             rows.filter(agency__kind=kind), asked, (BY_KIND, label("agency-kinds", kind), words))


def _count(key: str, words: str, of: str, rows: Any, asked: Asked, placed: tuple[str, str, str]) -> Figure:
    how = f"{words.rstrip('.')}, counted in what the partnership wrote down from {asked.since.day} {asked.since:%B %Y} to" \
          f" {asked.until.day} {asked.until:%B %Y}."
    return counted(key, words, rows.count(), people=False, unit=of, how=how, source=KEY, subject=of, rows_of=of,
                   find_rows=numbers(rows), placed=placed,
                   query=f"thread: {words.lower()}, from {asked.since} to {asked.until}; {key}")


LEARNING = Source(KEY, "What was learnt and done", figures, lambda asked: {
    KEY: "From findings to impact", BY_KIND: "Actions by kind of agency"}, charted=frozenset({KEY, BY_KIND}))
