"""What a document is made of. Pure values: readers make them, the consistency check and the text gate read them."""
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Where:
    """A place in a document. `section` is its number, or ""; `page` is None where the format has none to tell.

    `line` counts from 1: lines of a text file, lines of text drawn in a PDF, paragraphs and table rows in Word.
    """

    section: str = ""
    title: str = ""
    page: int | None = None
    line: int = 0

    @property
    def part(self) -> str:
        """What tells its section apart: the number, else the title."""
        return self.section or self.title

    def __str__(self) -> str:
        heading = " ".join(part for part in (self.section, self.title) if part)
        page = f"page {self.page}" if self.page else ""
        return ", ".join(part for part in (heading, page, f"line {self.line}" if self.line else "") if part)


@dataclass(frozen=True)
class Heading:
    """A section's heading. `level` is 1 for a chapter, 2 below it, and so on; `number` is "" where none is printed."""

    number: str
    title: str
    level: int
    at: Where


@dataclass(frozen=True)
class Paragraph:
    """Running text. `item`: one of a list; `marker` its sign ("-", "a)", "3."); `quote`: somebody's own words."""

    text: str
    at: Where
    item: bool = False
    marker: str = ""
    quote: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells as printed, the first row being the header. `lines[n]` is where `rows[n]` stands."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    at: Where
    lines: tuple[int, ...] = ()

    def where(self, row: int) -> Where:
        """The place of one row."""
        line = self.lines[row] if row < len(self.lines) else self.at.line
        return Where(self.at.section, self.at.title, self.at.page, line)


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents: number and title of a section, and the page it is said to begin on."""

    number: str
    title: str
    page: int | None
    at: Where


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Document:
    """A whole report. `blocks` in reading order; `contents` apart from them, so that no heading is met twice."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    contents: tuple[Entry, ...] = ()
    pages: int | None = None
    headings: tuple[Heading, ...] = field(init=False)
    tables: tuple[Table, ...] = field(init=False)
    paragraphs: tuple[Paragraph, ...] = field(init=False)

    def __post_init__(self) -> None:
        for name, kind in (("headings", Heading), ("tables", Table), ("paragraphs", Paragraph)):
            object.__setattr__(self, name, tuple(each for each in self.blocks if isinstance(each, kind)))
