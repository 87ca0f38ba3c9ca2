"""Facts of agencies' returns: the numbers of an accepted version as they stand, and how many of its rows have each code."""
from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from goldthread.dataset.models import SentTable, State, Submission
from goldthread.dataset.specification.definition import DATES, Column, Specification, Table
from goldthread.dataset.specifications import specification
from goldthread.exchange.facts.declared import BREAKING_DOWN, as_of
from goldthread.exchange.facts.laying import write_month
from goldthread.files import storing
from goldthread.measure.engines import DuckDB
from goldthread.measure.facts import BY, TABLES
from goldthread.measure.store import Store

FIGURE, NUMBER = "figure", "number"  # the columns of a table of figures


@dataclass(frozen=True)
class Rows:
    """The rows of one table of an accepted version, by whom and for which month where they say none."""

    path: Path
    specification: Specification
    table: Table
    agency: str
    month: int


def accepted() -> list[int]:
    """The accepted versions of the partnership acted in, by number."""
    return list(Submission.objects.filter(state=State.ACCEPTED).order_by("pk").values_list("pk", flat=True))


def write(store: Store, numbers: Collection[int], before: frozenset[int]) -> set[int]:
    """The facts of returns, when other versions are accepted than before. Returns the months in which some changed."""
    if frozenset(numbers) == before:
        return set()
    old = set(store.months("returned"))
    parts = [sql for rows in _accepted_rows(numbers) for sql in selects(rows)]
    table = TABLES["returned"]
    with DuckDB({}) as duck:
        whole = " union all ".join(parts)
        months = {row[0] for row in duck.rows(f"select distinct month from ({whole})")} if parts else set()
        for month in months | old:
            write_month(duck, store, table, month, f"select * from ({whole}) where month = {month}" if parts else
                        "select * from returned")
    return months | old


def _accepted_rows(numbers: Collection[int]) -> Iterator[Rows]:
    found = SentTable.objects.filter(submission__in=list(numbers)).select_related(
        "document", "submission__expectation__agency").order_by("pk")
    for sent in found:
        owed = sent.submission.expectation
        kind = specification(owed.specification, owed.until)
        yield Rows(storing.sound(sent.document.place, sent.document.sha256), kind, kind.table(sent.table), owed.agency.kind,
                   as_of(owed.until))


def selects(rows: Rows) -> Iterator[str]:
    """Statements that read a version's rows as facts: its figures, or the codes of each of its columns."""
    table, names = rows.table, {column.name: column for column in rows.table.columns}
    source, broken = f"read_parquet('{rows.path}')", _breakdowns(names)
    day = next((c.name for c in table.columns if c.kind in DATES and c.name in ("month", *_period_columns(rows))), "")
    month = f"coalesce(year({day}) * 100 + month({day}), {rows.month})" if day else str(rows.month)
    head = f"select {month} as month, '{rows.specification.key}' as specification, '{table.key}' as part"
    if FIGURE in names and NUMBER in names:
        yield (f"{head}, {FIGURE} as field, '' as answer, cast(sum({NUMBER}) as double) as number,"
               f" '{rows.agency}' as agency, {broken} from {source} group by all")
        return
    for column in table.columns:
        if column.kind in ("code", "yes_no") and column.name not in BREAKING_DOWN:
            said = f"case when {column.name} then 'yes' else 'no' end" if column.kind == "yes_no" else column.name
            yield (f"{head}, '{column.name}' as field, {said} as answer, cast(count(*) as double) as number,"
                   f" '{rows.agency}' as agency, {broken} from {source} where {column.name} is not null group by all")


def _period_columns(rows: Rows) -> tuple[str, ...]:
    """The columns by which rows fall into the period."""
    return tuple(getattr(rule, "column", "") for rule in rows.specification.rules
                 if type(rule).__name__ == "InPeriod" and rule.table == rows.table.key)


def _breakdowns(names: Mapping[str, Column]) -> str:
    told = {"area": "split_part(postcode, ' ', 1)"} if "postcode" in names else {}
    told |= {by: by for by in BREAKING_DOWN if by in names}
    return ", ".join(f"coalesce({told.get(by, 'null')}, 'not known') as {by}" for by in BY)
