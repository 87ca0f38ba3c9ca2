"""The return as a folder of CSV files, a file a table, under the headings of our specification."""
from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from goldthread.access import audit
from goldthread.access.actor import Actor, acting
from goldthread.access.policy import May
from goldthread.dataset.specification.declared import every, find
from goldthread.exchange.care.reading import PROCESS, children
from goldthread.exchange.care.rows import TABLES, Year
from goldthread.exchange.records import Progress, kept_from, untold
from goldthread.exchange.seats import seat_with
from goldthread.files.tables.safe_cells import safe

KEY = "ssda903"


@dataclass
class Written:
    """How many rows each table has, and whom they tell of; how many children are left out because whoever makes the return
    must not see them, or because no date of birth is known; how many times in care, because another of the same child went
    on; and of how many children an address is kept safe from whoever makes it."""

    rows: Counter[str] = field(default_factory=Counter)
    people: set[int] = field(default_factory=set)
    kept_safe: int = 0
    left_out: int = 0
    not_born: int = 0
    overlapping: int = 0


def years() -> list[int]:
    """The years for which it can be written: whose edition is declared, and asks for sex as it is told here."""
    return sorted(int(each.edition) for each in every() if each.key == KEY
                  and each.table("header").column("SEX").codes == "sex")


@transaction.atomic
def write_return(*, seats: Sequence[Actor], year: int, folder: Path, tell: Progress = untold) -> Written:
    """Write the return of the year to 31 March `year`.

    seats: whose records it is made of: one that manages social care and one that manages missing children. Raises
    Refused where there is none. That the records were read is written down for both.
    """
    carer, finder = seat_with(seats, May.MANAGE_SOCIAL_CARE), seat_with(seats, May.MANAGE_EXPLOITATION)
    span, made, seen = Year(year), Written(), 0
    spec = find(KEY, span.day)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        out = {}
        for table in spec.tables:
            handle = held.enter_context((folder / f"{table.key}.csv").open("w", newline="", encoding="utf-8"))
            out[table.key] = csv.DictWriter(handle, [each.name for each in table.columns])
            out[table.key].writeheader()
        for child in children(carer, finder, tell):
            seen += 1
            made.overlapping += child.left
            if child.person.born_on is None or child.person.born_on > span.day:
                made.not_born += bool(child.person.born_on is None)
                continue
            for key, rows in TABLES.items():
                for row in rows(child, span):
                    out[key].writerow({name: _said(value) for name, value in row.items()})
                    made.rows[key] += 1
                    made.people.add(child.person.pk)
            made.kept_safe += child.kept and child.person.pk in made.people
    for actor in {carer.user.pk: carer, finder.user.pk: finder}.values():
        with acting(actor):
            audit.log_reading(kind=KEY, ref=year, why=f"wrote the return on looked-after children of {year}",
                              people=made.people, agency=actor.agency.pk)
    made.left_out = kept_from(carer, [PROCESS], seen)
    return made


def _said(value: Any) -> Any:
    """As the return writes it: days first, 1 and 0 for yes and no, nothing a spreadsheet would run."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return safe(value) if value is not None else ""


def files(folder: Path) -> Iterator[Path]:
    """The files of a return that have rows under their headings, in the order of our specification."""
    for key in TABLES:
        path = folder / f"{key}.csv"
        with path.open(encoding="utf-8") as handle:
            if sum(1 for _ in zip(handle, range(2), strict=False)) > 1:
                yield path
