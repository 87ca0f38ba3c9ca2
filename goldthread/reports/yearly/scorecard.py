"""The scorecard as a source of reports: every indicator in force in a year, made safe as it is told to everybody.

Of each: the number, what it is of, the year before, the change between the two as they are told, and its quarters.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from django.db.models import Min

from goldthread.measure import reading
from goldthread.measure.engines import DuckDB
from goldthread.measure.indicators import COUNTS, UNITS, Count, Indicator, all_indicators, indicators
from goldthread.measure.models import Counted
from goldthread.measure.periods import Period, added, months_between, period_of
from goldthread.measure.protecting import DEFAULT, HIDDEN, HIDDEN_WHOLLY
from goldthread.measure.reading import Told, Years
from goldthread.measure.since import Since
from goldthread.measure.store import Store
from goldthread.reports.writing.figures import slug
from goldthread.reports.yearly.figures import Asked, Figure, Source, Tells, add, whole

KEY = "scorecard"
POINTS, NOT_SENT, NOT_YET = "percentage points", "Not sent in", "Not yet"
WORKED = {"n": "It is a count.", "%": "The count, divided by what it is of, times 100.",
          "rate": "The count, divided by how many children live here, times 10,000.",
          "per-100k": "The count, divided by how many people live here, times 100,000.",
          "ratio": "The count, divided by what it is of.", "mean": "The sum, divided by how many there are.",
          "weeks": "The sum of the weeks, divided by how many there are.", "change": "It is a count."}
ROWS = {"happened": "cases", "answered": "cases", "limits": "cases", "spans": "cases", "returned": "", "worked": ""}


def year_words(year: Period) -> str:
    """As columns are headed: “2025-26”."""
    return f"{year.since.year}-{year.until.year % 100:02}"


def figures(asked: Asked) -> Iterator[Figure]:
    """All figures of all indicators in force at the year's end."""
    wanted = indicators(asked.until)
    counted, rows = _Counted.of(asked), _Rows(asked)
    for each in wanted:
        yield from _of(each, counted, rows)


@dataclass(frozen=True)
class _Counted:
    """The numbers of two years and their quarters, as they lie. first: the first period of a kind that anything was counted
    in, of casework, returns, and groups and actions each by itself: before it there is no nought, only nothing. known: the
    last day that is over: of a period that begins later there is nothing yet.
    """

    year: Period
    known: date
    rows: dict[tuple[str, str, int], Counted]
    first: dict[tuple[str, str], int]
    years: Years

    @classmethod
    def of(cls, asked: Asked) -> _Counted:
        before = asked.period.before()
        rows = Counted.objects.filter(kind__in=("year", "quarter"), end__gte=before.months[0], end__lte=asked.period.end)
        first: dict[tuple[str, str], int] = {}
        for key, kind, end in Counted.objects.filter(kind__in=("year", "quarter")).values_list(
                "indicator", "kind").annotate(Min("end")):
            place = (_kept_in(key), kind)
            first[place] = min(end, first.get(place, end))
        since = Since.of(asked.partnership, "year")
        return cls(asked.period, asked.known, {(row.indicator, row.kind, row.end): row for row in rows}, first,
                   Years.counted(indicators(asked.until), since))

    def row(self, each: Indicator, period: Period) -> Counted | None:
        return self.rows.get((each.key, period.kind, period.end))

    def told(self, each: Indicator, period: Period) -> Told:
        """What everybody is told of a number."""
        if period.since > self.known:
            return Told(period, NOT_YET, None)
        first = self.first.get((_kept_in(each.key), period.kind), 0)
        if period.end < (self.years.since.month(each) if each.processes else first):
            return Told(period, reading.NOT_COUNTED, None)
        if each.numerator.table == "returned" and self.row(each, period) is None:
            return Told(period, NOT_SENT, None)  # nobody sent it: that is not nought
        if each.sensitive:
            return self.years.told(each, period, DEFAULT)
        return reading.of_row(each, period, self.row(each, period), DEFAULT)

    def tells(self, each: Indicator, period: Period) -> tuple[Tells, ...]:
        """The counts of people that its number tells something of, as the register of releases holds them."""
        told = self.told(each, period)
        if told.text in (reading.NOT_COUNTED, reading.YEARS_ONLY, NOT_SENT, NOT_YET):
            return ()
        months, rows = period.months, [self.row(each, period)]
        if each.sensitive:
            months = tuple(months_between(added(period.end, 1 - 12 * each.over_years), period.end))
            rows = [self.years.rows.get((each.key, end)) for end in months if end % 100 == 3]
        parts = [("part" if each.denominator else "count", sum(row.numerator for row in rows if row))]
        parts += [("whole", sum(row.denominator or 0 for row in rows if row))] if each.denominator else []
        hidden = told.text.startswith(reading.TOO_FEW)
        return tuple(_tells(each, part, months, round(many), hidden) for part, many in parts)


def _tells(each: Indicator, part: str, months: Sequence[int], many: int, hidden: bool) -> Tells:
    """One count. hidden: nothing is said of it, or of what it is a share of, so that nothing is known but for the small."""
    shown = HIDDEN_WHOLLY if hidden and not DEFAULT.is_small(many) else DEFAULT.shown(many)
    return Tells(each.key, part, months[0], months[-1], shown.text, shown.low, shown.high)


@cache
def _kept_in(key: str) -> str:
    """Where an indicator is counted: in casework, in returns, or in what groups and actions came to."""
    table = next((each.numerator.table for each in all_indicators() if each.key == key), "")
    return table if table in ("returned", "worked") else "casework"


