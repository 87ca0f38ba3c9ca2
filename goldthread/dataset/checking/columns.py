"""One batch of a table: each cell read by its column's kind, what cannot be taken found."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import polars as pl

from goldthread.dataset.checking.kinds import Reader, reader_of
from goldthread.dataset.checking.report import MOST_EACH, Report
from goldthread.dataset.reading.batches import REFUSED, ROW, SHEET, WRONG, Batch
from goldthread.dataset.specification.definition import Column, Specification
from goldthread.files.tables.findings import Wrong
from goldthread.rules.pupil_numbers import areas

BITS = 64  # columns of a table whose wrong cells are remembered
SPACE = r"^\s|\s$"
MANY_WORDS = 60  # different ways of being wrong that are told apart in one column


@dataclass(frozen=True)
class Setting:
    """today: in England. since, until: the period that the return is for."""

    today: date
    since: date
    until: date


def read_columns(batch: Batch, spec: Specification, setting: Setting, report: Report, sheet: int) -> pl.DataFrame:
    """The batch with values in place of text, and the number of its sheet; a cell that cannot be taken is empty, and
    remembered in WRONG, so that rules do not call it empty."""
    report.rows[batch.table.key] += batch.frame.height
    _nameless(batch, report)
    made: dict[str, Any] = {ROW: batch.frame[ROW]}
    wrong = pl.repeat(0, batch.frame.height, dtype=pl.UInt64, eager=True)
    everything = report
    for place, column in enumerate(batch.table.columns):
        report = Report() if column.from_parent else everything  # what repeats the row above was told of there
        reader = reader_of(spec, column, setting.since, setting.until)
        if column.name not in batch.frame.columns:
            made[column.name] = pl.repeat(None, batch.frame.height, dtype=reader.dtype, eager=True)
            report.empty[batch.table.key, column.name] += batch.frame.height
            continue
        raw, values = _quickly(batch.frame[column.name], reader)
        values = _values(batch, column, raw, values, reader, report)
        if place < BITS and values.null_count() != raw.null_count():
            wrong = wrong | (raw.is_not_null() & values.is_null()).cast(pl.UInt64) * (1 << place)
        _gaps(batch, column, raw, report)
        made[column.name] = _within(batch, column, raw, values, setting, report)
    made[WRONG] = wrong
    made[SHEET] = pl.repeat(sheet, batch.frame.height, dtype=pl.UInt16, eager=True)
    return pl.DataFrame(made)


def _quickly(raw: pl.Series, reader: Reader) -> tuple[pl.Series, pl.Series]:
    """The cells, without space round them where any has some, and what the quick way makes of them."""
    values = reader.quick(raw)
    if values.null_count() != raw.null_count():
        left = raw.filter(raw.is_not_null() & values.is_null())
        if left.str.contains(SPACE).any():
            stripped = raw.str.strip_chars()
            raw = stripped.set((stripped == "").fill_null(False), None)
            values = reader.quick(raw)
    return raw, values


def _values(batch: Batch, column: Column, raw: pl.Series, values: pl.Series, reader: Reader, report: Report) -> pl.Series:
    values = values.rename(column.name)
    if values.null_count() == raw.null_count():
        return values
    others = raw.filter(raw.is_not_null() & values.is_null()).unique()
    taken, wrong = _one_by_one(others, reader)
    if taken:
        mapped = raw.replace_strict(list(taken), list(taken.values()), default=None, return_dtype=reader.dtype)
        values = values.to_frame().select(pl.coalesce(pl.col(column.name), mapped.rename(column.name))).to_series()
    _tell_wrong(batch, column, raw, wrong, report)
    return values


def _one_by_one(others: pl.Series, reader: Reader) -> tuple[dict[str, Any], dict[str, Wrong]]:
    taken: dict[str, Any] = {}
    wrong: dict[str, Wrong] = {}
    for each in others:
        if each == REFUSED:
            continue
        try:
            taken[each] = reader.single(each)
        except Wrong as why:
            wrong[each] = why
    return taken, wrong


def _tell_wrong(batch: Batch, column: Column, raw: pl.Series, wrong: dict[str, Wrong], report: Report) -> None:
    by_rule: dict[tuple[str, str], list[str]] = {}
    for value, why in wrong.items():
        words = (why.rule, why.mend) if len(by_rule) < MANY_WORDS else next(reversed(by_rule))
        by_rule.setdefault(words, []).append(value)
    for (rule, mend), values in by_rule.items():
        _add(batch, column, raw, raw.is_in(pl.Series(values, dtype=pl.String).implode()), column.kind, rule, mend, report)


def _gaps(batch: Batch, column: Column, raw: pl.Series, report: Report) -> None:
    empty = raw.null_count()
    report.empty[batch.table.key, column.name] += empty
    if empty and (column.required or column.wanted):
        rule = "this is empty" if column.required else "this is empty, and would be of use"
        mend = f"Fill in “{column.title}”." if column.required else f"Fill in “{column.title}” where it is known."
        _add(batch, column, raw, raw.is_null(), "required", rule, mend, report, query=not column.required)


def _within(batch: Batch, column: Column, raw: pl.Series, values: pl.Series, setting: Setting, report: Report) -> pl.Series:
    """Values that must lie in a range, and do not, are found; they stay as they are."""
    for beyond, rule, mend in _bounds(column, values, setting):
        if beyond.any():
            _add(batch, column, raw, beyond.fill_null(False), "range", rule, mend, report)
    return values


def _bounds(column: Column, values: pl.Series, setting: Setting) -> Iterable[tuple[pl.Series, str, str]]:
    if column.past:
        tomorrow = setting.today + timedelta(days=1)
        first = tomorrow if values.dtype == pl.Date else datetime.combine(tomorrow, time())
        yield values >= first, "this is in the future", "Check the date."
    if column.plain:
        yield values.str.contains("[^A-Za-z0-9]"), "this has something else than letters and figures", "Take the rest out."
    if column.area:
        yield (~values.str.slice(1, 3).is_in(areas()), "no area gives pupil numbers with these characters 2 to 4",
               "Check the number, or leave it out and say why.")
    if column.least is not None:
        yield values < column.least, f"this is less than {column.least:g}", "Check the number."
    if column.most is not None:
        yield values > column.most, f"this is more than {column.most:g}", "Check the number."


def _nameless(batch: Batch, report: Report) -> None:
    """Columns without a heading may stand there while they are empty."""
    for name in (each for each in batch.frame.columns if each.startswith("?")):
        filled = batch.frame.filter(pl.col(name).is_not_null())
        if filled.height:
            place = f"column {int(name[1:]) + 1}"
            group = report.group("", place, "shape", "this column has no heading",
                                 "Give it a heading of the template, or empty it.")
            report.add(group, filled.height, [(batch.sheet, filled[ROW][0], filled[name][0])], place)


def _add(batch: Batch, column: Column, raw: pl.Series, wrong: pl.Series, kind: str, rule: str, mend: str, report: Report,
         *, query: bool = False) -> None:
    group = report.group(batch.table.key, column.name, kind, rule, mend, query=query)
    many = int(wrong.sum())
    wanted = max(MOST_EACH - len(group.first), 0)
    rows = pl.DataFrame({ROW: batch.frame[ROW], "value": raw}).filter(wrong).head(wanted)
    report.add(group, many, ((batch.sheet, row, value) for row, value in rows.iter_rows()), column.title)
