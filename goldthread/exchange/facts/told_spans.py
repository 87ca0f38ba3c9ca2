"""Times that agencies' returns tell of, as facts beside those of our own records: see [[returned]] in spans.toml.

A return is believed about the days from the first of its period on, until a later one of the same agency tells of the same
kind of time: what was open then and is not told of any more is over. Of a child whose own record here tells of a time that
touches a returned one, the record alone counts from the day it begins, so that nobody is counted twice.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from goldthread.dataset.models import SentTable
from goldthread.dataset.specification.declared import every as every_specification
from goldthread.exchange.facts.declared import as_of
from goldthread.exchange.facts.told_children import Described, described, our_records
from goldthread.files import storing
from goldthread.measure.actions.wards import spaced
from goldthread.measure.conditions import comparisons
from goldthread.measure.indicators import FOLDER, SPANS_FILE, Indicator, spans
from goldthread.measure.models import WardPostcode
from goldthread.rules.data_files import toml

CASE = "case"
Own = Mapping[tuple[str, int], Sequence[tuple[date, date | None]]]  # by span and child, when our own records began and ended


@dataclass(frozen=True)
class Told:
    """Times that a table of a return tells of, by the names of its columns. children: where the return says who they are.

    process, beside: of a case, which it counts with, and the processes whose own records count instead.
    """

    spans: tuple[str, ...]
    specification: str
    table: str
    child: str
    begins: str
    ends: str
    children: Mapping[str, str]
    process: str = ""
    beside: tuple[str, ...] = ()
    state: str = ""
    postcode: str = ""
    meanwhile: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Piece:
    """A time of one child, in one state."""

    began: date
    ended: date | None
    state: str = ""
    postcode: str = ""

    def within(self, since: date, until: date | None) -> Piece:
        """As much of it as lies in these days; nothing is left where it then begins on or after its end."""
        return replace(self, began=max(self.began, since), ended=earlier(self.ended, until))

    @property
    def lasts(self) -> bool:
        return self.ended is None or self.ended > self.began


@cache
def declared() -> tuple[Told, ...]:
    """Everything that is declared. Raises BadData, KeyError or TypeError where that does not hold."""
    file = toml(FOLDER, SPANS_FILE)
    return tuple(Told(**row | {"spans": tuple(row["spans"]), "children": file["children"][row["specification"]]})
                 for row in file["returned"])


def told_tables(each: Indicator) -> frozenset[tuple[str, str]]:
    """The tables of returns that an indicator counts in, by specification and table."""
    every = [(one.key, table.key) for one in every_specification() for table in one.tables]
    found: set[tuple[str, str]] = set()
    for count in each.counts:
        named = {one.column: one.texts for one in comparisons(count.where) if one.must}
        if count.table == "returned":
            found |= {(key, table) for key, table in every if key in named.get("specification", (key,))
                      and table in named.get("part", (table,))}
        elif count.table == "spans":
            found |= {(told.specification, told.table) for told in declared() for span in told.spans
                      if span in named.get("span", ()) and (span != CASE or told.process in named.get("process", ()))}
    return frozenset(found)


def faults() -> list[str]:
    """What is wrong with the declarations, in words. Run at the start."""
    times, returns = {rule.key for rule in spans()} | {CASE}, {(each.key, table.key): table for each in every_specification()
                                                              for table in each.tables}
    found = []
    for told in declared():
        wanted = {told.table: [told.child, told.begins, told.ends, *filter(None, (told.state, told.postcode))],
                  told.children["table"]: [column for name, column in told.children.items() if name != "table"]}
        if told.meanwhile:
            wanted[told.meanwhile["table"]] = [told.meanwhile["child"], told.meanwhile["until"]]
        for table, columns in wanted.items():
            known = returns.get((told.specification, table))
            found += [f"returned {told.specification}: there is no column “{column}” in a table “{table}”"
                      for column in columns if known is None or not known.has(column)]
        found += [f"returned {told.specification}: there is no span “{span}”" for span in told.spans if span not in times]
    return found


def earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two days; None is never."""
    return min((day for day in (one, other) if day), default=None)


@dataclass(frozen=True)
class Version:
    """An accepted version of a return that tells of such times. paths: of its tables."""

    told: Told
    submission: int
    agency: int
    kind: str
    since: date
    until: date
    paths: Mapping[str, Path]


def versions(numbers: Collection[int]) -> list[Version]:
    """Of these accepted versions those that tell of times, the last period first."""
    sent: dict[int, dict[str, SentTable]] = defaultdict(dict)
    tells = {told.specification for told in declared()}
    for each in SentTable.objects.filter(submission__in=list(numbers), submission__expectation__specification__in=tells
                                         ).select_related("document", "submission__expectation__agency").order_by("pk"):
        sent[each.submission_id][each.table] = each
    found = []
    for pk, tables in sent.items():
        owed = next(iter(tables.values())).submission.expectation
        for told in declared():
            if told.specification == owed.specification and told.table in tables:
                paths = {table: storing.sound(row.document.place, row.document.sha256) for table, row in tables.items()
                         if table in (told.table, told.children["table"], told.meanwhile.get("table"))}
                found.append(Version(told, pk, owed.agency_id, owed.agency.kind, owed.since, owed.until, paths))
    return sorted(found, key=lambda one: (one.until, one.submission), reverse=True)


