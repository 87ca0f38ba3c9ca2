"""The text of blocks, and a report as the document that the consistency check and the text gate read."""
from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldthread.reports.document import Document, Heading, Paragraph, Table, Where
from goldthread.reports.document.model import Block
from goldthread.reports.writing.blocks import Section, words


def words_of(sections: Iterable[Section]) -> Iterator[str]:
    """Everything that sections say."""
    for section in sections:
        yield section.heading
        for block in document_of("", [section]).blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, Table):
                yield from (cell for row in block.rows for cell in row)


def document_of(title: str, sections: Iterable[Section]) -> Document:
    """Sections as a document; the line of a place is the number of the block in its section."""
    found: list[Block] = []
    for section in sections:
        found.append(Heading("", section.heading, 1, Where("", section.heading, None, 1)))
        if section.lead:
            found.append(Paragraph(section.lead, Where("", section.heading, None, 1)))
        for line, block in enumerate(section.blocks, start=2):
            found += _blocks(block, Where("", section.heading, None, line))
    return Document(title, title, tuple(found))


def _blocks(block, at: Where) -> Iterator[Block]:
    if block.kind == "table":
        rows = (tuple(column.label for column in block.columns), *(tuple(cell.text for cell in row) for row in block.rows))
        yield Table(block.caption, rows, at, (at.line,) * len(rows))
    elif block.kind == "heading":
        yield Heading("", block.text, 2, at)
    elif block.kind == "text":
        yield Paragraph(block.text, at)
    elif block.kind == "rich":
        yield Paragraph(words(block.runs), at)
    elif block.kind == "quote":
        yield from (Paragraph(words(each), at, quote=True) for each in block.paragraphs)
        if block.by:
            yield Paragraph(block.by, at)
    elif block.kind == "listed":
        yield from (Paragraph(words(each), at, True, f"{number}." if block.numbered else "-")
                    for number, each in enumerate(block.items, start=1))
    elif block.kind == "chart":
        yield Paragraph(f"{block.title}. {block.description}", at)
    elif block.kind == "terms":
        yield from (Paragraph(f"{term}: {means}", at) for term, means in block.terms)
