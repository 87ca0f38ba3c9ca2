"""Facts written as Parquet: COPY out of PostgreSQL as the system of one partnership, month by month."""
from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import polars as pl
from django.db import connection, transaction

from goldthread.access.actor import acting, system
from goldthread.access.rows import held_to_them
from goldthread.base.dates import LONDON
from goldthread.exchange.facts import returned, statements, told_spans, worked
from goldthread.exchange.facts.declared import as_of
from goldthread.exchange.records import Progress, untold
from goldthread.measure.engines import TYPES, DuckDB
from goldthread.measure.facts import DAY, DECIMAL, TABLES, TEXT, WHOLE, FactTable
from goldthread.measure.indicators import SpanRule, spans
from goldthread.measure.models import WardPostcode
from goldthread.measure.store import Made, Store

MADE_OF = {"happened": statements.happened, "answered": statements.answered, "limits": statements.limits}
ORDER = {"happened": "process, step, outcome", "answered": "process, step, field, answer",
         "limits": "process, clock, kept", "spans": "span, process, began", "returned": "specification, part, field",
         "worked": "kind, result, origin, agency"}
LAID = {TEXT: pl.String, WHOLE: pl.Int64, DECIMAL: pl.Float64, DAY: pl.Date}
ZSTD = "(format parquet, compression zstd)"


def refresh(partnership: int, now: datetime, *, whole: bool = False, tell: Progress = untold) -> tuple[int, ...]:
    """Make the facts of a partnership anew where something changed since the last time. Returns the months it touched.

    What changes nothing that is recorded on a case (an ethnicity mended, people merged) is taken up when a record of that
    child comes, and by `whole`, which a job does every week.
    """
    store = Store.of(partnership)
    with transaction.atomic(), acting(system(partnership)), held_to_them():
        before = None if whole else store.made()
        if before and WardPostcode.objects.filter(at__gt=before.at).exists():
            before = None  # wards are told of every row
        last, first_day = _last_event(), _first_day()
        accepted = returned.accepted()
        months = _months(first_day, now) if before is None else _touched(before, now)
        years = list(_by_year(months))
        for done, year_months in enumerate(years):
            tell(done, len(years) + 2)
            _write(store, year_months, now)
        tell(len(years), len(years) + 2)
        touched = set(months) | returned.write(store, accepted, frozenset(before.returns if before else ()))
        changed = _write_spans(store, accepted, before) | _write_worked(store, now)
    if before is None:
        for table in (*MADE_OF, "returned"):
            for month in set(store.months(table)) - touched:
                store.path(table, month).unlink()
    store.note(Made(now, last, tuple(accepted)))
    return tuple(sorted(touched | changed))


def _last_event() -> int:
    return _one("select coalesce(max(id), 0) from process_event")


def _first_day() -> date | None:
    return _one("select min(happened_at)::date from process_event")


