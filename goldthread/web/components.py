"""What pages are made of, as plain values: a view says what to show, the tags of the same names draw it."""
from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

COLOURS = frozenset({"", "grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"})


def escaped(value: Any) -> str:
    """A value as HTML, escaped unless it is HTML already; for plain text at a tenth of the framework's cost."""
    return html.escape(value) if type(value) is str else conditional_escape(value)


@dataclass(frozen=True)
class Tag:
    """A status in words; its colour only repeats what the words say. Raises ValueError for a colour there is not."""

    words: str
    colour: str = ""

    def __post_init__(self) -> None:
        if self.colour not in COLOURS:
            raise ValueError(f"No tag is {self.colour}; there are {', '.join(sorted(COLOURS))}")

    def __html__(self) -> SafeString:
        look = f" govuk-tag--{self.colour}" if self.colour else ""
        return SafeString(f'<strong class="govuk-tag{look}">{escaped(self.words)}</strong>')


@dataclass(frozen=True)
class Link:
    """A link, with a second line in quieter type where that helps."""

    words: str
    url: str
    second: str = ""

    def __html__(self) -> SafeString:
        second = f' <span class="gt-second">{escaped(self.second)}</span>' if self.second else ""
        return SafeString(f'<a class="govuk-link" href="{escaped(self.url)}">{escaped(self.words)}</a>{second}')


@dataclass(frozen=True)
class Row:
    """A line of a summary list: what is known, and where to change it (`what`: what is changed, for listeners)."""

    key: str
    value: Any
    url: str = ""
    what: str = ""
    action: str = "Change"


@dataclass(frozen=True)
class Column:
    """A column: `show` is how its values are said ("text", "number", "when" due, "ago", "on" a date).

    `sort`: the word its rows are sorted by in the address; empty for a column that is not sorted.
    """

    title: str
    show: str = "text"
    sort: str = ""

    @property
    def numeric(self) -> bool:
        return self.show == "number"


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of a row names it. `sorted_by`: a column's sort word, "-" for falling.

    `cards`: narrow screens show a card a row; otherwise the table scrolls sideways in its own frame.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    sorted_by: str = ""
    cards: bool = True
    caption_hidden: bool = False
    nothing: str = "There is nothing to show."

    def heads(self) -> list[dict[str, Any]]:
        """The headings with what a click on each sorts by and how it is sorted now."""
        found = []
        for column in self.columns:
            order = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(self.sorted_by, "none")
            turn = f"-{column.sort}" if order == "ascending" else column.sort
            found.append({"column": column, "order": order if column.sort else "", "turn": turn if column.sort else ""})
        return found


@dataclass(frozen=True)
class Event:
    """Something that happened, for a timeline. `weighty`: stands out. `agency`: who told us."""

    title: str
    at: Any
    agency: str = ""
    by: str = ""
    text: str = ""
    url: str = ""
    tag: Tag | None = None
    weighty: bool = False

    @property
    def rough(self) -> bool:
        return not isinstance(self.at, date | datetime) and not getattr(self.at, "exact", True)


@dataclass(frozen=True)
class Tile:
    """One number with its meaning, and where the rows behind it are."""

    label: str
    number: Any
    note: str = ""
    url: str = ""
    link: str = "See the list"


@dataclass(frozen=True)
class Pages:
    """Where the newer and the older rows of a list are; "" for none."""

    newer: str = ""
    older: str = ""
    words: str = ""


@dataclass(frozen=True)
class Chip:
    """A filter in force and the address without it."""

    words: str
    url: str


@dataclass(frozen=True)
class View:
    """A saved way to look at a list."""

    title: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Filter:
    """The filters of a list: a form sent by GET, those in force, the address without any, and saved views."""

    form: Any
    chips: Sequence[Chip] = ()
    clear_url: str = ""
    views: Sequence[View] = ()
    save_url: str = ""


@dataclass(frozen=True)
class Identity:
    """Who or what a record is about: repeated in the title of every page of the record."""

    name: str
    facts: Sequence[str] = ()
    flags: Sequence[Tag] = ()
    actions: Sequence[Link] = ()

    @property
    def title(self) -> str:
        """For the browser's tab: name, first fact and flags."""
        return ", ".join([self.name, *self.facts[:1], *(flag.words for flag in self.flags)])
