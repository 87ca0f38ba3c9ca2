"""Numbers of indicators out of the fact tables: one pass a table, grouped by month and what conditions name.

Every count that adds up is then a sum over those groups. Different children and middles need a pass of their own; what is
open at a period's end is all that began less all that ended until then. The SQL is what DuckDB and Spark both run.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldthread.measure.conditions import comparisons
from goldthread.measure.engines import Engine
from goldthread.measure.facts import BESIDE, TABLES, columns_of
from goldthread.measure.indicators import Count, Indicator
from goldthread.measure.periods import Period, ends_of, period_of

SUMS = {"records": "sum(once)", "children": "count(child_id)", "numbers": "sum(number)", "last": "sum(number)",
        "open": "count(child_id)"}
Cell = tuple[int, str]  # a month or the last month of a period, and a category ("" for all)
Found = dict[Cell, float]
Counts = dict[Count, Found]


@dataclass(frozen=True)
class Number:
    """One number of the scorecard. value None: of nothing, so that it is not a number. by: breakdown, "" for all."""

    indicator: str
    period: Period
    by: str
    category: str
    numerator: float
    denominator: float | None
    value: float | None


def compute(engine: Engine, wanted: Sequence[Indicator], kind: str, months: Sequence[int], *, by: str = "",
            population: Mapping[tuple[str, int], float] | None = None) -> list[Number]:
    """Every indicator for each period of a kind ("month", "quarter", "year") that ends in or after the first of `months`
    and has all its months among them; broken down by a key of BY or CROSSINGS, or not.

    population: by series and calendar year, for indicators of so many children in the area.
    """
    counts = list(dict.fromkeys(count for each in wanted for count in each.counts))
    found = counted(engine, counts, kind, months, by)
    periods = [period for period in dict.fromkeys(period_of(month, kind) for month in months)
               if set(period.months) <= set(months)]
    return [number for each in wanted for number in _numbers(each, found, periods, by, population or {})]


def counted(engine: Engine, counts: Iterable[Count], kind: str, months: Sequence[int], by: str = "") -> Counts:
    """What each count comes to, by the last month of each period and category."""
    found: Counts = {}
    if not months:
        return found
    adding, others = defaultdict(list), []
    for count in counts:
        (adding[count.table] if count.counts in SUMS else others).append(count)
    for table, those in adding.items():
        if table == "spans":
            found |= _stocks(engine, those, kind, months, by)
        else:
            found |= _sums(engine, table, those, kind, months, by)
    for count in others:
        found[count] = _alone(engine, count, kind, months, by)
    return found


def firsts(engine: Engine, wanted: Iterable[Indicator], *, recorded: bool) -> dict[str, int]:
    """By indicator, the first month of what it counts (of a share, of its whole): by our own records, or as returns tell."""
    by_table, found = defaultdict(list), dict[str, int]()
    for each in wanted:
        count = each.denominator or each.numerator
        if TABLES[count.table].column("recorded"):
            by_table[count.table].append((each.key, count.where))
    for table, those in by_table.items():
        columns = ", ".join(f"min({_when(where, 'month')}) as c{at}" for at, (_, where) in enumerate(those))
        [row] = engine.rows(f"select {columns} from {table} where recorded = '{'yes' if recorded else 'no'}'")
        found |= {key: month for (key, _), month in zip(those, row, strict=True) if month is not None}
    return found


def cube_sql(table: str, counts: Sequence[Count], by: str, months: Sequence[int], month: str = "month") -> str:
    """The pass over a table: what its counts add up, grouped by month and by the columns their conditions name."""
    named = {each.column for count in counts for each in comparisons(count.where)} | set(columns_of(by))
    keys = [column for column in TABLES[table].named if column in named]
    sums = ", ".join(f"{SUMS[kind]} as n_{kind}" for kind in dict.fromkeys(count.counts for count in counts))
    group = ", ".join([month, *keys])
    steps = _wanted(counts)
    within = f"{month} between {min(months)} and {max(months)}" if table != "spans" else f"{month} <= {max(months)}"
    return (f"select {', '.join([f'{month} as month', *keys])}, {sums} from {table}"
            f" where {' and '.join([within, *steps])} group by {group}")


def _wanted(counts: Sequence[Count]) -> list[str]:
    """A condition that leaves out, early, the rows that no count can be of: by process and by step, clock or field."""
    found = []
    for column in ("process", "step", "clock", "field", "span", "specification"):
        texts: set[str] = set()
        for count in counts:
            named = [each.texts for each in comparisons(count.where) if each.column == column and each.must]
            if not named:
                break
            texts.update(text for each in named for text in each)
        else:
            found.append(f"{column} in ({', '.join(map(_quoted, sorted(texts)))})")
    return found


def _category(by: str) -> str:
    """The category of a row as SQL; of two breakdowns at once both, with BESIDE between them."""
    return f" || '{BESIDE}' || ".join(columns_of(by)) or "''"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _sums(engine: Engine, table: str, counts: Sequence[Count], kind: str, months: Sequence[int], by: str) -> Counts:
    """Counts that add up: every one a column over the groups of one pass."""
    group = f"month{f', {_category(by)}' if by else ''}"
    columns = ", ".join(f"sum({_when(count.where, f'n_{count.counts}')}) as c{at}" for at, count in enumerate(counts))
    rows = engine.rows(f"with cube as ({cube_sql(table, counts, by, months)}) select {group}, {columns}"
                       f" from cube group by {group}")
    found: Counts = {count: defaultdict(float) for count in counts}
    ends = ends_of(months, kind)
    for row in rows:
        month, category, values = row[0], (row[1] if by else ""), row[2 if by else 1:]
        for count, value in zip(counts, values, strict=True):
            if value and (count.additive or month == ends[month]):
                found[count][ends[month], category] += float(value)
    return found


def _when(where: str, value: str) -> str:
    return f"case when {where} then {value} end" if where else value


def _stocks(engine: Engine, counts: Sequence[Count], kind: str, months: Sequence[int], by: str) -> Counts:
    """What is open at the end of each period: begun until then, less over until then."""
    changes: dict[Count, dict[str, dict[int, float]]] = {count: defaultdict(lambda: defaultdict(float)) for count in counts}
    for column, sign in (("month", 1), ("until", -1)):
        group = f"month{f', {_category(by)}' if by else ''}"
        columns = ", ".join(f"sum({_when(count.where, 'n_open')}) as c{at}" for at, count in enumerate(counts))
        rows = engine.rows(f"with cube as ({cube_sql('spans', counts, by, months, column)}) select {group},"
                           f" {columns} from cube group by {group}")
        for row in rows:
            for count, value in zip(counts, row[2 if by else 1:], strict=True):
                changes[count][row[1] if by else ""][row[0]] += sign * float(value or 0)
    ends = sorted(set(ends_of(months, kind).values()))
    return {count: {(end, category): sum(value for month, value in by_month.items() if month <= end)
                    for category, by_month in of.items() for end in ends} for count, of in changes.items()}


def _alone(engine: Engine, count: Count, kind: str, months: Sequence[int], by: str) -> Found:
    """What does not add up has a pass of its own: different children, the middle of hours, those who come again."""
    ends, category, where = ends_of(months, kind), _category(by), f"({count.where})" if count.where else "1 = 1"
    if count.counts == "open-different":
        each = " union all ".join(f"select {end} as ending" for end in sorted(set(ends.values())))
        sql = (f"select p.ending, {category}, count(distinct child_id) from {count.table} join ({each}) p"
               f" on month <= p.ending and (until is null or until > p.ending) where {where} group by 1, 2")
    else:
        rows = (f"select {_ending(ends, kind)} as ending, {category} as category, "
                f"{'hours' if count.counts == 'hours' else 'child_id'} from {count.table}"
                f" where month between {min(months)} and {max(months)} and {where}")
        what = {"different": "count(distinct child_id)", "thrice": "count(*)",
                "hours": "percentile_cont(0.5) within group (order by hours)"}[count.counts]
        if count.counts == "thrice":
            rows = (f"select ending, category from ({rows}) r where child_id is not null"
                    f" group by ending, category, child_id having count(*) >= {OFTEN}")
        sql = f"select ending, category, {what} from ({rows}) q group by 1, 2"
    return {(row[0], row[1]): float(row[2]) for row in engine.rows(sql) if row[2] is not None}


def _ending(ends: Mapping[int, int], kind: str) -> str:
    """The last month of the period a row lies in, as SQL."""
    if kind == "month":
        return "month"
    return "case " + " ".join(f"when month between {min(those)} and {max(those)} then {last}"
                              for last, those in _grouped(ends).items()) + " end"


def _grouped(ends: Mapping[int, int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for month, end in ends.items():
        found[end].append(month)
    return found


def _numbers(each: Indicator, found: Counts, periods: Sequence[Period], by: str,
             population: Mapping[tuple[str, int], float]) -> Iterable[Number]:
    top = found[each.numerator]
    below = found[each.denominator] if each.denominator else {}
    categories = {category for _, category in (*top, *below)} if by else {""}
    for period in periods:
        for category in sorted(categories):
            part, whole = top.get((period.end, category), 0.0), below.get((period.end, category), 0.0)
            if each.population:
                per = population.get((each.population, period.end // 100))
                yield Number(each.key, period, by, category, part, per, rate(each, part, per, period) if not by else None)
            elif each.denominator:
                yield Number(each.key, period, by, category, part, whole, rate(each, part, whole, period))
            else:
                yield Number(each.key, period, by, category, part, None, part)


OFTEN = 3  # as many times or more is again and again
PER = {"%": 100, "rate": 10_000, "per-100k": 100_000}


def rate(each: Indicator, part: float, whole: float | None, period: Period) -> float | None:
    """The value of so many of so many, None of nothing. Rates are for the year, as published ones are, except of what is
    open at the end.
    """
    if not whole:
        return None
    yearly = 12 / len(period.months) if each.population and not each.numerator.at_end else 1
    return PER.get(each.unit, 1) * part * yearly / whole