def rows(numbers: Collection[int], own: Own) -> Iterator[tuple[Any, ...]]:
    """The facts, in the order of the columns of SPANS. own: the times of our own records."""
    rules, cutoffs = {rule.key: rule for rule in spans()}, dict[tuple[int, str], date]()
    for version in versions(numbers):
        pieces = _pieces(version)
        everybody = described(version.paths.get(version.told.children["table"]), version.told.children)
        children = {number: child for number, child in everybody.items() if number in pieces}
        wards = _wards({piece.postcode for theirs in pieces.values() for piece in theirs} - {""})
        ids = our_records(version.agency, version.submission, version.told.children["table"], list(pieces), children)
        of_child: dict[int, list[Piece]] = defaultdict(list)
        for number, theirs in pieces.items():
            of_child[ids[number]] += theirs
        who = {ids[number]: children.get(number, Described()) for number in pieces}
        for span in version.told.spans:
            before, rule = cutoffs.get((version.agency, span)), rules.get(span)
            cutoffs[version.agency, span] = min(version.since, before or version.since)
            process, after = (rule.process, rule.after) if rule else (version.told.process, 0)
            for child_id, theirs in of_child.items():
                for piece in counted(theirs, own.get((span, child_id), ()), after):
                    one = piece.within(version.since, before)
                    if one.lasts:
                        yield _row(span, process, one, child_id, who[child_id], wards, version.kind)


def counted(theirs: Iterable[Piece], own: Sequence[tuple[date, date | None]], after: int = 0) -> list[Piece]:
    """The pieces of one child that count: one after the other, and no more of a time from the day on from which a record of
    ours tells of it. after: only so many years after the time began.
    """
    found: list[Piece] = []
    for piece in sorted(theirs, key=lambda one: (one.began, one.ended or date.max)):
        last = found[-1].ended if found else date.min
        if last is None or not (piece := piece.within(last, None)).lasts:
            continue
        found.append(piece)
    kept = []
    for at, piece in enumerate(found):
        start, end = _whole(found, at)
        ours = min((began for began, ended in own if (end is None or began < end) and (ended is None or ended > start)),
                   default=None)
        kept.append(piece.within(years_on(start, after) if after else piece.began, ours))
    return [piece for piece in kept if piece.lasts]


def _whole(pieces: Sequence[Piece], at: int) -> tuple[date, date | None]:
    """From when to when the time lasts of which one piece is a part: those that touch are one."""
    first = last = at
    while first and pieces[first - 1].ended == pieces[first].began:
        first -= 1
    while last + 1 < len(pieces) and pieces[last].ended == pieces[last + 1].began:
        last += 1
    return pieces[first].began, pieces[last].ended


def years_on(day: date, years: int) -> date:
    """So many years later."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February: a year later it is the 28th, as the engines have it
        return day.replace(year=day.year + years, day=28)


def _pieces(version: Version) -> dict[str, list[Piece]]:
    """The times of each child by the council's number, as the return tells them."""
    told = version.told
    wanted = [told.child, told.begins, told.ends, *filter(None, (told.state, told.postcode))]
    found: dict[str, list[Piece]] = defaultdict(list)
    changes = _changes(version)
    for row in pl.read_parquet(version.paths[told.table], columns=wanted).iter_rows(named=True):
        if row[told.child] is None or row[told.begins] is None:
            continue
        number = str(row[told.child]).strip()
        piece = Piece(row[told.begins], row[told.ends], str(row.get(told.state) or ""), str(row.get(told.postcode) or ""))
        found[number] += _changing(piece, told.meanwhile, changes, number)
    return found


def _changes(version: Version) -> dict[str, date | None]:
    """Until when each child is in the state that another table tells of."""
    while_ = version.told.meanwhile
    if not while_ or while_["table"] not in version.paths:
        return {}
    frame = pl.read_parquet(version.paths[while_["table"]], columns=[while_["child"], while_["until"]])
    return {str(child).strip(): until for child, until in frame.iter_rows()}


def _changing(piece: Piece, meanwhile: Mapping[str, str], changes: Mapping[str, date | None], number: str) -> list[Piece]:
    """A piece, cut where the state of the child changes."""
    if not meanwhile:
        return [piece]
    if number not in changes:
        return [replace(piece, state=meanwhile["after"])]
    until = changes[number]
    parts = [replace(piece.within(date.min, until), state=meanwhile["state"])]
    parts += [replace(piece.within(until, None), state=meanwhile["after"])] if until else []
    return [part for part in parts if part.lasts]


def _wards(postcodes: Collection[str]) -> dict[str, list[WardPostcode]]:
    found: dict[str, list[WardPostcode]] = defaultdict(list)
    for row in WardPostcode.objects.filter(postcode__in=sorted(map(spaced, postcodes))).order_by("-valid_from"):
        found[row.postcode].append(row)
    return found


def _row(span: str, process: str, piece: Piece, child_id: int, child: Described, wards: Mapping[str, list[WardPostcode]],
         source: str) -> tuple[Any, ...]:
    home = spaced(piece.postcode) if piece.postcode else ""
    ward = next((row.ward for row in wards.get(home, ()) if row.valid_from <= piece.began
                 and (row.valid_to is None or row.valid_to >= piece.began)), "not known")
    return (as_of(piece.began), span, process, piece.state, "no", piece.began, piece.ended,
            as_of(piece.ended) if piece.ended else None, None, child_id, 1, child.age(piece.began), child.sex,
            child.ethnicity, home.split(" ")[0] or "not known", ward, source)
