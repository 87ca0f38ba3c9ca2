"""Rules within a row, between the rows of a table and between tables, over rows that were read and laid down."""
from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import polars as pl

from goldthread.dataset.checking.columns import BITS, Setting
from goldthread.dataset.checking.report import MOST_EACH, Report
from goldthread.dataset.checking.words import words
from goldthread.dataset.reading.batches import ROW, SHEET, WRONG
from goldthread.dataset.specification import rules as r
from goldthread.dataset.specification.definition import Specification, Table

FAR = date(9999, 12, 31)
EMPTY, FILLED, SATURDAY = "", "*", 6
Laid = dict[str, pl.LazyFrame]  # the rows of each table that was sent


def check_rules(spec: Specification, laid: Laid, sheets: list[str], setting: Setting, report: Report) -> None:
    """Hold the rows to every rule whose tables were sent."""
    for rule in spec.rules:
        if rule.table not in laid or getattr(rule, "other", rule.table) not in laid:
            continue
        held = laid | {rule.table: laid[rule.table].filter(_where(rule, spec.table(rule.table)))} if rule.where else laid
        broken = _BROKEN[type(rule)](rule, spec, held, setting)
        shown = broken.select(SHEET, ROW, pl.col("_shown").cast(pl.String)).sort(SHEET, ROW)
        found = shown.collect()
        if found.height:
            column = spec.table(rule.table).column(_place(rule))
            group = report.group(rule.table, column.name, r.NAMES[type(rule)], *words(rule, spec), query=rule.query)
            first = ((sheets[sheet], row, value) for sheet, row, value in found.head(MOST_EACH).iter_rows())
            report.add(group, found.height, first, column.title)


def _where(rule: r.Rule, table: Table) -> pl.Expr:
    """Which rows a rule is for."""
    return pl.all_horizontal(pl.any_horizontal(_has(table, name, value) for value in values) for name, values in rule.where)


def _has(table: Table, name: str, value: str) -> pl.Expr:
    if value in (EMPTY, FILLED):
        return _empty(table, name) if value == EMPTY else ~_empty(table, name)
    return (pl.col(name).cast(pl.String) == value).fill_null(False)


def _place(rule: Any) -> str:
    """The column at which a breach is shown."""
    for name in ("column", "last", "start"):
        if hasattr(rule, name):
            return str(getattr(rule, name))
    return str(rule.columns[0])


