"""Goldthread's own layout: a row a person, rows of one number one contact, adults in rows or in columns of their own."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from goldthread.base.dates import LONDON, age_on
from goldthread.domains.front_door.models import Contact, ContactPerson
from goldthread.exchange.columns import Column
from goldthread.exchange.layouts import own_columns as own
from goldthread.exchange.layouts.matching import Places, match, read, too_wide
from goldthread.exchange.layouts.planned import Plan, PlannedContact, Setting
from goldthread.files.tables.findings import Findings
from goldthread.files.tables.sheets import Row, Table, blank

KEY, NAME = "own", "Goldthread's own layout"
COLUMNS = own.COLUMNS
OLDEST_CHILD = 25  # years: care leavers are worked with until then (Children Act 1989 s.23CZB)
LONGEST_PREGNANCY = 310  # days


@dataclass
class Group:
    """The rows of one contact so far."""

    table: Table
    row: int
    raw: dict[str, tuple[int, Any]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    people: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    adults: dict[str, dict[str, Any]] = field(default_factory=dict)


def plan(tables: Sequence[Table], setting: Setting, findings: Findings) -> Plan:
    """What the tables would make; what is wrong with them goes into `findings`."""
    groups: dict[str, Group] = {}
    found = Plan(columns={column.to: column.name for column in COLUMNS})
    for table in tables:
        places = match(table, COLUMNS, findings)
        if places is not None:
            parts = _Parts(places)
            for row in table.rows:
                found.rows += 1
                _take_row(table, row, parts, groups, findings)
    unknown: dict[str, int] = {}
    for number, group in groups.items():
        if planned := _contact(number, group, setting, findings, unknown):
            found.contacts.append(planned)
    found.notes = [f"“{name}” is not one agency of your directory: {many} contact{'s' * (many != 1)} kept under "
                   f"{setting.council.name}" for name, many in sorted(unknown.items())]
    return found


class _Parts:
    """A table's columns by what they are about."""

    def __init__(self, places: Places) -> None:
        self.number = next(each for each in places if each[1] is own.NUMBER)
        self.contact = [each for each in places if each[1] in _CONTACT]
        self.person = [each for each in places if each[1] in _PERSON]
        self.adults = [each for each in places if each[1] in _ADULTS]


_CONTACT, _PERSON, _ADULTS = frozenset(own.CONTACT), frozenset((own.CAPACITY, *own.PERSON)), frozenset(own.ADULTS)


def _take_row(table: Table, row: Row, parts: _Parts, groups: dict[str, Group], findings: Findings) -> None:
    at, cells = row
    if too_wide(table, at, cells, findings):
        return
    place, column = parts.number
    cell = cells[place] if place < len(cells) else ""
    number = "" if blank(cell) else read(table, at, column, cell, findings)
    if not number:
        if number == "":
            findings.add(table.name, at, column.name, "", "this is empty", "Every row needs the number of its contact.")
        return
    if number.casefold().startswith("example-"):
        findings.add(table.name, at, column.name, number, "this is the template's example", "Delete this row.")
        return
    group = groups.setdefault(number, Group(table, at))
    if group.table is not table:
        findings.add(table.name, at, column.name, number, f"this number stands in {group.table.name} too",
                     "Keep all rows of a contact in one sheet.")
        return
    _take_contact(group, at, cells, parts.contact, findings)
    person = _values(table, at, cells, parts.person, findings)
    if person:
        group.people.append((at, person))
    _take_adults(group, at, cells, parts.adults, findings)


def _values(table: Table, at: int, cells: Sequence[Any], places: Places, findings: Findings) -> dict[str, Any]:
    many = len(cells)
    return {column.to: read(table, at, column, cells[place], findings) for place, column in places
            if place < many and not blank(cells[place])}


def _take_contact(group: Group, at: int, cells: Sequence[Any], places: Places, findings: Findings) -> None:
    """What the row says of the contact: new, the same as the rows before, or a contradiction."""
    for place, column in places:
        if place >= len(cells) or blank(cells[place]):
            continue
        cell = cells[place].strip() if isinstance(cells[place], str) else cells[place]
        earlier = group.raw.get(column.to)
        if earlier is None:
            group.raw[column.to] = (at, cell)
            group.values[column.to] = read(group.table, at, column, cell, findings)
        elif str(earlier[1]) != str(cell):
            findings.add(group.table.name, at, column.name, cell, f"this differs from row {earlier[0]} of the same contact",
                         "Write the same on all rows of a contact, or leave it empty on all but the first.")


