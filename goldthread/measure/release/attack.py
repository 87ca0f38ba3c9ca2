"""The attacker: from all that is known, the least and the most that each part and each hidden figure can be."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

import highspy
import numpy as np

from goldthread.measure.protecting import Rule
from goldthread.measure.release.figures import Figure, Parts, Share, parts_of

NEARLY = 1e-6
CLOSE = 6  # how near to too few possible numbers a target must be for whole numbers to be tried, which takes longer


@dataclass(frozen=True)
class Pinned:
    """Something small that can be worked out: a figure, or a part that no figure names. It is from `low` to `high`.

    known: the figures it is worked out from, as they were let out, those that can still be changed among them.
    """

    what: str
    measure: str
    low: int
    high: int
    known: tuple[Figure, ...]

    def words(self) -> str:
        """How it is worked out, for the person who wants to let it out."""
        found = f"exactly {self.low}" if self.low == self.high else f"from {self.low} to {self.high}"
        told = "; ".join(f"{figure.name}: {figure.shown.text}" + (f" ({figure.source})" if figure.source else "")
                         for figure in self.known)
        return f"{self.what} is {found}. It follows from {told}"


def attack(figures: Sequence[Figure], breakdowns: Mapping[str, Mapping[str, Sequence[str]]], rule: Rule,
           shares: Sequence[Share] = ()) -> list[Pinned]:
    """Everything small that all these figures together give away.

    breakdowns: by measure, the categories of each way to break it down. Small: surely from 1 to `rule.small`, and able to be
    fewer than `rule.least` different numbers. Raises what `parts_of` raises, and ValueError for figures that contradict
    each other.
    """
    by_measure: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_measure[figure.measure].append(figure)
    found: list[Pinned] = []
    for measure, those in by_measure.items():
        parts = parts_of(those, breakdowns[measure])
        known = [share for share in shares if share.part.measure == measure]
        found += _Attack(measure, parts, rule, known).pinned()
    return found


class _Attack:
    """One measure: a number for each part, none less than nothing, every figure a bound on a sum of them."""

    def __init__(self, measure: str, parts: Parts, rule: Rule, shares: Sequence[Share]) -> None:
        self.measure, self.parts, self.rule = measure, parts, rule
        self.solver = highspy.Highs()
        self.solver.silent()
        many = len(parts.names)
        self.solver.addVars(many, np.zeros(many), np.full(many, highspy.kHighsInf))
        for figure, members in zip(parts.figures, parts.members, strict=True):
            high = highspy.kHighsInf if figure.shown.high is None else figure.shown.high
            self._row(figure.shown.low, high, dict.fromkeys(members, 1.0))
        for share in shares:
            self._share(share)

    def _row(self, low: float, high: float, weights: Mapping[int, float]) -> None:
        columns = np.array(list(weights), dtype=np.int32)
        self.solver.addRow(low, high, len(columns), columns, np.array(list(weights.values()), dtype=np.float64))

    def _share(self, share: Share) -> None:
        part, whole = (set(self.parts.members[self.parts.figures.index(each)]) for each in (share.part, share.whole))
        low, high = share.bounds
        for bound, rows in ((low, (0.0, highspy.kHighsInf)), (high, (-highspy.kHighsInf, 0.0))):
            self._row(*rows, {at: (at in part) - bound * (at in whole) for at in part | whole})

    def pinned(self) -> list[Pinned]:
        return [found for what, members in self._targets() if (found := self._look(what, members))]

    def _targets(self) -> Iterable[tuple[str, tuple[int, ...]]]:
        """Each figure once, and each part that is no figure by itself."""
        seen: set[tuple[int, ...]] = set()
        for figure, members in zip(self.parts.figures, self.parts.members, strict=True):
            if members and members not in seen:
                seen.add(members)
                yield figure.name, members
        for at, name in enumerate(self.parts.names):
            if (at,) not in seen:
                yield name, (at,)

    def _look(self, what: str, members: tuple[int, ...]) -> Pinned | None:
        most = self._furthest(members, up=True)
        if most is None or most > self.rule.small:
            return None
        why = self._binding()
        least = self._furthest(members, up=False)
        assert least is not None
        if most < 1:
            return None  # nobody is there, and a nothing tells of nobody
        why |= self._binding()
        if most - least + 1 < self.rule.least + CLOSE:
            least, most = self._whole(members)
        if not (1 <= least and most <= self.rule.small and most - least + 1 < self.rule.least):
            return None
        return Pinned(what, self.measure, least, most, tuple(self.parts.figures[at] for at in sorted(why)))

    def _furthest(self, members: tuple[int, ...], *, up: bool) -> int | None:
        """The most or the least the sum of some parts can be; None for no end to it."""
        self._aim(members, up=up)
        status = self._solve()
        if status == highspy.HighsModelStatus.kOptimal:
            value = self.solver.getObjectiveValue()
            return floor(value + NEARLY) if up else ceil(value - NEARLY)
        if up and status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None
        raise ValueError(f"The figures of {self.measure} contradict each other: no count can satisfy them all")

    def _aim(self, members: tuple[int, ...], *, up: bool) -> None:
        many = len(self.parts.names)
        costs = np.zeros(many)
        costs[list(members)] = 1.0
        self.solver.changeColsCost(many, np.arange(many, dtype=np.int32), costs)
        self.solver.changeObjectiveSense(highspy.ObjSense.kMaximize if up else highspy.ObjSense.kMinimize)

    def _solve(self) -> highspy.HighsModelStatus:
        self.solver.run()
        return self.solver.getModelStatus()

    def _binding(self) -> set[int]:
        """The figures that the last answer rests on."""
        duals = self.solver.getSolution().row_dual[: len(self.parts.figures)]
        return {at for at, dual in enumerate(duals) if abs(dual) > NEARLY}

    def _whole(self, members: tuple[int, ...]) -> tuple[int, int]:
        """The same with every part a whole number, which leaves less room; parts are put back as they were after."""
        many = len(self.parts.names)
        columns = np.arange(many, dtype=np.int32)
        self.solver.changeColsIntegrality(many, columns, np.full(many, highspy.HighsVarType.kInteger))
        try:
            least, most = self._furthest(members, up=False), self._furthest(members, up=True)
        finally:
            self.solver.changeColsIntegrality(many, columns, np.full(many, highspy.HighsVarType.kContinuous))
        assert least is not None and most is not None
        return least, most
