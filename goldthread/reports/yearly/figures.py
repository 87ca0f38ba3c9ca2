"""What can be put into a report: figures with their meaning, and who counts them. Rooms above fill in what they keep."""
from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from goldthread.base.dates import LONDON
from goldthread.measure.periods import Period
from goldthread.measure.protecting import DEFAULT, EXACT, HIDDEN
from goldthread.orgs.models import Partnership

PLACES = Decimal("1.0000000000")  # as many as are kept
WITHHELD, WITHHELD_WORDS = "x", "Not told, since a smaller number could be worked out from it."


@dataclass(frozen=True)
class Asked:
    """Of whom, of which year, and as known when. Years run from April."""

    partnership: Partnership
    period: Period
    now: datetime

    @property
    def since(self) -> date:
        return self.period.since

    @property
    def until(self) -> date:
        return self.period.until

    @property
    def known(self) -> date:
        """The last day that is over: the year's, or yesterday while it runs."""
        return min(self.until, self.now.astimezone(LONDON).date() - timedelta(days=1))


def _no_rows() -> Sequence[int]:
    return ()


@dataclass(frozen=True)
class Tells:
    """A count of people that a figure tells its readers something of. indicator: a key of `measure`'s, or "process.…" of our
    own work. part: as of a released figure. first, last: its months. text, low, high: what its reader can take from it.
    """

    indicator: str
    part: str
    first: int
    last: int
    text: str
    low: int
    high: int | None

    @property
    def place(self) -> tuple[str, str, int, int]:
        """Which count it is, whatever is told of it."""
        return self.indicator, self.part, self.first, self.last


@dataclass(frozen=True)
class Figure:
    """One number of a report. value: exact, None of nothing; only for those who may open its rows.

    said, text: the number as it may be told to everybody. how: how it was worked out, in words. query: what counts it.
    source, subject: key of the Source it is from, and of what it is there. rows_of: which rows it counts, found by
    `find_rows`. table, row, column: where it stands in a table; a table is all figures that name it. tells: the counts of
    people that its readers learn of.
    """

    key: str
    label: str
    value: Decimal | None
    said: Decimal | None
    text: str
    unit: str
    how: str
    query: str
    source: str
    subject: str = ""
    rows_of: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    version: str = ""
    tells: tuple[Tells, ...] = ()
    find_rows: Callable[[], Sequence[int]] = field(default=_no_rows, compare=False, repr=False)

    @property
    def digest(self) -> str:
        """Of what counts it, so that a change of the question shows."""
        return self.version or hashlib.sha256(self.query.encode()).hexdigest()

    @property
    def spoken(self) -> str:
        """The text as it stands in a sentence."""
        return {HIDDEN: f"between 1 and {DEFAULT.small}", WITHHELD: "a number that is not told"}.get(self.text, self.text)

    def withheld(self) -> Figure:
        """The same without its number, nor anything that it was worked out from."""
        return replace(self, said=None, text=WITHHELD, how=f"{WITHHELD_WORDS} It is still counted as it was.")


@dataclass(frozen=True)
class Source:
    """Something that counts. tables: its tables' captions by key, in order; charted: those of them that can be drawn."""

    key: str
    title: str
    count: Callable[[Asked], Iterable[Figure]]
    tables: Callable[[Asked], dict[str, str]]
    charted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Contribution:
    """What an agency sent in for a report: questions, each with the agency's answer. key: for tokens."""

    key: str
    agency: str
    answers: tuple[tuple[str, str], ...]


#: Every source, in the order they were added when the service started.
sources: list[Source] = []
#: Called with a partnership's number and the time before anything is counted, so that what is counted is up to date.
before_counting: list[Callable[[int, datetime], object]] = []
#: Each gives what agencies sent in for a document (`yearly.models.Document`), on the system's authority.
contributions: list[Callable[[object], Sequence[Contribution]]] = []


def add(source: Source) -> Source:
    """Offer a source to reports. Raises ValueError when its key is taken."""
    if any(each.key == source.key for each in sources):
        raise ValueError(f"There is a source “{source.key}” already")
    sources.append(source)
    return source


def whole(value: int | float | Decimal | None) -> Decimal | None:
    """A number as figures keep it."""
    return None if value is None else Decimal(str(value)).quantize(PLACES)


def numbers(rows: Any) -> Callable[[], Sequence[int]]:
    """How the numbers of a query's rows are found, when a freeze asks for them."""
    return lambda: list(rows.values_list("pk", flat=True))


def counted(key: str, label: str, many: int, *, people: bool, how: str, query: str, source: str, unit: str,
            rows_of: str = "", find_rows: Callable[[], Sequence[int]] = _no_rows, subject: str = "",
            placed: tuple[str, str, str] = ("", "", ""), months: tuple[int, int] = (0, 0)) -> Figure:
    """A count. people: it is of people, so that it is told by the rule for small numbers; else as it is. months: the first
    and the last of those it is of, by which it is held against all other counts of people.
    """
    said = (DEFAULT if people else EXACT).rounded(many)
    table, row, column = placed
    shown = DEFAULT.shown(many)
    tells = (Tells(key, "count", *months, shown.text, shown.low, shown.high),) if people else ()
    return Figure(key, label, whole(many), whole(said), HIDDEN if said is None else f"{said:,}", unit, how, query, source,
                  subject, rows_of, table, row, column, tells=tells, find_rows=find_rows)
