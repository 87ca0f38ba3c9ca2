"""A child's time in care as the return tells it: an episode for every placement and legal status, one after the other.

Pure: what is recorded goes in, rows come out; told as it stood on the day of the return.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

CONTINUES, STARTED, UNKNOWN_END = "X1", "S", "E8"
SHORT_BREAKS = frozenset({"V3", "V4"})  # legal statuses of which no home and no provider is told
#: Why an episode is new: by whether the legal status changed, and the placement with or without the carer.
NEW = {(True, ""): "L", (False, "other"): "P", (False, "same"): "T", (True, "other"): "B", (True, "same"): "U"}


@dataclass(frozen=True)
class Lived:
    """Where the child lived from a day on. changed: why the child moved there; same: whether the carer stayed."""

    since: date
    kind: str
    provider: str = ""
    changed: str = ""
    same: bool = False
    postcode: str = ""
    urn: str = ""
    council: str = ""


@dataclass(frozen=True)
class Held:
    """The legal status from a day on."""

    since: date
    status: str


@dataclass(frozen=True)
class Care:
    """One time in care, from its first day to its last, if it is over. need: category of need; reason: why it ended."""

    began: date
    ended: date | None
    need: str
    status: str
    reason: str = ""
    home: str = ""
    lived: tuple[Lived, ...] = ()
    held: tuple[Held, ...] = ()


@dataclass(frozen=True)
class Episode:
    """One row of the return. ended, end: empty while it goes on; moved: why the placement ended, where it did."""

    began: date
    new: str
    status: str
    need: str
    place: Lived
    ended: date | None = None
    end: str = ""
    moved: str = ""
    home: str = ""


def apart(cares: Iterable[Care]) -> tuple[list[Care], list[Care]]:
    """Times in care one after the other, and those left over because they began while another went on."""
    kept: list[Care] = []
    left: list[Care] = []
    for each in sorted(cares, key=lambda care: (care.began, care.ended or date.max)):
        over = kept[-1].ended if kept else date.min
        (kept if over is not None and over <= each.began else left).append(each)
    return kept, left


def episodes(care: Care, since: date, day: date) -> list[Episode]:
    """The episodes of one time in care that touch the days from `since` to `day`, as they stood on that day. None for
    a child of whom no placement is recorded."""
    lived = _first_from(care.began, sorted(care.lived, key=lambda each: each.since))
    held = [Held(care.began, care.status), *sorted(care.held, key=lambda each: each.since)]
    last = min(day, care.ended or day)
    if not lived or care.began > day:
        return []
    days = sorted({care.began, *(each.since for each in [*lived, *held]
                                 if care.began < each.since and (care.ended is None or each.since < care.ended))})
    made = [_made(care, at, before, lived, held) for at, before in zip(days, [None, *days], strict=False)]
    made = _only_changes(made)
    told = [_ended(each, after, care) for each, after in zip(made, [*made[1:], None], strict=True)]
    return [_as_of(each, day) for each in told if each.began <= last and (each.ended is None or each.ended >= since)]


def _first_from(began: date, lived: list[Lived]) -> list[Lived]:
    """The first placement told from the first day, though it may have been written down later."""
    if not lived:
        return []
    at = max((n for n, each in enumerate(lived) if each.since <= began), default=0)
    first = lived[at]
    return [Lived(began, first.kind, first.provider, "", False, first.postcode, first.urn, first.council), *lived[at + 1:]]


def _latest(rows: Sequence[Lived | Held], at: date) -> Lived | Held:
    return [each for each in rows if each.since <= at][-1]


def _made(care: Care, at: date, before: date | None, lived: list[Lived], held: list[Held]) -> Episode:
    place, status = _latest(lived, at), _latest(held, at)
    assert isinstance(place, Lived) and isinstance(status, Held)
    new = STARTED
    if before is not None:
        was = _latest(held, before)
        assert isinstance(was, Held)
        moved = ("same" if place.same else "other") if place.since == at else ""
        new = NEW.get((was.status != status.status, moved), "")
    return Episode(at, new, status.status, care.need, place, home=care.home)


def _only_changes(made: list[Episode]) -> list[Episode]:
    """Without those in which nothing changed: the same order made again."""
    return [each for each in made if each.new]


def _ended(each: Episode, after: Episode | None, care: Care) -> Episode:
    if after is not None:
        moved = after.place.changed if after.place.since == after.began else ""
        return Episode(each.began, each.new, each.status, each.need, each.place, after.began, CONTINUES, moved, each.home)
    if care.ended is None:
        return each
    return Episode(each.began, each.new, each.status, each.need, each.place, care.ended, care.reason or UNKNOWN_END, "",
                   each.home)


def _as_of(each: Episode, day: date) -> Episode:
    if each.ended is None or each.ended <= day:
        return each
    return Episode(each.began, each.new, each.status, each.need, each.place, home=each.home)
