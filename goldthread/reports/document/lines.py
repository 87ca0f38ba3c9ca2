"""Lines of text into a document: plain text, Markdown, and what is drawn on the pages of a PDF.

A line is what it looks like: a heading is numbered or marked, a list item has a sign in front, a table's row has cells
set apart. Whatever looks like nothing special is text, and joins the line before it where that one was not finished.
"""
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from goldthread.reports.document.columns import Cell, aligned, cells_of, evened, merged
from goldthread.reports.document.model import Block, Document, Entry, Heading, Paragraph, Table, Where

LONGEST_HEADING = 110
FULL_LINE = 60
LONGEST_CELL = 45
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,2})\.?[\s:–-]+(?P<title>[A-Z“‘'\"(].*)$")
_NAMED = re.compile(r"^(?P<number>(?:Appendix|Annex|Chapter|Part)\s+(?:\d{1,2}|[A-Z]))\b[\s:.–-]*(?P<title>.*)$")
_LEADER = re.compile(r"^(?P<text>.+?)\s*(?:\.\s?){4,}\s*(?P<page>\d{1,3}|Error! \w.*)?\s*$")
_ENTRY = re.compile(r"^(?P<text>\S.*?(?:\S(?=\t|\s{2})|\D(?=\s)))\s+(?P<page>\d{1,3})$")
_ITEM = re.compile(r"^\s*(?P<sign>[-*•·▪◦o–]|\(?[a-z]\)|\(?[ivx]+\)|\d{1,2}[.)])\s+(?P<text>\S.*)$")
_BAR = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^\s*\|?[\s:|-]+\|[\s:|-]*$")
_CAPTION = re.compile(r"^\**(?:Table|Figure|Chart)\s+(?:[A-H]\.?)?\d+(?:\.\d+)?[A-H]?\b", re.IGNORECASE)
_FURNITURE = re.compile(r"^\s*(?:page\s+)?\d{1,3}(?:\s+(?:of|/)\s+\d{1,3})?\s*$|^\s*\|\s*p\s?a\s?g\s?e", re.IGNORECASE)
_MARKS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SHORT = re.compile(r"^\(?(?=[^a-z]*[A-Z][^a-z]*[A-Z])[A-Z][\w&()/ -]{1,11}s?$")  # a glossary's row
_DIGIT = re.compile(r"\d")
_OPEN, _CLOSE = "\"“‘'", "\"”’'"


@dataclass
class _Builder:
    """What has been read so far, and the text and rows not yet closed."""

    drawn: bool
    titles: frozenset[str] = frozenset()
    blocks: list[Block] = field(default_factory=list)
    contents: list[Entry] = field(default_factory=list)
    at: Where = Where()
    text: str = ""
    item: bool = False
    marker: str = ""
    begun: Where = Where()
    rows: list[list[Cell]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    caption: str = ""
    pending: str = ""
    in_contents: bool = False
    last_raw: str = ""

    def close_text(self) -> None:
        if self.text:
            words = tidy(self.text)
            self.blocks.append(Paragraph(words, self.begun, self.item, self.marker, is_quote(words)))
        self.text, self.item, self.marker = "", False, ""

    def close_table(self) -> None:
        if len(self.rows) > 1:
            rows = tuple(aligned(self.rows) if self.drawn else evened(self.rows))
            self.blocks.append(Table(self.caption, rows, replace(self.at, line=self.lines[0]), tuple(self.lines)))
            self.caption = ""
        elif self.rows:
            self.begun = replace(self.at, line=self.lines[0])
            self.text = "  ".join(cell.text for cell in self.rows[0])
            self.close_text()
        self.rows, self.lines = [], []
        left, self.pending = self.pending, ""
        if left:
            _words(self, left)

    def close(self) -> None:
        self.close_text()
        self.close_table()


def tidy(text: str) -> str:
    """Without Markdown's marks and links, and with single spaces."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def is_quote(text: str) -> bool:
    """Whether a paragraph is somebody's own words from end to end."""
    bare = text.strip(" *_.")
    return len(bare) > 8 and bare[0] in _OPEN and bare[-1] in _CLOSE or text.startswith("> ")


def from_lines(name: str, pages: Sequence[Sequence[str]], paged: bool, drawn: bool = False,
               titles: Iterable[str] = ()) -> Document:
    """A document from the lines of each page. `paged`: the pages are real ones, to be told.

    `drawn`: cells are parted by where they stand on the line, as on a page, not by tabs.
    `titles`: headings known from elsewhere, such as a PDF's outline.
    """
    builder = _Builder(drawn, frozenset(tidy(each).casefold() for each in titles))
    count = 0
    for number, lines in enumerate(pages, 1):
        for raw in lines:
            count += 1
            builder.at = replace(builder.at, page=number if paged else None, line=count)
            _line(builder, raw.rstrip())
    builder.close()
    return Document(name, _title(builder.blocks, name), tuple(builder.blocks), tuple(builder.contents),
                    len(pages) if paged else None)


def _title(blocks: Sequence[Block], name: str) -> str:
    """The first heading without a number, or what is called a report on the first lines."""
    words = [each.title if isinstance(each, Heading) else each.text for each in blocks[:15] if not isinstance(each, Table)]
    unnumbered = [each.title for each in blocks[:15] if isinstance(each, Heading) and not each.number]
    return next(iter(unnumbered), "") or next((each for each in words if "report" in each.lower()), "") or (
        words[0] if words else name)


def _line(builder: _Builder, raw: str) -> None:
    before, builder.last_raw = builder.last_raw, raw
    line = raw.strip()
    if not line or _FURNITURE.match(line):
        builder.close_text()
        if not builder.rows or not line and builder.drawn:
            return
        builder.close_table()
        return
    if re.fullmatch(r"(?:table of )?contents:?", line.strip("#* "), re.IGNORECASE):
        builder.close()
        builder.in_contents = True
        return
    if _entry(builder, line):
        return
    cells = _cells(builder, raw)
    if cells is not None:
        _row(builder, cells, joined=builder.drawn and bool(before.strip()))
        return
    if builder.rows and before.strip() and _continues_row(builder, raw):
        return
    if builder.rows and _begins_row(builder, raw):
        builder.pending = line
        return
    builder.close_table()
    if heading := _heading(builder, line, not before.strip()):
        builder.close()
        builder.at = replace(builder.at, section=heading.number, title=heading.title)
        builder.blocks.append(replace(heading, at=builder.at))
        return
    _words(builder, line, len(before.strip()) >= FULL_LINE and bool(re.match(r"[a-z\d£]", line)))


def _entry(builder: _Builder, line: str) -> bool:
    """Take a line of the contents. The contents end with the first line that is none."""
    found = _LEADER.match(line) or (builder.in_contents and _ENTRY.match(line))
    if not found:
        builder.in_contents = builder.in_contents and bool(re.match(r"^[\d.]+\s+\S.*\bError!", line))
        return False
    builder.close()
    builder.in_contents = True
    page = found["page"] or ""
    text = tidy(found["text"].replace("\t", " ")).rstrip(". ")
    number, title = split_number(text)
    if "Error!" in page:
        builder.blocks.append(Paragraph(f"{text} {page}", builder.at))
    builder.contents.append(Entry(number, title, int(page) if page.isdigit() else None, builder.at))
    return True


def split_number(text: str) -> tuple[str, str]:
    """“9.1 Training” → ("9.1", "Training"), “Appendix 2 – Budget” → ("Appendix 2", "Budget"), else ("", text)."""
    found = _NUMBERED.match(text) or _NAMED.match(text)
    return (found["number"], found["title"].strip(" -–:")) if found else ("", text)


def _cells(builder: _Builder, raw: str) -> list[Cell] | None:
    if _BAR.match(raw):
        return [] if _RULE.match(raw) else [Cell(tidy(cell)) for cell in raw.strip().strip("|").split("|")]
    if not builder.drawn:
        return [Cell(tidy(cell)) for cell in raw.rstrip("\n").split("\t")] if "\t" in raw.strip() else None
    parts = cells_of(raw)
    return parts if len(parts) > 1 else None


def _row(builder: _Builder, cells: list[Cell], joined: bool) -> None:
    """Add a row. `joined`: it stands right below another on a page; without a number it is that row's second line."""
    if builder.pending:
        cells = [replace(cells[0], text=f"{builder.pending} {cells[0].text}"), *cells[1:]]
        builder.pending = ""
    if joined and builder.rows and not any(_DIGIT.search(cell.text) for cell in cells) and not (
            cells and _SHORT.match(cells[0].text)):
        builder.rows[-1] = merged(builder.rows[-1], cells)
        return
    if len(builder.rows) > 2 and cells and builder.drawn and _is_header(cells) and any(
            _DIGIT.search(cell.text) for cell in builder.rows[-1]):
        builder.close_table()
    if not builder.rows:
        _take_caption(builder)
    builder.close_text()
    if cells:
        builder.rows.append(cells)
        builder.lines.append(builder.at.line)


def _take_caption(builder: _Builder) -> None:
    """The line above a table's first row, where it reads like a caption; a blank line may stand between."""
    last = builder.blocks[-1] if builder.blocks else None
    above = builder.text or (last.text if isinstance(last, Paragraph) and not last.item else "")
    if not _CAPTION.match(above) and (len(above) >= LONGEST_HEADING or above.endswith((".", ";"))):
        return
    if builder.text:
        builder.caption, builder.text = tidy(builder.text), ""
    elif above and (_CAPTION.match(above) or above.endswith(":")):
        builder.caption = above
        builder.blocks.pop()


def _is_header(cells: list[Cell]) -> bool:
    return len(cells) > 1 and all(re.search(r"[A-Za-z]{3}", cell.text) and not _DIGIT.search(cell.text) for cell in cells)


def _continues_row(builder: _Builder, raw: str) -> bool:
    """A cell set over two lines, as on a drawn page: words alone, at the margin, right below a row."""
    if not builder.drawn or re.search(r"[.;:]$", raw) or len(raw.strip()) > LONGEST_CELL or raw.startswith("   "):
        return False
    if _heading(builder, raw.strip(), True) or _CAPTION.match(raw.strip()):
        return False
    builder.rows[-1] = merged(builder.rows[-1], cells_of(raw))
    return True


def _begins_row(builder: _Builder, raw: str) -> bool:
    """The first line of a name over two lines, when the numbers stand beside its second."""
    words = raw.strip()
    margin = builder.rows[-1][0].start
    return (builder.drawn and not builder.pending and len(words) <= LONGEST_CELL and not _DIGIT.search(words)
            and not re.search(r"[.;:!?]$", words) and abs(raw.index(words) - margin) <= 1 and not _CAPTION.match(words)
            and words.casefold() not in builder.titles)


def _heading(builder: _Builder, line: str, apart: bool) -> Heading | None:
    if marked := _MARKDOWN_HEADING.match(line):
        number, title = split_number(tidy(marked[2]))
        return Heading(number, title, len(marked[1]), builder.at)
    if line.casefold() in builder.titles:
        return Heading(*split_number(line), 1, builder.at)
    if len(line) > LONGEST_HEADING or line.endswith((".", ";", ",")) or builder.text and not apart:
        return None
    number, title = split_number(tidy(line))
    if not number or not title and not number.startswith(("App", "Ann")):
        return None
    if "." not in number and number[0].isdigit() and not _next_chapter(builder, int(number)):
        return None
    if number[0].isdigit() and re.match(r"(?:%|per cent|children|people)\b", title):
        return None
    return Heading(number, title, number.rstrip(".0").count(".") + 1, builder.at)


def _next_chapter(builder: _Builder, number: int) -> bool:
    """“3 Training” is a heading after chapter 2; “1. Prevention;” in a list is none."""
    last = max((int(each.number) for each in builder.blocks if isinstance(each, Heading) and each.number.isdigit()),
               default=0)
    listed = {entry.number for entry in builder.contents}
    decimal = any("." in each.number for each in builder.blocks if isinstance(each, Heading) and last == 0)
    return str(number) in listed or number == last + 1 and not decimal


def _words(builder: _Builder, line: str, before_full: bool = False) -> None:
    """`before_full`: the line before went to the margin of a drawn page, so a colon at its end may be one in a sentence."""
    item = _ITEM.match(line)
    if item:
        builder.close_text()
        builder.text, builder.item, builder.marker, builder.begun = item["text"], True, item["sign"], builder.at
    elif builder.text and (not re.search(r"[:;]$", builder.text) or builder.drawn and before_full) and (
            len(builder.text) >= FULL_LINE or line[0].islower()):
        builder.text = f"{builder.text} {line}"
    else:
        builder.close_text()
        builder.text, builder.begun = line, builder.at


def pages_of(lines: Iterable[str]) -> list[list[str]]:
    """Lines parted at form feeds."""
    pages: list[list[str]] = [[]]
    for line in lines:
        first, *more = line.split("\f")
        pages[-1].append(first)
        pages += [[each] for each in more]
    return pages
