"""What the pages of data returns share."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import Http404

from goldthread.access import audit
from goldthread.access.policy import May
from goldthread.dataset import periods
from goldthread.dataset.models import Expectation, FoundRow, State, Submission
from goldthread.dataset.reading.batches import Source
from goldthread.dataset.rights import opens_rows
from goldthread.dataset.rows import KIND
from goldthread.files.tables.findings import Finding
from goldthread.web.components import Tag
from goldthread.web.middleware import needs

TAKES_PART = needs(May.SEND_RETURNS, May.COLLECT_RETURNS)
COLLECTS = needs(May.COLLECT_RETURNS)
COLOURS = {State.LOOKING: "blue", State.FAULTY: "red", State.CHECKED: "yellow", State.SENT: "blue", State.ACCEPTED: "green",
           State.REPLACED: "grey", State.WITHDRAWN: "grey", State.FAILED: "red"}


def expectation_of(pk: int) -> Expectation:
    """A return the acting person may know of; else the page of an address that does not exist."""
    found: Expectation | None = Expectation.objects.select_related("agency").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def version_of(pk: int) -> Submission:
    found: Submission | None = Submission.objects.select_related(
        "expectation__agency", "user", "accepted_by", "withdrawn_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def state_tag(version: Submission) -> Tag:
    return Tag(str(version.get_state_display()), COLOURS[State(version.state)])


def standing(row: Any, today: Any) -> Tag | str:
    """How a return of the calendar stands, in a word."""
    if row.handed_in:
        return Tag(str(State(row.handed_in).label), COLOURS[State(row.handed_in)])
    if row.due < today:
        return Tag("Late", "red")
    return Tag("Chosen, not sent", "yellow") if row.chosen else "Owed"


def period(row: Any) -> str:
    return periods.words(row.since, row.until)


@contextmanager
def on_disk(uploads: list[Any]) -> Iterator[list[Source]]:
    """Uploads as files on the disk, gone afterwards."""
    with TemporaryDirectory(prefix="goldthread-upload-") as folder:
        sources = []
        for place, upload in enumerate(uploads):
            path = Path(folder) / str(place)
            with path.open("wb") as out:
                for chunk in upload.chunks():
                    out.write(chunk)
            sources.append(Source(str(upload.name), path))
        yield sources


def found_rows(actor: Any, version: Submission, most: int | None = None, **only: Any) -> list[Finding]:
    """The rows in which something was found, for those who may open them; that others' rows were read is written down."""
    if not opens_rows(actor, version.expectation):
        return []
    rows = FoundRow.objects.filter(kind__submission=version, **only).select_related("kind").order_by("kind_id", "pk")
    found = [Finding(each.sheet, each.row, each.kind.title, each.value, each.rule, each.mend) for each in rows[:most]]
    if found and version.user_id != actor.user.pk:
        audit.log_reading(kind=KIND, ref=version.pk, why="read what was found in a return", agency=actor.agency.pk)
    return found
