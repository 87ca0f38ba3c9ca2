"""A report out of its sections and figures: the blocks that every form lays out, and what could not be put in."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from goldthread.measure.protecting import DEFAULT, HIDDEN
from goldthread.reports.writing.blocks import Cell, Column, Heading, Quote, Run, Section, Table, Terms, Text
from goldthread.reports.writing.checklist import glossary
from goldthread.reports.writing.figures import anchor, slug
from goldthread.reports.yearly.counting import Counted
from goldthread.reports.yearly.figures import WITHHELD, WITHHELD_WORDS, Contribution, Figure
from goldthread.reports.yearly.markdown import Problem, Reader, keys
from goldthread.reports.yearly.wording import words_of
from goldthread.rules.glossary import terms

FOOT = "Every figure here is in “Figures of this report”, with how it was worked out."


class Written(Protocol):
    """A section as it was written."""

    @property
    def key(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Frame:
    """What a report is called, whose it is, when it was made and as of when its data are."""

    title: str
    name: str
    made_at: datetime
    frozen_at: datetime | None = None

    @property
    def origin(self) -> str:
        if self.frozen_at is None:
            return "from the partnership's own records as they stand"
        return f"from the partnership's own records as they stood on {self.frozen_at.day} {self.frozen_at:%B %Y}"


@dataclass(frozen=True)
class Composed:
    """The whole report. written: the sections somebody wrote, without what is added. used: the figures that are in it."""

    title: str
    name: str
    made_at: datetime
    origin: str
    sections: tuple[Section, ...]
    written: tuple[Section, ...]
    used: tuple[Figure, ...]
    problems: tuple[Problem, ...] = ()
    foot: str = FOOT


@dataclass
class _Put:
    """What was put in so far."""

    counted: Counted
    contributions: Sequence[Contribution]
    tabled: frozenset[str]
    used: dict[str, Figure] = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)

    def figure(self, key: str) -> Run | str:
        found = self.counted.all.get(key)
        if found is None:
            return "there is no figure of this name" + _near(key, self.counted.all)
        self.used[key] = found
        return Run(found.spoken, figure=key)

    def block(self, kind: str, key: str) -> list | str:
        if kind == "contribution":
            return self._contribution(key)
        figures = self.counted.tables.get(key)
        if not figures:
            return "there is no table of this name" + _near(key, self.counted.tables)
        if key in self.drawn and kind == "table":
            return "it stands in the report already; once is enough"
        if kind == "chart":
            if key not in self.counted.charted:
                return "this table cannot be drawn; put it in as a table"
            from goldthread.reports.yearly.charts import chart  # slow to load

            drawing = chart(key, self.counted.captions[key], figures)
            return [drawing, *self._table(key, figures)] if key not in self.tabled | self.drawn else [drawing]
        return self._table(key, figures)

    def _table(self, key: str, figures: Sequence[Figure]) -> list:
        self.drawn.add(key)
        self.used |= {each.key: each for each in figures}
        return [table_of(key, self.counted.captions.get(key, key), figures)]

    def _contribution(self, key: str) -> list | str:
        found = next((each for each in self.contributions if each.key == key), None)
        if found is None:
            return "this agency has sent no contribution" + _near(key, [each.key for each in self.contributions])
        return [Quote(tuple((Run(text),) for _, text in found.answers if text), found.agency)]


def compose(frame: Frame, sections: Iterable[Written], counted: Counted,
            contributions: Sequence[Contribution] = ()) -> Composed:
    """Put a report together. What a section asks for that is not there is left out and told in `problems`."""
    sections = list(sections)
    tabled = frozenset(key for each in sections for key in keys(each.text, "table"))
    put, problems, written = _Put(counted, contributions, tabled), [], []
    for each in sections:
        reader = Reader(each.heading, put.figure, put.block)
        written.append(Section(each.key, each.heading, "", reader.read(each.text)))
        problems += reader.problems
    added = [_contributions(contributions)] if contributions else []
    if put.used:
        added.append(_figures(put.used.values(), counted))
    if found := _terms(" ".join(words_of([*written, *added]))):
        added.append(Section("glossary", "What the words mean", "", [Terms(found)]))
    return Composed(frame.title, frame.name, frame.made_at, frame.origin, (*written, *added), tuple(written),
                    tuple(put.used.values()), tuple(problems))


def table_of(key: str, caption: str, figures: Sequence[Figure]) -> Table:
    """The table that figures stand in. Each row leads to the figure of its first cell."""
    labels = list(dict.fromkeys(each.column for each in figures))
    rows: dict[str, dict[str, Figure]] = {}
    for each in figures:
        rows.setdefault(each.row, {})[each.column] = each
    hidden = f" {HIDDEN}: a number from 1 to {DEFAULT.small}, which is not told." if any(
        each.text == HIDDEN for each in figures) else ""
    hidden += f" {WITHHELD}: {WITHHELD_WORDS[0].lower()}{WITHHELD_WORDS[1:]}" if any(
        each.text == WITHHELD for each in figures) else ""
    lines = [(Cell(name, key=next(iter(cells.values())).key),
              *(Cell(cells[label].text if label in cells else "–") for label in labels)) for name, cells in rows.items()]
    return Table(f"table-{slug(key)}", f"{caption}.{hidden}", (Column(_first(figures)), *(Column(label, True)
                 for label in labels)), tuple(lines))


def _first(figures: Sequence[Figure]) -> str:
    """What the rows of a table are."""
    return {"scorecard": "What is counted", "casework": "Process", "meetings": "Agency",
            "courses": "Course"}.get(figures[0].source, "Line")


def _contributions(found: Sequence[Contribution]) -> Section:
    """What each agency sent in, as an appendix."""
    section = Section("contributions", "What each agency says")
    for each in found:
        section.blocks.append(Heading(each.agency, slug(f"contribution-{each.key}")))
        for question, text in each.answers:
            section.blocks.append(Text(question))
            section.blocks.append(Quote(tuple((Run(part.strip()),) for part in text.split("\n\n") if part.strip())))
    return section


def _figures(used: Iterable[Figure], counted: Counted) -> Section:
    """Every figure that is in the report, with how it was worked out."""
    since = "They are those of the day the data were frozen." if counted.frozen else (
        "The data are not frozen yet, so they may still change.")
    section = Section("figures-of-this-report", "Figures of this report",
                      f"Each number, how it was worked out and what it was counted in. {since}")
    section.blocks.append(Text(DEFAULT.words()))
    section.blocks.append(Table(
        "figures-table", "Figures and how they were worked out",
        (Column("Figure"), Column("As told", True), Column("How it was worked out"), Column("Counted in")),
        tuple((Cell(each.label, anchor=anchor(each.key)), Cell(each.text), Cell(each.how), Cell(each.query))
              for each in used)))
    return section


def _terms(text: str) -> tuple[tuple[str, str], ...]:
    """The words and abbreviations that a text uses, with their meanings; each abbreviation written out."""
    used = set(re.findall(r"[A-Za-z][\w&-]+", text))
    shorts = [(f"{each.full} ({each.short})", each.meaning) for each in terms()
              if each.short in used and each.short.isupper()]
    return tuple(sorted((*glossary(text), *shorts), key=lambda pair: pair[0].casefold()))


def _near(key: str, names: Iterable[str]) -> str:
    """A hint for a mistyped name."""
    from difflib import get_close_matches
    near = get_close_matches(key, list(names), 3, 0.6)
    return f". Did you mean {' or '.join(near)}?" if near else ""
