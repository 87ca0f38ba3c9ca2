"""Everything after the front door, stored: whatever process a story is of, by the same bulk as any other cases."""
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from goldthread.borough.stories.scene import Scene
from goldthread.borough.stories.telling import Begins
from goldthread.borough.stories.told import told
from goldthread.process.bulk import Bulk, PlannedCase
from goldthread.process.registry import get


def store(scene: Scene, beginnings: Iterable[Begins], now: datetime) -> Counter[str]:
    """Tell the stories that begin so, with all they lead to, and store them. How many cases of each process.

    now: the moment they are loaded as, not before the scene's own present. What begins from a case is stored after it,
    since it names it. On the system's authority within `writing()`.
    """
    counts: Counter[str] = Counter()
    waiting = list(told(scene, beginnings))
    while waiting:
        alike: dict[str, list[PlannedCase]] = defaultdict(list)
        for tale in waiting:
            if tale.case.came_from is None or tale.case.came_from.pk:
                alike[tale.process.key].append(tale.case)
        for process, cases in alike.items():
            Bulk(get(process), scene.found.partnerships[scene.key], now, check=False).store(cases)
            counts[process] += len(cases)
        waiting = [tale for tale in waiting if tale.case.pk is None]
    return counts
