"""The people of all lists: rows of the returns that count now, read in the analyst's name, and our own records."""
from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from goldthread.access.actor import Actor, acting, system_for
from goldthread.access.audit import log_reading
from goldthread.dataset.models import Submission
from goldthread.dataset.owed import counting
from goldthread.dataset.rows import open_rows
from goldthread.dataset.specification.definition import Table
from goldthread.dataset.specifications import specification
from goldthread.linkage.bars import OURS
from goldthread.linkage.preparing import SAID
from goldthread.people.models import Address, Identifier, Person

KIND = "linkage"  # of a reading
Place = tuple[int, str, str, int]  # version of a return, table, sheet, row


@dataclass
class Described:
    """One description of a person, by whoever gives it: `said` by the keys of SAID, and every row that says just this.

    mark: the same wherever the same list says the same, so that what was decided holds for later versions as well.
    """

    mark: str
    source: str
    list: str
    said: Mapping[str, Any]
    person: int | None = None
    rows: list[Place] = field(default_factory=list)


def gather(actor: Actor, run: int) -> list[Described]:
    """Everybody in the newest return of each agency and kind that tells who its rows are about, and in our records.

    Restricted records are left out. That rows and records were compared is written down. Raises Refused; Damaged.
    """
    found: dict[str, Described] = {}
    with acting(actor):
        for version in newest(actor.partnership.pk):
            owed = version.expectation
            for table in specification(owed.specification, owed.until).tables:
                if table.tells() and version.senttables.filter(table=table.key).exists():  # type: ignore[attr-defined]
                    _rows(actor, version, table, found)
    with acting(system_for(actor)):
        people = list(_people(actor.partnership.pk))
    with acting(actor):
        log_reading(kind=KIND, ref=run, why="compared our own records with agencies' returns", agency=actor.agency.pk)
    return [*found.values(), *people]


def newest(partnership: int) -> list[Submission]:
    """Of each agency and kind of return the version that counts, of the latest period."""
    found: dict[tuple[int, str], Submission] = {}
    for each in counting().filter(partnership=partnership).order_by("-expectation__until", "-pk"):
        found.setdefault((each.expectation.agency_id, each.expectation.specification), each)
    return [found[key] for key in sorted(found)]


def as_frame(described: list[Described]) -> pl.DataFrame:
    """As `linking.link` takes them: `unique_id` is the place in the list."""
    kinds = {"unique_id": pl.Int64, "source": pl.String, **SAID}
    rows = [(at, each.source, *(each.said.get(name) for name in SAID)) for at, each in enumerate(described)]
    return pl.DataFrame(rows, schema=kinds, orient="row")


def _rows(actor: Actor, version: Submission, table: Table, found: dict[str, Described]) -> None:
    tells = table.tells()
    agency = version.expectation.agency
    frame = open_rows(actor, version, table.key, "linked the rows of a return")
    wanted = frame.select("_sheet", "_row", *(pl.col(column).alias(name) for name, column in tells.items())).collect()
    for row in wanted.iter_rows(named=True):
        said = {name: _plain(row.get(name)) for name in SAID}
        if not any(said[name] for name in ("family", "nhs", "upn")):
            continue
        mark = mark_of(agency.pk, said)
        one = found.setdefault(mark, Described(mark, f"agency {agency.pk}", agency.name, said))
        one.rows.append((version.pk, table.key, row["_sheet"] or "", row["_row"]))


def mark_of(agency: int, said: Mapping[str, Any]) -> str:
    """The mark of what an agency says of a person."""
    text = json.dumps([agency, *(str(said.get(name) or "") for name in SAID)])
    return f"row-{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, date) else str(value).strip()


def _people(partnership: int) -> Iterator[Described]:
    """Our own records, those merged into others and those that are restricted left out; safe addresses are not read."""
    people = Person.objects.filter(partnership=partnership, merged_into=None, restricted=False)
    numbers: dict[int, dict[str, str]] = {}
    for person, scheme, value in Identifier.objects.filter(partnership=partnership, scheme__in=("nhs", "upn")).order_by(
            "pk").values_list("person_id", "scheme", "value"):
        numbers.setdefault(person, {})[scheme] = value
    homes = {person: (line, postcode) for person, line, postcode in Address.objects.filter(
        partnership=partnership, until=None, safe=False).order_by("pk").values_list("person_id", "line1", "postcode")}
    for pk, given, family, known_as, born, estimated, sex in people.order_by("pk").values_list(
            "pk", "given", "family", "known_as", "born_on", "born_estimated", "sex"):
        line, postcode = homes.get(pk, ("", ""))
        said = {"given": given or known_as, "family": family, "born": None if estimated else born, "sex": sex, "line": line,
                "postcode": postcode, **numbers.get(pk, {})}
        if family or pk in numbers:
            yield Described(f"person-{pk}", OURS, "Goldthread", said, person=pk)
