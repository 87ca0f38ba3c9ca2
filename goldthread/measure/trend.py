"""Whether a number has changed, or only varies as it always does: limits of an XmR chart.

Source: D. J. Wheeler, Understanding Variation, 2nd ed. (2000): the mean, and 2.66 times the mean moving range to each side.
The signals are those of NHS England's Making Data Count: one point outside, or seven in a row on one side of the mean.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SCALE, LEAST, RUN = 2.66, 8, 7


@dataclass(frozen=True)
class Limits:
    """Between `lower` and `upper` a number varies as it always does. signal: what the last one says beyond that, or ""."""

    mean: float
    lower: float
    upper: float
    signal: str

    def words(self) -> str:
        """What is seen, in a sentence."""
        if not self.signal:
            return "It varies as it usually does: nothing here says that something has changed."
        return f"Something has changed: {self.signal}."


def limits(values: Sequence[float | None]) -> Limits | None:
    """The limits of what is known, in its order; None for fewer than eight numbers, of which nothing can be said."""
    known = [value for value in values if value is not None]
    if len(known) < LEAST:
        return None
    mean = sum(known) / len(known)
    reach = SCALE * sum(abs(one - other) for one, other in pairwise(known)) / (len(known) - 1)
    return Limits(mean, max(0.0, mean - reach), mean + reach, _signal(known, mean, reach))


def _signal(known: Sequence[float], mean: float, reach: float) -> str:
    last = known[-1]
    if abs(last - mean) > reach:
        return f"the last number is {'above' if last > mean else 'below'} all that usual variation explains"
    run = known[-RUN:]
    if all(value > mean for value in run) or all(value < mean for value in run):
        return f"the last {RUN} numbers are all {'above' if last > mean else 'below'} the mean"
    return ""
