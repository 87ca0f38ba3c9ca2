"""The scorecard brought up to date: facts made anew where something changed, and the numbers that follow from them."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import connection, transaction

from goldthread.access.actor import acting, system, writing
from goldthread.base.dates import LONDON
from goldthread.exchange.facts.building import refresh
from goldthread.exchange.facts.declared import as_of
from goldthread.exchange.facts.writing import Card, Line
from goldthread.exchange.records import Progress, untold
from goldthread.measure import populations
from goldthread.measure.computing import Number, compute, firsts
from goldthread.measure.engines import chosen, engine
from goldthread.measure.indicators import Indicator, all_indicators, indicators
from goldthread.measure.models import Counted, Published
from goldthread.measure.periods import LENGTHS, Period, months_between, period_of
from goldthread.measure.protecting import EXACT, Rule
from goldthread.measure.reading import Years, told
from goldthread.measure.since import Since
from goldthread.measure.store import Store
from goldthread.orgs.models import Partnership


def update(partnership: int, now: datetime, *, whole: bool = False, tell: Progress = untold) -> int:
    """Bring facts and numbers of one partnership up to date; safe to run at any time, even twice at once: the second
    waits. Returns how many numbers changed. How far it is, pages read from the store. Raises BadEngine where the engine that
    is set cannot count.
    """
    chosen()  # before facts are noted as made, so that nothing is taken for counted
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('scorecard'), %s)", [partnership])
        store = Store.of(partnership)

        def both(done: int, of: int) -> None:
            store.tell(done, of)
            tell(done, of)
        try:
            return _updated(partnership, now, whole=whole, tell=both)
        finally:
            store.tell(1, 1)


def _updated(partnership: int, now: datetime, *, whole: bool, tell: Progress) -> int:
    store, this = Store.of(partnership), as_of(now.astimezone(LONDON).date())
    before = store.made()
    touched = refresh(partnership, now, whole=whole, tell=tell)
    with transaction.atomic(), acting(system(partnership)), writing():
        if before and Published.objects.filter(area="", at__gt=before.at).exists():
            touched = tuple(store.months("happened") + store.months("returned"))  # other people live here: all rates anew
        months = [month for month in touched if month <= this]
        if not months:
            return 0
        first = min(months)
        last_known = store.months("happened") + store.months("returned")
        whole_span = months_between(period_of(min([first, *last_known]), "year").months[0], period_of(this, "year").end)
        known = populations.by_series()
        with engine(store.files()) as counting:
            found = [number for kind in LENGTHS for number in compute(
                counting, all_indicators(), kind,
                [month for month in whole_span if month >= period_of(first, kind).months[0]], population=known)]
            store.note_begun(dict(counting.rows(
                "select process, min(month) from (select process, month, recorded from happened union all"
                " select process, month, recorded from spans) held"
                " where process is not null and recorded = 'yes' group by process")),
                firsts(counting, all_indicators(), recorded=False))
        found = [number for number in found if number.period.months[0] <= this]
        _store(partnership, found)
    return len(found)


def _store(partnership: int, numbers: Iterable[Number]) -> None:
    rows = list(numbers)
    for kind in LENGTHS:
        ends = {number.period.end for number in rows if number.period.kind == kind}
        Counted.objects.filter(kind=kind, end__in=ends).delete()
    Counted.objects.bulk_create([
        Counted(partnership_id=partnership, indicator=n.indicator, kind=n.period.kind, end=n.period.end,
                numerator=n.numerator, denominator=n.denominator, value=n.value)
        for n in rows if n.numerator or n.denominator], batch_size=2_000)


def update_all(now: datetime, *, whole: bool = False) -> dict[str, int]:
    """Every partnership's scorecard, each by itself. Returns how many numbers changed, by partnership."""
    return {each.slug: update(each.pk, now, whole=whole) for each in Partnership.objects.order_by("pk")}


def card(partnership: Partnership, period: Period, rule: Rule, now: datetime,
         wanted: Callable[[Indicator], bool] = lambda _: True,
         own: Mapping[str, Number | None] = MappingProxyType({})) -> Card:
    """All numbers of one period, so far as they are wanted, as files hold them, said by a rule. own: by key, the numbers of
    indicators whose records their reader opens, of those they may read (None: there are none); they are not summed up over
    years, since whole years are not theirs to compare.
    """
    in_force = [each for each in indicators(period.until) if wanted(each)]
    with transaction.atomic(), acting(system(partnership.pk)):
        rows = {row.indicator: row for row in Counted.objects.filter(kind=period.kind, end=period.end)}
        years = Years.counted(in_force, Since.of(partnership, "year"))
    lines = []
    for each in in_force:
        if each.sensitive and rule != EXACT and each.key not in own:
            said = years.told(each, period, rule)
        elif row := own[each.key] if each.key in own else rows.get(each.key):
            said = told(each, period, row.numerator, row.denominator, rule)
        else:
            continue
        part, _, whole = said.of.partition(" of ")
        lines.append(Line(each.key, period, "", "", part, whole, said.text))
    return Card(partnership.name, f"Scorecard, {period.words}", rule.words(), f"{now:%-d %B %Y}", lines)
