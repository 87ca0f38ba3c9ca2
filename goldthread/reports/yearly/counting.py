"""All figures of a year, live or frozen, and the tables they stand in."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from goldthread.reports.yearly import figures
from goldthread.reports.yearly.figures import Asked, Figure, Tells
from goldthread.reports.yearly.models import Freeze, FrozenFigure

KEPT = ("key", "label", "value", "said", "text", "unit", "how", "query", "source", "subject", "rows_of", "table", "row",
        "column")


class Doubled(ValueError):
    """Two sources offer figures under one key."""


@dataclass(frozen=True)
class Counted:
    """Every figure of a year by its key, in the order of their sources. frozen: they are those of a freeze."""

    all: dict[str, Figure]
    captions: dict[str, str]
    charted: frozenset[str]
    frozen: bool = False

    @cached_property
    def tables(self) -> dict[str, list[Figure]]:
        """The figures of each table in order; of those tables that have any."""
        found: dict[str, list[Figure]] = {}
        for each in self.all.values():
            if each.table:
                found.setdefault(each.table, []).append(each)
        return found


def live(asked: Asked) -> Counted:
    """Figures counted now. On the system's authority, since each says for itself what may be told."""
    found: dict[str, Figure] = {}
    for source in figures.sources:
        for each in source.count(asked):
            if each.key in found:
                raise Doubled(f"Two figures are called “{each.key}”")
            found[each.key] = each
    return Counted(found, *_tables(asked))


def of_freeze(freeze: Freeze, asked: Asked) -> Counted:
    """The figures as they were frozen, but for what was withheld since. On the system's authority."""
    rows = FrozenFigure.objects.filter(freeze=freeze).defer("rows").order_by("pk")
    hidden = set(freeze.withhelds.values_list("indicator", "part", "first", "last"))
    found = {row.key: figure_of(row) for row in rows}
    return Counted({key: each.withheld() if any(one.place in hidden for one in each.tells) else each
                    for key, each in found.items()}, *_tables(asked), frozen=True)


def figure_of(row: FrozenFigure) -> Figure:
    """A kept figure. Its rows are read only when they are asked for."""
    def rows() -> Sequence[int]:
        found: Sequence[int] = FrozenFigure.objects.values_list("rows", flat=True).get(pk=row.pk)
        return found
    return Figure(**{name: getattr(row, name) for name in KEPT}, version=row.version,
                  tells=tuple(Tells(**each) for each in row.tells), find_rows=rows)


def kept(figure: Figure) -> dict[str, Any]:
    """The columns a figure is kept in, with the rows it counts now."""
    return {name: getattr(figure, name) for name in KEPT} | {
        "version": figure.digest, "rows": sorted(set(figure.find_rows())), "tells": [asdict(each) for each in figure.tells]}


def _tables(asked: Asked) -> tuple[dict[str, str], frozenset[str]]:
    captions: dict[str, str] = {}
    charted: set[str] = set()
    for source in figures.sources:
        captions |= source.tables(asked)
        charted |= source.charted
    return captions, frozenset(charted)
