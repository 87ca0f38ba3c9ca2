"""The codes a column may hold in a period, by every way in which they are written."""
from __future__ import annotations

from datetime import date
from functools import lru_cache

from goldthread.dataset.specification.definition import Column, ListedCode, Specification
from goldthread.rules import codes as dated


def codes_of(spec: Specification, column: Column, since: date, until: date) -> tuple[ListedCode, ...]:
    """The codes in force on any day of a period, in their order."""
    if column.codes in spec.lists:
        return spec.lists[column.codes]
    return _dated(column.codes, since, until)


@lru_cache(maxsize=500)
def _dated(key: str, since: date, until: date) -> tuple[ListedCode, ...]:
    held = [each for each in dated.every(key) if (each.valid_from or since) <= until and since <= (each.valid_to or until)]
    return tuple({each.code: ListedCode(each.code, each.label) for each in held}.values())


def spellings(codes: tuple[ListedCode, ...]) -> dict[str, str]:
    """Each code by every spelling that is understood, in small letters: other spellings, its words, itself."""
    found: dict[str, str] = {}
    for each in codes:
        found |= {other.casefold(): each.code for other in each.also}
    for each in codes:
        if each.label:
            found.setdefault(each.label.casefold(), each.code)
    return found | {each.code.casefold(): each.code for each in codes}
