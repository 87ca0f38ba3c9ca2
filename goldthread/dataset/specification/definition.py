"""A specification: the tables and columns of a return, and the rules its rows keep."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldthread.dataset.specification.rules import Rule

#: how each kind of column is written, in words for whoever fills it in
KINDS: Mapping[str, str] = {
    "text": "Text", "code": "A code of the list", "date": "A date, such as 03/11/2026",
    "moment": "A date, with the time where it is known, such as 03/11/2026 14:30", "whole": "A whole number",
    "decimal": "A number", "yes_no": "Yes or no", "nhs": "An NHS number, 10 digits",
    "upn": "A unique pupil number, a letter and 12 characters", "postcode": "A postcode",
}
NUMBERS = frozenset({"whole", "decimal"})
DATES = frozenset({"date", "moment"})
ROWS, XML = "rows", "xml"
#: what a column may tell of the person a row is about, so that lists of several agencies can be linked
TELLS: Mapping[str, str] = {"given": "given names", "family": "family name", "born": "date of birth", "sex": "sex",
                            "line": "building and street", "postcode": "postcode", "nhs": "NHS number",
                            "upn": "unique pupil number"}
TELLS_ENOUGH = frozenset({"family", "nhs", "upn"})  # one of these is needed to link a row


@dataclass(frozen=True)
class ListedCode:
    """A code of a list, what it means, and other ways in which systems write it."""

    code: str
    label: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of a table.

    name: its heading, or the element. required: a row without it cannot be taken; wanted: it is counted as a gap.
    codes: a list of the specification's own or of `rules.codes`. also: other headings understood. past: not after today.
    longest: characters of a text; plain: of letters and figures only; area: of a pupil number that an area of
    `rules.pupil_numbers` gave; least, most: of a number. at: where XML holds it below the table's element ("." is the
    element itself); from_parent: a column of the table above, repeated here, of which faults are told there. tells: what
    it says of the person (TELLS).
    """

    name: str
    title: str
    kind: str = "text"
    required: bool = False
    wanted: bool = False
    codes: str = ""
    also: tuple[str, ...] = ()
    meaning: str = ""
    past: bool = False
    longest: int = 200
    plain: bool = False
    area: bool = False
    least: float | None = None
    most: float | None = None
    at: str = ""
    from_parent: str = ""
    tells: str = ""


@dataclass(frozen=True)
class Table:
    """A table of a return. about: whom its rows are about ("children", "adults" or "" for nobody): readings are logged.

    also: other names of its file or sheet. needed: a return without it is not whole. element: where XML holds a row,
    from the root or, with `within`, from the row of the table above.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    about: str = "children"
    also: tuple[str, ...] = ()
    needed: bool = False
    element: str = ""
    within: str = ""

    def column(self, name: str) -> Column:
        """Raises KeyError for a column there is not."""
        return next(each for each in self.columns if each.name == name) if self.has(name) else _none(self, name)

    def tells(self) -> dict[str, str]:
        """The columns that tell who a row is about, by what they tell; none where that is not enough to link it."""
        found = {each.tells: each.name for each in self.columns if each.tells}
        return found if TELLS_ENOUGH & found.keys() else {}

    def has(self, name: str) -> bool:
        return any(each.name == name for each in self.columns)


def _none(table: Table, name: str) -> Column:
    raise KeyError(f"{table.key} has no column {name}")


@dataclass(frozen=True)
class Specification:
    """What is asked of agencies, in one edition. form: ROWS (CSV and Excel) or XML, whose outermost element is `root`."""

    key: str
    title: str
    edition: str
    valid_from: date
    valid_to: date | None
    source: str
    tables: tuple[Table, ...]
    rules: tuple[Rule, ...] = ()
    meaning: str = ""
    form: str = ROWS
    root: str = ""
    lists: Mapping[str, tuple[ListedCode, ...]] = field(default_factory=dict)

    def table(self, key: str) -> Table:
        """Raises KeyError for a table there is not."""
        for each in self.tables:
            if each.key == key:
                return each
        raise KeyError(f"{self.key} has no table {key}")

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def __str__(self) -> str:
        return self.title