def _take_adults(group: Group, at: int, cells: Sequence[Any], places: Places, findings: Findings) -> None:
    for to, value in _values(group.table, at, cells, places, findings).items():
        capacity, part = to.split(".")
        known = group.adults.setdefault(capacity, {})
        if value is not None and known.setdefault(part, value) != value:
            findings.add(group.table.name, at, "", value, f"the {capacity} differs from the rows before of this contact",
                         "Give another adult a row of their own.")


def _contact(number: str, group: Group, setting: Setting, findings: Findings,
             unknown: dict[str, int]) -> PlannedContact | None:
    before, values = findings.many, group.values
    for column in _REQUIRED:
        if column.to not in values:
            findings.add(group.table.name, group.row, column.name, "", "this is empty", f"{column.meaning}.")
    at = _happened(group, setting, findings)
    people = _people(group, findings)
    unread = None in values.values() or any(None in person.values() for _, person in people)
    if findings.many > before or at is None or unread:
        return None
    _check_people(group, people, at.date(), findings)
    named = values.get("agency", "")
    agency = setting.agency(named) if named else setting.council
    if agency is None:
        unknown[named] = unknown.get(named, 0) + 1
    fields = {name: value for name, value in values.items() if name not in ("on", "at", "agency")}
    fields.setdefault("referrer_agency", agency.name if named and agency else named)
    record = Contact(outside_reference=number, happened_at=at, **{"channel": "import", **fields})
    lines = [ContactPerson(**person) for _, person in people]
    return PlannedContact(number, group.table.name, group.row, (agency or setting.council).pk, record, lines)


_REQUIRED: tuple[Column, ...] = tuple(column for column in own.CONTACT if column.required)


def _happened(group: Group, setting: Setting, findings: Findings) -> datetime | None:
    """When the contact reached the front door."""
    at = group.values.get("on")
    if at is None:
        return None
    if hour := group.values.get("at"):
        at = datetime.combine(at.date(), hour, LONDON)
    if at > setting.now:
        findings.add(group.table.name, group.raw["on"][0], "Date of contact", group.raw["on"][1],
                     "this is in the future", "Check the date. The day comes before the month.")
    return at


def _people(group: Group, findings: Findings) -> list[tuple[int, dict[str, Any]]]:
    """Everybody the contact names, each with the row it stands in; findings for those without a name."""
    found = [*group.people, *((group.row, {"capacity": capacity, **values}) for capacity, values in group.adults.items()
                              if values)]
    if not group.people:
        findings.add(group.table.name, group.row, "First name", "", "nobody is named in this contact",
                     "Give a first name, a last name or, for an unborn child, the day the baby is due.")
    seen: dict[tuple[Any, ...], int] = {}
    for at, person in found:
        if not any(person.get(part) for part in ("given", "family", "due_on")):
            findings.add(group.table.name, at, "First name", "", "this person has no name",
                         "Give a first name, a last name or, for an unborn child, the day the baby is due.")
        who = tuple(str(person.get(part) or "").casefold() for part in _SAME)
        if who in seen and person.get("given"):  # two unborn children of one mother differ in nothing
            findings.add(group.table.name, at, "First name", person.get("given"),
                         f"this person stands in row {seen[who]} of the same contact already", "Keep one of the rows.")
        seen.setdefault(who, at)
    return found


_SAME = ("capacity", "given", "family", "born_on", "due_on", "age_stated", "nhs")


def _check_people(group: Group, people: list[tuple[int, dict[str, Any]]], on: date, findings: Findings) -> None:
    """Days of birth that cannot be: after the contact, or of a child long grown up."""
    for at, person in people:
        born, due = person.get("born_on"), person.get("due_on")
        child = person.get("capacity", "child") in ("child", "sibling")
        if born and born > on:
            findings.add(group.table.name, at, "Date of birth", born, "this is after the contact",
                         "For an unborn child fill in “Expected birth” instead.")
        elif born and child and age_on(born, on) >= OLDEST_CHILD:
            findings.add(group.table.name, at, "Date of birth", born, f"a child cannot be {age_on(born, on)} years old",
                         "Check the year; for an adult write who it is into “Who is this”.")
        if due and abs((due - on).days) > LONGEST_PREGNANCY:
            findings.add(group.table.name, at, "Expected birth", due, "this is too far from the date of the contact",
                         "Check the year.")
