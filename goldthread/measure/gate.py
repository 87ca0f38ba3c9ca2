"""The publication gate: the figures of a release, and what they and all that was ever let out give away together.

All figures that count the same rows are held against each other, whatever indicator, period or breakdown they belong to
(`release.together`), with every earlier release and with what others publish of this place (`public`).
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goldthread.measure.computing import Counts, counted
from goldthread.measure.engines import Engine
from goldthread.measure.facts import BESIDE, BY, CROSSINGS, TABLES, columns_of
from goldthread.measure.indicators import Count, Indicator, released
from goldthread.measure.models import ReleasedFigure
from goldthread.measure.periods import Period, months_between
from goldthread.measure.protecting import HIDDEN_WHOLLY, Rule, Shown
from goldthread.measure.public import NOTHING, Public
from goldthread.measure.release.attack import Found, Progress, attack
from goldthread.measure.release.figures import Figure, Parts
from goldthread.measure.release.mending import mend
from goldthread.measure.release.together import Asked, Where, together
from goldthread.measure.words import category_words

MOST_FIGURES = 3_000
Earlier = Sequence[tuple[str, ReleasedFigure]]


@dataclass(frozen=True)
class Chosen:
    """What is to be let out: of which indicators, for which periods, by which breakdowns (of BY and CROSSINGS)."""

    indicators: tuple[Indicator, ...]
    periods: tuple[Period, ...]
    breakdowns: tuple[str, ...]

    @property
    def months(self) -> list[int]:
        return months_between(self.periods[0].months[0], self.periods[-1].end)


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
    return all(all(map(TABLES[count.table].column, columns_of(by)))
               and count.counts not in ("different", "thrice", "open-different") for count in each.counts)


def _sensitive(engine: Engine, each: Indicator, chosen: Chosen, rule: Rule) -> Iterable[ReleasedFigure]:
    whole = Period(tuple(chosen.months))
    if len(whole.months) < 12 * each.over_years:
        raise ValueError(f"{each.title} may only be let out over {each.over_years} years or more")
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


def figures_together(own: Sequence[ReleasedFigure], earlier: Earlier, public: Public = NOTHING) -> list[Parts]:
    """A release with all earlier ones (each figure with the title it came out under) and what is public elsewhere, as the
    parts that all of them are sums of. Raises TooFine.
    """
    asked = _asked("", own, own=True)
    by_source: dict[str, list[ReleasedFigure]] = defaultdict(list)
    for source, figure in earlier:
        by_source[source].append(figure)
    for source, those in by_source.items():
        asked += _asked(source, those, own=False)
    return together([*asked, *public.figures], public.shares)


def _asked(source: str, figures: Sequence[ReleasedFigure], *, own: bool) -> list[Asked]:
    beside: dict[tuple[object, ...], set[Where]] = defaultdict(set)
    for each in figures:
        beside[each.indicator, each.part, each.first, each.last, each.breakdown].add(_where(each))
    found = []
    for each in figures:
        of = released(each.indicator)
        count = of.denominator if each.part == "whole" and of.denominator else of.numerator
        listed = beside[each.indicator, each.part, each.first, each.last, each.breakdown] if each.breakdown else ()
        made = Figure(name_of(each), of.key, Shown(each.text, each.low, each.high), source, own)
        found.append(Asked(made, count, each.first, each.last, _where(each), frozenset(listed), _called(of, each.part)))
    return found


def _where(figure: ReleasedFigure) -> Where:
    columns = columns_of(figure.breakdown)
    texts = figure.category.split(BESIDE) if columns else []
    return tuple((column, frozenset({text})) for column, text in zip(columns, texts, strict=True))


def _called(each: Indicator, part: str) -> str:
    return f"{each.title} ({'the whole' if part == 'whole' else 'those'})" if part != "count" else each.title


def found_out(groups: Sequence[Parts], rule: Rule, tell: Progress = lambda done, of: None) -> Found:
    """Everything small that figures give away together. tell: how many of how many numbers were looked at."""
    found, through = [], _Through(groups, tell)
    for parts in groups:
        found.append(attack(parts, rule, through.tell))
        through.next(parts)
    return Found(tuple(each for one in found for each in one.pinned), tuple(each for one in found for each in one.aside))


def mended(own: Sequence[ReleasedFigure], groups: Sequence[Parts], rule: Rule,
           tell: Progress = lambda done, of: None) -> list[ReleasedFigure]:
    """The figures of a release with as many hidden besides as are needed, where hiding more of them helps."""
    hidden, through = set(), _Through(groups, tell)
    for parts in groups:
        hidden |= set(mend(parts, rule, through.tell).hidden)
        through.next(parts)
    for figure in own:
        if not figure.hidden and name_of(figure) in hidden:
            figure.text, figure.low, figure.high = HIDDEN_WHOLLY.text, HIDDEN_WHOLLY.low, HIDDEN_WHOLLY.high
            figure.hidden = True
    return list(own)


def size(groups: Sequence[Parts]) -> int:
    """How many numbers must be looked at: the attack takes about a hundredth of a second for each."""
    return sum(len(parts.names) + len(parts.figures) for parts in groups)


class _Through:
    """How far an attack on several groups has got."""

    def __init__(self, groups: Sequence[Parts], tell: Progress) -> None:
        self.done, self.of, self.told = 0, size(groups), tell

    def tell(self, done: int, of: int) -> None:
        self.told(self.done + done, self.of)

    def next(self, parts: Parts) -> None:
        self.done += size([parts])


def name_of(figure: ReleasedFigure) -> str:
    """A figure in words."""
    part = {"part": " (numerator)", "whole": " (denominator)"}.get(figure.part, "")
    period = Period(tuple(months_between(figure.first, figure.last)))
    by = figure.breakdown
    where = f", {(BY | CROSSINGS)[by].lower()} “{category_words(by, figure.category)}”" if by else ""
    return f"{released(figure.indicator).title}{part}, {period.words}{where}"
