"""A release as files hold it: each figure as it is said, shares worked out from what is said."""
from __future__ import annotations

from collections import defaultdict

from goldthread.exchange.facts.writing import Card, Line
from goldthread.measure.actions.releasing import rule_of
from goldthread.measure.computing import PER
from goldthread.measure.indicators import released
from goldthread.measure.models import Release, ReleasedFigure
from goldthread.measure.periods import Period, months_between
from goldthread.measure.protecting import HIDDEN, Rule


def card_of(release: Release) -> Card:
    """Read on the authority of whoever acts."""
    rule = rule_of(release)
    placed: dict[tuple[str, int, int, str, str], dict[str, ReleasedFigure]] = defaultdict(dict)
    for figure in release.releasedfigures.order_by("pk"):
        placed[figure.indicator, figure.first, figure.last, figure.breakdown, figure.category][figure.part] = figure
    lines = []
    for (key, first, last, by, category), parts in placed.items():
        part, whole = parts.get("part"), parts.get("whole")
        numerator = part.text if part else parts["count"].text
        lines.append(Line(key, Period(tuple(months_between(first, last))), by, category, numerator,
                          whole.text if whole else "", _value(key, part, whole, rule) if part else numerator))
    at = release.published_at or release.at
    return Card(release.partnership.name, release.title, rule.words(), f"{at:%-d %B %Y}", lines)


def _value(key: str, part: ReleasedFigure, whole: ReleasedFigure | None, rule: Rule) -> str:
    """A share of what is said; hidden where either is, and of too few."""
    if whole is None or HIDDEN in (part.text, whole.text):
        return HIDDEN
    top, below = (int(figure.text.replace(",", "")) for figure in (part, whole))
    if below < rule.base:
        return HIDDEN
    unit = released(key).unit
    value = PER.get(unit, 1) * top / below
    return f"{min(value, 100.0):.0f}" if unit == "%" else f"{value:.1f}"
