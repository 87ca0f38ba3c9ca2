"""What a bench hands back, how it is written down, and how a call is measured."""
from __future__ import annotations

import gc
import os
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

QUICK = "GOLDTHREAD_BENCH_QUICK"  # set while benches run only to see that they do


def quick() -> bool:
    """Whether a few requests are enough, since nothing is told of what they took."""
    return QUICK in os.environ


@dataclass(frozen=True)
class Result:
    """One thing measured at one scale: ours beside a yardstick, both in `unit`, and how many times it ours may be.

    yardstick None: `most` is then the largest `ours` that holds. more: whatever else is worth keeping (CPU, memory,
    how many rows), by its name. most None: told, not judged. grows: how many times what it is at the smallest scale
    `ours` may be at a larger one; None: not compared.
    """

    what: str
    scale: float
    unit: str
    ours: float
    yardstick: float | None = None
    most: float | None = None
    more: dict[str, Any] = field(default_factory=dict)
    grows: float | None = None

    @property
    def times(self) -> float | None:
        return round(self.ours / self.yardstick, 2) if self.yardstick else None

    @property
    def holds(self) -> bool:
        compared = self.times if self.yardstick is not None else self.ours
        return self.most is None or (compared is not None and compared <= self.most)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "times": self.times, "holds": self.holds}


@dataclass(frozen=True)
class Spent:
    """What a call took: seconds on the clock, of this process's CPU and of the database's, megabytes at its peak so far."""

    wall: float
    cpu: float
    peak_mb: int
    database: float = 0.0


def spent(call: Callable[[], object], database: Callable[[], float] = lambda: 0.0) -> Spent:
    """Run once and say what it took. database: tells the seconds of CPU its process has used so far."""
    gc.collect()
    before = database()
    begun, used = time.perf_counter(), time.process_time()
    call()
    wall, cpu = time.perf_counter() - begun, time.process_time() - used
    return Spent(wall, cpu, peak_mb(), database() - before)


def middle(runs: Sequence[Spent]) -> Spent:
    """The run in the middle of each measure."""
    return Spent(median(r.wall for r in runs), median(r.cpu for r in runs), max(r.peak_mb for r in runs),
                 median(r.database for r in runs))


def peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def growth(results: Sequence[Result]) -> list[Result]:
    """What is to be compared between scales, at each larger scale beside the smallest."""
    smallest = min((each.scale for each in results), default=0.0)
    small = {each.what: each for each in results if each.scale == smallest}
    return [Result(f"{each.what}: scale {each.scale:g} beside {smallest:g}", each.scale, each.unit, each.ours,
                   small[each.what].ours, each.grows)
            for each in results if each.grows is not None and each.scale != smallest and each.what in small]


def table(results: Sequence[Result]) -> str:
    """The results as lines of text, side by side."""
    head = ("what", "scale", "ours", "yardstick", "times", "most", "")
    rows = [(r.what, f"{r.scale:g}", f"{r.ours:,.3f} {r.unit}",
             "" if r.yardstick is None else f"{r.yardstick:,.3f} {r.unit}",
             "" if r.times is None else f"{r.times:,.2f}", "" if r.most is None else f"{r.most:g}",
             "" if r.most is None else "holds" if r.holds else "MISSED") for r in results]
    widths = [max(len(row[n]) for row in [head, *rows]) for n in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
                     for row in [head, *rows])
