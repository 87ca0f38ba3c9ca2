"""What the pages of linkage share."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from goldthread.access.policy import May
from goldthread.dataset.specification.definition import TELLS
from goldthread.linkage.model import Comparison, Model, every
from goldthread.web.charts import Chart, Series
from goldthread.web.middleware import needs

LINKS = needs(May.LINK_RECORDS)
MOST = 100
BEFORE, MOVED = "before", "moved"  # what is told besides comparisons
FOR, AGAINST = "For one person", "Against it"
#: which of what is said each comparison looks at
PARTS = {"given": ("given",), "family": ("family",), "born": ("born",), "sex": ("sex",), "place": ("line", "postcode"),
         "nhs": ("nhs",), "upn": ("upn",)}


def edition(version: str) -> Model:
    """The model as it was when something was linked."""
    return next(each for each in every() if each.version == version)


def weights(title: str, told: Iterable[tuple[str, float]], note: str, first: str) -> Chart:
    """Match weights as bars: what speaks for one person, and what against."""
    rows = list(told)
    return Chart(title, "bars", [label for label, _ in rows], [
        Series(FOR, [max(0.0, bits) for _, bits in rows]), Series(AGAINST, [max(0.0, -bits) for _, bits in rows])],
        "bits", note, first)


def said_of(said: dict[str, str], comparison: Comparison) -> str:
    """What a list says of one part, in words."""
    values = (said.get(name, "") for name in PARTS.get(comparison.key, ()))
    return ", ".join(_shown(value) for value in values if value) or "Not given"


def _shown(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return {"F": "Female", "M": "Male", "U": "Not known"}.get(value, value)
    return f"{day.day} {day:%B %Y}"


def name_of(said: dict[str, str]) -> str:
    return " ".join(part for part in (said.get("given", ""), said.get("family", "")) if part) or "No name given"


def told_by(names: Iterable[str]) -> str:
    return ", ".join(TELLS[name] for name in names)


def request_day(request: Any) -> date:
    day: date = request.now.date()
    return day
