"""The text of a section into blocks: Markdown, and tokens for what the records give.

    {{figure:contacts}}         a number within a sentence
    {{table:key}} {{chart:key}} {{contribution:key}}    on a line of their own
    > Somebody's own words.
    > — a young person          who said it

No HTML, no pictures, no code: what looks like them is text. Links go to web and mail addresses only.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from goldthread.reports.writing.blocks import Cell, Column, Heading, Listed, Quote, Rich, Run, Table
from goldthread.reports.writing.figures import slug

TOKEN = re.compile(r"\{\{\s*(?P<kind>\w+)\s*:\s*(?P<key>[^{}\s]+)\s*\}\}")
INLINE = "figure"
BLOCKS = ("table", "chart", "contribution")
_LINK = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_NUMBER = re.compile(r"[^A-Za-z]*\d[^A-Za-z]*%?")


@dataclass(frozen=True)
class Problem:
    """Something in a section that cannot be put into the report. token: as it was written."""

    section: str
    token: str
    why: str

    def __str__(self) -> str:
        return f"Section “{self.section}”, {self.token}: {self.why}"


@dataclass
class Reader:
    """Reads the text of one section. figure: a run for a figure's key; block: the blocks a token stands for; each returns
    a message instead where there is no such thing.
    """

    section: str
    figure: Callable[[str], Run | str]
    block: Callable[[str, str], list | str]
    problems: list[Problem] = field(default_factory=list)
    tables: int = 0

    def read(self, text: str) -> list:
        """The blocks of a text; what cannot be put in is left out and is among `problems`."""
        tokens = _markdown().parse(text)
        return list(self._blocks(tokens))

    def _blocks(self, tokens: Sequence[Token]) -> Iterator:
        at = 0
        while at < len(tokens):
            end = _end(tokens, at)
            inside = tokens[at + 1:end]
            kind = tokens[at].type
            if kind == "paragraph_open":
                yield from self._paragraph(inside[0])
            elif kind == "heading_open":
                words = "".join(run.text for run in self._runs(inside[0]))
                yield Heading(words, slug(f"{self.section}-{words}"))
            elif kind == "blockquote_open":
                yield self._quote(inside)
            elif kind in ("bullet_list_open", "ordered_list_open"):
                yield Listed(tuple(self._item(each) for each in _parts(inside, "list_item_open")),
                             kind == "ordered_list_open")
            elif kind == "table_open":
                yield self._table(inside)
            at = end + 1

    def _paragraph(self, inline: Token) -> Iterator:
        alone = TOKEN.fullmatch(inline.content.strip())
        if alone and alone["kind"] in BLOCKS:
            found = self.block(alone["kind"], alone["key"])
            if isinstance(found, str):
                self._wrong(alone[0], found)
            else:
                yield from found
        else:
            yield Rich(tuple(self._runs(inline)))

    def _runs(self, inline: Token) -> Iterator[Run]:
        """Text in its styles, with figures put in."""
        style = Run("")
        for each in inline.children or ():
            if each.type in ("strong_open", "strong_close"):
                style = replace(style, bold=each.type == "strong_open")
            elif each.type in ("em_open", "em_close"):
                style = replace(style, italic=each.type == "em_open")
            elif each.type == "link_open":
                target = str(each.attrs.get("href", ""))
                style = replace(style, link=target if _LINK.match(target) else "")
            elif each.type == "link_close":
                style = replace(style, link="")
            elif each.type in ("softbreak", "hardbreak"):
                yield replace(style, text="\n" if each.type == "hardbreak" else " ")
            else:
                yield from self._put_in(each.content, style)

    def _put_in(self, text: str, style: Run) -> Iterator[Run]:
        at = 0
        for found in TOKEN.finditer(text):
            yield from self._plain(text[at:found.start()], style)
            at = found.end()
            run = self.figure(found["key"]) if found["kind"] == INLINE else (
                "it stands in a sentence: put it on a line of its own" if found["kind"] in BLOCKS else
                f"there is nothing called “{found['kind']}”; there are {', '.join((INLINE, *BLOCKS))}")
            if isinstance(run, str):
                self._wrong(found[0], run)
            else:
                yield replace(style, text=run.text, figure=run.figure)
        yield from self._plain(text[at:], style)

    def _plain(self, text: str, style: Run) -> Iterator[Run]:
        if "{{" in text or "}}" in text:
            self._wrong(text.strip()[:60], "it is not finished: write {{figure:key}}, with two brackets on each side")
        if text:
            yield replace(style, text=text)

    def _quote(self, inside: Sequence[Token]) -> Quote:
        paragraphs, by = [], ""
        for token in inside:
            if token.type == "inline":
                runs = tuple(self._runs(token))
                words = "".join(run.text for run in runs)
                said, _, who = words.rpartition(" — ") if " — " in words else (
                    ("", "", words[2:]) if words.startswith("— ") else (words, "", ""))
                by = who.strip() or by
                if said.strip():
                    paragraphs.append(_cut(runs, len(said)))
        return Quote(tuple(paragraphs), by)

    def _item(self, inside: Sequence[Token]) -> tuple[Run, ...]:
        runs: list[Run] = []
        for token in inside:
            if token.type == "inline":
                runs += [Run(" ")] * bool(runs) + list(self._runs(token))
        return tuple(runs)

    def _table(self, inside: Sequence[Token]) -> Table:
        rows = [["".join(run.text for run in self._runs(cell)) for cell in row if cell.type == "inline"]
                for row in _parts(inside, "tr_open")]
        head, body = rows[0], rows[1:]
        columns = tuple(Column(label, at > 0 and bool(body) and all(
            _NUMBER.fullmatch(row[at]) or row[at] in ("", "–") for row in body)) for at, label in enumerate(head))
        self.tables += 1
        caption = f"{self.section}: {head[0] or 'table'}"
        return Table(slug(f"{self.section}-table-{self.tables}"), caption, columns,
                     tuple(tuple(Cell(text) for text in row) for row in body))

    def _wrong(self, token: str, why: str) -> None:
        self.problems.append(Problem(self.section, token, why))


def keys(text: str, kind: str) -> list[str]:
    """The keys of all tokens of a kind in a text, in order."""
    return [found["key"] for found in TOKEN.finditer(text) if found["kind"] == kind]


def _cut(runs: Sequence[Run], length: int) -> tuple[Run, ...]:
    """Runs up to so many letters."""
    found, left = [], length
    for run in runs:
        if left <= 0:
            break
        found.append(replace(run, text=run.text[:left]))
        left -= len(run.text)
    return tuple(found)


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where what opens here closes."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth <= 0:
            return place
    return len(tokens) - 1


def _parts(tokens: Sequence[Token], kind: str) -> Iterator[Sequence[Token]]:
    """What is inside each token of a kind."""
    at = 0
    while at < len(tokens):
        if tokens[at].type == kind:
            end = _end(tokens, at)
            yield tokens[at + 1:end]
            at = end
        at += 1


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(
        ["image", "code", "fence", "html_block", "html_inline", "reference"])