class _Rows:
    """Finds the cases behind a count, only when asked: one look at the facts for all periods of it."""

    def __init__(self, asked: Asked) -> None:
        self.partnership = asked.partnership.pk
        years = (asked.period, asked.period.before())
        self.periods = [*years, *(period_of(year.months[at], "quarter") for year in years for at in (0, 3, 6, 9))]
        self.found: dict[Count, dict[Period, list[int]]] = {}
        self.duck: DuckDB | None = None

    def of(self, count: Count, period: Period) -> Callable[[], Sequence[int]]:
        def find() -> Sequence[int]:
            if count not in self.found:
                self.duck = self.duck or DuckDB(Store.of(self.partnership).files())
                self.found[count] = reading.cases_of_periods(self.duck, count, self.periods)
            return self.found[count][period]
        return find


def _of(each: Indicator, counted: _Counted, rows: _Rows) -> Iterator[Figure]:
    year, before = counted.year, counted.year.before()
    board = slug(each.priority)
    now, then = (_value(each, each.key + end, period, counted, rows, (board, each.title, year_words(period)))
                 for end, period in (("", year), (".before", before)))
    yield now
    if each.denominator or each.population:
        yield from _parts(each, counted, rows)
    yield then
    yield _change(each, now, then, (board, each.title, "Change"))
    if not each.sensitive:
        for number, months in enumerate((range(at, at + 3) for at in (0, 3, 6, 9)), start=1):
            for end, whole_year in (("", year), (".before", before)):
                quarter = period_of(whole_year.months[months[0]], "quarter")
                yield _value(each, f"{each.key}.q{number}{end}", quarter, counted, rows,
                             (each.key, _quarter_words(quarter), year_words(whole_year)))


def _quarter_words(quarter: Period) -> str:
    return re.sub(r" \d{4}", "", quarter.words)


def _value(each: Indicator, key: str, period: Period, counted: _Counted, rows: _Rows,
           placed: tuple[str, str, str]) -> Figure:
    row, told = counted.row(each, period), counted.told(each, period)
    exact = row.value if row else (0 if told.text == "0" else None)
    of = f" That is {told.of.replace(' of ', ', of ')}, as told." if told.of and " of " in told.of else ""
    return Figure(key, f"{each.title}, {period.words}", whole(exact), printed(told.text), told.text, UNITS[each.unit],
                  f"{each.meaning} {WORKED[each.unit]}{of}", query(each), KEY, each.key, ROWS[each.numerator.table],
                  *placed, tells=counted.tells(each, period), find_rows=rows.of(each.numerator, period))


def _parts(each: Indicator, counted: _Counted, rows: _Rows) -> Iterator[Figure]:
    """What a share is worked out from: both told only where each may be."""
    row, told = counted.row(each, counted.year), counted.told(each, counted.year)
    part, _, of = told.of.partition(" of ")
    tells = counted.tells(each, counted.year)
    yield Figure(f"{each.key}.part", f"{each.title}: the count", whole(row.numerator if row else 0), printed(part),
                 part or HIDDEN, "number", f"{each.meaning} It is the count above the line.", _counts(each.numerator), KEY,
                 each.key, ROWS[each.numerator.table], tells=tells, find_rows=rows.of(each.numerator, counted.year))
    if each.denominator:
        yield Figure(f"{each.key}.whole", f"{each.title}: of how many", whole(row.denominator if row else 0), printed(of),
                     of or HIDDEN, "number", f"{each.meaning} It is the count below the line.", _counts(each.denominator),
                     KEY, each.key, ROWS[each.denominator.table], tells=tells,
                     find_rows=rows.of(each.denominator, counted.year))


def _change(each: Indicator, now: Figure, then: Figure, placed: tuple[str, str, str]) -> Figure:
    """Between the two numbers as they are told, so that nothing more can be taken from it."""
    unit = POINTS if each.unit == "%" else now.unit
    said = now.said - then.said if now.said is not None and then.said is not None else None
    if said is None:
        text = "–"
    else:
        shown = f"{abs(said):,}".removesuffix(".0")
        text = f"{'+' if said > 0 else '−' if said < 0 else ''}{shown}{' points' if each.unit == '%' else ''}"
    return Figure(f"{each.key}.change", f"{each.title}, change since the year before", said, said, text, unit,
                  f"{now.text} less {then.text}, both as they are told.", query(each), KEY, each.key, "", *placed,
                  tells=tuple(dict.fromkeys((*now.tells, *then.tells))))


def printed(text: str) -> Decimal | None:
    """The number a text prints; None where it is not told."""
    plain = text.replace(",", "").removesuffix("%")
    return Decimal(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None


def query(each: Indicator) -> str:
    """What counts an indicator, as it is declared."""
    per = f" of {_counts(each.denominator)}" if each.denominator else f" of {each.population}" if each.population else ""
    return f"{each.key} ({each.reference}, from {each.valid_from}): {_counts(each.numerator)}{per}; {UNITS[each.unit]}"


def _counts(count: Count) -> str:
    where = f" where {count.where}" if count.where else ""
    return f"{COUNTS[count.counts]} in {count.table}{where}"


def tables(asked: Asked) -> dict[str, str]:
    """A table for each priority, and one of the quarters of each indicator."""
    found = {slug(each.priority): each.priority for each in indicators(asked.until)}
    return found | {each.key: f"{each.title}, by quarter" for each in indicators(asked.until) if not each.sensitive}


SCORECARD = add(Source(KEY, "Scorecard", figures, tables,
                       charted=frozenset(each.key for each in all_indicators() if not each.sensitive)))
