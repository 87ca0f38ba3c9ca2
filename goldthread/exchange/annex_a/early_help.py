"""List 2: early help assessments, out of the returns that agencies sent and the partnership accepted."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from goldthread.access.actor import Actor, acting
from goldthread.dataset.models import State, Submission
from goldthread.dataset.rights import opens_rows
from goldthread.dataset.rows import open_rows
from goldthread.exchange.annex_a.span import Row, Span
from goldthread.exchange.care.rows import age

KEY, TABLE, NOT_STATED = "early-help", "episodes", "NOBT"


def early_help(seats: Sequence[Actor], span: Span) -> Iterator[Row]:
    """Assessments begun in the six months, as the first of these seats that may open the rows of returns reads them; none
    where no seat may. The return does not say when an assessment was finished, nor the child's ethnicity."""
    for actor in seats:
        with acting(actor):
            accepted = Submission.objects.filter(state=State.ACCEPTED, expectation__specification=KEY,
                                                 expectation__until__gte=span.half_year).select_related("expectation__agency")
            mine = [each for each in accepted.order_by("pk") if opens_rows(actor, each.expectation)]
        if mine:
            for each in mine:
                yield from _rows(actor, each, span)
            return


def _rows(actor: Actor, submission: Submission, span: Span) -> Iterator[Row]:
    begun = pl.col("started_on").is_between(span.half_year, span.day)
    rows = open_rows(actor, submission, TABLE, why="wrote list 2 of Annex A").filter(begun)
    for row in rows.sort("started_on", "person_number").collect().iter_rows(named=True):
        yield _told(row, str(submission.expectation.agency), span)


def _told(row: dict[str, Any], agency: str, span: Span) -> Row:
    born = row["born_on"]
    return {"Child Unique ID": row["person_number"], "Gender": row["sex"] if row["sex"] in ("M", "F") else "U",
            "Ethnicity": NOT_STATED, "Date of Birth": born, "Age of Child (Years)": age(born, span.day) if born else None,
            "Assessment start date": row["started_on"], "Organisation completing assessment": agency}
