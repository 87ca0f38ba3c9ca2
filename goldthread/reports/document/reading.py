"""A file's bytes into a document, by the ending of its name."""
import io
import re
from collections.abc import Callable, Iterator

from goldthread.reports.document.lines import from_lines, is_quote, pages_of, split_number, tidy
from goldthread.reports.document.model import Block, Document, Entry, Heading, Paragraph, Table, Where
from goldthread.reports.document.pages import NoPages, pages_in

_CONTENTS = re.compile(r"^(?P<text>\S.*?)\s*(?:(?:\.\s?){4,}|\t)\s*(?P<page>\d{1,3})$")
MOST_PAGES = 400
MOST_CHARACTERS = 5_000_000


class UnreadableDocument(ValueError):
    """The file cannot be read as a report; the message says why and what to do."""


def read_document(name: str, data: bytes) -> Document:
    """Read a report. Raises UnreadableDocument."""
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in KINDS:
        raise UnreadableDocument(f"“{name}” is none of these: {', '.join('.' + each for each in KINDS)}. "
                                 "Save it as one of them and try again.")
    document = KINDS[ending](name, data)
    if not document.blocks:
        raise UnreadableDocument(f"“{name}” holds no text that can be read. If it is a scan, use the file it was made "
                                 "from.")
    return document


def _text(name: str, data: bytes) -> Document:
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = data.decode("cp1252", errors="replace")
    if "\0" in words:
        raise UnreadableDocument(f"“{name}” is not text although its name says so.")
    pages = pages_of(_within(words).split("\n"))
    return from_lines(name, pages, paged=len(pages) > 1)


def _pdf(name: str, data: bytes) -> Document:
    try:
        pages, titles = pages_in(data, MOST_PAGES)
    except NoPages as error:
        if error.protected:
            raise UnreadableDocument(f"“{name}” is protected by a password. Save it without one.") from error
        raise UnreadableDocument(f"“{name}” is damaged or no PDF ({error}). Make it again and try once more.") from error
    except ValueError as error:
        raise UnreadableDocument(f"“{name}” has {error}. Check it in parts.") from error
    return from_lines(name, [[_unmarked(line) for line in page] for page in pages], paged=True, drawn=True,
                      titles=titles)


def _unmarked(line: str) -> str:
    """Page furniture that layout puts beside the text: “3 of 16” alone at the right."""
    return re.sub(r"\s{5,}\d{1,3}\s+of\s+\d{1,3}\s*$", "", line)


def _word(name: str, data: bytes) -> Document:
    import zipfile

    import docx  # slow to load
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table as WordTable
    try:
        word = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UnreadableDocument(f"“{name}” is damaged or no Word document (.docx). Save it again.") from error
    blocks: list[Block] = []
    contents: list[Entry] = []
    where, caption = Where(), ""
    for line, part in enumerate(word.iter_inner_content(), 1):
        where = Where(where.section, where.title, None, line)
        if isinstance(part, WordTable):
            rows = tuple(tuple(tidy(cell.text) for cell in _once(row.cells)) for row in part.rows)
            if len(rows) > 1 and rows[0]:
                width = max(map(len, rows))
                blocks.append(Table(caption, tuple(row + ("",) * (width - len(row)) for row in rows), where,
                                    (line,) * len(rows)))
            continue
        text, style = tidy(_within(part.text)), str(part.style.name if part.style is not None else "")
        caption = text
        if not text:
            continue
        if entry := _CONTENTS.match(part.text.strip()):
            number, title = split_number(tidy(entry["text"]).rstrip(". "))
            contents.append(Entry(number, title, int(entry["page"]), where))
            continue
        level = re.match(r"Heading (\d)|Title$", style)
        if level:
            number, title = split_number(text)
            where = Where(number, title, None, line)
            blocks.append(Heading(number, title, int(level[1] or 1), where))
        else:
            listed = style.startswith("List")
            blocks.append(Paragraph(text, where, listed, "-" if listed else "", "Quote" in style or is_quote(text)))
    headings = [each.title for each in blocks if isinstance(each, Heading)]
    return Document(name, headings[0] if headings else name, tuple(blocks), tuple(contents))


def _once(cells) -> Iterator:
    """Cells of a row, merged ones once."""
    seen = set()
    for cell in cells:
        if cell._tc not in seen:
            seen.add(cell._tc)
            yield cell


def _within(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise UnreadableDocument(f"This is longer than {MOST_CHARACTERS:,} characters. Check it in parts.")
    return text


KINDS: dict[str, Callable[[str, bytes], Document]] = {
    "txt": _text, "md": _text, "markdown": _text, "docx": _word, "pdf": _pdf}
