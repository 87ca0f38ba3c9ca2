"""Invented facts by the million, as Parquet like the product's: seven years of months, every kind of record there is."""
from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import duckdb

from goldthread.exchange.facts.declared import known
from goldthread.exchange.facts.laying import write_month
from goldthread.measure.conditions import comparisons
from goldthread.measure.engines import DuckDB
from goldthread.measure.facts import TABLES
from goldthread.measure.indicators import all_indicators, spans
from goldthread.measure.periods import months_between
from goldthread.measure.store import WHOLE_TABLES, Store

MONTHS = months_between(201904, 202603)
FIRST = date(2019, 4, 1)
DAYS = (date(2026, 4, 1) - FIRST).days
CHILDREN = 8  # rows for each different child, on average
KINDS = ("school", "police", "childrens-services", "acute-trust", "community-trust", "gp-practice", "housing")
BROKEN = """(['unborn', 'under 1', '1 to 4', '5 to 9', '10 to 15', '16 and over'])[(1 + hash(i * 3) % 6)::bigint] as age,
  (['F', 'M', 'U'])[(1 + hash(i * 5) % 3)::bigint] as sex, 'E' || hash(i * 7) % 19 as ethnicity,
  'ZZ' || hash(i * 11) % 21 as area, 'W' || hash(i * 47) % 24 as ward,
  (['1A', '2A', '3A', '3E', '6', '8'])[(1 + hash(i * 13) % 6)::bigint] as source"""
BASE = f"""date '{FIRST}' + (hash(i) % {DAYS})::integer as day, hash(i * 17) % (many / {CHILDREN})::ubigint as child_id,
  (hash(i * 19) % 4 > 0)::integer as once, i as record_id, hash(i * 23) % (many / 5)::ubigint as case_id"""


def raw(rows: int) -> duckdb.DuckDBPyConnection:
    """The rows of every table in memory, as the service's own tables are the source of the product's facts."""
    to = duckdb.connect(config={"threads": 2})
    kinds = {"happened": _happened(), "answered": _answered(), "limits": _limits()}
    for table, combos in kinds.items():
        names = list(combos[0])
        to.execute(f"create table k_{table} ({', '.join(f'{name} varchar' for name in names)}, n integer)")
        to.executemany(f"insert into k_{table} values ({', '.join('?' * (len(names) + 1))})",
                       [[*each.values(), at] for at, each in enumerate(combos)])
        many = rows // 4 if table == "limits" else rows
        picked = ", ".join(f"k.{name}" for name in names)
        more = {"happened": "(['', '|police|', '|police|school|', '|acute-trust|police|'])[(1 + hash(i * 29) % 4)::bigint]"
                            " as present, (['no', 'no', 'yes'])[(1 + hash(i * 31) % 3)::bigint] as again",
                "answered": "'' as nothing", "limits": "hash(i * 37) % 900 as hours"}[table]
        agency = f"([{', '.join(map(repr, KINDS))}])[(1 + hash(i * 41) % {len(KINDS)})::bigint] as agency"
        to.execute(f"""create table r_{table} as select year(day) * 100 + month(day) as month, 'yes' as recorded, * from (
          select {BASE}, {picked}, {agency}, {more}, {BROKEN}
          from (select i, {many}::bigint as many from range({many}) t(i)) r
          join k_{table} k on k.n = hash(i * 43) % {len(combos)})""")
    span = ", ".join(map(repr, ["case", *(each.key for each in spans()), ]))
    to.execute(f"""create table r_spans as select *, year(began) * 100 + month(began) as month,
        year(ended) * 100 + month(ended) as until from (select day as began, case when hash(i * 3) % 4 > 0
        then day + (hash(i * 5) % 700)::integer end as ended, * exclude (day, record_id) from (
        select {BASE}, ([{span}])[(1 + hash(i * 7) % {len(spans()) + 1})::bigint] as span, 'child-protection' as process,
          'yes' as recorded,
          (['NEG', 'PHY', 'EMO', ''])[(1 + hash(i * 9) % 4)::bigint] as state, {BROKEN}, i
        from (select i, {rows // 20}::bigint as many from range({rows // 20}) t(i)) r))""")
    figures = sorted({text for each in all_indicators() for count in each.counts if count.table == "returned"
                      for one in comparisons(count.where) if one.column == "field" for text in one.texts})
    to.execute(f"""create table r_returned as select m as month, 'scorecard-figures' as specification, 'figures' as part,
        f as field, '' as answer, (hash(m, f) % 500)::double as number, 'police' as agency, {BROKEN}
      from (select m, f, row_number() over () as i from unnest({MONTHS}) a(m), unnest({figures!r}) b(f))""")
    to.execute(f"""create table r_worked as select m as month, make_date(m // 100, m % 100, 1) as day, 'attendance' as kind,
        ['attended', 'absent'][1 + i % 2] as result, 'subgroup' as origin, 1 as once, 'police' as agency, 'police' as source
      from unnest({MONTHS}) a(m), range(20) t(i)""")
    return to


def _happened() -> list[dict[str, str]]:
    found = [{"process": process, "step": step, "outcome": outcome} for process, steps in known().steps.items()
             for step, outcomes in steps.items() for outcome in sorted(outcomes) or [""]]
    return Random(1).sample(found, len(found))


def _answered() -> list[dict[str, str]]:
    return [{"process": process, "step": step, "field": field, "answer": answer}
            for (process, step), fields in known().answers.items() for field, answers in fields.items()
            for answer in sorted(answers)[:6]]


def _limits() -> list[dict[str, str]]:
    return [{"process": process, "clock": clock, "kept": kept} for process, clocks in known().clocks.items()
            for clock in clocks for kept in ("kept", "kept", "late", "running")]


def write(source: duckdb.DuckDBPyConnection, store: Store, months: list[int]) -> None:
    """The facts of some months, and of spans whole, as the product writes them."""
    duck = DuckDB.__new__(DuckDB)
    duck.connection = source
    for key in TABLES:
        if key in WHOLE_TABLES:
            write_month(duck, store, TABLES[key], None, f"select * from r_{key}")
            continue
        for month in months:
            write_month(duck, store, TABLES[key], month, f"select * from r_{key} where month = {month}")


def deliver(source: duckdb.DuckDBPyConnection, share: float) -> None:
    """So large a share of the rows more, all in the last month."""
    last = MONTHS[-1]
    for key in ("happened", "answered", "limits"):
        source.execute(f"""insert into r_{key} select * replace ({last} as month,
          date '2026-03-10' + (record_id % 20)::integer as day) from r_{key}
          using sample {share * 100} percent (bernoulli, 5)""")



def folder(path: Path) -> Store:
    path.mkdir(parents=True, exist_ok=True)
    return Store(path)
