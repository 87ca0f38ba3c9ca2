"""What two records of one person can never have: two numbers of one kind, two births, two first names born the same day.

A bar holds records apart however much else agrees. It is asked of every two records of a whole cluster, so that a third
record cannot carry a conflict past it.
"""
from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

import jellyfish

from goldthread.linkage.model import Bar, Model


class Record(NamedTuple):
    """What the bars look at, as `preparing` made it; None or empty where it is not known."""

    unique_id: int
    first: str | None
    forms: Collection[str] | None
    full: Collection[str] | None
    family: str | None
    born: str | None
    nhs: str | None
    upn: str | None
    stem: str | None
    often: int
    given_sound: str | None
    age: str | None
    source: str
    sex: str | None
    home: str | None
    postcode: str | None


OURS = "goldthread"  # the source of Goldthread's own records


def barred(one: Record, other: Record, model: Model) -> Bar | None:
    """The first bar of the model that holds two records apart, None for none."""
    return next((bar for bar in model.bars if KINDS[bar.key](one, other, model)), None)


def _nhs(one: Record, other: Record, _: Model) -> bool:
    return bool(one.nhs and other.nhs) and one.nhs != other.nhs


def _upn(one: Record, other: Record, _: Model) -> bool:
    return bool(one.upn and other.upn) and one.upn != other.upn


def _twins(one: Record, other: Record, model: Model) -> bool:
    """Born the same day, with first names that are no forms of one another."""
    return bool(one.first and other.first) and _born_together(one, other) and not same_first(one, other, model)


def _forms(one: Record, other: Record, model: Model) -> bool:
    """Born the same day, of one home, with first names that may be one or may be two, or without one."""
    same_home = (one.home, one.postcode) == (other.home, other.postcode)
    if not same_home or one.first == other.first or not _born_together(one, other):
        return False
    return not one.first or not other.first or _both_given(one, other, model)


def _born_together(one: Record, other: Record) -> bool:
    """The same day, with no number in common and names that are not the other way round, either of which says otherwise."""
    if not one.born or one.born != other.born or one.first == other.family or other.first == one.family:
        return False
    return not ((one.nhs and one.nhs == other.nhs) or (one.upn and one.upn == other.upn))


def _years(one: Record, other: Record, model: Model) -> bool:
    return bool(one.born and other.born) and abs(int(one.born[:4]) - int(other.born[:4])) > model.years  # type: ignore[index]


def _twice(one: Record, other: Record, _: Model) -> bool:
    return one.source == other.source and (one.age == "child" and not other.born or other.age == "child" and not one.born)


def _records(one: Record, other: Record, _: Model) -> bool:
    return one.source == other.source == OURS


KINDS: dict[str, Callable[[Record, Record, Model], bool]] = {
    "nhs": _nhs, "upn": _upn, "twins": _twins, "forms": _forms, "years": _years, "twice": _twice, "records": _records}


def same_first(one: Record, other: Record, model: Model) -> bool:
    """Whether two first names are one: the same, what it is short for, another spelling, or a slip, which makes a name that
    hardly anybody bears.

    Two short forms of one name, and names that differ little and are both given to children, are two names: parents of
    twins like such.
    """
    if one.first == other.first:
        return True
    if one.sex and other.sex and one.sex != other.sex:
        return False
    if one.first in (other.full or ()) or other.first in (one.full or ()):
        return True
    alike = one.given_sound == other.given_sound
    if _both_given(one, other, model):
        return alike and one.first in (other.forms or ())
    return alike or _short(one, other) or jellyfish.damerau_levenshtein_distance(one.first, other.first) <= 1


def _both_given(one: Record, other: Record, model: Model) -> bool:
    """Whether parents give either name: both are borne by several, and neither is so rare beside the other that it must be
    a short form or a misspelling of it."""
    rarer = min(one.often, other.often)
    return rarer >= model.common and rarer * model.rarer > max(one.often, other.often)


def _short(one: Record, other: Record) -> bool:
    """Whether one first name begins as the other does but for the ending of a pet name."""
    return any(short.stem and (long.first or "").startswith(short.stem) for short, long in ((one, other), (other, one)))
