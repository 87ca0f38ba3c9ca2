"""Specifications by key: those declared for everybody, and the simple returns a partnership defined for itself."""
from __future__ import annotations

from datetime import date

from goldthread.dataset.models import LocalSpecification
from goldthread.dataset.specification import rules as r
from goldthread.dataset.specification.declared import UnknownSpecification, find, latest
from goldthread.dataset.specification.definition import TELLS, Column, ListedCode, Specification, Table

LOCAL = "own-"  # every key of a partnership's own begins so, and none that is declared
ROWS = "rows"


def specification(key: str, on: date) -> Specification:
    """The edition in force on a day, as the acting person may see it. Raises UnknownSpecification."""
    if not key.startswith(LOCAL):
        return find(key, on)
    rows = LocalSpecification.objects.filter(key=key, valid_from__lte=on).order_by("-valid_from")
    row = next((each for each in rows if each.valid_to is None or on <= each.valid_to), None)
    if row is None:
        raise UnknownSpecification(f"There is no return “{key}” of this partnership's own for {on}.")
    return from_row(row)


def offered(on: date) -> list[Specification]:
    """Every specification that can be asked for on a day, by title: declared ones and the partnership's own."""
    own = [from_row(row) for row in LocalSpecification.objects.filter(valid_from__lte=on).order_by("title")
           if row.valid_to is None or on <= row.valid_to]
    return sorted([*latest(), *own], key=lambda each: each.title)


def from_row(row: LocalSpecification) -> Specification:
    """The partnership's own return as the same declaration that files hold."""
    columns = list(row.columns.order_by("place"))  # type: ignore[attr-defined]
    return made(row.key, row.title, row.meaning, row.about, row.valid_from, row.valid_to, [
        (c.name, c.kind, c.required, c.part, c.codes, c.after) for c in columns])


def made(key: str, title: str, meaning: str, about: str, valid_from: date, valid_to: date | None,
         columns: list[tuple[str, str, bool, bool, str, str]]) -> Specification:
    """columns: heading, kind, always filled in, part of the key, codes by line, the date it may not be before."""
    lists = {name: tuple(_code(line) for line in codes.splitlines() if line.strip())
             for name, kind, _, _, codes, _ in columns if kind == "code"}
    rules: list[r.Rule] = [r.Order(ROWS, first=after, last=name) for name, _, _, _, _, after in columns if after]
    if parts := tuple(name for name, _, _, part, _, _ in columns if part):
        rules.insert(0, r.Unique(ROWS, columns=parts))
    table = Table(ROWS, title, tuple(
        Column(name, name, kind=kind, required=required or part, codes=name if kind == "code" else "",
               tells=kind if kind in TELLS else "")
        for name, kind, required, part, _, _ in columns), about=about, needed=True)
    return Specification(key, title, "1", valid_from, valid_to, "Defined by this partnership", (table,), tuple(rules),
                         meaning=meaning, lists=lists)


def _code(line: str) -> ListedCode:
    code, _, label = line.partition(":")
    return ListedCode(code.strip(), label.strip())
