"""Who the children of a return are: our own record of each where there is one, else a number that no record of ours has."""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from goldthread.base.identifiers import BadIdentifier, check_reference
from goldthread.exchange.facts.told_declared import Source
from goldthread.linkage.models import Link
from goldthread.people.models import Identifier, Person

SEXES = {"F": "F", "M": "M", "U": "U", "1": "M", "2": "F"}  # 1 and 2: as the collections wrote it until 2024
BANDS = ((1, "under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"))


@dataclass(frozen=True)
class Described:
    """What a return says of a child. place: the sheet and row where it says so."""

    born: date | None = None
    due: date | None = None
    sex: str = "not known"
    ethnicity: str = "not known"
    upn: str = ""
    place: tuple[str, int] = ("", 0)

    def age(self, on: date) -> str:
        """The age band on a day, as facts have it."""
        if self.born is None:
            return "unborn" if self.due else "not known"
        if self.born > on:
            return "unborn"
        years = on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))
        return next((words for below, words in BANDS if years < below), "16 and over")


def described(path: Path | None, told: Source) -> dict[str, Described]:
    """The children of a return by the council's number, by what the columns of its table of children tell."""
    if path is None:
        return {}
    there = set(pl.read_parquet_schema(path))
    named = {name: column for name, column in told.children.items() if name != "table" and column in there}
    found = {}
    for row in pl.read_parquet(path, columns=["_sheet", "_row", *named.values()]).iter_rows(named=True):
        said: dict[str, Any] = {name: row[column] for name, column in named.items() if row[column] is not None}
        if number := str(said.pop("child", "")).strip():
            coded = {name: told.ours(named[name], said[name]) for name in ("sex", "ethnicity") if name in said}
            sex = SEXES.get(coded.get("sex", ""), "not known")
            found[number] = Described(**said | coded | {"sex": sex, "place": (row["_sheet"] or "", row["_row"])})
    return found


def our_records(agency: int, submission: int, table: str, children: Mapping[str, Described]) -> dict[str, int]:
    """The record of each child by the council's number: the one that linkage found, else that of the council's number, of
    our own reference or of the pupil number, unless it was born on another day. A negative number where there is none.
    """
    linked = {(sheet, row): kept for sheet, row, kept in Link.objects.filter(
        submission=submission, table=table, ended_at=None).exclude(person=None).values_list(
            "sheet", "row", "person__search_key__kept")}
    known = _known(children, [child.upn for child in children.values() if child.upn])
    found = {}
    for number, child in children.items():
        told = (known.get(("council", number)), known.get(("ours", number)), known.get(("upn", child.upn)))
        ours = (pk for each in told if each for pk, born in (each,) if not (born and child.born) or born == child.born)
        found[number] = linked.get(child.place) or next(ours, None) or _nobody(agency, number)
    return found


def _known(numbers: Collection[str], upns: Collection[str]) -> dict[tuple[str, str], tuple[int, date | None]]:
    """The record that is kept, and its date of birth, by a kind of number and the number."""
    found: dict[tuple[str, str], tuple[int, date | None]] = {}
    for scheme, wanted in (("council", numbers), ("upn", upns)):
        rows = Identifier.objects.filter(scheme=scheme, value__in=list(wanted)).exclude(readers=[]).order_by("-pk")
        found |= {(scheme, value): (kept, born) for value, kept, born in rows.values_list(
            "value", "person__search_key__kept", "person__search_key__kept__born_on") if kept}
    ours = {reference: number for number in numbers if (reference := _reference(number))}
    people = Person.objects.filter(reference__in=list(ours)).values_list(
        "reference", "search_key__kept", "search_key__kept__born_on")
    return found | {("ours", ours[reference]): (kept, born) for reference, kept, born in people if kept}


def _reference(number: str) -> str:
    """Our own reference, as our own returns write it; empty for any other number."""
    try:
        return check_reference(number)
    except BadIdentifier:
        return ""


def _nobody(agency: int, number: str) -> int:
    """The same negative number for the same child of the same agency, whatever return tells of them."""
    return -1 - int.from_bytes(sha256(f"{agency} {number}".encode()).digest()[:7])
