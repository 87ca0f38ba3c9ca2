"""The kinds of rule that rows are held to, each declared once and checked by `dataset.checking`.

Every rule names its table. `query`: worth asking about, but the row can be taken all the same. `because`: the source, or
why it matters, in words for whoever mends it.
"""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """What all rules have. Rows in which a column that a rule names is empty keep that rule."""

    table: str
    query: bool = False
    because: str = ""


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
    """`first` is not after `last`, in the same row."""

    first: str = ""
    last: str = ""


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
    """`column` lies within the period that the return is for."""

    column: str = ""


KINDS: dict[str, type[Rule]] = {
    "unique": Unique, "refers": Refers, "order": Order, "not_before": NotBefore, "no_overlap": NoOverlap, "one_of": OneOf,
    "required_when": RequiredWhen, "empty_when": EmptyWhen, "in_period": InPeriod}
NAMES = {kind: name for name, kind in KINDS.items()}
