"""What guidance asks a document to hold, as in force on a day, and which section answers it."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldthread.reports.writing import checklist
from goldthread.reports.yearly import outline
from goldthread.reports.yearly.composing import Written
from goldthread.reports.yearly.markdown import TOKEN
from goldthread.reports.yearly.models import Kind

WORDS = 12  # fewer say nothing yet
MISSING, FIGURES_ONLY, WRITTEN = "Missing", "Figures only", "Written"
DUTIES = {"must": "Must", "should": "Should", "custom": "By custom"}


@dataclass(frozen=True)
class Point:
    """A point of the guidance. state: whether a section that answers it says something, holds figures alone, or nothing.

    checked: against what its wording was checked for this edition; "" where it was not, and is unverified.
    """

    id: str
    text: str
    duty: str
    state: str
    sections: tuple[str, ...]
    checked: str = ""


@dataclass(frozen=True)
class Asked:
    """What an edition asks, with its source. edition: "" where none was in force."""

    edition: str
    source: str
    note: str
    points: tuple[Point, ...]

    @property
    def missing(self) -> list[Point]:
        return [each for each in self.points if each.state == MISSING]


def asked(kind: str, day: date, sections: Iterable[Written]) -> Asked:
    """The points of a kind of document on a day."""
    edition, rows = _rows(kind, day)
    if edition is None:
        return Asked("", "", "", ())
    sections = list(sections)
    return Asked(edition["name"], edition["source"], edition.get("note", ""),
                 tuple(_point(id_, text, duty, checked, sections) for id_, text, duty, checked in rows))


def _rows(kind: str, day: date) -> tuple[dict[str, Any] | None, list[tuple[str, str, str, str]]]:
    data: Any = checklist.data("checklist") if kind == Kind.YEARLY else outline.data("arrangements-checklist")
    edition = next((each for each in data["editions"] if each["valid_from"] <= day <= each.get("valid_to", date.max)), None)
    if edition is None:
        return None, []
    rows = [(each["id"], each["text"], each["duty"][edition["duties"]], each.get("checked", {}).get(edition["key"], ""))
            for each in data["items"] if edition["duties"] in each["duty"]]
    return edition, rows


def _point(id_: str, text: str, duty: str, checked: str, sections: list[Any]) -> Point:
    those = [each for each in sections if id_ in each.items]
    said = [_said(each.text) for each in those]
    state = WRITTEN if any(many >= WORDS for many in said) else FIGURES_ONLY if any(
        TOKEN.search(each.text) for each in those) else MISSING
    return Point(id_, text, DUTIES[duty], state, tuple(each.heading for each in those), checked)


def _said(text: str) -> int:
    """How many words somebody wrote, tokens apart."""
    return len(TOKEN.sub(" ", text).split())
