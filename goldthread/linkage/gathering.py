"""The people of all lists: rows of the returns that count now, read in the analyst's name, and our own records."""
from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
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
from goldthread.linkage.keeping import Kept
from goldthread.linkage.preparing import SAID
from goldthread.people.models import Address, Identifier, Person

KIND = "linkage"  # of a reading
Place = tuple[int, str, str, int]  # version of a return, table, sheet, row
PEOPLE = {"unique_id": pl.Int64, "mark": pl.String, "source": pl.String, "list": pl.String, "person": pl.Int64, **SAID}
PLACES = {"unique_id": pl.Int64, "version": pl.Int64, "table": pl.String, "sheet": pl.String, "row": pl.Int64}


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


@dataclass(frozen=True)
class Gathered:
    """Everybody there is now, as `keeping` has them, and what is different from what was known.

    new: those that were not known, as `linking.link` takes them; gone: who is no longer there; moved: who is known and
    stands in other rows now.
    """

    people: pl.DataFrame
    places: pl.DataFrame
    versions: frozenset[int]
    new: pl.DataFrame
    gone: frozenset[int] = frozenset()
    moved: frozenset[int] = frozenset()


def gather(actor: Actor, run: int, known: Kept | None) -> Gathered:
    """Everybody in the newest return of each agency and kind that tells who its rows are about, and in our records.

    Returns that were read before are not opened again. Restricted records are left out. That rows and records were compared
    is written down. Raises Refused; Damaged.
    """
    found: dict[str, Described] = {}
    with acting(actor):
        versions = newest(actor.partnership.pk)
        for version in versions:
            if known is None or version.pk not in known.versions:
                _version(actor, version, found)
    with acting(system_for(actor)):
        people = list(_people(actor.partnership.pk))
    with acting(actor):
        log_reading(kind=KIND, ref=run, why="compared our own records with agencies' returns", agency=actor.agency.pk)
    return _beside(known, [*found.values(), *people], frozenset(each.pk for each in versions))


def _version(actor: Actor, version: Submission, found: dict[str, Described]) -> None:
    owed = version.expectation
    for table in specification(owed.specification, owed.until).tables:
        if table.tells() and version.senttables.filter(table=table.key).exists():  # type: ignore[attr-defined]
            _rows(actor, version, table, found)


def _beside(known: Kept | None, found: list[Described], versions: frozenset[int]) -> Gathered:
    """What was found now beside what is known. Who says the same as before is the same; else they are new."""
    before = known.people if known else pl.DataFrame(schema=PEOPLE)
    placed = known.places if known else pl.DataFrame(schema=PLACES)
    rows = [(each.mark, each.source, each.list, each.person, *(each.said.get(name) for name in SAID)) for each in found]
    columns = [name for name in PEOPLE if name != "unique_id"]
    fresh = pl.DataFrame(rows, schema={name: PEOPLE[name] for name in columns}, orient="row").join(
        before.select("unique_id", "mark", *SAID), on=["mark", *SAID], how="left", nulls_equal=True, maintain_order="left")
    first = (before["unique_id"].max() if before.height else None)
    begin = 0 if first is None else int(first) + 1  # type: ignore[call-overload]
    strange = fresh["unique_id"].is_null()
    fresh = fresh.with_columns(pl.when(strange).then(strange.cast(pl.Int64).cum_sum() - 1 + begin).otherwise(
        "unique_id").alias("unique_id")).select(*PEOPLE)
    stands = [(number, *place) for number, each in zip(fresh["unique_id"], found, strict=True) for place in each.rows]
    places = pl.concat([placed.filter(pl.col("version").is_in(list(versions))),
                        pl.DataFrame(stands, schema=PLACES, orient="row")])
    here = pl.concat([places["unique_id"], fresh["unique_id"]]).unique().implode()
    new = fresh.filter(strange)
    left = placed.filter(~pl.col("version").is_in(list(versions)))["unique_id"]
    again = fresh.filter(~strange & pl.col("person").is_null())["unique_id"]
    gone = before.filter(~pl.col("unique_id").is_in(here))["unique_id"]
    return Gathered(pl.concat([before.filter(pl.col("unique_id").is_in(here)), new]), places, versions,
                    new.select("unique_id", "source", *SAID), frozenset(gone), frozenset((*left, *again)) - frozenset(gone))


def described(people: pl.DataFrame, places: pl.DataFrame, wanted: Collection[int] | None) -> dict[int, Described]:
    """Descriptions by their numbers, all of them or those that are wanted."""
    if wanted is not None:
        numbers = pl.Series(sorted(wanted), dtype=pl.Int64).implode()
        people, places = (each.filter(pl.col("unique_id").is_in(numbers)) for each in (people, places))
    found = {row["unique_id"]: Described(row["mark"], row["source"], row["list"], {name: row[name] for name in SAID},
                                         row["person"]) for row in people.iter_rows(named=True)}
    for number, *place in places.iter_rows():
        found[number].rows.append(tuple(place))  # type: ignore[arg-type]
    return found


def newest(partnership: int) -> list[Submission]:
    """Of each agency and kind of return the version that counts, of the latest period."""
    found: dict[tuple[int, str], Submission] = {}
    for each in counting().filter(partnership=partnership).order_by("-expectation__until", "-pk"):
        found.setdefault((each.expectation.agency_id, each.expectation.specification), each)
    return [found[key] for key in sorted(found)]


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
