"""The attacker: from all that is known, the least and the most that each part and each hidden figure can be."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor

import highspy
import numpy as np

from goldthread.measure.protecting import Rule
from goldthread.measure.release.figures import Figure, Parts

NEARLY = 1e-6
CLOSE = 6  # how near to too few possible numbers a target must be for whole numbers to be tried, which takes longer
MOST_NODES = 2_000  # steps in which whole numbers are tried; bounds that were not closed until then stay as wide as they are
Progress = Callable[[int, int], None]


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


@dataclass(frozen=True)
class Found:
    """What an attack found. aside: what was let out before but cannot be true beside the rest, since the records have
    changed or others count otherwise, and was therefore left out.
    """

    pinned: tuple[Pinned, ...]
    aside: tuple[Figure, ...]


def attack(parts: Parts, rule: Rule, tell: Progress = lambda done, of: None) -> Found:
    """Everything small that figures give away which are sums of the same parts. tell: how many of how many were looked at.

    Small: surely from 1 to `rule.small`, and able to be fewer than `rule.least` different numbers. Figures that are not
    `own` give way where not all can be true. Raises ValueError where the own contradict each other.
    """
    made = _Attack(parts, rule)
    aside = made.settle()
    return Found(tuple(made.pinned(tell)), tuple(aside))


class _Attack:
    """A number for each part, none less than nothing, every figure a bound on a sum of them."""

    def __init__(self, parts: Parts, rule: Rule) -> None:
        self.parts, self.rule = parts, rule
        self.solver = highspy.Highs()
        self.solver.silent()
        self.solver.setOptionValue("mip_max_nodes", MOST_NODES)
        many = len(parts.names)
        self.solver.addVars(many, np.zeros(many), np.full(many, highspy.kHighsInf))
        self.rows: list[tuple[Figure, float, float]] = []  # what each row of the solver says, and its bounds
        for figure, members in zip(parts.figures, parts.members, strict=True):
            high = highspy.kHighsInf if figure.shown.high is None else figure.shown.high
            self._row(figure, figure.shown.low, high, dict.fromkeys(members, 1.0))
        for ratio in parts.ratios:
            part, whole = set(ratio.part), set(ratio.whole)
            for bound, low, high in ((ratio.low, 0.0, highspy.kHighsInf), (ratio.high, -highspy.kHighsInf, 0.0)):
                self._row(ratio.figure, low, high, {at: (at in part) - bound * (at in whole) for at in part | whole})
        for one, sign, other in parts.links:
            self._add(0.0 if sign == "=" else -highspy.kHighsInf, 0.0,
                      dict.fromkeys(one, 1.0) | dict.fromkeys(other, -1.0))
        self.aimed: tuple[int, ...] = ()  # the parts whose sum is looked for
        self.most_seen = np.zeros(many)  # the most that each part was in any answer so far

    def _row(self, figure: Figure, low: float, high: float, weights: Mapping[int, float]) -> None:
        self.rows.append((figure, low, high))
        self._add(low, high, weights)

    def _add(self, low: float, high: float, weights: Mapping[int, float]) -> None:
        columns = np.array(list(weights), dtype=np.int32)
        self.solver.addRow(low, high, len(columns), columns, np.array(list(weights.values()), dtype=np.float64))

    def settle(self) -> list[Figure]:
        """Leave out as few figures that are not own, the last first, as are needed for all to be able to be true."""
        if self._possible():
            return []
        others = [at for at, (figure, _, _) in enumerate(self.rows) if not figure.own]
        self._loosen(others)
        if not self._possible():
            raise ValueError(f"The figures of {self._measures()} contradict each other: no count can satisfy them all")
        return list(dict.fromkeys(self.rows[at][0] for at in self._tighten(others)))

    def _tighten(self, rows: list[int]) -> list[int]:
        """Let rows bind again, so far as all can still be true; those that cannot are returned."""
        for at in rows:
            self.solver.changeRowBounds(at, *self.rows[at][1:])
        if not rows or self._possible():
            return []
        self._loosen(rows)
        if len(rows) == 1:
            return rows
        half = len(rows) // 2
        return self._tighten(rows[:half]) + self._tighten(rows[half:])

    def _loosen(self, rows: list[int]) -> None:
        for at in rows:
            self.solver.changeRowBounds(at, -highspy.kHighsInf, highspy.kHighsInf)

    def _possible(self) -> bool:
        self._aim((), up=False)
        return self._solve() == highspy.HighsModelStatus.kOptimal

    def _measures(self) -> str:
        return ", ".join(dict.fromkeys(figure.measure for figure in self.parts.figures))

    def pinned(self, tell: Progress = lambda done, of: None) -> list[Pinned]:
        found, targets = [], list(self._targets())
        for done, (what, measure, members) in enumerate(targets):
            tell(done, len(targets))
            if one := self._look(what, measure, members):
                found.append(one)
        return found

    def _targets(self) -> Iterable[tuple[str, str, tuple[int, ...]]]:
        """Each figure once that may be small, and each part that is no figure by itself."""
        seen: set[tuple[int, ...]] = set()
        for figure, members in zip(self.parts.figures, self.parts.members, strict=True):
            if members and members not in seen:
                seen.add(members)
                if figure.shown.low <= self.rule.small and figure.shown.high != 0:
                    yield figure.name, figure.measure, members
        for at, name in enumerate(self.parts.names):
            if (at,) not in seen:
                yield name, self.parts.figures[0].measure, (at,)

    def _look(self, what: str, measure: str, members: tuple[int, ...]) -> Pinned | None:
        if any(self.most_seen[at] > self.rule.small + NEARLY for at in members):
            return None
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
        return Pinned(what, measure, least, most, tuple(dict.fromkeys(self.rows[at][0] for at in sorted(why))))

    def _furthest(self, members: tuple[int, ...], *, up: bool) -> int | None:
        """The most or the least the sum of some parts can be; None for no end to it."""
        self._aim(members, up=up)
        status = self._solve()
        if status == highspy.HighsModelStatus.kOptimal:
            self.most_seen = np.maximum(self.most_seen, self.solver.getSolution().col_value)
            value = self.solver.getObjectiveValue()
            return floor(value + NEARLY) if up else ceil(value - NEARLY)
        if status == highspy.HighsModelStatus.kSolutionLimit:
            value = self.solver.getInfo().mip_dual_bound
            return floor(value + NEARLY) if up else ceil(value - NEARLY)
        if up and status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None
        raise ValueError(f"The figures of {self._measures()} contradict each other: no count can satisfy them all")

    def _aim(self, members: tuple[int, ...], *, up: bool) -> None:
        for columns, cost in ((self.aimed, 0.0), (members, 1.0)):
            if columns:
                self.solver.changeColsCost(len(columns), np.array(columns, dtype=np.int32), np.full(len(columns), cost))
        self.aimed = members
        self.solver.changeObjectiveSense(highspy.ObjSense.kMaximize if up else highspy.ObjSense.kMinimize)

    def _solve(self) -> highspy.HighsModelStatus:
        self.solver.run()
        return self.solver.getModelStatus()

    def _binding(self) -> set[int]:
        """The figures that the last answer rests on."""
        duals = self.solver.getSolution().row_dual[: len(self.rows)]
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
