"""Making a release safe: what else must be hidden until nothing small can be worked out any more."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from goldthread.measure.protecting import HIDDEN_WHOLLY, Rule
from goldthread.measure.release.attack import Pinned, attack
from goldthread.measure.release.figures import Figure, Share


@dataclass(frozen=True)
class Mended:
    """A release that gives nothing small away, or what still cannot be helped.

    hidden: names of the figures that had to be hidden besides, in the order they were. left: what earlier releases or
    public figures give away by themselves, which hiding more of this one cannot mend.
    """

    figures: tuple[Figure, ...]
    hidden: tuple[str, ...]
    left: tuple[Pinned, ...]


def mend(figures: Sequence[Figure], breakdowns: Mapping[str, Mapping[str, Sequence[str]]], rule: Rule,
         shares: Sequence[Share] = ()) -> Mended:
    """Hide as few of the release's own figures as a plain greedy choice needs: of those that give something away, the one
    that tells least.

    A share of a figure that is hidden goes with it. Raises what `attack` raises.
    """
    now, hidden, left = list(figures), [], []
    while pinned := [each for each in attack(now, breakdowns, rule, _said(shares, now)) if each.what not in left]:
        helps = [figure for each in pinned for figure in each.known if figure.own and figure.shown != HIDDEN_WHOLLY]
        if not helps:
            left += [each.what for each in pinned]
            continue
        worst = max(helps, key=lambda figure: (helps.count(figure), -_told(figure), figure.name))
        now[now.index(worst)] = replace(worst, shown=HIDDEN_WHOLLY)
        hidden.append(worst.name)
    still = attack(now, breakdowns, rule, _said(shares, now)) if left else []
    return Mended(tuple(now), tuple(hidden), tuple(still))


def _told(figure: Figure) -> int:
    """How much is lost when a figure is hidden: the number it says, or as good as nothing when it says none."""
    return figure.shown.low


def _said(shares: Sequence[Share], figures: Sequence[Figure]) -> list[Share]:
    """The shares whose two figures are still said."""
    return [share for share in shares if share.part in figures and share.whole in figures]
