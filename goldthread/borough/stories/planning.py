"""How anything of the borough is planned to be recorded, contacts and stories alike; and what of it has happened by now."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from goldthread.process.bulk import Planned
from goldthread.process.rows import made

if TYPE_CHECKING:
    from goldthread.borough.loading.organisations import Seat


def recorded(model: Any, at: datetime, seat: Seat, lines: Sequence[Any] = (), *, told_at: datetime | None = None,
             answers: bool = False, **values: Any) -> Planned:
    """A record of a step that happened at `at`, written down then or at `told_at` by whoever holds `seat`."""
    return Planned(made(model, happened_at=at, **values), seat.user, seat.agency, list(lines), answers=answers,
                   recorded_at=max(told_at or at, at))


def written(step: Planned) -> datetime:
    """When a step planned here was written down."""
    assert step.recorded_at is not None
    return step.recorded_at


def by_now(steps: Iterable[Planned], now: datetime) -> list[Planned]:
    """What was written down by now, in that order."""
    return sorted((step for step in steps if written(step) <= now), key=written)
