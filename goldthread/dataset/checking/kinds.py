"""How each kind of column is read: all at once where it is written as usual, one by one where it is not.

What the quick way does not take goes, each different value once, to the reader that `files.tables.cells` has for a single
cell; so both ways agree, and what is wrong is said in the same words wherever a file is read.
"""
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from goldthread.dataset.specification.definition import Column, Specification
from goldthread.dataset.specification.lists import codes_of, spellings
from goldthread.files.kinds.text import FORMULA
from goldthread.files.tables import cells
from goldthread.files.tables.findings import Wrong

CODES_TOLD = 30
ODD = r"^[=@+\-\s]|\s$"  # space round a text, or what a formula may begin with
LETTERED = re.compile(r"^[a-z]{1,2}\)\s*")
BESIDE = re.compile(r"\s+[-–]\s+|:\s+")
FORMULA_WORDS = ("this starts like a formula, which a spreadsheet would run", "Take the first sign away.")


@dataclass(frozen=True)
class Reader:
    """dtype: what values become. quick: a column of text to values, null for what it does not take.
    single: one cell, raising Wrong."""

    dtype: Any
    quick: Callable[[pl.Series], pl.Series]
    single: Callable[[str], Any]


def reader_of(spec: Specification, column: Column, since: date, until: date) -> Reader:
    """How a column's cells are read in a period."""
    if column.kind == "code":
        return _codes(spec, column, since, until)
    if column.kind == "text":
        return _texts(column)
    return READERS[column.kind]


def _texts(column: Column) -> Reader:
    longest = column.longest

    def quick(raw: pl.Series) -> pl.Series:
        odd = (raw.str.len_bytes() > longest) | raw.str.contains(ODD)
        return raw.set(odd.fill_null(False), None) if odd.any() else raw

    def single(cell: str) -> str:
        if FORMULA.match(cell):
            raise Wrong(*FORMULA_WORDS)
        return cells.text(longest)(cell)
    return Reader(pl.String, quick, single)


def _codes(spec: Specification, column: Column, since: date, until: date) -> Reader:
    codes = codes_of(spec, column, since, until)
    known = spellings(codes)
    told = ", ".join(each.code for each in codes[:CODES_TOLD]) + (" …" if len(codes) > CODES_TOLD else "")
    exact = pl.Series([each.code for each in codes], dtype=pl.String)

    def quick(raw: pl.Series) -> pl.Series:
        return raw.set(~raw.is_in(exact.implode()), None)

    def single(cell: str) -> str:
        found = next((known[each] for each in _ways(cell) if each in known), None)
        if found is None:
            raise Wrong("this is not in the list of codes", f"Use one of: {told}.")
        return found
    return Reader(pl.String, quick, single)


def _ways(cell: str) -> list[str]:
    """A cell as it is; else what is left of it without a letter before it, or of a code with its words beside it, as
    spreadsheets show them: "b) No", "N1 - Abuse or neglect", "q) 6: Police". The first that is known decides."""
    whole = " ".join(cell.casefold().split())
    bare = LETTERED.sub("", whole)
    return [whole, bare, *(part.strip() for part in BESIDE.split(bare, maxsplit=1))]


def _dates(raw: pl.Series) -> pl.Series:
    """Day first or year first, whichever most are; years that a spreadsheet cut short are left to the single reader."""
    first = next((each for each in raw.head(100) if each), "")
    found = raw.str.to_date("%Y-%m-%d" if first[4:5] == "-" else "%d/%m/%Y", strict=False, exact=True)
    return found.set((found < cells.EARLIEST).fill_null(False), None)


def _moments(raw: pl.Series) -> pl.Series:
    first = next((each for each in raw.head(100) if each), "")
    day, between = ("%Y-%m-%d", first[10:11] or " ") if first[4:5] == "-" else ("%d/%m/%Y", first[10:11] or " ")
    if len(first) <= 10:
        return _dates(raw).cast(pl.Datetime("us"))
    clock = "%H:%M:%S" if first.count(":") > 1 else "%H:%M"
    found = raw.str.to_datetime(f"{day}{between}{clock}", strict=False, exact=True, time_unit="us")
    return found.set((found < datetime(1900, 1, 1)).fill_null(False), None)


def _moment(cell: str) -> datetime:
    return cells.moment(cell.replace("T", " ", 1)).replace(tzinfo=None)


def _number(kind: type[int] | type[float], words: str) -> Callable[[str], Any]:
    def single(cell: str) -> Any:
        bare = cell.replace(",", "").removesuffix(".0")
        try:
            return kind(bare)
        except ValueError as wrong:
            raise Wrong(f"this is not {words}", "Write figures only, such as 12.") from wrong
    return single


def _yes_no(raw: pl.Series) -> pl.Series:
    known = {"yes": True, "no": False, "Yes": True, "No": False, "Y": True, "N": False, "true": True, "false": False,
             "1": True, "0": False}
    return raw.replace_strict(known, default=None, return_dtype=pl.Boolean)


def _nhs(raw: pl.Series) -> pl.Series:
    """Ten digits whose weighted sum is a multiple of 11 (NHS Data Dictionary)."""
    digits = raw.to_frame("n").select(
        pl.when(pl.col("n").str.contains(r"^[0-9]{10}$")).then(pl.col("n")).cast(pl.Int64)).to_series()
    total = sum(((digits // 10 ** (9 - place)) % 10) * (10 - place) for place in range(10))
    # the check digit has the weight 1, so a sound number's sum leaves nothing over
    return raw.set(((total % 11) != 0).fill_null(True), None)


UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def _upn(raw: pl.Series) -> pl.Series:
    """A letter that checks 12 digits (DfE guide to unique pupil numbers); temporary ones go to the single reader."""
    rows = raw.to_frame("n").select(pl.when(pl.col("n").str.contains(r"^[A-Z][0-9]{12}$")).then(pl.col("n")).alias("n"))
    digits = rows["n"].str.slice(1).cast(pl.Int64)
    total = sum(((digits // 10 ** (11 - place)) % 10) * (place + 2) for place in range(12))
    letters = (total % 23).replace_strict(dict(enumerate(UPN_LETTERS)), default=None, return_dtype=pl.String)
    return raw.set((letters != rows["n"].str.slice(0, 1)).fill_null(True), None)


def _postcode(raw: pl.Series) -> pl.Series:
    return raw.set(~raw.str.contains(r"^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$").fill_null(True), None)


READERS: dict[str, Reader] = {
    "date": Reader(pl.Date, _dates, lambda cell: cells.day(cell.removesuffix("T00:00:00"))),
    "moment": Reader(pl.Datetime("us"), _moments, _moment),
    "whole": Reader(pl.Int64, lambda raw: raw.cast(pl.Int64, strict=False), _number(int, "a whole number")),
    "decimal": Reader(pl.Float64, lambda raw: raw.cast(pl.Float64, strict=False), _number(float, "a number")),
    "yes_no": Reader(pl.Boolean, _yes_no, cells.yes_no),
    "nhs": Reader(pl.String, _nhs, cells.nhs),
    "upn": Reader(pl.String, _upn, cells.upn),
    "postcode": Reader(pl.String, _postcode, cells.postcode),
}
