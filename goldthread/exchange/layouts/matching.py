"""Which column of a file is which of a layout, and the reading of one row by it."""
from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from goldthread.exchange.columns import Column
from goldthread.files.tables.findings import Findings, Wrong
from goldthread.files.tables.sheets import Refused, Table, blank, plain

#: columns of a layout that a file has: place in the row, and the column
Places = list[tuple[int, Column]]
MOST_COLUMNS = 500


def known_headings(columns: Iterable[Column]) -> dict[str, Column]:
    """Every heading that is understood, in its plain form."""
    return {name: column for column in columns for name in column.plain_names}


def match(table: Table, columns: Sequence[Column], findings: Findings, unread: Collection[str] = ()) -> Places | None:
    """The columns the table has; None, with findings, when its headings do not hold. unread: known, not wanted."""
    known, found, before = known_headings(columns), [], findings.many
    taken: dict[str, int] = {}
    if len(table.headings) > MOST_COLUMNS:
        findings.add(table.name, table.heading_row, "", f"{len(table.headings):,} columns",
                     f"there are more than {MOST_COLUMNS} columns", "Take out those that are not in the template.")
        return None
    for place, heading in enumerate(table.headings):
        column = known.get(plain(heading))
        if column is None:
            if plain(heading) not in unread:
                _strange(table, place, heading, columns, findings)
        elif column.name in taken:
            findings.add(table.name, table.heading_row, column.name, heading, "this column is there twice",
                         "Keep one of them.")
        else:
            taken[column.name] = place
            found.append((place, column))
    for column in columns:
        if column.required and column.name not in taken:
            findings.add(table.name, table.heading_row, column.name, "", "this column is missing",
                         "Add it, with the heading as in the template.")
    return None if findings.many > before else found


def _strange(table: Table, place: int, heading: str, columns: Sequence[Column], findings: Findings) -> None:
    """A column that is not known; one without a heading is let be while nothing stands in it."""
    if not heading:
        first = next((number for number, cells in table.rows if len(cells) > place and not blank(cells[place])), None)
        if first is not None:
            findings.add(table.name, first, f"column {place + 1}", str(table_cell(table, first, place)),
                         "this column has no heading", "Give it a heading of the template, or empty it.")
        return
    near = get_close_matches(heading.casefold(), [each.name.casefold() for each in columns], 1, 0.75)
    hint = f"Did you mean “{near[0].capitalize()}”? " if near else ""
    findings.add(table.name, table.heading_row, heading[:60], "", "there is no such column",
                 hint + "Headings are those of the template; take out columns that are not.")


def table_cell(table: Table, row: int, place: int) -> object:
    return next(cells[place] for number, cells in table.rows if number == row)


def read(table: Table, row: int, column: Column, cell: Any, findings: Findings) -> Any:
    """A cell's value; None, with a finding, when it cannot be taken."""
    try:
        if isinstance(cell, Refused):
            raise Wrong(cell.rule, cell.mend)
        return column.read(cell)
    except Wrong as wrong:
        findings.add(table.name, row, column.name, cell, wrong.rule, wrong.mend)
        return None


def too_wide(table: Table, row: int, cells: Sequence[object], findings: Findings) -> bool:
    """Whether a row has something beyond the last heading, as text with stray commas makes."""
    extra = next((cell for cell in cells[len(table.headings):] if not blank(cell)), None)
    if extra is not None:
        findings.add(table.name, row, "", extra, "this row has more cells than there are headings",
                     "Put quotation marks round text that has commas in it.")
    return extra is not None
