"""Which times and which single things the returns of agencies tell of children, and in which columns: returned.toml."""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from functools import cache
from typing import Any

from goldthread.dataset.specification.declared import every as every_specification
from goldthread.dataset.specification.definition import Table
from goldthread.measure.conditions import comparisons
from goldthread.measure.indicators import FOLDER, RETURNED_FILE, Indicator, Known, spans
from goldthread.rules.data_files import toml
from goldthread.rules.limits import UnknownLimit, limit

CASE = "case"


@dataclass(frozen=True)
class Source:
    """A table of a return and who its rows are about, by the names of its columns.

    children: what is said of the children by columns of the table that describes them. only: by column, what a row's text
    must be as a whole. codes: by column, what a code of the return is called in our records.
    """

    specification: str
    table: str
    child: str
    children: Mapping[str, str]
    only: Mapping[str, str] = made(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = made(default_factory=dict)

    @property
    def described_in(self) -> str:
        """The table that says who the children are: its own where no other is named."""
        return self.children.get("table", self.table)

    def wanted(self) -> dict[str, tuple[str, ...]]:
        """The columns that are read, by their table."""
        own = (self.child, *self.only, *self.read())
        found = {self.table: tuple(dict.fromkeys(filter(None, own)))}
        theirs = tuple(column for name, column in self.children.items() if name != "table")
        found[self.described_in] = tuple(dict.fromkeys((*found.get(self.described_in, ()), *theirs)))
        return found | self.others()

    def read(self) -> tuple[str, ...]:
        """The further columns of the table itself that are read."""
        return ()

    def others(self) -> dict[str, tuple[str, ...]]:
        """The columns of further tables."""
        return {}

    def counts(self, row: Mapping[str, Any]) -> bool:
        """Whether a row is one of those that are meant."""
        return _fits(self.only, row)

    def ours(self, column: str, code: object) -> str:
        """A code of a column, as our records call it."""
        return self.codes.get(column, {}).get(_text(code), _text(code))


def _text(value: object) -> str:
    """A value as text: yes and no for what is ticked or not, nothing for what is not said."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else "" if value is None else str(value).strip()


def _fits(only: Mapping[str, str], row: Mapping[str, Any]) -> bool:
    return all(re.fullmatch(wanted, _text(row[column]), re.IGNORECASE | re.DOTALL) for column, wanted in only.items())


@dataclass(frozen=True)
class Meanwhile:
    """Another table of the return, of whose rows that fit `only` each says of a child that it is in one state until a day,
    then in another."""

    table: str
    child: str
    until: str
    state: str
    after: str
    only: Mapping[str, str] = made(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.child, self.until, *self.only)

    def counts(self, row: Mapping[str, Any]) -> bool:
        return row[self.child] is not None and _fits(self.only, row)


@dataclass(frozen=True, kw_only=True)
class Told(Source):
    """Times that a table of a return tells of.

    spans: each kind of time, and the column of its state, if one has it. begins: without one it holds from the first day of
    the return's period. process, beside: of a case, which it counts with, and the processes whose own records count instead.
    """

    spans: Mapping[str, str]
    begins: str = ""
    ends: str = ""
    process: str = ""
    beside: tuple[str, ...] = ()
    postcode: str = ""
    meanwhile: Meanwhile | None = None

    def read(self) -> tuple[str, ...]:
        return (self.begins, self.ends, self.postcode, *self.spans.values())

    def others(self) -> dict[str, tuple[str, ...]]:
        return {self.meanwhile.table: self.meanwhile.columns} if self.meanwhile else {}


@dataclass(frozen=True, kw_only=True)
class Event(Source):
    """Something that happened once, or a time limit that was met or not, as a table of a return tells it.

    process and step with outcome, or with field and its answer; or process and clock. day: the column of when it happened,
    or was met. number: a column with the answer, told as none, one or several. begins and rule, or due: when a limit is due.
    source: a column of the contact sources. unless: the table, and by its columns those of ours, in which a row is the same
    where it does not count. near: how many days at most a record of ours is away that is the same thing; beside: its
    outcomes, besides the same.
    """

    process: str
    day: str
    step: str = ""
    outcome: str = ""
    field: str = ""
    answer: str = ""
    clock: str = ""
    number: str = ""
    begins: str = ""
    rule: str = ""
    due: str = ""
    source: str = ""
    unless: Mapping[str, str] = made(default_factory=dict)
    near: int = 14
    beside: tuple[str, ...] = ()

    @property
    def fact(self) -> str:
        """The fact table it counts in."""
        return "limits" if self.clock else "answered" if self.field else "happened"

    @property
    def key(self) -> tuple[str, ...]:
        """What it tells of, whatever the return and whatever came of it."""
        return (self.fact, self.process, self.step or self.clock, self.field)

    @property
    def same(self) -> Mapping[str, str]:
        """The columns of ours that are compared, by those of the other table."""
        return {theirs: ours for theirs, ours in self.unless.items() if theirs != "table"}

    def read(self) -> tuple[str, ...]:
        return (self.day, self.begins, self.due, self.number, self.source, *self.same.values())

    def others(self) -> dict[str, tuple[str, ...]]:
        return {self.unless["table"]: tuple(self.same)} if self.unless else {}


@cache
def times() -> tuple[Told, ...]:
    """Every time that returns tell of. Raises BadData, KeyError or TypeError where a declaration does not hold."""
    return tuple(Told(**row | {"meanwhile": Meanwhile(**row["meanwhile"]) if "meanwhile" in row else None})
                 for row in _told(toml(FOLDER, RETURNED_FILE)["time"]))


@cache
def events() -> tuple[Event, ...]:
    """Everything that returns tell of as happened. Raises as `times`."""
    own = ("counts", "told")
    rows = [{name: value for name, value in each.items() if name not in own} | each["counts"] | told
            for each in toml(FOLDER, RETURNED_FILE)["event"] for told in each["told"]]
    return tuple(Event(**row) for row in _told(rows))


def _told(rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Declarations with what the file says of the children and codes of their returns."""
    file = toml(FOLDER, RETURNED_FILE)
    for row in rows:
        key = row["specification"]
        codes = {column: {code: name for name, theirs in names.items() for code in theirs}
                 for column, names in file["codes"].get(key, {}).items()}
        yield row | {"children": file["children"][key], "codes": codes, "beside": tuple(row.get("beside", ()))}


def told_tables(each: Indicator) -> frozenset[tuple[str, str]]:
    """The tables of returns that an indicator counts in, by specification and table."""
    every = [(one.key, table.key) for one in every_specification() for table in one.tables]
    found: set[tuple[str, str]] = set()
    for count in each.counts:
        named = {one.column: one.texts for one in comparisons(count.where) if one.must}
        if count.table == "returned":
            found |= {(key, table) for key, table in every if key in named.get("specification", (key,))
                      and table in named.get("part", (table,))}
        elif "yes" in named.get("recorded", ()):
            continue
        elif count.table == "spans":
            found |= {(told.specification, told.table) for told in times() for span in told.spans
                      if span in named.get("span", ()) and (span != CASE or told.process in named.get("process", ()))}
        else:
            found |= {(told.specification, told.table) for told in events() if told.fact == count.table and all(
                value in named.get(column, (value,)) for column, value in _said(told).items())}
    return frozenset(found)


def _said(told: Event) -> dict[str, str]:
    """What its facts have in the columns that conditions name."""
    said = {"process": told.process, "step": told.step, "field": told.field, "clock": told.clock}
    return {column: value for column, value in said.items() if value} | (
        {"outcome": told.outcome} if told.fact == "happened" else {})


def faults(known: Known) -> list[str]:
    """What is wrong with the declarations, in words. known: the words of our processes. Run at the start."""
    spans_known = {rule.key for rule in spans()} | {CASE}
    returns = {(each.key, table.key): table for each in every_specification() for table in each.tables}
    found = [fault for told in (*times(), *events()) for fault in _columns_missing(told, returns)]
    found += [f"returned {told.specification}: there is no span “{span}”"
              for told in times() for span in told.spans if span not in spans_known]
    return found + [f"returned {told.specification}, {told.table}: {fault}"
                    for told in events() for fault in _words_missing(told, known)]


def _columns_missing(told: Source, returns: Mapping[tuple[str, str], Table]) -> Iterable[str]:
    for table, columns in told.wanted().items():
        here = returns.get((told.specification, table))
        yield from (f"returned {told.specification}: there is no column “{column}” in a table “{table}”"
                    for column in columns if here is None or not here.has(column))


def _words_missing(told: Event, known: Known) -> Iterable[str]:
    if told.clock:
        if told.clock not in known.clocks.get(told.process, ()):
            yield f"there is no time limit “{told.clock}” in “{told.process}”"
        if bool(told.due) == bool(told.begins and told.rule):
            yield "a time limit has either `due`, or `begins` and `rule`"
        try:
            if told.rule:
                limit(told.rule, date.today())
        except UnknownLimit as wrong:
            yield str(wrong)
        return
    outcomes = known.steps.get(told.process, {}).get(told.step)
    if outcomes is None:
        yield f"there is no step “{told.step}” in “{told.process}”"
        return
    yield from (f"“{told.step}” has no outcome “{each}”" for each in (told.outcome, *told.beside)
                if each and each not in outcomes)
    answers = known.answers.get((told.process, told.step), {}).get(told.field, frozenset())
    if told.field and (not told.number if not told.answer else told.answer not in answers):
        yield f"“{told.step}” has no answer “{told.answer}” to “{told.field}”"
