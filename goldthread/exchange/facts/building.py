"""Facts written as Parquet: COPY out of PostgreSQL as the system of one partnership, month by month."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from goldthread.access.actor import acting, system
from goldthread.access.rows import held_to_them
from goldthread.base.dates import LONDON
from goldthread.exchange.facts import returned, statements, wholes
from goldthread.exchange.facts.declared import as_of
from goldthread.exchange.facts.laying import copied, write_month
from goldthread.exchange.records import Progress, untold
from goldthread.measure.engines import DuckDB
from goldthread.measure.facts import TABLES
from goldthread.measure.models import WardPostcode
from goldthread.measure.store import Made, Store

MADE_OF = {"happened": statements.happened, "answered": statements.answered, "limits": statements.limits}


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
        for table in MADE_OF if before is None else ():
            for month in set(store.months(table)) - set(months):  # before they are read: they may have other columns
                store.path(table, month).unlink()
        years = list(_by_year(months))
        for done, year_months in enumerate(years):
            tell(done, len(years) + 2)
            _write(store, year_months, now)
        tell(len(years), len(years) + 2)
        touched = set(months) | returned.write(store, accepted, frozenset(before.returns if before else ()))
        changed = wholes.write(store, accepted, before, now)
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
        with copied(store, table, columns, statement(), bounds(months) | {"now": now}) as rows:
            with DuckDB({"happened": _year_before(store, months)} if key == "happened" else {}) as duck:
                source = _again(rows, columns) if key == "happened" else rows
                for month in months:
                    write_month(duck, store, table, month, f"select * from {source} where month = {month}")


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
