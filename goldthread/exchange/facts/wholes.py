"""Facts written whole each time: times, what returns tell beside our own records, what groups and actions come to."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from goldthread.exchange.facts import statements, told_declared, told_events, told_spans, worked
from goldthread.exchange.facts.laying import changes, copied, laid, write_month
from goldthread.measure.engines import DuckDB
from goldthread.measure.facts import TABLES, FactTable
from goldthread.measure.indicators import SpanRule, spans
from goldthread.measure.store import Made, Store


def write(store: Store, accepted: Collection[int], before: Made | None, now: datetime) -> set[int]:
    """All of them. accepted: the accepted returns. before: what the facts held. Returns the months in which some changed."""
    touched = _write_spans(store, accepted, before) | _write_worked(store, now)
    told = told_events.facts(accepted)
    for key in told_events.FACTS:
        touched |= _write_events(store, TABLES[key], told, before)
    return touched


def _columns(table: FactTable) -> str:
    return ", ".join(column.name for column in table.columns)


def _write_spans(store: Store, accepted: Collection[int], before: Made | None) -> set[int]:
    """The times of our own records and those that returns tell of. Returns the months in which one of these, begun then, is
    another than before.
    """
    table = TABLES["spans"]
    columns = _columns(table)
    with changes(store, "spans", columns, "recorded = 'no'", new=before is None) as found:
        with (copied(store, table, columns.split(", "), statements.cases(), {}) as rows,
              DuckDB(store.files(), returned=False) as duck):
            duck.connection.execute("create table ours as " + " union all ".join(
                [f"select {columns} from {rows}", *(span_sql(rule) for rule in spans())]))
            with laid(store, table, told_spans.rows(accepted, _own_times(duck))) as told:
                write_month(duck, store, table, None, f"select {columns} from ours union all select {columns} from {told}")
    return found


def _own_times(duck: DuckDB) -> told_spans.Own:
    """When the times that our own records tell of began and ended, by kind and child."""
    found: dict[tuple[str, int], list[tuple[date, date | None]]] = defaultdict(list)
    beside = {process for told in told_declared.times() for process in told.beside}
    after = {rule.key: rule.after for rule in spans()}
    for span, process, child, began, ended in duck.rows(
            "select span, process, child_id, began, ended from ours where child_id is not null"):
        if span != told_declared.CASE or process in beside:
            found[span, child].append((told_spans.years_on(began, -after.get(span, 0)), ended))
    return found


def _write_events(store: Store, table: FactTable, told: told_events.Found, before: Made | None) -> set[int]:
    """What returns tell as happened, beside our own records of the same table, which lie by the month. Returns the months in
    which some of it is another than before.
    """
    events, columns = told.of(table.key), _columns(table)
    if not events and not store.path(table.key).exists():
        return set()
    with changes(store, table.key, columns, "recorded = 'no'", new=before is None) as found:
        with DuckDB(store.files(), returned=False) as duck:
            rows = told_events.rows(table, events, _own_days(duck, table, events))
            with laid(store, table, rows) as source:
                wanted = f"select {columns} from {source}"
                write_month(duck, store, table, None, _again(source, columns) if table.column("again") else wanted)
    return found


def _own_days(duck: DuckDB, table: FactTable, events: Collection[told_events.Told]) -> told_events.Own:
    """The days, and what came of it, of our own records of what these events tell, by what that is and by child."""
    found: told_events.Own = defaultdict(list)
    step = "clock" if table.column("clock") else "step"
    field = "field" if table.column("field") else "''"
    came = "outcome" if table.column("outcome") else "''"
    for _, process, key, asked in {each.event.key for each in events}:
        for child, day, outcome in duck.rows(
                f"select child_id, day, {came} from {table.key} where process = '{process}' and {step} = '{key}'"
                f" and {field} = '{asked}' and child_id is not null"):
            found[(table.key, process, key, asked), child].append((day, outcome))
    return found


def _again(told: str, columns: str) -> str:
    """What is told, with whether the same came out for the same child within the year before, as told or in our records."""
    names = columns.replace("again, ", "")
    return f"""select {names}, case when lag(day) over before >= day - interval 12 month then 'yes' else 'no' end as again
      from (select {names} from {told} union all select {names} from happened
        where child_id in (select child_id from {told}))
      window before as (partition by child_id, process, step, outcome order by day, recorded desc)
      qualify recorded = 'no'"""


def _write_worked(store: Store, now: datetime) -> set[int]:
    """What groups and actions come to. Returns the months in which something of it changed."""
    table = TABLES["worked"]
    columns = _columns(table)
    with changes(store, "worked", "day, kind, result, origin, agency", new=False) as found:
        with copied(store, table, columns.split(", "), worked.worked(), {"now": now}) as rows, DuckDB({}) as duck:
            write_month(duck, store, table, None, f"select {columns} from {rows}")
    return found


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
