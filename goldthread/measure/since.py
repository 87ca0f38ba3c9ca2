"""From when on a number is one: before anything was recorded of what it counts there is no nought, only nothing."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Min

from goldthread.measure.indicators import Indicator
from goldthread.measure.models import Counted
from goldthread.measure.periods import Period
from goldthread.measure.store import Store
from goldthread.orgs.models import Partnership


@dataclass(frozen=True)
class Since:
    """Months as numbers. begun: the first that anything is recorded of, by process. live: in which the partnership began to
    work with the service, after which none recorded means none; None where it has not said. first: the end of the first
    period counted at all, for what is in no process. told: the first of which a return tells, by indicator.
    """

    begun: Mapping[str, int]
    live: int | None
    first: int
    told: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, partnership: Partnership, kind: str) -> Since:
        """For periods of a kind. On the sight of the partnership."""
        first = Counted.objects.filter(kind=kind).aggregate(first=Min("end"))["first"] or 0
        day = partnership.live_since
        store = Store.of(partnership.pk)
        return cls(store.begun(), day.year * 100 + day.month if day else None, first, store.begun("told"))

    def month(self, each: Indicator) -> int:
        """The first month in which the indicator is counted: since its processes are recorded, since a return tells of it,
        or since the partnership works with the service, whichever is earliest."""
        return min(self._known(each), default=self.first)

    def partly(self, each: Indicator, period: Period) -> bool:
        """Whether counting began after the period did, so that its number is of a part of it."""
        return bool(known := self._known(each)) and period.months[0] < min(known) <= period.end

    def _known(self, each: Indicator) -> list[int]:
        if not each.processes:
            return []
        return [*(self.begun[key] for key in each.processes if key in self.begun),
                *filter(None, [self.told.get(each.key), self.live])]

    def counts(self, each: Indicator, period: Period) -> bool:
        return period.end >= self.month(each)
