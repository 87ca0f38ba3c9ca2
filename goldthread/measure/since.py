"""From when on a number is one: before anything was recorded of what it counts there is no nought, only nothing."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Min

from goldthread.measure.indicators import Indicator
from goldthread.measure.models import Counted
from goldthread.measure.periods import Period
from goldthread.measure.store import Store
from goldthread.orgs.models import Partnership


@dataclass(frozen=True)
class Since:
    """Months as numbers. begun: the first that anything is held of, by process. live: in which the partnership began to
    work with the service, after which none recorded means none; None where it has not said. first: the end of the first
    period counted at all, for what is in no process.
    """

    begun: Mapping[str, int]
    live: int | None
    first: int

    @classmethod
    def of(cls, partnership: Partnership, kind: str) -> Since:
        """For periods of a kind. On the sight of the partnership."""
        first = Counted.objects.filter(kind=kind).aggregate(first=Min("end"))["first"] or 0
        day = partnership.live_since
        return cls(Store.of(partnership.pk).begun(), day.year * 100 + day.month if day else None, first)

    def month(self, each: Indicator) -> int:
        """The first month in which the indicator is counted: since its processes are recorded, or since the partnership
        works with the service where that is earlier."""
        months = [self.begun[key] for key in each.processes if key in self.begun]
        return min([*months, *([self.live] if self.live else [])], default=self.first) if each.processes else self.first

    def counts(self, each: Indicator, period: Period) -> bool:
        return period.end >= self.month(each)
