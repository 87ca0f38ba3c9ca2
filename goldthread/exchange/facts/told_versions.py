"""The accepted versions of returns that tell of children, and who those children are."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from goldthread.dataset.models import SentTable
from goldthread.exchange.facts.told_children import Described, described, our_records
from goldthread.exchange.facts.told_declared import Source
from goldthread.files import storing

AnySource = TypeVar("AnySource", bound=Source)


@dataclass(frozen=True)
class Version(Generic[AnySource]):
    """A version and one thing that it tells. paths: of the tables that are read. since, until: its period."""

    told: AnySource
    submission: int
    agency: int
    kind: str
    since: date
    until: date
    paths: Mapping[str, Path]


def versions(numbers: Collection[int], sources: Iterable[AnySource]) -> list[Version[AnySource]]:
    """Of these accepted versions those that tell of something, the last period first."""
    by_key: dict[str, list[AnySource]] = defaultdict(list)
    for each in sources:
        by_key[each.specification].append(each)
    sent: dict[int, dict[str, SentTable]] = defaultdict(dict)
    for table in SentTable.objects.filter(submission__in=list(numbers), submission__expectation__specification__in=by_key
                                          ).select_related("document", "submission__expectation__agency").order_by("pk"):
        sent[table.submission_id][table.table] = table
    found = []
    for pk, tables in sent.items():
        owed = next(iter(tables.values())).submission.expectation
        sound = {key: storing.sound(row.document.place, row.document.sha256) for key, row in tables.items()
                 if any(key in told.wanted() for told in by_key[owed.specification])}
        found += [Version(told, pk, owed.agency_id, owed.agency.kind, owed.since, owed.until,
                          {key: path for key, path in sound.items() if key in told.wanted()})
                  for told in by_key[owed.specification] if told.table in tables]
    return sorted(found, key=lambda one: (one.until, one.submission), reverse=True)


@dataclass(frozen=True)
class Child:
    """A child of a return: the number of our own record, or one that no record of ours has, and what the return says."""

    id: int
    described: Described


class Children:
    """The children of returns by the council's number, each table of them read once and each child looked for once."""

    def __init__(self) -> None:
        self._told: dict[tuple[int, str], dict[str, Described]] = {}
        self._known: dict[tuple[int, str], dict[str, Child]] = defaultdict(dict)

    def of(self, version: Version[AnySource], numbers: Iterable[str]) -> Mapping[str, Child]:
        """Those of a version by these numbers, and others that were asked for before."""
        key = (version.submission, version.told.described_in)
        if key not in self._told:
            self._told[key] = described(version.paths.get(key[1]), version.told)
        known = self._known[key]
        new = {number: self._told[key].get(number, Described()) for number in numbers if number not in known}
        ids = our_records(version.agency, *key, new) if new else {}
        known.update({number: Child(ids[number], child) for number, child in new.items()})
        return known
