"""What somebody is shown of a number: as it is to those who may open its rows, made safe to everybody else."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from goldthread.access.actor import Actor, acting, system
from goldthread.access.policy import May
from goldthread.measure import populations
from goldthread.measure.computing import Number, compute, firsts, rate
from goldthread.measure.engines import DuckDB, Engine
from goldthread.measure.facts import TABLES
from goldthread.measure.indicators import Count, Indicator, indicator
from goldthread.measure.models import Counted
from goldthread.measure.periods import Period, months_between, period_of
from goldthread.measure.protecting import DEFAULT, EXACT, HIDDEN, Rule
from goldthread.measure.since import Since
from goldthread.measure.store import Store

NONE_YET, NO_POPULATION = "No cases", "Population not loaded"
TOO_FEW, YEARS_ONLY, NOT_COUNTED = "Too few to say", "Only over several years", "Not counted then"


@dataclass(frozen=True)
class Told:
    """A number as somebody may see it. value: for charts, None where it is not told. of: what it was worked out from. over:
    the years it is summed up over, or the part of the period it is of, in words, where it is not of the period.
    """

    period: Period
    text: str
    value: float | None
    of: str = ""
    over: str = ""


def told(each: Indicator, period: Period, numerator: float, denominator: float | None, rule: Rule) -> Told:
    """One number said by a rule: counts rounded, shares worked out from what is rounded."""
    if each.sensitive and rule != EXACT and len(period.months) < 12 * each.over_years:
        return Told(period, YEARS_ONLY, None)
    part = rule.rounded(round(numerator))
    if not each.denominator and not each.population:
        return Told(period, HIDDEN if part is None else f"{part:,}", part)
    if not denominator:
        return Told(period, NO_POPULATION if each.population else NONE_YET, None)
    whole = rule.rounded(round(denominator))
    if part is None or whole is None or not whole or denominator < rule.base:
        return Told(period, TOO_FEW, None)
    value = rate(each, part, denominator if each.population else whole, period) or 0.0
    if each.population:
        return Told(period, f"{value:,.1f}", round(value, 1), f"{part:,}")
    if each.unit == "%":
        value = min(value, 100.0)
        return Told(period, f"{value:.0f}%", round(value, 1), f"{part:,} of {whole:,}")
    return Told(period, f"{value:,.1f}", round(value, 1), f"{part:,} of {whole:,}")


@dataclass(frozen=True)
class Sight:
    """How somebody sees numbers: of indicators whose records they open, exactly those records that they may read; of all
    others, whole counts made safe. Never both of one number: the difference would tell that something is kept from them.

    opens: whether they open the records of an indicator. without: the cases among those records that they may not read.
    returned: whether they open the rows of agencies' returns as well, and so are told of the children in them.
    """

    opens: Callable[[Indicator], bool]
    without: frozenset[int] = frozenset()
    returned: bool = False

    def rule(self, each: Indicator) -> Rule:
        return EXACT if self.opens(each) else DEFAULT


def told_only(partnership: int, wanted: Iterable[Indicator]) -> frozenset[str]:
    """The indicators of what returns alone tell of, since no record of ours does: by key."""
    store = Store.of(partnership)
    told = store.begun("told")
    those = [each for each in wanted if each.key in told]
    if not those or store.made() is None:
        return frozenset()
    with DuckDB(store.readable()) as duck:
        return frozenset(each.key for each in those) - firsts(duck, those, recorded=True).keys()


def own_numbers(actor: Actor, wanted: Iterable[Indicator], periods: Sequence[Period], sight: Sight) -> dict[
        tuple[str, int], Number]:
    """Numbers of indicators whose records somebody opens, counted now of those they may read, by indicator and last month.

    Always counted now, whether something is kept from them or not, so that neither the number nor the time it takes tells.
    """
    opened = [each for each in wanted if sight.opens(each)]
    if not opened:
        return {}
    with acting(system(actor.partnership.pk)):
        people = populations.by_series()
    with DuckDB(Store.of(actor.partnership.pk).readable(), sight.without, sight.returned) as duck:
        found = compute(duck, opened, periods[0].kind, months_between(periods[0].months[0], periods[-1].end),
                        population=people)
    return {(number.indicator, number.period.end): number for number in found if number.numerator or number.denominator}


def series(actor: Actor, keys: Iterable[str], kind: str, last: Period, many: int, sight: Sight) -> dict[str, list[Told]]:
    """The last `many` periods of a kind of each indicator, oldest first, as the actor may see them. Raises Refused for who
    may not see figures.
    """
    actor.require(May.SEE_FIGURES)
    wanted, periods = [indicator(key) for key in keys], [last]
    while len(periods) < many:
        periods.insert(0, periods[0].before())
    with acting(system(actor.partnership.pk)):
        rows: dict[tuple[str, int], Counted | Number] = {(row.indicator, row.end): row for row in Counted.objects.filter(
            kind=kind, end__in=[period.end for period in periods], indicator__in=[each.key for each in wanted])}
        since = Since.of(actor.partnership, kind)
        years = Years.counted(wanted, Since.of(actor.partnership, "year"))
    rows = {key: row for key, row in rows.items() if not sight.opens(indicator(key[0]))}
    rows |= own_numbers(actor, wanted, periods, sight)
    found: dict[str, list[Told]] = {}
    for each in wanted:
        rule = sight.rule(each)
        if each.sensitive and rule != EXACT:
            found[each.key] = [years.told(each, period, rule) for period in periods]
            continue
        found[each.key] = [_marked(of_row(each, period, rows.get((each.key, period.end)), rule), each, since)
                           if since.counts(each, period) else Told(period, NOT_COUNTED, None) for period in periods]
    return found


def _marked(told: Told, each: Indicator, since: Since) -> Told:
    """A number as it is; of a period in which its counting began, said to be of a part and left out of charts and limits."""
    if not since.partly(each, told.period):
        return told
    return replace(told, value=None, over=f"counted from {period_of(since.month(each), 'month').words} on")


@dataclass(frozen=True)
class Years:
    """The numbers of whole years of what is rare and grave, to be told summed up. since: which years are counted."""

    rows: Mapping[tuple[str, int], Counted]
    since: Since

    @classmethod
    def counted(cls, wanted: Iterable[Indicator], since: Since) -> Years:
        """Of the partnership acted in."""
        keys = [each.key for each in wanted if each.sensitive]
        rows = Counted.objects.filter(kind="year", indicator__in=keys) if keys else []
        return cls({(row.indicator, row.end): row for row in rows}, since)

    def told(self, each: Indicator, period: Period, rule: Rule) -> Told:
        """The sum of the last whole years that were over when the period was: the same all through a year, so that one
        quarter cannot be taken from the next. How something stands at one time has no sum.
        """
        year = period_of(period.end, "year")
        years = [year if year.end <= period.end else year.before()]
        while len(years) < each.over_years:
            years.insert(0, years[0].before())
        if not all(count.additive for count in each.counts) or not self.since.first or not self.since.counts(each, years[0]):
            return Told(period, YEARS_ONLY, None)
        rows = [row for one in years if (row := self.rows.get((each.key, one.end)))]
        whole = Period(tuple(months_between(years[0].months[0], years[-1].end)))
        below = sum(row.denominator or 0 for row in rows) if each.denominator else None
        found = told(each, whole, sum(row.numerator for row in rows), below, rule)
        return replace(found, period=period, text=f"{found.text} over {each.over_years} years", over=whole.words,
                       value=found.value if period.kind == "year" else None)


def of_row(each: Indicator, period: Period, row: Counted | Number | None, rule: Rule) -> Told:
    """A number as it was counted, said by a rule; no row: there was nothing to count."""
    if row is None:
        empty = not each.denominator and not each.population
        nothing = NO_POPULATION if each.population else NONE_YET
        return told(each, period, 0, None, rule) if empty else Told(period, nothing, None)
    return told(each, period, row.numerator, row.denominator, rule)


def broken_down(actor: Actor, each: Indicator, period: Period, by: str, sight: Sight) -> list[tuple[str, Told]]:
    """One period of an indicator by a breakdown, counted now from the facts as `sight` has it. None of what is rare and
    grave but for those who may open its rows. Raises Refused.
    """
    actor.require(May.SEE_FIGURES)
    rule = sight.rule(each)
    if each.sensitive and rule != EXACT or not all(TABLES[count.table].column(by) for count in each.counts):
        return []
    store = Store.of(actor.partnership.pk)
    with DuckDB(store.readable(), *((sight.without, sight.returned) if sight.opens(each) else ())) as duck:
        found = compute(duck, [each], period.kind, list(period.months), by=by)
    return [(number.category, told(each, period, number.numerator, number.denominator, rule)) for number in found
            if not each.population and (number.numerator or number.denominator)]


def rows_of(actor: Actor, each: Indicator, period: Period, *, of: bool = False, by: str = "", category: str = ""
            ) -> list[int]:
    """The cases behind a number, newest first: the numerator's or, with `of`, the denominator's; of one category of a
    breakdown, where one is named. What of them somebody may read is for who calls. Raises Refused.
    """
    actor.require(May.SEE_FIGURES)
    count = each.denominator if of and each.denominator else each.numerator
    if by:
        said = category.replace("'", "''")
        parts = [f"({count.where})"] if count.where else []
        parts += ["once = 1"] if count.counts == "records" else []  # a record of several children counts with the first
        count = replace(count, where=" and ".join([*parts, f"{by} = '{said}'"]))
    with DuckDB(Store.of(actor.partnership.pk).readable()) as duck:
        return cases_behind(duck, count, period)


def cases_behind(engine: Engine, count: Count, period: Period) -> list[int]:
    """The cases that a count of a period counts in, newest first; none of what is not counted in cases."""
    return cases_of_periods(engine, count, [period])[period]


def cases_of_periods(engine: Engine, count: Count, periods: Sequence[Period]) -> dict[Period, list[int]]:
    """As `cases_behind` for several periods, in one look at the facts."""
    if TABLES[count.table].column("case_id") is None:
        return {period: [] for period in periods}
    where = f"({count.where})" if count.where else "1 = 1"
    first, last = min(period.months[0] for period in periods), max(period.end for period in periods)
    within = f"month <= {last}" if count.at_end else f"month between {first} and {last}"
    until = "max(coalesce(until, 999999))" if count.at_end else "0"
    rows = engine.rows(f"select case_id, month, {until} from {count.table}"
                       f" where case_id is not null and {within} and {where}"
                       " group by 1, 2 order by 2 desc, 1 desc")
    return {period: list(dict.fromkeys(case for case, month, ended in rows if (
        month <= period.end < ended if count.at_end else period.months[0] <= month <= period.end)))
        for period in periods}
