"""What was open, begun, ended and open at the end hangs together: a sum by which a small one of them could be worked out."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from goldthread.measure.gate import Earlier, name_of
from goldthread.measure.models import ReleasedFigure
from goldthread.measure.periods import added
from goldthread.measure.protecting import Shown
from goldthread.measure.release.figures import Figure, Parts
from goldthread.reports.yearly.casework import PREFIX

Told = tuple[str, ReleasedFigure, bool]  # where it was let out, what, and whether it is of the report in hand


def balances(own: Sequence[ReleasedFigure], earlier: Earlier) -> list[Parts]:
    """For each process that a report tells of: its figures and those let out before, bound year by year."""
    by_process: dict[str, list[Told]] = defaultdict(list)
    for source, each, ours in [*(("", each, True) for each in own), *((*each, False) for each in earlier)]:
        if each.indicator.startswith(PREFIX):
            by_process[each.indicator.rpartition(".")[0]].append((source, each, ours))
    return [_bound(process, those) for process, those in by_process.items() if any(ours for _, _, ours in those)]


def _bound(process: str, those: Iterable[Told]) -> Parts:
    parts: dict[tuple[str, int, int], int] = {}
    names: list[str] = []

    def part(moment: str, first: int, last: int) -> int:
        """Of how something stands at an end, the last month says which it is."""
        key = (moment, 0 if moment == "open" else first, last)
        if key not in parts:
            parts[key] = len(names)
            names.append(name_of(ReleasedFigure(indicator=f"{process}.{moment}", part="count", first=first, last=last)))
        return parts[key]

    figures, members, years = [], [], set()
    for source, each, ours in those:
        moment = each.indicator.rpartition(".")[2]
        figures.append(Figure(name_of(each), each.indicator, Shown(each.text, each.low, each.high), source, ours))
        members.append((part(moment, each.first, each.last),))
        years.add((each.first, each.last))
    links = []
    for first, last in sorted(years):
        before = part("open", added(first, -12), added(first, -1))
        links.append(((before, part("begun", first, last)), "=", (part("ended", first, last), part("open", first, last))))
    return Parts(tuple(names), tuple(members), tuple(figures), tuple(links))
