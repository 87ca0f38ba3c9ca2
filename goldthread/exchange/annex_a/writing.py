"""The lists as a workbook, a sheet a list: what it is and how many rows it has, then Ofsted's headings, then the rows."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from openpyxl import Workbook

from goldthread.access import audit
from goldthread.access.actor import Actor, acting
from goldthread.access.policy import May
from goldthread.base.dates import full_words
from goldthread.dataset.specification.declared import find
from goldthread.dataset.specification.definition import Specification, Table
from goldthread.dataset.specification.lists import codes_of, spellings
from goldthread.exchange.annex_a import care, need
from goldthread.exchange.annex_a.contacts import contacts
from goldthread.exchange.annex_a.early_help import early_help
from goldthread.exchange.annex_a.span import Row, Span, span_of
from goldthread.exchange.care.reading import children as looked_after
from goldthread.exchange.census.reading import PROCESSES
from goldthread.exchange.census.reading import children as in_need
from goldthread.exchange.exporting import cell
from goldthread.exchange.records import Progress, kept_from, untold
from goldthread.exchange.seats import seat_with

KEY = "annex-a"
FROM_NEED = {"list-3": need.referrals, "list-4": need.assessments, "list-5": need.enquiries, "list-6": need.in_need,
             "list-7": need.plans}
FROM_CARE = {"list-8": care.in_care, "list-9": care.leavers, "list-10": care.adoptions}
#: Lists of which Goldthread holds nothing itself, and where what belongs there is.
NOT_HELD = {"list-2": "Early help comes from agencies' accepted returns, and no seat this was made from may open any of the"
                      " six months: take this list from where it is, or have somebody who opens returns make it with you.",
            "list-11": "Adopters are not recorded in Goldthread: take this list from the adoption agency."}


@dataclass
class Written:
    """How many rows each list has; how many children are left out because whoever makes them must not see them; whom the
    rows are of, those that social care works with and those of contacts; and of how many an address is kept safe."""

    rows: Counter[str] = field(default_factory=Counter)
    left_out: int = 0
    people: set[int] = field(default_factory=set)
    of_contacts: set[int] = field(default_factory=set)
    kept_safe: int = 0


@transaction.atomic
def write_annex_a(*, seats: Sequence[Actor], day: date, path: Path, now: datetime, tell: Progress = untold) -> Written:
    """Write the lists as they stood at the end of a day.

    seats: whose records they are made of: one that manages social care, one that manages the front door and one that
    manages missing children; for early help one that opens the rows of returns, if there is any. Raises Refused where one
    of the three is wanting. That the records were read is written down for each.
    """
    carer, finder = seat_with(seats, May.MANAGE_SOCIAL_CARE), seat_with(seats, May.MANAGE_EXPLOITATION)
    door = seat_with(seats, May.MANAGE_FRONT_DOOR)
    spec, span = find(KEY, day), span_of(day, carer.partnership, timezone.localdate(now))
    rows: dict[str, list[Row]] = {table.key: [] for table in spec.tables}
    made, seen = Written(), set()
    with acting(door):
        for person, row in contacts(span):
            rows["list-1"].append(row)
            made.of_contacts.add(person)
    rows["list-2"] += early_help(seats, span)
    with acting(carer):
        for child in in_need(carer, tell):
            seen.add(child.person.pk)
            _add(rows, made.people, child, FROM_NEED, span)
    for leaver in looked_after(carer, finder, tell):
        _add(rows, made.people, leaver, FROM_CARE, span)
        made.kept_safe += leaver.kept and leaver.person.pk in made.people
    _save(spec, rows, span, path)
    for actor in {each.user.pk: each for each in (carer, finder, door)}.values():
        with acting(actor):
            audit.log_reading(kind=KEY, ref=int(f"{day:%Y%m%d}"), why=f"wrote the Annex A lists as of {day:%-d %B %Y}",
                              people=made.people | made.of_contacts, agency=actor.agency.pk)
    made.rows = Counter({key: len(each) for key, each in rows.items()})
    made.left_out = kept_from(carer, PROCESSES, len(seen))
    return made


def _add(rows: dict[str, list[Row]], people: set[int], child: Any, makers: Mapping[str, Any], span: Span) -> None:
    """The rows of one child in some lists, who is one of those told of if there are any."""
    for key, make in makers.items():
        if found := list(make(child, span)):
            rows[key] += found
            people.add(child.person.pk)


def _save(spec: Specification, made: Mapping[str, Sequence[Row]], span: Span, path: Path) -> None:
    book = Workbook(write_only=True)
    book.properties.creator = book.properties.lastModifiedBy = "Goldthread"
    for table in spec.tables:
        sheet = book.create_sheet(table.also[0])
        sheet.append([cell(sheet, _heading(table, len(made[table.key]), span.day), bold=True)])
        for row in _lines(spec, table, made[table.key], span.day):
            sheet.append([cell(sheet, value) for value in row])
    book.save(path)


def _heading(table: Table, many: int, day: date) -> str:
    """What a list is, and of an empty one why it is empty."""
    what = f"{table.title} on {full_words(day)}"
    if table.key in NOT_HELD and not many:
        return f"{what}. Empty: {NOT_HELD[table.key]}"
    return f"{what}. " + (f"{many:,} rows." if many else "Empty: nothing is recorded that belongs here.")


def _lines(spec: Specification, table: Table, rows: Sequence[Row], day: date) -> Iterator[list[Any]]:
    """Headings, then the rows with codes as Ofsted spells them. Raises KeyError for a value of no column or of no code."""
    known = {each.name: spellings(codes_of(spec, each, day, day)) for each in table.columns if each.kind == "code"}
    names = [each.name for each in table.columns]
    yield names
    for row in rows:
        if strange := set(row) - set(names):
            raise KeyError(f"{table.key} has no column {sorted(strange)[0]}")
        yield [_said(known.get(name), row.get(name)) for name in names]


def _said(codes: Mapping[str, str] | None, value: Any) -> Any:
    return codes[str(value).casefold()] if codes is not None and value not in (None, "") else value


def empty(made: Written) -> list[str]:
    """The keys of the lists without a row."""
    return [key for key in chain(["list-1"], NOT_HELD, FROM_NEED, FROM_CARE) if not made.rows[key]]
