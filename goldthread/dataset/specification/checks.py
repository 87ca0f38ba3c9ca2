"""Whether specifications hold: every word they say of a column, a table or a list must be one there is."""
from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import fields

from goldthread.dataset.specification import rules as r
from goldthread.dataset.specification.definition import (
    DATES,
    KINDS,
    NUMBERS,
    ROWS,
    TELLS,
    XML,
    Column,
    Specification,
    Table,
)
from goldthread.files.tables.sheets import plain

OURS = "_"  # names of ours begin so; no column's may


def faults(spec: Specification, code_lists: Collection[str]) -> list[str]:
    """What is wrong with a specification, in words; [] when nothing is. code_lists: those of `rules.codes`."""
    found = [*_head(spec), *_twice("table", (each.key for each in spec.tables))]
    for table in spec.tables:
        found += [f"table {table.key}: {fault}" for fault in _table(spec, table, code_lists)]
    for rule in spec.rules:
        found += [f"rule {r.NAMES[type(rule)]} of {rule.table}: {fault}" for fault in _rule(spec, rule)]
    for key, codes in spec.lists.items():
        found += [f"list {key}: {fault}" for fault in _twice("code", (each.code.casefold() for each in codes))]
        if not codes:
            found.append(f"list {key} is empty")
    return [f"{spec.key} {spec.edition}: {fault}" for fault in found]


def faults_of_all(specs: Iterable[Specification], code_lists: Collection[str]) -> list[str]:
    """Every specification's, and editions that are in force on the same day."""
    found, last = [], {}
    for spec in sorted(specs, key=lambda each: (each.key, each.valid_from)):
        found += faults(spec, code_lists)
        before = last.get(spec.key)
        if before and (before.valid_to is None or before.valid_to >= spec.valid_from):
            found.append(f"{spec.key}: editions {before.edition} and {spec.edition} are in force on the same days")
        last[spec.key] = spec
    return found


def _head(spec: Specification) -> list[str]:
    found = []
    if not spec.tables:
        found.append("it has no table")
    if not spec.source:
        found.append("it names no source")
    if spec.form not in (ROWS, XML):
        found.append(f"form is {ROWS} or {XML}, not “{spec.form}”")
    if (spec.form == XML) != bool(spec.root):
        found.append(f"root belongs to {XML}")
    if spec.valid_to and spec.valid_to < spec.valid_from:
        found.append("it ends before it begins")
    return found


def _twice(what: str, names: Iterable[str]) -> list[str]:
    return [f"{what} {name} is there twice" for name, many in Counter(names).items() if many > 1]


def _table(spec: Specification, table: Table, code_lists: Collection[str]) -> list[str]:
    found = _twice("column", (each.name for each in table.columns))
    found += _twice("heading", (plain(each) for c in table.columns for each in {c.name, *c.also}))
    found += _twice("what is told", (each.tells for each in table.columns if each.tells))
    if not table.columns:
        found.append("it has no column")
    if table.about not in ("children", "adults", ""):
        found.append(f"about is children, adults or nothing, not “{table.about}”")
    if table.within and not any(each.key == table.within for each in spec.tables):
        found.append(f"there is no table “{table.within}” to be within")
    if spec.form == XML and not table.element:
        found.append("it says no element")
    for column in table.columns:
        found += [f"column {column.name}: {fault}" for fault in _column(spec, table, column, code_lists)]
    return found


def _column(spec: Specification, table: Table, column: Column, code_lists: Collection[str]) -> list[str]:
    found = []
    if column.kind not in KINDS:
        found.append(f"there is no kind “{column.kind}”; there are {', '.join(KINDS)}")
    if (column.kind == "code") != bool(column.codes):
        found.append("a column has a code list exactly when its kind is code")
    elif column.codes and column.codes not in spec.lists and column.codes not in code_lists:
        found.append(f"there is no code list “{column.codes}”")
    if column.tells and column.tells not in TELLS:
        found.append(f"nothing is told by “{column.tells}”; there are {', '.join(TELLS)}")
    if column.name.startswith(OURS) or not column.name:
        found.append(f"a name may not be empty or begin with “{OURS}”")
    if column.plain and column.kind != "text":
        found.append("only a text can be plain")
    if column.area and column.kind != "upn":
        found.append("only a pupil number names an area")
    if column.past and column.kind not in DATES:
        found.append("only a date can be past")
    if (column.least is not None or column.most is not None) and column.kind not in NUMBERS:
        found.append("only a number has a least and a most")
    if column.from_parent:
        above = next((each for each in spec.tables if each.key == table.within), None)
        if above is None or not above.has(column.from_parent):
            found.append(f"the table above has no “{column.from_parent}”")
    elif spec.form == XML and not column.at:
        found.append("it says not where it is")
    return found


def _rule(spec: Specification, rule: r.Rule) -> list[str]:
    tables = {each.key: each for each in spec.tables}
    if rule.table not in tables:
        return [f"there is no table “{rule.table}”"]
    found = [f"there is no column “{name}” in {where}" for where, name in _named(rule)
             if where in tables and not tables[where].has(name)]
    other = getattr(rule, "other", None)
    if other is not None and other not in tables:
        found.append(f"there is no table “{other}”")
    return found or _dates(tables, rule) + _values(rule)


def _named(rule: r.Rule) -> list[tuple[str, str]]:
    """Every column a rule names, with its table."""
    elsewhere = {"to", "date", "other_start", "other_end"} if hasattr(rule, "other") else set()
    found = [(rule.table, name) for name, _ in rule.where]
    if isinstance(rule, r.NotDuring):
        found.append((rule.other, rule.by))
    for each in fields(rule):
        value = getattr(rule, each.name)
        if each.name in ("columns",):
            found += [(rule.table, name) for name in value]
        elif each.name in ("column", "key", "first", "last", "by", "start", "end", "when"):
            found.append((rule.table, value))
        elif each.name in elsewhere:
            found.append((rule.other, value))
    return found


def _dates(tables: dict[str, Table], rule: r.Rule) -> list[str]:
    """Rules on time name dates."""
    wanted = {r.Order: ("first", "last"), r.NoOverlap: ("start", "end"), r.InPeriod: ("column",),
              r.NotBefore: ("column",), r.NotDuring: ("start", "end"), r.Weekday: ("column",)}.get(type(rule), ())
    named = [(rule.table, getattr(rule, name)) for name in wanted]
    if isinstance(rule, r.NotBefore):
        named.append((rule.other, rule.date))
    if isinstance(rule, r.NotDuring):
        named += [(rule.other, rule.other_start), (rule.other, rule.other_end)]
    return [f"“{name}” is no date" for table, name in named if tables[table].column(name).kind not in DATES]


def _values(rule: r.Rule) -> list[str]:
    if isinstance(rule, r.Unique | r.OneOf | r.Alone) and len(rule.columns) < (2 if isinstance(rule, r.OneOf) else 1):
        return ["it names too few columns"]
    if isinstance(rule, r.EmptyWhen | r.Alone) and not rule.values or not all(values for _, values in rule.where):
        return ["it says no values"]
    if isinstance(rule, r.InPeriod) and rule.part not in (r.WITHIN, r.BY_END, r.LAST_DAY):
        return [f"part is {r.WITHIN}, {r.BY_END} or {r.LAST_DAY}, not “{rule.part}”"]
    return []
