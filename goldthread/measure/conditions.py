"""Conditions of indicators: a small part of standard SQL that DuckDB and Spark read alike, checked before it is run.

Comparisons of a named column with texts (`=`, `<>`, `in (…)`, `not in (…)`, `like '%…%'`), joined by `and`, `or`, `not`
and brackets. Nothing else is let through, so that a declaration cannot do anything but choose rows.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<word>[a-z_]+)|(?P<sign><>|[=(),]))")
_JOINING = frozenset({"and", "or", "not", "in", "like"})


class BadCondition(ValueError):
    """A condition that cannot be read; the message says where and why."""


@dataclass(frozen=True)
class Compared:
    """A column and the texts it is compared with. like: by a pattern. must: no row counts that is none of the texts."""

    column: str
    texts: tuple[str, ...]
    like: bool = False
    must: bool = True


def comparisons(condition: str) -> tuple[Compared, ...]:
    """Every comparison of a condition, in its order; none for an empty one. Raises BadCondition."""
    return tuple(_Reader(condition).read()) if condition.strip() else ()


class _Reader:
    """Reads one condition from left to right."""

    def __init__(self, condition: str) -> None:
        self.tokens = list(_tokens(condition))
        self.at = 0

    def read(self) -> Iterator[Compared]:
        yield from self._either()
        if self._next():
            raise BadCondition(f"“{self._next()}” is too much at the end")

    def _next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _take(self, wanted: str = "") -> str:
        found = self._next()
        if wanted and found != wanted or not found:
            raise BadCondition(f"“{wanted or 'something'}” is expected where “{found or 'the end'}” stands")
        self.at += 1
        return found

    def _either(self) -> Iterator[Compared]:
        found = list(self._all())
        while self._next() == "or":
            self._take()
            found = [replace(each, must=False) for each in (*found, *self._all())]
        yield from found

    def _all(self) -> Iterator[Compared]:
        yield from self._one()
        while self._next() == "and":
            self._take()
            yield from self._one()

    def _one(self) -> Iterator[Compared]:
        if self._next() == "not":
            self._take()
            yield from (replace(each, must=False) for each in self._one())
        elif self._next() == "(":
            self._take()
            yield from self._either()
            self._take(")")
        else:
            yield self._comparison()

    def _comparison(self) -> Compared:
        column = self._take()
        if not column.isidentifier() or column in _JOINING:
            raise BadCondition(f"a column is expected where “{column}” stands")
        sign = self._take()
        must = sign not in ("<>", "not", "like")
        if sign in ("=", "<>"):
            return Compared(column, (self._text(),), must=must)
        if sign == "like":
            return Compared(column, (self._text(),), like=True, must=must)
        if sign == "not":
            sign = self._take("in")
        if sign != "in":
            raise BadCondition(f"“{sign}” is no comparison; there are =, <>, in, not in and like")
        self._take("(")
        texts = [self._text()]
        while self._next() == ",":
            self._take()
            texts.append(self._text())
        self._take(")")
        return Compared(column, tuple(texts), must=must)

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
