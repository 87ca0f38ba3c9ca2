"""Code lists as effective-dated data: rules/data/codes/<list key>.csv, one list a file."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from goldthread.rules.data_files import BadData, day, names, table

COLUMNS = ("code", "label", "valid_from", "valid_to", "source", "note", "local", "sort")


@dataclass(frozen=True)
class Code:
    """One line of a code list. `local` codes are a partnership's own to change."""

    code: str
    label: str
    valid_from: date | None
    valid_to: date | None
    source: str
    note: str
    local: bool
    sort: int

    def in_force(self, on: date) -> bool:
        after = self.valid_from is None or self.valid_from <= on
        return after and (self.valid_to is None or on <= self.valid_to)


class UnknownCode(LookupError):
    """No such code list, or no such code in it."""


def lists() -> tuple[str, ...]:
    """The keys of every code list."""
    return tuple(name.removesuffix(".csv") for name in names(".csv", "codes"))


def codes(list_key: str, on: date) -> tuple[Code, ...]:
    """The codes of a list in force on a day, in their order. Raises UnknownCode."""
    return tuple(each for each in _all(list_key) if each.in_force(on))


def every(list_key: str) -> tuple[Code, ...]:
    """Every code a list ever had, retired ones too. Raises UnknownCode."""
    return _all(list_key)


def label(list_key: str, code: str) -> str:
    """The words for a code, retired ones too: old records keep their meaning. Raises UnknownCode."""
    found = _by_code(list_key).get(code)
    if found is None:
        raise UnknownCode(f"“{code}” is not in the code list “{list_key}”. "
                          f"It has: {', '.join(_by_code(list_key))}.")
    return found.label


def choices(list_key: str, on: date) -> list[tuple[str, str]]:
    """(code, label) pairs for a form field. Raises UnknownCode."""
    return [(each.code, each.label) for each in codes(list_key, on)]


def faults() -> list[str]:
    """What is wrong with the code lists, in words; empty when all is well. Run at start-up."""
    found = []
    for list_key in lists():
        try:
            found += _overlaps(list_key, _all(list_key))
        except BadData as wrong:
            found.append(str(wrong))
    return found


def _overlaps(list_key: str, every_code: tuple[Code, ...]) -> list[str]:
    found, last = [], {}
    for each in sorted(every_code, key=lambda each: each.valid_from or date.min):
        earlier = last.get(each.code)
        if earlier and (earlier.valid_to is None or earlier.valid_to >= (each.valid_from or date.min)):
            found.append(f"codes/{list_key}.csv: “{each.code}” is there twice for the same days.")
        if each.valid_from and each.valid_to and each.valid_to < each.valid_from:
            found.append(f"codes/{list_key}.csv: “{each.code}” ends before it begins.")
        last[each.code] = each
    return found


@cache
def _all(list_key: str) -> tuple[Code, ...]:
    if list_key not in lists():
        raise UnknownCode(f"There is no code list “{list_key}”. There are: {', '.join(lists())}.")
    file = f"{list_key}.csv"
    read = [_read(row, f"codes/{file} line {line}") for line, row in enumerate(table("codes", file), start=2)]
    return tuple(sorted(read, key=lambda each: each.sort))


@cache
def _by_code(list_key: str) -> Mapping[str, Code]:
    by_code: dict[str, Code] = {}
    for each in sorted(_all(list_key), key=lambda each: each.valid_from or date.min):
        by_code[each.code] = each
    return {each.code: by_code[each.code] for each in _all(list_key)}


def _read(row: dict[str, str], where: str) -> Code:
    if tuple(row) != COLUMNS:
        raise BadData(f"{where}: the columns must be {', '.join(COLUMNS)}.")
    if row["local"] not in ("", "yes") or not row["sort"].isdigit():
        raise BadData(f"{where}: “local” is empty or yes, and “sort” is a whole number.")
    for field in ("code", "label", "source"):
        if not row[field].strip():
            raise BadData(f"{where}: “{field}” is empty.")
    return Code(row["code"], row["label"], day(row["valid_from"], where), day(row["valid_to"], where),
                row["source"], row["note"], row["local"] == "yes", int(row["sort"]))