def _one(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def _months(first: date | None, now: datetime) -> list[int]:
    """Every month from the first day on to two years ahead, in which limits that run now are due."""
    day, end, found = (first or now.date()).replace(day=1), now.astimezone(LONDON).date() + timedelta(days=800), []
    while day <= end:
        found.append(as_of(day))
        day = (day + timedelta(days=32)).replace(day=1)
    return found


def _touched(before: Made, now: datetime) -> list[int]:
    """The months of every record and limit of children whose cases something was recorded on, and those whose time is up."""
    sql = f"""with touched as (select distinct case_id from process_event where id > %(last)s),
      near as (select case_id from touched union select o.case_id from process_caseperson t
        join process_caseperson o on o.person_id = t.person_id where t.case_id in (select case_id from touched))
      select {statements._month('happened_at')} from process_event where case_id in (select case_id from near)
      union select {statements._month('coalesce(stopped, due_by_law)')} from process_clockrow
        where case_id in (select case_id from near) or stopped is null and due_by_law between %(at)s and %(now)s"""
    with connection.cursor() as cursor:
        cursor.execute(sql, {"last": before.last_event, "at": before.at, "now": now})
        return sorted(row[0] for row in cursor.fetchall())


def _by_year(months: Iterable[int]) -> Iterator[list[int]]:
    for _, of_year in groupby(sorted(months), key=lambda month: month // 100):
        yield list(of_year)


def bounds(months: list[int]) -> dict[str, date]:
    """The first and the last day of some months."""
    last = date(months[-1] // 100, months[-1] % 100, 28) + timedelta(days=4)
    return {"since": date(months[0] // 100, months[0] % 100, 1), "until": last - timedelta(days=last.day)}


def _write(store: Store, months: list[int], now: datetime) -> None:
    """The files of some months of one year; a month without rows gets none."""
    for key, statement in MADE_OF.items():
        table = TABLES[key]
        columns = [column.name for column in table.columns if column.name != "again"]
        with _copied(store, table, columns, statement(), bounds(months) | {"now": now}) as rows:
            with DuckDB({"happened": _year_before(store, months)} if key == "happened" else {}) as duck:
                source = _again(rows, columns) if key == "happened" else rows
                for month in months:
                    write_month(duck, store, table, month, f"select * from {source} where month = {month}")


def write_month(duck: DuckDB, store: Store, table: FactTable, month: int | None, select: str) -> None:
    """One file, put in place whole; taken away when there are no rows."""
    path, part = store.path(table.key, month), store.path(table.key, month).with_suffix(".part")
    names = ", ".join(column.name for column in table.columns)
    duck.connection.execute(f"copy (select {names} from ({select}) order by {ORDER[table.key]}, day) to '{part}' {ZSTD}"
                            if table.column("day") else
                            f"copy (select {names} from ({select}) order by {ORDER[table.key]}) to '{part}' {ZSTD}")
    os.chmod(part, 0o600)
    if duck.rows(f"select count(*) from read_parquet('{part}')")[0][0]:
        os.replace(part, path)
    else:
        part.unlink()
        path.unlink(missing_ok=True)


@contextmanager
def _copied(store: Store, table: FactTable, columns: list[str], sql: str, bound: Mapping[str, Any]) -> Iterator[str]:
    """What a statement reads, as a table expression of DuckDB over a file that is gone after the block."""
    types = ", ".join(f"'{name}': '{TYPES[column.kind]}'" for name in columns
                      if (column := table.column(name)) is not None)
    with NamedTemporaryFile(dir=store.folder, suffix=".csv") as kept:  # made for its owner alone
        copy_out(sql, bound, Path(kept.name))
        yield f"read_csv('{kept.name}', columns = {{{types}}}, header = false, nullstr = '\\N', auto_detect = false," \
              " delim = ',', quote = '\"', escape = '\"')"


def copy_out(sql: str, bound: Mapping[str, Any], path: Path) -> None:
    """The rows of a statement in a CSV file."""
    with connection.cursor() as cursor, path.open("wb") as out:
        with cursor.cursor.copy(f"copy ({sql}) to stdout (format csv, null '\\N')", bound or None) as rows:
            for data in rows:
                out.write(data)


def _year_before(store: Store, months: list[int]) -> list[Path]:
    """The files of the twelve months before these, and between them, as far as they are not written anew."""
    return [store.path("happened", month) for month in store.months("happened")
            if months[0] - 100 <= month < months[-1] and month not in months]


def _again(rows: str, columns: list[str]) -> str:
    """Rows with whether the same came out for the same child within the year before."""
    names = ", ".join(columns)
    return f"""(select {names}, case when child_id is not null and lag(day) over before >= day - interval 12 month
        then 'yes' else 'no' end as again from (select {names} from {rows} union all select {names} from happened)
      window before as (partition by child_id, process, step, outcome order by day, record_id))"""


def _write_spans(store: Store, accepted: Collection[int], before: Made | None) -> set[int]:
    """The times of our own records and those that returns tell of, whole. Returns the months in which one of these, begun
    then, is another than before.
    """
    table = TABLES["spans"]
    columns = ", ".join(column.name for column in table.columns)
    sql = f"select month, count(*), sum(hash({columns})) from spans where recorded = 'no' group by 1"
    known = set()
    if before is not None:
        with DuckDB(store.files()) as duck:
            known = set(duck.rows(sql))
    with _copied(store, table, columns.split(", "), statements.cases(), {}) as rows, DuckDB(store.files()) as duck:
        duck.connection.execute("create table ours as " + " union all ".join(
            [f"select {columns} from {rows}", *(span_sql(rule) for rule in spans())]))
        with _laid(store, table, told_spans.rows(accepted, _own(duck))) as told:
            write_month(duck, store, table, None, f"select {columns} from ours union all select {columns} from {told}")
    with DuckDB(store.files()) as duck:
        return {row[0] for row in known ^ set(duck.rows(sql))}


def _own(duck: DuckDB) -> told_spans.Own:
    """When the times that our own records tell of began and ended, by kind and child."""
    found: dict[tuple[str, int], list[tuple[date, date | None]]] = defaultdict(list)
    beside = {process for told in told_spans.declared() for process in told.beside}
    after = {rule.key: rule.after for rule in spans()}
    for span, process, child, began, ended in duck.rows(
            "select span, process, child_id, began, ended from ours where child_id is not null"):
        if span != told_spans.CASE or process in beside:
            found[span, child].append((told_spans.years_on(began, -after.get(span, 0)), ended))
    return found


@contextmanager
def _laid(store: Store, table: FactTable, rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """Rows as a table expression of DuckDB over a file that is gone after the block."""
    frame = pl.DataFrame(rows, schema={column.name: LAID[column.kind] for column in table.columns}, orient="row")
    with NamedTemporaryFile(dir=store.folder, suffix=".parquet") as kept:
        frame.write_parquet(kept.name)
        yield f"read_parquet('{kept.name}')"


def _write_worked(store: Store, now: datetime) -> set[int]:
    """What groups and actions come to, whole. Returns the months in which something of it changed."""
    table = TABLES["worked"]
    sql = "select month, count(*), sum(hash(day, kind, result, origin, agency)) from worked group by 1"
    columns = [column.name for column in table.columns]
    with DuckDB(store.files()) as duck:
        before = set(duck.rows(sql))
    with _copied(store, table, columns, worked.worked(), {"now": now}) as rows, DuckDB({}) as duck:
        write_month(duck, store, table, None, f"select {', '.join(columns)} from {rows}")
    with DuckDB(store.files()) as duck:
        return {row[0] for row in before ^ set(duck.rows(sql))}


def span_sql(rule: SpanRule) -> str:
    """The times of one rule, from what happened: a piece for each answer of its state field, one after the other."""
    def came(steps: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
        return " or ".join(f"step = '{step}'" + (f" and outcome in ({', '.join(map(repr, outcomes))})" if outcomes else "")
                           for step, outcomes in steps) or "false"
    whole = f"""select case_id, child_id, min(day) as began, any_value(age) as age, any_value(sex) as sex,
        any_value(ethnicity) as ethnicity, any_value(area) as area, any_value(ward) as ward,
        any_value(source) as source
      from happened where process = '{rule.process}' and ({came(rule.begins)}) group by case_id, child_id"""
    over = f"""select w.*, (select min(day) from happened h where h.case_id = w.case_id and h.process = '{rule.process}'
        and h.child_id is not distinct from w.child_id and ({came(rule.ends)}) and h.day >= w.began) as ended from whole w"""
    said = f"""select case_id, child_id, day, arg_max(answer, record_id) as answer from answered
      where process = '{rule.process}' and field = '{rule.state}' group by case_id, child_id, day"""
    cut = f"""select o.* exclude (began), greatest(coalesce(s.day, o.began), o.began) as began,
        coalesce(s.answer, '') as state
      from over o left join ({said}) s on s.case_id = o.case_id and s.child_id is not distinct from o.child_id
        and s.day <= coalesce(o.ended, s.day)"""
    if not rule.state:
        cut = "select *, '' as state from over"
    pieces = """select * exclude (ended), least(lead(began) over piece, ended) as ended from cut
      window piece as (partition by case_id, child_id order by began)"""
    later = f"began + interval {rule.after} year" if rule.after else "began"
    return f"""select year(began) * 100 + month(began) as month, '{rule.key}' as span, '{rule.process}' as process, state,
        'yes' as recorded, began, ended, year(ended) * 100 + month(ended) as until, case_id, child_id,
        case when row_number() over (partition by case_id, began order by child_id) = 1 then 1 else 0 end as once,
        age, sex, ethnicity, area, ward, source
      from (with whole as ({whole}), over as ({over}), cut as ({cut}), pieces as ({pieces})
        select * exclude (began), ({later})::date as began from pieces)
      where ended is null or ended > began"""
