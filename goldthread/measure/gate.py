"""The publication gate: the figures of a release, and what they and all that was ever let out give away together.

Totals and each way to break them down are attacked together, one breakdown at a time: figures are never let out by two
breakdowns at once. What adds up over time is attacked over all months; how something stands at an end is no sum of them.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goldthread.measure.computing import Counts, counted
from goldthread.measure.conditions import comparisons
from goldthread.measure.engines import Engine
from goldthread.measure.facts import BY, TABLES
from goldthread.measure.indicators import Count, Indicator, indicator
from goldthread.measure.models import ReleasedFigure
from goldthread.measure.periods import Period, months_between
from goldthread.measure.protecting import HIDDEN_WHOLLY, Rule, Shown
from goldthread.measure.release.attack import Pinned, attack
from goldthread.measure.release.figures import Figure
from goldthread.measure.release.mending import mend
from goldthread.measure.words import category_words

MOST_FIGURES = 3_000
LONG = 36  # months over which what is rare and grave may be let out
Breakdowns = dict[str, dict[str, Sequence[str]]]


@dataclass(frozen=True)
class Chosen:
    """What is to be let out: of which indicators, for which periods, by which breakdowns."""

    indicators: tuple[Indicator, ...]
    periods: tuple[Period, ...]
    breakdowns: tuple[str, ...]

    @property
    def months(self) -> list[int]:
        return months_between(self.periods[0].months[0], self.periods[-1].end)


def nested(each: Indicator) -> bool:
    """Whether everything in the numerator is in the denominator, so that the rest is a number too."""
    top, whole = each.numerator, each.denominator
    if whole is None or top.table != whole.table or {top.counts, whole.counts} not in (
            {top.counts}, {"thrice", "different"}):
        return False
    narrower = {compared.column: set(compared.texts) for compared in comparisons(top.where) if compared.must}
    return all(compared.must and narrower.get(compared.column, set()) and narrower[compared.column] <= set(compared.texts)
               for compared in comparisons(whole.where))


def figures(engine: Engine, chosen: Chosen, rule: Rule) -> list[ReleasedFigure]:
    """Every figure of a release as it would be said at first, not saved. Raises ValueError in words for what cannot be let
    out.
    """
    found = list(_all_figures(engine, chosen, rule))
    if len(found) > MOST_FIGURES:
        raise ValueError(f"That is {len(found):,} figures, of which {MOST_FIGURES:,} can be checked at once. "
                         "Choose fewer indicators, periods or breakdowns")
    return found


def _all_figures(engine: Engine, chosen: Chosen, rule: Rule) -> Iterable[ReleasedFigure]:
    kind = chosen.periods[0].kind
    for each in chosen.indicators:
        if any(count.counts == "hours" for count in each.counts):
            raise ValueError(f"{each.title} is a middle of hours, which is not let out")
        if each.sensitive:
            yield from _sensitive(engine, each, chosen, rule)
            continue
        for by in ("", *(by for by in chosen.breakdowns if _broken(each, by))):
            counts = counted(engine, each.counts, kind, chosen.months, by)
            yield from _of(each, counts, chosen.periods, by, rule)


def _broken(each: Indicator, by: str) -> bool:
    """Whether an indicator can be broken down so: a child who comes twice may come under two sources."""
    return all(TABLES[count.table].column(by) and count.counts not in ("different", "thrice", "open-different")
               for count in each.counts)


def _sensitive(engine: Engine, each: Indicator, chosen: Chosen, rule: Rule) -> Iterable[ReleasedFigure]:
    whole = Period(tuple(chosen.months))
    if len(whole.months) < LONG:
        raise ValueError(f"{each.title} may only be let out over {LONG // 12} years or more")
    if any(not count.additive for count in each.counts):
        raise ValueError(f"{each.title} is how something stands at one time, so it cannot be let out over years")
    by_month = counted(engine, each.counts, "month", chosen.months)
    summed: Counts = {count: {(whole.end, ""): sum(of.values())} for count, of in by_month.items()}
    yield from _of(each, summed, [whole], "", rule)


def _of(each: Indicator, counts: Counts, periods: Sequence[Period], by: str, rule: Rule) -> Iterable[ReleasedFigure]:
    parts: list[tuple[str, Count]] = [("part" if each.denominator else "count", each.numerator)]
    parts += [("whole", each.denominator)] if each.denominator else []
    categories = sorted({category for _, count in parts for _, category in counts[count]}) if by else [""]
    for period in periods:
        for category in categories:
            for part, count in parts:
                shown = rule.shown(round(counts[count].get((period.end, category), 0)))
                yield ReleasedFigure(indicator=each.key, part=part, first=period.months[0], last=period.end, breakdown=by,
                                     category=category, text=shown.text, low=shown.low, high=shown.high)


def found_out(own: Sequence[ReleasedFigure], earlier: Sequence[tuple[str, ReleasedFigure]], rule: Rule) -> list[Pinned]:
    """Everything small that a release gives away together with all earlier ones (each with the title it came out under)."""
    return [pinned for those, breakdowns in _measures(own, earlier) for pinned in attack(those, breakdowns, rule)]


def mended(own: Sequence[ReleasedFigure], earlier: Sequence[tuple[str, ReleasedFigure]], rule: Rule) -> list[ReleasedFigure]:
    """The release with as much hidden besides as is needed, where hiding more of it helps."""
    now = list(own)
    while True:
        hidden: set[str] = set()
        for those, breakdowns in _measures(now, earlier):
            hidden |= set(mend(those, breakdowns, rule).hidden)
        more = [figure for figure in now if not figure.hidden and name_of(figure) in hidden]
        if not more:
            return now
        for figure in more:
            figure.text, figure.low, figure.high = HIDDEN_WHOLLY.text, HIDDEN_WHOLLY.low, HIDDEN_WHOLLY.high
            figure.hidden = True


def name_of(figure: ReleasedFigure) -> str:
    """A figure in words."""
    part = {"part": " (numerator)", "whole": " (denominator)"}.get(figure.part, "")
    period = Period(tuple(months_between(figure.first, figure.last)))
    by = figure.breakdown
    where = f", {BY[by].lower()} “{category_words(by, figure.category)}”" if by else ""
    return f"{indicator(figure.indicator).title}{part}, {period.words}{where}"


def _measures(own: Sequence[ReleasedFigure],
              earlier: Sequence[tuple[str, ReleasedFigure]]) -> Iterable[tuple[list[Figure], Breakdowns]]:
    """The figures in groups that tell of each other, and the breakdowns of each group."""
    groups: dict[str, list[Figure]] = defaultdict(list)
    dimensions: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    everything = [*((figure, "", True) for figure in own), *((figure, source, False) for source, figure in earlier)]
    ways = _ways(figure for figure, _, _ in everything)
    ours = {figure.indicator for figure in own}
    for figure, source, is_own in everything:
        if figure.indicator not in ours:
            continue
        for by in [figure.breakdown] if figure.breakdown else ways[figure.indicator]:
            for key, where in _places(figure, by):
                made = Figure(name_of(figure), key, where, Shown(figure.text, figure.low, figure.high), source, own=is_own)
                groups[key].append(made)
                for name, categories in where.items():
                    dimensions[key][name] |= categories
    for key, those in groups.items():
        if any(figure.own for figure in those):
            breakdowns = {name: sorted(categories) for name, categories in dimensions[key].items()}
            if "among" in breakdowns:
                breakdowns["among"] = ["no", "yes"]
            yield those, {key: breakdowns}


def _ways(figures: Iterable[ReleasedFigure]) -> dict[str, set[str]]:
    """By which breakdowns each indicator was or is let out; by none where by none."""
    found: dict[str, set[str]] = defaultdict(set)
    for figure in figures:
        found[figure.indicator] |= {figure.breakdown} - {""}
    return defaultdict(lambda: {""}, {key: ways or {""} for key, ways in found.items()})


def _places(figure: ReleasedFigure, by: str) -> Iterable[tuple[str, dict[str, frozenset[str]]]]:
    """The measure a figure belongs to, and where in it it lies."""
    each = indicator(figure.indicator)
    count = each.denominator if figure.part == "whole" and each.denominator else each.numerator
    inside = nested(each)
    key = f"{each.key}, {by or 'in all'}" + ("" if inside or figure.part == "count" else f", {figure.part}")
    where: dict[str, frozenset[str]] = {}
    if count.additive:
        where["month"] = frozenset(str(month) for month in months_between(figure.first, figure.last))
    else:
        key += f", {figure.first} to {figure.last}"
    if figure.breakdown:
        where[by] = frozenset({figure.category})
    if inside and figure.part == "part":
        where["among"] = frozenset({"yes"})
    yield key, where

