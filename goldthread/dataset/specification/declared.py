"""Specifications as they are declared: rules/data/specifications/<key>.toml, one return a file, each edition dated.

What belongs to some editions only says since which and until which (`since`, `until`: names of editions).
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from goldthread.dataset.specification.definition import ROWS, Column, ListedCode, Specification, Table
from goldthread.dataset.specification.rules import KINDS, Rule
from goldthread.rules.data_files import BadData, names, toml

FOLDER = "specifications"
DATED = ("since", "until")


class UnknownSpecification(LookupError):
    """No return of this key, or none in force on the day."""


@cache
def every() -> tuple[Specification, ...]:
    """Every edition of every specification, by file and then in order of time. Raises BadData."""
    return tuple(each for file in names(".toml", FOLDER) for each in read(toml(FOLDER, file), f"{FOLDER}/{file}"))


def find(key: str, on: date) -> Specification:
    """The edition of a specification in force on a day. Raises UnknownSpecification."""
    for each in every():
        if each.key == key and each.in_force(on):
            return each
    raise UnknownSpecification(f"There is no specification “{key}” for {on}. "
                               f"There are: {', '.join(sorted({each.key for each in every()}))}.")


def latest() -> tuple[Specification, ...]:
    """The newest edition of each, by title."""
    newest = {each.key: each for each in sorted(every(), key=lambda each: each.valid_from)}
    return tuple(sorted(newest.values(), key=lambda each: each.title))


def read(data: Mapping[str, Any], where: str) -> tuple[Specification, ...]:
    """The editions that a declaration describes. Raises BadData naming file, table and what is not understood."""
    known = {"key", "title", "meaning", "source", "form", "root", "edition", "list", "table", "rule"}
    _refuse_unknown(data, known, where)
    order = [each.get("name", "") for each in data.get("edition", ())]
    if not order:
        raise BadData(f"{where}: there is no [[edition]].")
    return tuple(_edition(data, each, order, where) for each in data["edition"])


def _edition(data: Mapping[str, Any], edition: Mapping[str, Any], order: list[str], where: str) -> Specification:
    _refuse_unknown(edition, {"name", "from", "to", "source"}, f"{where}, edition")
    at = order.index(edition["name"])

    def here(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{k: v for k, v in row.items() if k not in DATED} for row in rows if _holds(row, at, order, where)]

    tables = tuple(_table(row, here, where) for row in here(data.get("table", ())))
    try:
        return Specification(
            key=data["key"], title=data["title"], edition=edition["name"], valid_from=edition["from"],
            valid_to=edition.get("to"), source=edition.get("source", data.get("source", "")), tables=tables,
            rules=tuple(_rule(row, where) for row in here(data.get("rule", ()))), meaning=data.get("meaning", ""),
            form=data.get("form", ROWS), root=data.get("root", ""),
            lists={key: tuple(_code(row, where) for row in here(map(_as_row, rows)))
                   for key, rows in data.get("list", {}).items()})
    except KeyError as missing:
        raise BadData(f"{where}: {missing} is missing.") from missing


def _holds(row: Mapping[str, Any], at: int, order: list[str], where: str) -> bool:
    """Whether a line belongs to the edition at this place."""
    for name in (row[key] for key in DATED if key in row):
        if name not in order:
            raise BadData(f"{where}: there is no edition “{name}”. There are: {', '.join(order)}.")
    since = order.index(row["since"]) if "since" in row else 0
    until = order.index(row["until"]) if "until" in row else len(order)
    return since <= at <= until


def _table(row: dict[str, Any], here: Any, where: str) -> Table:
    place = f"{where}, table {row.get('key', '?')}"
    columns = tuple(_made(Column, each, f"{place}, column {each.get('name', '?')}") for each in here(row.pop("columns", ())))
    return _made(Table, {**row, "columns": columns}, place)


def _rule(row: dict[str, Any], where: str) -> Rule:
    kind = row.pop("kind", "")
    if kind not in KINDS:
        raise BadData(f"{where}: there is no kind of rule “{kind}”. There are: {', '.join(KINDS)}.")
    row["where"] = tuple((name, tuple(values)) for name, values in row.get("where", {}).items())
    return _made(KINDS[kind], row, f"{where}, rule {kind} of {row.get('table', '?')}")


def _as_row(row: Any) -> dict[str, Any]:
    """A code may be written alone, where it needs no words."""
    return {"code": row} if isinstance(row, str) else row


def _code(row: dict[str, Any], where: str) -> ListedCode:
    return _made(ListedCode, row, f"{where}, code {row.get('code', '?')}")


def _made(kind: type[Any], data: Mapping[str, Any], where: str) -> Any:
    """One of our declarations from a table of TOML. Raises BadData for a word it has no place for, or one that lacks."""
    _refuse_unknown(data, {each.name for each in fields(kind)}, where)
    try:
        return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in data.items()})
    except TypeError as wrong:
        raise BadData(f"{where}: {wrong}.") from wrong


def _refuse_unknown(data: Mapping[str, Any], known: set[str], where: str) -> None:
    if strange := sorted(set(data) - known):
        raise BadData(f"{where}: “{strange[0]}” is not understood. Known: {', '.join(sorted(known))}.")
