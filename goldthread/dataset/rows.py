"""The one place where the rows of a return are opened."""
from __future__ import annotations

import polars as pl
from django.db import transaction

from goldthread.access import audit
from goldthread.access.actor import Actor, Refused, acting
from goldthread.dataset.models import KEPT, SentTable, Submission
from goldthread.dataset.rights import opens_rows
from goldthread.dataset.specifications import specification
from goldthread.files import storing

KIND = "submission"  # of a reading


@transaction.atomic
def open_rows(actor: Actor, submission: Submission, table: str, why: str = "opened the rows of a return") -> pl.LazyFrame:
    """The rows of one table of a version that was sent, as they were sent; `_sheet` and `_row` say where they stood.

    That they were opened is written down where they are about people. Raises Refused; SentTable.DoesNotExist for a table
    that was not sent, or is not theirs to see; Damaged.
    """
    with acting(actor):
        found = Submission.objects.select_related("expectation").get(pk=submission.pk)
        owed = found.expectation
        if not opens_rows(actor, owed):
            raise Refused("Only analysts, and those who send the agency's returns, can open its rows")
        sent = SentTable.objects.select_related("document").get(submission=found, submission__state__in=KEPT, table=table)
        path = storing.sound(sent.document.place, sent.document.sha256)
        if specification(owed.specification, owed.until).table(table).about:
            audit.log_reading(kind=KIND, ref=found.pk, why=f"{why}: {table}", agency=actor.agency.pk)
    return pl.scan_parquet(path)