def _showing(rows: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """With the value to be shown; dates as people write them."""
    kind = rows.collect_schema()[name]
    shown = pl.col(name).dt.strftime("%d/%m/%Y") if kind in (pl.Date, pl.Datetime) else pl.col(name)
    return rows.with_columns(shown.alias("_shown"))


def _day(table: Any, name: str) -> pl.Expr:
    return pl.col(name).dt.date() if table.column(name).kind == "moment" else pl.col(name)


def _unique(rule: r.Unique, spec: Specification, laid: Laid, setting: Setting) -> pl.LazyFrame:
    rows = laid[rule.table].select(SHEET, ROW, *rule.columns).drop_nulls(list(rule.columns))
    digest = pl.lit(0, pl.UInt64)
    for name in rule.columns:
        digest = (digest ^ pl.col(name).hash()).hash()
    # rows of one digest are few: among them, and not among all, the values themselves are compared
    alike = rows.filter(digest.is_duplicated())
    return _showing(alike.filter(~pl.struct(rule.columns).is_first_distinct()), rule.columns[0])


def _refers(rule: r.Refers, spec: Specification, laid: Laid, setting: Setting) -> pl.LazyFrame:
    rows = laid[rule.table].select(SHEET, ROW, rule.column).drop_nulls(rule.column)
    known = laid[rule.other].select(rule.to).drop_nulls().unique()
    return _showing(rows.join(known, left_on=rule.column, right_on=rule.to, how="anti"), rule.column)


def _order(rule: r.Order, spec: Specification, laid: Laid, setting: Setting) -> pl.LazyFrame:
    table = spec.table(rule.table)
    rows = laid[rule.table].select(SHEET, ROW, rule.first, rule.last)
    first, last = _day(table, rule.first), _day(table, rule.last)
    wrong = first >= last if rule.apart else first > last + timedelta(days=rule.days)
    if not rule.days and all(table.column(name).kind == "moment" for name in (rule.first, rule.last)):
        known = pl.col(rule.last).dt.time() != time(0)  # a moment whose time nobody wrote down stands at midnight
        wrong = wrong | (known & (pl.col(rule.first) > pl.col(rule.last)))
    return _showing(rows.filter(wrong), rule.last)


def _not_before(rule: r.NotBefore, spec: Specification, laid: Laid, setting: Setting) -> pl.LazyFrame:
    rows = laid[rule.table].select(SHEET, ROW, rule.column, pl.col(rule.key).alias("_key")).drop_nulls()
    other = laid[rule.other].select(pl.col(rule.to).alias("_key"), _day(spec.table(rule.other), rule.date).alias("_other"))
    joined = rows.join(other.drop_nulls().unique("_key", keep="first"), on="_key")
    return _showing(joined.filter(_day(spec.table(rule.table), rule.column) < pl.col("_other")), rule.column)


def _no_overlap(rule: r.NoOverlap, spec: Specification, laid: Laid, setting: Setting) -> pl.LazyFrame:
    table = spec.table(rule.table)
    rows = laid[rule.table].select(SHEET, ROW, pl.col(rule.by).alias("_by"), rule.start,
                                   _day(table, rule.start).alias("_start"), _day(table, rule.end).alias("_end"))
    spells = rows.drop_nulls(["_by", "_start"]).filter(pl.col("_by").is_duplicated()).with_columns(
        pl.col("_end").fill_null(FAR)).sort("_by", "_start", "_end")
    ended = pl.col("_end").cum_max().shift(1).over("_by")
    return _showing(spells.filter(pl.col("_start") <= ended if rule.apart else pl.col("_start") < ended), rule.start)


def _empty(table: Table, name: str) -> pl.Expr:
    """Whether nothing stands in a cell; something that could not be taken is not nothing."""
    place = [each.name for each in table.columns].index(name)
    return pl.col(name).is_null() & ((pl.col(WRONG) & (1 << place)) == 0 if place < BITS else pl.lit(True))


def _one_of(rule: r.OneOf, spec: Specification, laid: Laid, setting: Setting) -> pl.LazyFrame:
    rows = laid[rule.table].select(SHEET, ROW, WRONG, *rule.columns)
    empty = pl.all_horizontal(_empty(spec.table(rule.table), name) for name in rule.columns)
    return rows.filter(empty).with_columns(pl.lit("").alias("_shown"))


def _applies(rule: Any) -> pl.Expr:
    return pl.col(rule.when).cast(pl.String).is_in(list(rule.values)) if rule.values else pl.col(rule.when).is_not_null()


def _required_when(rule: r.RequiredWhen, spec: Specification, laid: Laid, setting: Setting) -> pl.LazyFrame:
    rows = laid[rule.table].select(SHEET, ROW, WRONG, rule.column, rule.when)
    return rows.filter(_applies(rule) & _empty(spec.table(rule.table), rule.column)).with_columns(pl.lit("").alias("_shown"))


def _empty_when(rule: r.EmptyWhen, spec: Specification, laid: Laid, setting: Setting) -> pl.LazyFrame:
    rows = laid[rule.table].select(SHEET, ROW, rule.column, rule.when)
    return _showing(rows.filter(_applies(rule) & pl.col(rule.column).is_not_null()), rule.column)


def _in_period(rule: r.InPeriod, spec: Specification, laid: Laid, setting: Setting) -> pl.LazyFrame:
    rows = laid[rule.table].select(SHEET, ROW, rule.column)
    day = _day(spec.table(rule.table), rule.column)
    since = {r.WITHIN: setting.since, r.BY_END: date.min, r.LAST_DAY: setting.until}[rule.part]
    return _showing(rows.filter((day < since) | (day > setting.until)), rule.column)


def _weekday(rule: r.Weekday, spec: Specification, laid: Laid, setting: Setting) -> pl.LazyFrame:
    rows = laid[rule.table].select(SHEET, ROW, rule.column)
    return _showing(rows.filter(pl.col(rule.column).dt.weekday() >= SATURDAY), rule.column)


def _not_during(rule: r.NotDuring, spec: Specification, laid: Laid, setting: Setting) -> pl.LazyFrame:
    def spells(key: str, start: str, end: str, *more: str) -> pl.LazyFrame:
        table = spec.table(key)
        return laid[key].select(*more, pl.col(rule.by).alias("_by"), _day(table, start).alias("_start"),
                                _day(table, end).fill_null(FAR).alias("_end")).drop_nulls(["_by", "_start"])

    mine = spells(rule.table, rule.start, rule.end, SHEET, ROW, rule.start)
    theirs = spells(rule.other, rule.other_start, rule.other_end)
    at_once = mine.join(theirs, on="_by").filter(
        (pl.col("_start") < pl.col("_end_right")) & (pl.col("_start_right") < pl.col("_end")))
    return _showing(at_once.unique([SHEET, ROW]), rule.start)


def _alone(rule: r.Alone, spec: Specification, laid: Laid, setting: Setting) -> pl.LazyFrame:
    rows = laid[rule.table].select(SHEET, ROW, rule.column, *(name for name in rule.columns if name != rule.column))
    such = pl.col(rule.column).is_in(list(rule.values))
    # of the few groups that have such a row, and not of all, the rows are counted
    beside = rows.join(rows.filter(such), on=list(rule.columns), how="semi").filter(pl.len().over(rule.columns) > 1)
    return _showing(beside.filter(such), rule.column)


_BROKEN: dict[type[r.Rule], Callable[..., pl.LazyFrame]] = {
    r.Unique: _unique, r.Refers: _refers, r.Order: _order, r.NotBefore: _not_before, r.NoOverlap: _no_overlap,
    r.OneOf: _one_of, r.RequiredWhen: _required_when, r.EmptyWhen: _empty_when, r.InPeriod: _in_period,
    r.Weekday: _weekday, r.NotDuring: _not_during, r.Alone: _alone}
