"""Conditions of indicators: a small part of standard SQL that DuckDB and Spark read alike, checked before it is run.

Comparisons of a named column with texts (`=`, `<>`, `in (…)`, `not in (…)`, `like '%…%'`), joined by `and`, `or`, `not`
and brackets. Nothing else is let through, so that a declaration cannot do anything but choose rows.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

_TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<word>[a-z_]+)|(?P<sign><>|[=(),]))")
_JOINING = frozenset({"and", "or", "not", "in", "like"})


class BadCondition(ValueError):
    """A condition that cannot be read; the message says where and why."""


@dataclass(frozen=True)
class Compared:
    """A column and the texts it is compared with. like: by a pattern. differs: is to be none of them. must: no row counts
    that is none of the texts.
    """

    column: str
    texts: tuple[str, ...]
    like: bool = False
    differs: bool = False
    must: bool = True

    def holds(self, row: Mapping[str, str]) -> bool:
        value = row.get(self.column, "")
        return (bool(_pattern(self.texts[0]).fullmatch(value)) if self.like else value in self.texts) != self.differs


@dataclass(frozen=True)
class Joined:
    """Comparisons joined by a word: "and", "or", or "not" of the only one."""

    word: str
    parts: tuple[Tree, ...]

    def holds(self, row: Mapping[str, str]) -> bool:
        if self.word == "not":
            return not self.parts[0].holds(row)
        return (all if self.word == "and" else any)(part.holds(row) for part in self.parts)


Tree = Compared | Joined
EVERYTHING = Joined("and", ())


@cache
def tree(condition: str) -> Tree:
    """A condition as it is put together, so that it can be held against a row. Raises BadCondition."""
    return _Reader(condition).read() if condition.strip() else EVERYTHING


def comparisons(condition: str) -> tuple[Compared, ...]:
    """Every comparison of a condition, in its order; none for an empty one. Raises BadCondition."""
    return tuple(_flat(tree(condition), surely=True))


def _flat(found: Tree, *, surely: bool) -> Iterator[Compared]:
    if isinstance(found, Compared):
        yield replace(found, must=surely and not found.like and not found.differs)
    else:
        for part in found.parts:
            yield from _flat(part, surely=surely and found.word == "and")


@cache
def _pattern(like: str) -> re.Pattern[str]:
    return re.compile("".join(".*" if sign == "%" else "." if sign == "_" else re.escape(sign) for sign in like), re.DOTALL)


class _Reader:
    """Reads one condition from left to right."""

    def __init__(self, condition: str) -> None:
        self.tokens = list(_tokens(condition))
        self.at = 0

    def read(self) -> Tree:
        found = self._either()
        if self._next():
            raise BadCondition(f"“{self._next()}” is too much at the end")
        return found

    def _next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _take(self, wanted: str = "") -> str:
        found = self._next()
        if wanted and found != wanted or not found:
            raise BadCondition(f"“{wanted or 'something'}” is expected where “{found or 'the end'}” stands")
        self.at += 1
        return found

    def _either(self) -> Tree:
        return self._joined("or", self._all)

    def _all(self) -> Tree:
        return self._joined("and", self._one)

    def _joined(self, word: str, read: Callable[[], Tree]) -> Tree:
        found = [read()]
        while self._next() == word:
            self._take()
            found.append(read())
        return found[0] if len(found) == 1 else Joined(word, tuple(found))

    def _one(self) -> Tree:
        if self._next() == "not":
            self._take()
            return Joined("not", (self._one(),))
        if self._next() == "(":
            self._take()
            found = self._either()
            self._take(")")
            return found
        return self._comparison()

    def _comparison(self) -> Compared:
        column = self._take()
        if not column.isidentifier() or column in _JOINING:
            raise BadCondition(f"a column is expected where “{column}” stands")
        sign = self._take()
        if sign in ("=", "<>"):
            return Compared(column, (self._text(),), differs=sign == "<>")
        if sign == "like":
            return Compared(column, (self._text(),), like=True)
        differs = sign == "not"
        if differs:
            sign = self._take("in")
        if sign != "in":
            raise BadCondition(f"“{sign}” is no comparison; there are =, <>, in, not in and like")
        self._take("(")
        texts = [self._text()]
        while self._next() == ",":
            self._take()
            texts.append(self._text())
        self._take(")")
        return Compared(column, tuple(texts), differs=differs)

    def _text(self) -> str:
        found = self._take()
        if not found.startswith("'"):
            raise BadCondition(f"a text in quotes is expected where “{found}” stands")
        return found[1:-1].replace("''", "'")


def _tokens(condition: str) -> Iterator[str]:
    at, text = 0, condition.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise BadCondition(f"“{text[at:at + 12].strip()}” cannot be read")
        yield found.group(found.lastgroup or 0)
        at = found.end()
