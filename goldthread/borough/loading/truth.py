"""Who each stated person truly is, in a file beside the database and never in it: what linkage is measured against."""
from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from django.conf import settings
from django.db import connection

from goldthread.borough.plan import Plan
from goldthread.borough.records.contacts import Contact
from goldthread.domains.front_door.models import ContactPerson

COLUMNS = ("contact", "case", "stated", "person", "part", "errors")


def truth_file(plan: Plan) -> Path:
    """Where the truth of a borough is kept."""
    return settings.HOME / "borough" / f"truth-{plan.seed}-{plan.scale:g}.csv"


class Truth:
    """Writes the file, readable by its owner only; it takes its name when the transaction that loads is saved.

    A row a stated person: the borough's reference of the contact, that of the case, the number of the stated line, the
    number of the person's record, the part they play, and what is wrong with what was stated.
    """

    def __init__(self, plan: Plan) -> None:
        self.place = truth_file(plan)
        self._draft = self.place.with_suffix(".tmp")

    def __enter__(self) -> Truth:
        self.place.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._file)
        self._rows.writerow(COLUMNS)
        return self

    def add(self, contact: Contact, reference: str, lines: Iterable[ContactPerson], base: int) -> None:
        """The people of one contact, whose lines have been stored."""
        self._rows.writerows(
            (contact.reference, reference, line.pk, base + said.true_id, said.part, " ".join(said.errors))
            for said, line in zip(contact.people, lines, strict=True))

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._file.close()
        if kind is None:
            connection.on_commit(lambda: self._draft.replace(self.place))
        else:
            self._draft.unlink()
