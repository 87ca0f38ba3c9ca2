"""How each kind of cell is read: it becomes a value, or `Wrong` says which rule it breaks and how to mend it."""
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from goldthread.base import identifiers
from goldthread.base.dates import LONDON
from goldthread.base.text import normalise_postcode
from goldthread.files.tables.findings import Wrong
from goldthread.files.tables.sheets import plain
from goldthread.rules.codes import every

EARLIEST = date(1900, 1, 1)
SERIAL = range(10_000, 80_000)  # what 1927 to 2119 look like when a spreadsheet shows a date as a number
DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?:[ T,]+(.+))?")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(.+))?")
HOUR = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap]m)?(?:Z|\+00:?00)?", re.IGNORECASE)
WRITE_DATE = "Write it as day, month and year, such as 03/11/2026."
WRITE_HOUR = "Write it as 14:30."
NUMBER = ("this is a number, which cannot show a 0 it began with", "Format the column as text and type it anew.")
_YES = {"yes", "y", "true", "1"}
_NO = {"no", "n", "false", "0"}
_PHONE = re.compile(r"\+?[\d\s()\-]{7,30}(\s*(ext|x)\.?\s*\d{1,6})?", re.IGNORECASE)


def said(cell: Any) -> str:
    """A cell as text: numbers without a needless ".0", dates as year-month-day."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)


@cache
def text(longest: int = 200) -> Callable[[Any], str]:
    def read(cell: Any) -> str:
        found = said(cell)
        if len(found) > longest:
            raise Wrong(f"this has {len(found):,} characters, more than {longest:,}", "Shorten it.")
        return found
    return read


def day(cell: Any) -> date:
    """A date. Raises Wrong."""
    if isinstance(cell, datetime):
        return _within(cell.date())
    if isinstance(cell, date):
        return _within(cell)
    if isinstance(cell, int | float) or (isinstance(cell, str) and _serial(cell)):
        raise Wrong("this is a number, as spreadsheets keep dates", "Format the column as a date.")
    return _day(said(cell))[0]


def moment(cell: Any) -> datetime:
    """A date, with the time of day where it is given (midnight where not), in England. Raises Wrong."""
    if isinstance(cell, datetime):
        _within(cell.date())
        return cell.replace(tzinfo=LONDON)
    if isinstance(cell, str):
        on, at = _day(cell.strip()) if not _serial(cell) else (day(cell), "")
        return datetime.combine(on, hour(at) if at else time(0), LONDON)
    return datetime.combine(day(cell), time(0), LONDON)


def hour(cell: Any) -> time:
    """A time of day. Raises Wrong."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    found = HOUR.fullmatch(said(cell))
    if not found:
        raise Wrong("this is not a time of day", WRITE_HOUR)
    hours = int(found[1])
    if found[4]:
        if not 1 <= hours <= 12:
            raise Wrong(f"there is no {hours} {found[4].lower()}", WRITE_HOUR)
        hours = hours % 12 + 12 * (found[4].lower() == "pm")
    try:
        return time(hours, int(found[2]), int(found[3] or 0))
    except ValueError as wrong:
        raise Wrong("there is no such time of day", WRITE_HOUR) from wrong


def _serial(cell: str) -> bool:
    bare = cell.strip().removesuffix(".0")
    return bare.isascii() and bare.isdigit() and int(bare[:9]) in SERIAL


@lru_cache(maxsize=50_000)
def _day(written: str) -> tuple[date, str]:
    """The day written, and what comes after it."""
    if found := DAY_FIRST.fullmatch(written):
        one, two, year = int(found[1]), int(found[2]), int(found[3])
    elif found := YEAR_FIRST.fullmatch(written):
        year, two, one = int(found[1]), int(found[2]), int(found[3])
    else:
        raise Wrong("this is not a date with day, month and year in full", WRITE_DATE)
    if two > 12:
        swapped = " The day comes before the month." if one <= 12 else ""
        raise Wrong(f"there is no month {two}", WRITE_DATE + swapped)
    try:
        return _within(date(year, two, one)), found[4] or ""
    except ValueError as wrong:
        if isinstance(wrong, Wrong):
            raise
        raise Wrong("there is no such day in that month", WRITE_DATE) from wrong


def _within(on: date) -> date:
    if on < EARLIEST:
        raise Wrong("this is before 1900", "Check the year.")
    return on


def yes_no(cell: Any) -> bool:
    found = said(cell).casefold()
    if found not in _YES | _NO:
        raise Wrong("this is neither yes nor no", "Write yes or no.")
    return found in _YES


@cache
def code(list_key: str) -> Callable[[Any], str]:
    """A code of a list, or its words in full, in any case of letters."""
    known = {each.label.casefold(): each.code for each in every(list_key)}
    known |= {each.code.casefold(): each.code for each in every(list_key)}
    usable = ", ".join(each.code for each in every(list_key) if each.valid_to is None)

    def read(cell: Any) -> str:
        found = known.get(" ".join(said(cell).casefold().split()))
        if found is None:
            raise Wrong("this is not in the list of codes", f"Use one of: {usable}.")
        return found
    return read


@cache
def one_of(**choices: str) -> Callable[[Any], str]:
    """One of a few words. choices: the value of each word; spaces and capitals do not matter."""
    def read(cell: Any) -> str:
        found = choices.get(plain(said(cell)))
        if found is None:
            raise Wrong("this is none of the words that can stand here", f"Use one of: {', '.join(choices)}.")
        return found
    return read


def _checked(reader: Callable[[str], str], what: str) -> Callable[[Any], str]:
    def read(cell: Any) -> str:
        try:
            return reader(said(cell))
        except ValueError as wrong:
            raise Wrong(str(wrong).rstrip("."), f"Check {what}, or leave it empty.") from wrong
    return read


postcode = _checked(normalise_postcode, "the postcode")
nhs = _checked(identifiers.nhs_number, "the number")
upn = _checked(identifiers.upn, "the number")


def phone(cell: Any) -> str:
    if isinstance(cell, int | float):
        raise Wrong(*NUMBER)
    found = said(cell)
    if not _PHONE.fullmatch(found) or sum(each.isdigit() for each in found) < 7:
        raise Wrong("this is not a telephone number", "Write it like 01632 960 001.")
    return found


def email(cell: Any) -> str:
    found = said(cell)
    try:
        validate_email(found)
    except ValidationError as wrong:
        raise Wrong("this is not an e-mail address", "Write it like name@example.org.") from wrong
    return found
