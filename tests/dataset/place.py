"""A partnership with a police force and a school that owe returns, and an analyst who collects them."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from goldthread.access.actor import Actor, acting
from goldthread.dataset import actions
from goldthread.dataset.models import Expectation, FoundKind, FoundRow, Submission
from goldthread.dataset.reading.batches import Source
from tests.support import NOW, make_actor, make_agency, make_partnership

SINCE, UNTIL, DUE = date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 21)
GOOD = {"incident_number": "EX-1", "person_number": "P-1", "first_name": "Testa", "last_name": "Exampleton",
        "born_on": "03/11/2015", "sex": "F", "ethnicity": "WBRI", "postcode": "ZZ1 1AA",
        "happened_at": "14/08/2026 21:30", "kind": "domestic", "part": "witness", "domestic_abuse": "yes", "risk": "",
        "ended_at": "14/08/2026 23:00", "protection_used": "no"}


def rows_csv(*rows: dict[str, Any], headings: Sequence[str] | None = None, between: str = ",") -> bytes:
    """Rows as CSV, each the sound row with something else in it."""
    out = io.StringIO()
    names = list(headings or GOOD)
    writer = csv.writer(out, delimiter=between)
    writer.writerow(names)
    writer.writerows([{**GOOD, **row}.get(name, "") for name in GOOD] for row in rows)
    return out.getvalue().encode()


def many(count: int, **other: Any) -> list[dict[str, Any]]:
    """So many sound rows, each of its own incident."""
    return [{"incident_number": f"EX-{n}", "person_number": f"P-{n}", **other} for n in range(1, count + 1)]


class Place:
    """The partnership and its people."""

    def __init__(self) -> None:
        self.partnership = make_partnership()
        self.police = make_agency("police", partnership=self.partnership, name="Example Police")
        self.school = make_agency("school", partnership=self.partnership, name="Example Primary School")
        council = make_agency("council", partnership=self.partnership, name="Exampleshire Council")
        self.officer = make_actor("police-partner", self.police, self.partnership)
        self.head = make_actor("school-lead", self.school, self.partnership)
        self.analyst = make_actor("analyst", council, self.partnership)
        self.manager = make_actor("business-manager", council, self.partnership)

    def owed(self, key: str = "police-incidents", agency: Any = None, since: date = SINCE, until: date = UNTIL
             ) -> Expectation:
        return actions.expect(actor=self.analyst, agency=agency or self.police, key=key, since=since, until=until, due=DUE,
                              now=NOW)


def sources(folder: Path, *files: tuple[str, bytes]) -> list[Source]:
    found = []
    for place, (name, data) in enumerate(files):
        path = folder / f"{place}-sent"
        path.write_bytes(data)
        found.append(Source(name, path))
    return found


def checked(actor: Actor, owed: Expectation, folder: Path, *files: tuple[str, bytes]) -> Submission:
    with acting(actor):
        return actions.check(actor=actor, expectation=owed, sources=sources(folder, *files), now=NOW)


def sent(actor: Actor, owed: Expectation, folder: Path, *files: tuple[str, bytes]) -> Submission:
    made = checked(actor, owed, folder, *files)
    assert made.state == "checked", told(actor, made)
    with acting(actor):
        return actions.send(actor=actor, submission=made, now=NOW)


def told(actor: Actor, version: Submission) -> list[tuple[str, str, int]]:
    """Column, kind and count of everything found."""
    with acting(actor):
        return [(each.column, each.kind, each.many) for each in FoundKind.objects.filter(submission=version).order_by("pk")]


def found_in(actor: Actor, version: Submission) -> Iterable[FoundRow]:
    with acting(actor):
        return list(FoundRow.objects.filter(kind__submission=version).select_related("kind").order_by("pk"))
