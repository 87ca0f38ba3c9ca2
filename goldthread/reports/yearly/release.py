"""The counts of people that a report tells, held against each other and against everything that was ever let out.

The same gate as the scorecard's releases pass (`measure.gate`); what is published enters the same register.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from goldthread.access.policy import figures_token
from goldthread.measure import gate, public
from goldthread.measure.actions.releasing import earlier
from goldthread.measure.models import Release, ReleasedFigure, ReleaseState
from goldthread.measure.protecting import DEFAULT
from goldthread.measure.release.figures import Parts
from goldthread.reports.yearly.balance import balances
from goldthread.reports.yearly.figures import WITHHELD, Figure

HOW_TO_MEND = ("Take one of the figures it follows from out of the text, or tell it more roughly, such as the year in place "
               "of its quarters. Or hide what must be hidden, on the page of the report's text")


@dataclass(frozen=True)
class Leak:
    """Something small that the figures of a report give away. words: what, and from which figures it follows."""

    what: str
    words: str


def told(figures: Iterable[Figure]) -> list[ReleasedFigure]:
    """Every count of people that some figures tell, once, as a release holds it; not saved."""
    found: dict[tuple[str, str, int, int], ReleasedFigure] = {}
    for figure in figures:
        if figure.text == WITHHELD:
            continue
        for each in figure.tells:
            found.setdefault(each.place, ReleasedFigure(
                indicator=each.indicator, part=each.part, first=each.first, last=each.last, text=each.text, low=each.low,
                high=each.high))
    return list(found.values())


def leaks(figures: Iterable[Figure]) -> list[Leak]:
    """What the figures of a report give away. On the system's authority. Raises ValueError for what cannot be checked."""
    found = gate.found_out(_groups(told(figures)), DEFAULT)
    return [Leak(each.what, each.words()) for each in found.pinned]


def to_withhold(figures: Iterable[Figure]) -> list[ReleasedFigure]:
    """Those counts that must be hidden besides, so that nothing is given away. Raises ValueError as `leaks`."""
    own = told(figures)
    return [each for each in gate.mended(own, _groups(own), DEFAULT) if each.hidden]


def _groups(own: Sequence[ReleasedFigure]) -> list[Parts]:
    known = earlier()
    return [*gate.figures_together(own, known, public.known()), *balances(own, known)] if own else []


def one_at_a_time(partnership: int) -> None:
    """Keep others from letting anything out until this transaction ends: two that are safe alone may not be so together."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('releases'), %s)", [partnership])
    list(Release.objects.select_for_update(of=("self",)).filter(state=ReleaseState.CLEAR).order_by("pk"))  # as who signs one


def register(figures: Iterable[Figure], title: str, partnership: int, by: Any, now: datetime) -> Release | None:
    """Put what a report tells into the register of releases, for good; None where it tells of no people.

    On the system's authority, within the transaction that publishes the report.
    """
    own = told(figures)
    if not own:
        return None
    readers = [figures_token(partnership)]
    release: Release = Release.objects.create(
        partnership_id=partnership, readers=readers, title=title, kind="year", first=min(each.first for each in own),
        last=max(each.last for each in own), small=DEFAULT.small, nearest=DEFAULT.nearest, base=DEFAULT.base,
        least=DEFAULT.least, state=ReleaseState.PUBLISHED, by=by, at=now, published_at=now)
    for each in own:
        each.release, each.partnership_id, each.readers = release, partnership, readers
    ReleasedFigure.objects.bulk_create(own)
    return release
