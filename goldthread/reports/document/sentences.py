"""Paragraphs into sentences."""
import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.reports.document.model import Document, Paragraph, Where

_END = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9£])")
_NO_END = re.compile(r"(?:\b(?:e\.g|i\.e|etc|approx|no|nos|vs|cf|mr|mrs|ms|dr|st|prof|rev|fig|s|p|pp|para|ref|inc|ltd)"
                     r"|\b[A-Z])\.$", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """One sentence and where its paragraph stands. `block`: the paragraph's place among the document's blocks."""

    text: str
    at: Where
    block: int
    quote: bool = False
    item: bool = False


def sentences(document: Document) -> Iterator[Sentence]:
    """Every sentence of the running text, in order. Headings and tables have none."""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            for text in split(block.text):
                yield Sentence(text, block.at, number, block.quote, block.item)


def split(text: str) -> list[str]:
    """The sentences of a text; abbreviations and initials end none."""
    found, begun = [], 0
    for end in _END.finditer(text):
        if not _NO_END.search(text[begun:end.start()].rstrip("\"”’')")):
            found.append(text[begun:end.end()].strip())
            begun = end.end()
    return [each for each in [*found, text[begun:].strip()] if each]
