"""Making a release safe: what else must be hidden until nothing small can be worked out any more."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from goldthread.measure.protecting import HIDDEN_WHOLLY, Rule
from goldthread.measure.release.attack import Pinned, Progress, attack
from goldthread.measure.release.figures import Figure, Parts


@dataclass(frozen=True)
class Mended:
    """A release that gives nothing small away, or what still cannot be helped.

    hidden: names of the figures that had to be hidden besides, in the order they were. left: what earlier releases or
    public figures give away by themselves, which hiding more of this one cannot mend.
    """

    parts: Parts
    hidden: tuple[str, ...]
    left: tuple[Pinned, ...]


def mend(parts: Parts, rule: Rule, tell: Progress = lambda done, of: None) -> Mended:
    """Hide as few of the release's own figures as a plain greedy choice needs: of those that give most away, the ones that
    tell least. Raises what `attack` raises.
    """
    hidden: list[str] = []
    while True:
        pinned = attack(parts, rule, tell).pinned
        worst = _chosen([[figure for figure in each.known if _helps(figure)] for each in pinned])
        if not worst:
            return Mended(parts, tuple(hidden), tuple(pinned))
        parts = _without(parts, worst)
        hidden += [figure.name for figure in worst]


def _helps(figure: Figure) -> bool:
    return figure.own and not figure.fixed and figure.shown != HIDDEN_WHOLLY


def _chosen(open_: Sequence[Sequence[Figure]]) -> list[Figure]:
    """Figures of which each that gives something away has one: the commonest first, of two alike the smaller."""
    found: list[Figure] = []
    left = [each for each in open_ if each]
    while left:
        helps = [figure for each in left for figure in each]
        worst = max(helps, key=lambda figure: (helps.count(figure), -figure.shown.low, figure.name))
        found.append(worst)
        left = [each for each in left if worst not in each]
    return found


def _without(parts: Parts, worst: Sequence[Figure]) -> Parts:
    """The same with some figures hidden, and with them the shares that are said of them."""
    gone = {members for figure, members in zip(parts.figures, parts.members, strict=True) if figure in worst}
    figures = tuple(replace(figure, shown=HIDDEN_WHOLLY) if figure in worst else figure for figure in parts.figures)
    ratios = tuple(each for each in parts.ratios if not each.figure.own or gone.isdisjoint((each.part, each.whole)))
    return replace(parts, figures=figures, ratios=ratios)
