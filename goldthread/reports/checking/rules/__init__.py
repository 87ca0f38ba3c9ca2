"""The kinds of finding, one small module each. A rule looks at `Facts` and hands back what does not hold.

To add one: a module with a `RULE`, its name in RULES, and a way to plant it in tests/reports/invented.
"""
from goldthread.reports.checking.finding import Rule
from goldthread.reports.checking.rules import (
    acronyms,
    beginnings,
    changes,
    contents,
    dates,
    differences,
    known_before,
    line_named,
    lists,
    one_whole,
    own_tables,
    points,
    references,
    relations,
    repeats,
    shares,
    sums,
    table_columns,
    table_rows,
    tables_apart,
    told_otherwise,
    years_apart,
)

RULES: tuple[Rule, ...] = (
    table_rows.RULE, table_columns.RULE, tables_apart.RULE, told_otherwise.RULE, line_named.RULE, own_tables.RULE,
    changes.RULE, points.RULE, changes.DIRECTION, changes.MULTIPLE, differences.RULE, shares.RULE, one_whole.RULE,
    one_whole.FRACTIONS, sums.RULE, relations.RULE, relations.RATES, repeats.RULE, known_before.RULE, years_apart.RULE,
    lists.RULE, references.RULE, references.BROKEN, contents.RULE, dates.IMPOSSIBLE, dates.OUTSIDE, dates.STALE,
    beginnings.RULE, acronyms.NEVER, acronyms.TWICE, acronyms.MISPLACED)
