"""The partnership's money as a source of reports. Amounts are of no person, so they are told as they are."""
from __future__ import annotations

from collections.abc import Iterator

from goldthread.reports.arithmetic import plain, pounds
from goldthread.reports.budget.models import BudgetLine, BudgetYear
from goldthread.reports.budget.position import MEASURES, PARTS, Amount, Position, position, standing
from goldthread.reports.writing.figures import slug
from goldthread.reports.yearly.figures import Asked, Figure, Source, add, whole

KEY, ROWS = "budget", "budget-lines"
SIDES = {"income": "income", "spend": "spending", "balance": "income less spending"}
CAPTIONS = {"budget-income": "Income", "budget-spend": "Spending", "budget-contributions": "What each agency contributes",
            "budget-shares": "Each agency's share of contributions", "budget-position": "Where the year stands"}


def year_of(asked: Asked) -> BudgetYear | None:
    """The budget of the year asked for, if it was begun."""
    found: BudgetYear | None = BudgetYear.objects.filter(partnership=asked.partnership, period=asked.period.key).first()
    return found


def figures(asked: Asked) -> Iterator[Figure]:
    """Everything that a year's budget comes to, line by line, by agency and in all; nothing where none was begun."""
    year = year_of(asked)
    if year is None:
        return
    lines = standing(year)
    yield from _of_lines(year, lines)
    yield from _of_year(position(year, lines))


def _of_lines(year: BudgetYear, lines: list[BudgetLine]) -> Iterator[Figure]:
    for line in lines:
        for measure, words in MEASURES.items():
            value = getattr(line, measure)
            yield _money(f"budget.line-{line.number}.{measure}", f"{line.name}: {words.lower()}",
                         Amount(value, f"{line.name}, as it stands in the budget of {year.period}.", (line.pk,)),
                         f"{measure} of line {line.number} of {year.period}", (f"budget-{line.side}", line.name, words))


def _of_year(found: Position) -> Iterator[Figure]:
    for key, (part, _) in PARTS.items():
        for side, name in SIDES.items():
            for measure, words in MEASURES.items():
                what = f"{part}: {name}"
                yield _money(f"budget.{key}{side}.{measure}", f"{what}, {words.lower()}", found.of(f"{key}{side}", measure),
                             f"sum of {measure} of {key}{side} of {found.period}", ("budget-position", what, words))
    yield _money("budget.variance", "Spent against what was agreed", found.variance,
                 f"actual less planned of {found.period}")
    yield _money("budget.carried-forward", "Carried forward", found.carried_forward,
                 f"carried in and balance of {found.period}")
    for at, each in enumerate(found.shares, start=1):
        own = f"{slug(each.agency)}-{at}"
        query = f"sum of {found.measure} by agency of {found.period}, {at}"
        yield _money(f"budget.contribution.{own}", f"Contribution of {each.agency}", each.amount, query,
                     ("budget-contributions", each.agency, "Contribution"))
        if each.share:
            yield _figure(f"budget.share.{own}", f"Share of {each.agency}", each.share, f"share of {query}", "percent",
                          f"{plain(each.share.value, 1)}%", ("budget-shares", each.agency, "Share"))


def _money(key: str, label: str, amount: Amount, query: str, placed: tuple[str, str, str] = ("", "", "")) -> Figure:
    return _figure(key, label, amount, query, "GBP", pounds(amount.value), placed)


def _figure(key: str, label: str, amount: Amount, query: str, unit: str, text: str, placed: tuple[str, str, str]) -> Figure:
    table, row, column = placed
    return Figure(key, label[:300], whole(amount.value), whole(amount.value), text, unit, amount.how, query, KEY,
                  rows_of=ROWS, table=table, row=row, column=column, find_rows=lambda: amount.rows)


BUDGET = add(Source(KEY, "Budget and contributions", figures, lambda asked: CAPTIONS if year_of(asked) else {},
                    charted=frozenset({"budget-income", "budget-spend", "budget-contributions", "budget-shares"})))
