"""What each rule says to whoever breaks it."""
from __future__ import annotations

from goldthread.dataset.specification import rules as r
from goldthread.dataset.specification.definition import Specification, Table


def words(rule: r.Rule, spec: Specification) -> tuple[str, str]:
    """The rule that is broken, and how to mend it."""
    table = spec.table(rule.table)
    said, mend = _SAID[type(rule)](rule, table, spec)
    return f"{said} ({rule.because})" if rule.because else said, mend


def _titles(table: Table, names: tuple[str, ...], last: str) -> str:
    titles = [f"“{table.column(name).title}”" for name in names]
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} {last} {titles[-1]}"


def _values(values: tuple[str, ...]) -> str:
    return " or ".join(values)


def _unique(rule: r.Unique, table: Table, spec: Specification) -> tuple[str, str]:
    return (f"another row has the same {_titles(table, rule.columns, 'and')}",
            "Keep one of the rows, or give each its own.")


def _refers(rule: r.Refers, table: Table, spec: Specification) -> tuple[str, str]:
    other = spec.table(rule.other)
    return (f"there is no such “{other.column(rule.to).title}” in “{other.title}”",
            f"Add its row to “{other.title}”, or put the right number here.")


def _order(rule: r.Order, table: Table, spec: Specification) -> tuple[str, str]:
    first, last = table.column(rule.first).title, table.column(rule.last).title
    if rule.days:
        return f"“{last}” is more than {rule.days} days before “{first}”", "Check both dates."
    return f"“{last}” is before{', or on the day of,' if rule.apart else ''} “{first}”", "Check both dates."


def _not_before(rule: r.NotBefore, table: Table, spec: Specification) -> tuple[str, str]:
    other = spec.table(rule.other)
    return (f"this is before “{other.column(rule.date).title}” in “{other.title}”", "Check both dates.")


def _no_overlap(rule: r.NoOverlap, table: Table, spec: Specification) -> tuple[str, str]:
    ended = "before, or on the day," if rule.apart else "before"
    return (f"this begins {ended} an earlier one of the same “{table.column(rule.by).title}” has ended",
            f"End the earlier one, or check “{table.column(rule.start).title}”.")


def _one_of(rule: r.OneOf, table: Table, spec: Specification) -> tuple[str, str]:
    return f"none of {_titles(table, rule.columns, 'and')} is filled in", "Fill in one of them."


def _required_when(rule: r.RequiredWhen, table: Table, spec: Specification) -> tuple[str, str]:
    when = table.column(rule.when).title
    where = f"“{when}” is {_values(rule.values)}" if rule.values else f"“{when}” is filled in"
    return f"this is empty although {where}", f"Fill in “{table.column(rule.column).title}”."


def _empty_when(rule: r.EmptyWhen, table: Table, spec: Specification) -> tuple[str, str]:
    return (f"this is filled in although “{table.column(rule.when).title}” is {_values(rule.values)}",
            "Empty it, or put the other right.")


def _in_period(rule: r.InPeriod, table: Table, spec: Specification) -> tuple[str, str]:
    return _OUTSIDE[rule.part], "Take the row out, or check the date."


def _weekday(rule: r.Weekday, table: Table, spec: Specification) -> tuple[str, str]:
    return "this is a Saturday or a Sunday", "Check the date."


def _not_during(rule: r.NotDuring, table: Table, spec: Specification) -> tuple[str, str]:
    other = spec.table(rule.other)
    return (f"this is at the same time as one of the same “{table.column(rule.by).title}” in “{other.title}”",
            "End one before the other begins, or check the dates.")


def _alone(rule: r.Alone, table: Table, spec: Specification) -> tuple[str, str]:
    return (f"{_values(rule.values)} stands beside others of the same {_titles(table, rule.columns, 'and')}",
            f"Take {_values(rule.values)} out, or the others.")


_OUTSIDE = {r.WITHIN: "this is outside the period that the return is for",
            r.BY_END: "this is after the period that the return is for",
            r.LAST_DAY: "this is not the last day of the period that the return is for"}
_SAID = {r.Unique: _unique, r.Refers: _refers, r.Order: _order, r.NotBefore: _not_before, r.NoOverlap: _no_overlap,
         r.OneOf: _one_of, r.RequiredWhen: _required_when, r.EmptyWhen: _empty_when, r.InPeriod: _in_period,
         r.Weekday: _weekday, r.NotDuring: _not_during, r.Alone: _alone}
