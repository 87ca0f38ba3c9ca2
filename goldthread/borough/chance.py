"""Chance that can be repeated: independent substreams, and weighted choice built on ``random()`` alone.

Each module of the borough draws from substreams of its own, named for what they decide and opened
afresh for each household, contact or agency. So a household can be made again by itself, in any order
and in any process, and a draw added to one module moves nothing in another. Only ``Random.random()``
is used, since its sequence is fixed for a seed in every Python version; where one number settles most
cases, ``once`` gives it without opening a generator.
"""
from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from itertools import accumulate
from math import gcd, log
from random import Random
from typing import TypeVar

T = TypeVar("T")
Draw = Callable[[], float]
_STRIDE = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


class Substream:
    """One named line of chance. ``at(index)`` gives the draws of that index, always the same."""

    __slots__ = ("_base",)

    def __init__(self, seed: int, name: str):
        self._base = int.from_bytes(blake2b(f"{seed}/{name}".encode(), digest_size=8).digest(), "big")

    def at(self, index: int) -> Draw:
        """The bound ``random`` of a fresh generator: a function giving floats in [0, 1)."""
        return Random(self._base ^ (index * _STRIDE & _MASK)).random

    def once(self, index: int) -> float:
        """A single float in [0, 1) for that index, far cheaper than opening ``at`` for one draw (splitmix64)."""
        mixed = (self._base + index * _STRIDE) & _MASK
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _MASK
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _MASK
        return ((mixed ^ mixed >> 31) >> 11) / (1 << 53)


class Weighted:
    """A choice among values whose weights need not add up to anything."""

    __slots__ = ("values", "_cumulative", "_total", "_last")

    def __init__(self, pairs: Iterable[tuple[T, float]]):
        pairs = [pair for pair in pairs if pair[1] > 0]
        if not pairs:
            raise ValueError("A weighted choice needs at least one value with a weight above nought.")
        self.values = tuple(value for value, _ in pairs)
        self._cumulative = list(accumulate(weight for _, weight in pairs))
        self._total = self._cumulative[-1]
        self._last = len(self.values) - 1

    def pick(self, draw: Draw):
        """One value, by weight."""
        return self.values[bisect(self._cumulative, draw() * self._total, 0, self._last)]


class Shuffle:
    """Every number below ``size`` once, in a scattered order, without holding a list."""

    __slots__ = ("size", "_step", "_start")

    def __init__(self, size: int, draw: Draw):
        self.size = size
        step = int(size * 0.618) + int(draw() * size * 0.05) | 1
        while gcd(step, size) != 1:
            step += 1
        self._step, self._start = step, int(draw() * size)

    def __call__(self, index: int) -> int:
        return (index * self._step + self._start) % self.size


def pick(values: Sequence[T], draw: Draw) -> T:
    """One value, each as likely."""
    return values[int(draw() * len(values))]


def whole(low: int, high: int, draw: Draw) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    return low + int(draw() * (high - low + 1))


def waiting(mean: float, draw: Draw) -> float:
    """A waiting time whose mean is ``mean`` and which may be long: exponential."""
    return -log(1.0 - draw()) * mean


def shuffled(values: Iterable[T], draw: Draw) -> list[T]:
    """A new list of the values in random order."""
    values = list(values)
    for last in range(len(values) - 1, 0, -1):
        other = int(draw() * (last + 1))
        values[last], values[other] = values[other], values[last]
    return values
