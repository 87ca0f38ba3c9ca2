"""The fact tables that every indicator counts in: what a row is, what its columns mean. Declarations only.

Rows are made where processes and returns are known (`exchange.facts`) and lie as Parquet, one file a table and month.
"""
from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

TEXT, WHOLE, DECIMAL, DAY = "text", "whole", "decimal", "day"


@dataclass(frozen=True)
class Column:
    """kind: TEXT, WHOLE, DECIMAL or DAY. named: has few different values, so that conditions and breakdowns may name it."""

    name: str
    kind: str
    meaning: str
    named: bool = False


@dataclass(frozen=True)
class FactTable:
    """key: its name in conditions. meaning: what one row is. month: the column whose month its files are cut by."""

    key: str
    meaning: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.named)


def _named(name: str, meaning: str) -> Column:
    return Column(name, TEXT, meaning, named=True)


MONTH = Column("month", WHOLE, "year and month as one number, such as 202604")
RECORD = Column("record_id", WHOLE, "the record; empty where a return tells of it")
CHILD = Column("child_id", WHOLE, "whom the row is about; empty where nobody is known")
CASE = Column("case_id", WHOLE, "the case it belongs to")
ONCE = Column("once", WHOLE, "1 on one row of what it counts, 0 on the rows of further children, so that it is counted once")
RECORDED = _named("recorded", "yes: by a record of ours; no: told by an agency's return")
PROCESS = _named("process", "key of the process")
BREAKDOWNS = (
    _named("age", "age band of the child on that day, as the Children in Need census has it"),
    _named("sex", "code of the sex list"), _named("ethnicity", "code of the ethnicities list"),
    _named("area", "postcode district of the child's home; that of a safe address is not told"),
    _named("ward", "ward of the child's home on that day, where the partnership has loaded which postcode is in which"),
    _named("source", "source of the case: its first record's code of the contact sources, else the kind of agency"))

HAPPENED = FactTable("happened", "a standing record and a child its case is about", (
    MONTH, RECORDED, Column("day", DAY, "when it happened"), PROCESS, _named("step", "key of the step"),
    _named("outcome", "how it came out for this child"), RECORD, CASE, CHILD, ONCE,
    _named("agency", "kind of the agency that recorded it, or sent the return"),
    _named("present", "kinds of agency that were at the meeting, such as |police|school|"),
    _named("again", "yes: the same came out for the same child within the twelve months before"), *BREAKDOWNS))
ANSWERED = FactTable("answered", "a coded answer of a standing record, and a child it is about", (
    MONTH, RECORDED, Column("day", DAY, "when it happened"), PROCESS, _named("step", "key of the step"),
    _named("field", "name of the field"), _named("answer", "its code; yes or no"), RECORD,
    CASE, CHILD, ONCE, _named("agency", "kind of the agency the line names, else of the one that recorded it"), *BREAKDOWNS))
LIMITS = FactTable("limits", "a run of a time limit, and a child its case is about", (
    MONTH, RECORDED, Column("day", DAY, "when it was stopped, or was due"), PROCESS,
    _named("clock", "name of the time limit"),
    _named("kept", "kept, late, or running while its time is not up"), Column("hours", WHOLE, "from start to stop"),
    CASE, CHILD, ONCE, _named("agency", "kind of the agency asked, where one was"), *BREAKDOWNS))
SPANS = FactTable("spans", "a time during which something was open for a child", (
    MONTH, _named("span", "case, or a key of spans.toml"), PROCESS, _named("state", "its category or kind meanwhile"),
    RECORDED, Column("began", DAY, "first day"), Column("ended", DAY, "day it was over; empty while open"),
    Column("until", WHOLE, "month of its end, empty while open"), CASE, CHILD, ONCE, *BREAKDOWNS))
RETURNED = FactTable("returned", "a number of an agency's accepted return, or how many of its rows have a code", (
    MONTH, _named("specification", "key of the return"), _named("part", "key of its table"),
    _named("field", "name of the column"), _named("answer", "the code counted; empty for a number as returned"),
    Column("number", DECIMAL, "the number"), _named("agency", "kind of the agency"), *BREAKDOWNS))

WORKED = FactTable("worked", "something the partnership's own groups and actions were to do", (
    MONTH, Column("day", DAY, "when it was to be done, or was"), _named("kind", "attendance, action or recommendation"),
    _named("result", "what came of it"), _named("origin", "kind of the group; or where an action was given"), ONCE,
    _named("agency", "kind of the agency that was to do it"), _named("source", "the same, to break down by")))
# What each kind of WORKED comes to, and where from. Attendance: of each member agency at each meeting that was held. Action:
# done in time or late, running while it is not due. Recommendation: whether an action it led to has told what it changed.
WORKED_RESULTS = {"attendance": ("attended", "deputy", "apologies", "absent", "not-recorded"),
                  "action": ("in-time", "late", "running"), "recommendation": ("impact", "done", "open")}
WORKED_ORIGINS = {"attendance": ("executive", "board", "subgroup", "panel", "conference", "core-group", "other"),
                  "action": ("finding", "meeting", "case", "other"), "recommendation": ("finding",)}

TABLES = {table.key: table for table in (HAPPENED, ANSWERED, LIMITS, SPANS, RETURNED, WORKED)}
BY = {"age": "Age", "sex": "Sex", "ethnicity": "Ethnicity", "area": "Area", "ward": "Ward", "source": "Source"}
PLACES = {"area", "ward"}
CROSSED, BESIDE = "+", "\x1f"  # between two breakdowns that are one, such as "age+sex"; between the categories of one row
#: Two breakdowns at once in words. Two kinds of place say nothing that the smaller one does not.
CROSSINGS = {f"{one}{CROSSED}{other}": f"{BY[one]} and {BY[other].lower()}" for one, other in combinations(BY, 2)
             if not PLACES >= {one, other}}


def columns_of(by: str) -> tuple[str, ...]:
    """The columns of a breakdown: none, one, or two at once."""
    return tuple(by.split(CROSSED)) if by else ()
