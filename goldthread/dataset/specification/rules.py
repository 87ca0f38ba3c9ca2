"""The kinds of rule that rows are held to, each declared once and checked by `dataset.checking`.

Every rule names its table. `query`: worth asking about, but the row can be taken all the same. `because`: the source, or
why it matters, in words for whoever mends it. `where`: the rows that are held to it, by columns and the values they have
there; "" stands for empty, "*" for filled in.
"""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """What all rules have. Rows in which a column that a rule names is empty keep that rule."""

    table: str
    query: bool = False
    because: str = ""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Unique(Rule):
    """No two rows have the same values in `columns`."""

    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refers(Rule):
    """What `column` names is a row of another table, by its column `to`."""

    column: str = ""
    other: str = ""
    to: str = ""


@dataclass(frozen=True)
class Order(Rule):
    """`first` is not after `last`, in the same row. apart: nor on the same day; days: or by at most so many."""

    first: str = ""
    last: str = ""
    apart: bool = False
    days: int = 0


@dataclass(frozen=True)
class NotBefore(Rule):
    """`column` is not before `date` in the row of another table that `key` names by `to`."""

    column: str = ""
    key: str = ""
    other: str = ""
    to: str = ""
    date: str = ""


@dataclass(frozen=True)
class NoOverlap(Rule):
    """Spells of the same `by` from `start` to `end` do not overlap; a spell without an end has not ended yet.

    apart: nor does one begin on the day on which another ends.
    """

    by: str = ""
    start: str = ""
    end: str = ""
    apart: bool = False


@dataclass(frozen=True)
class NotDuring(Rule):
    """A spell from `start` to `end` is not at the same time as one of the same `by` in another table."""

    by: str = ""
    start: str = ""
    end: str = ""
    other: str = ""
    other_start: str = ""
    other_end: str = ""


@dataclass(frozen=True)
class Alone(Rule):
    """Where `column` has one of `values`, no other row has the same `columns`."""

    column: str = ""
    columns: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class OneOf(Rule):
    """At least one of `columns` is filled in."""

    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class RequiredWhen(Rule):
    """`column` is filled in where `when` has one of `values`; without values, where `when` is filled in."""

    column: str = ""
    when: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class EmptyWhen(Rule):
    """`column` is empty where `when` has one of `values`."""

    column: str = ""
    when: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class InPeriod(Rule):
    """`column` lies within the period that the return is for. part: or not after it (BY_END), or on its LAST_DAY."""

    column: str = ""
    part: str = "within"


@dataclass(frozen=True)
class Weekday(Rule):
    """`column` is no Saturday and no Sunday."""

    column: str = ""


WITHIN, BY_END, LAST_DAY = "within", "by_end", "last_day"


KINDS: dict[str, type[Rule]] = {
    "unique": Unique, "refers": Refers, "order": Order, "not_before": NotBefore, "no_overlap": NoOverlap, "one_of": OneOf,
    "required_when": RequiredWhen, "empty_when": EmptyWhen, "in_period": InPeriod, "not_during": NotDuring, "alone": Alone,
    "weekday": Weekday}
NAMES = {kind: name for name, kind in KINDS.items()}
