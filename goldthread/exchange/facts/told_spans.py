"""Times that agencies' returns tell of, as facts beside those of our own records: see [[time]] in returned.toml.

A return is believed about the days from the first of its period on, until a later one of the same agency tells of the same
kind of time: what was open then and is not told of any more is over. Of a child whose own record here tells of a time that
touches a returned one, the record alone counts from the day it begins, so that nobody is counted twice.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from goldthread.exchange.facts.declared import as_of
from goldthread.exchange.facts.told_children import Described
from goldthread.exchange.facts.told_declared import Meanwhile, Told, times
from goldthread.exchange.facts.told_versions import Children, Version, versions
from goldthread.measure.actions.wards import spaced
from goldthread.measure.indicators import spans
from goldthread.measure.models import WardPostcode

Own = Mapping[tuple[str, int], Sequence[tuple[date, date | None]]]  # by span and child, when our own records began and ended


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


def earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two days; None is never."""
    return min((day for day in (one, other) if day), default=None)


def rows(numbers: Collection[int], own: Own) -> Iterator[tuple[Any, ...]]:
    """The facts, in the order of the columns of SPANS. own: the times of our own records."""
    rules, cutoffs = {rule.key: rule for rule in spans()}, dict[tuple[int, str], date]()
    children = Children()
    for version in versions(numbers, times()):
        told = version.told
        by_state = {column: _pieces(version, column) for column in {*told.spans.values()}}
        known = children.of(version, next(iter(by_state.values())))
        wards = _wards({piece.postcode for theirs in by_state.values() for each in theirs.values() for piece in each} - {""})
        for span, column in told.spans.items():
            before, rule = cutoffs.get((version.agency, span)), rules.get(span)
            cutoffs[version.agency, span] = min(version.since, before or version.since)
            process, after = (rule.process, rule.after) if rule else (told.process, 0)
            of_child: dict[int, list[Piece]] = defaultdict(list)
            for number, theirs in by_state[column].items():
                of_child[known[number].id] += theirs
            who = {known[number].id: known[number].described for number in by_state[column]}
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


def _pieces(version: Version[Told], state: str) -> dict[str, list[Piece]]:
    """The times of each child by the council's number, as the return tells them. state: the column of their state."""
    told = version.told
    wanted = told.wanted()[told.table]
    found: dict[str, list[Piece]] = defaultdict(list)
    changes = _changes(version)
    for row in pl.read_parquet(version.paths[told.table], columns=wanted).iter_rows(named=True):
        began = row[told.begins] if told.begins else version.since
        if row[told.child] is None or began is None or not told.counts(row):
            continue
        number = str(row[told.child]).strip()
        piece = Piece(began, row.get(told.ends), told.ours(state, row.get(state)), str(row.get(told.postcode) or ""))
        found[number] += _changing(piece, told.meanwhile, changes, number)
    return found


def _changes(version: Version[Told]) -> dict[str, date | None]:
    """Until when each child is in the state that another table tells of; of several days the last."""
    other = version.told.meanwhile
    if other is None or other.table not in version.paths:
        return {}
    found: dict[str, date | None] = {}
    for row in pl.read_parquet(version.paths[other.table], columns=list(other.columns)).iter_rows(named=True):
        if other.counts(row):
            number = str(row[other.child]).strip()
            before = found.get(number, date.min)
            found[number] = None if before is None or row[other.until] is None else max(before, row[other.until])
    return found


def _changing(piece: Piece, other: Meanwhile | None, changes: Mapping[str, date | None], number: str) -> list[Piece]:
    """A piece, cut where the state of the child changes."""
    if other is None:
        return [piece]
    if number not in changes:
        return [replace(piece, state=other.after)]
    until = changes[number]
    parts = [replace(piece.within(date.min, until), state=other.state)]
    parts += [replace(piece.within(until, None), state=other.after)] if until else []
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
