"""What a section is made of, the same for the web page, the PDF and the Word document."""
from dataclasses import dataclass, field

from goldthread.reports.checking.outcome import Check
from goldthread.reports.writing.figures import Figure


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Card:
    """A big number with a label and a line of explanation. `tone` is plain, good or look."""

    label: str
    value: str
    note: str = ""
    figure: Figure | None = None
    tone: str = "plain"


@dataclass(frozen=True)
class Cards:
    cards: tuple[Card, ...]
    kind: str = "cards"


@dataclass(frozen=True)
class Cell:
    """A table cell: its text, the figure it shows, if any, and a flag in words, never by colour alone.

    key: of the figure of the records it leads to; anchor: what is led to, in the list of figures.
    """

    text: str
    figure: Figure | None = None
    flag: str = ""
    key: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Column:
    label: str
    number: bool = False


@dataclass(frozen=True)
class Table:
    """The first cell of each row is its header. `strong` rows are totals."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    strong: frozenset[int] = frozenset()
    kind: str = "table"

    @property
    def derived(self) -> list[Figure]:
        return [cell.figure for row in self.rows for cell in row if cell.figure and cell.figure.derived]


@dataclass(frozen=True)
class Chart:
    """A Vega-Lite drawing with the words that stand in for it. `table` is the id of the table with its numbers."""

    id: str
    title: str
    description: str
    spec: dict
    table: str
    kind: str = "chart"


@dataclass(frozen=True)
class Findings:
    checks: tuple[Check, ...]
    kind: str = "findings"


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]
    kind: str = "bullets"


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style. link: a web or mail address; figure: key of a figure of the records."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    figure: str = ""


@dataclass(frozen=True)
class Rich:
    """A paragraph with emphasis, links and figures."""

    runs: tuple[Run, ...]
    kind: str = "rich"


@dataclass(frozen=True)
class Listed:
    """A list whose items may have emphasis, links and figures."""

    items: tuple[tuple[Run, ...], ...]
    numbered: bool = False
    kind: str = "listed"


@dataclass(frozen=True)
class Quote:
    """Somebody's own words, and who said them, in general."""

    paragraphs: tuple[tuple[Run, ...], ...]
    by: str = ""
    kind: str = "quote"


@dataclass(frozen=True)
class Heading:
    text: str
    id: str
    kind: str = "heading"


@dataclass(frozen=True)
class Terms:
    """Words and their meanings."""

    terms: tuple[tuple[str, str], ...]
    kind: str = "terms"


def words(runs: tuple[Run, ...]) -> str:
    """The text of runs without their styles."""
    return "".join(run.text for run in runs)


@dataclass
class Section:
    id: str
    heading: str
    lead: str = ""
    blocks: list = field(default_factory=list)
